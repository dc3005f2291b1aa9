import type { Disagreement } from '../observe/disagreement';
import { roleReportedBy } from '../observe/resolve-role';
import { isRoleUnreported, type RoleTrack } from '../observe/role-track';
import { thresholds } from '../../model/thresholds';
import type { Reason } from '../../model/health';
import type { RoleWitness, WitnessKind } from '../../model/role';

const nameOf: Record<WitnessKind, string> = {
  'carp-extend': 'carp extend',
  'carp-mib': 'CARP MIB',
  'keepalived-mib': 'keepalived MIB',
  'http-json': 'HTTP page',
  traffic: 'traffic',
};

/** What is wrong with the witnesses of one LB: they contradict each other, or the one that reported stopped reporting. */
export function witnessReasons(
  edgeName: string,
  role: RoleTrack,
  wanted: WitnessKind | 'auto',
  disagreement: Disagreement | null,
  reportedBySiblings: () => WitnessKind | null = () => null,
): Reason[] {
  const reasons: Reason[] = [];
  if (disagreement?.confirmed) {
    const seconds = Math.round((disagreement.toMs - disagreement.fromMs) / 1000);
    reasons.push({
      code: 'witnesses-disagree',
      fact: `Witnesses disagree on the LB of ${edgeName}: ${eachReport(disagreement.words)}.`,
      detail: `In ${disagreement.readings} readings over ${seconds} s. Find out which one is wrong.`,
    });
  }
  // Only a witness that reports directly can be lost: that traffic ceases is no fault.
  const lost =
    isRoleUnreported(role) && role.last
      ? kindsOf(role.last.witnesses).find((k) => k !== 'traffic')
      : undefined;
  if (lost) {
    reasons.push({
      code: 'witness-lost',
      fact: `${edgeName} no longer reports the role of its LB.`,
      detail: `Its ${nameOf[lost]} last reported ${(role.last?.role ?? 'unknown').toUpperCase()}.${insteadOf(role, wanted)}`,
    });
  }
  const kind = neverReported(role) ? reportedBySiblings() : null;
  if (kind) {
    reasons.push({
      code: 'role-not-reported',
      fact: `${edgeName} does not report the role of its LB.`,
      detail: `Other edges of the cluster do, by ${nameOf[kind]}. Is its LB service running, and connected to its agent?`,
    });
  }
  return reasons;
}

/** Whether the edge answers, and none of several answers reported a role so far. */
function neverReported({ last, silentCount, unreported }: RoleTrack): boolean {
  return last === null && silentCount === 0 && (unreported?.count ?? 0) >= thresholds.unreportedAnswers;
}

/** The witness by which other LBs report their role directly, if the cluster's witness may be that; null: none does. */
export function siblingsWitness(
  roles: readonly RoleTrack[],
  wanted: WitnessKind | 'auto',
): WitnessKind | null {
  const kinds = roles.flatMap((role) => (role.last ? kindsOf(role.last.witnesses) : []));
  return kinds.find((kind) => kind !== 'traffic' && (wanted === 'auto' || wanted === kind)) ?? null;
}

/**
 * Why no edge reports which LB is active: the witness that the inventory names is missing, or what traffic shows. Null where there is
 * nothing to add.
 */
export function whyUnknown(
  roles: readonly RoleTrack[],
  wanted: WitnessKind | 'auto',
  trafficWords: string | null,
): string | null {
  const available = new Set(roles.flatMap((role) => kindsOf(role.witnesses)));
  if (wanted !== 'auto' && wanted !== 'traffic') {
    if (available.has(wanted)) return null;
    const others = [...available].map((kind) => nameOf[kind]);
    const instead = others.length > 0 ? ` Available: ${others.join(', ')}.` : '';
    return `The inventory names the ${nameOf[wanted]} as witness, but no edge provides it.${instead}`;
  }
  const direct = wanted === 'auto' && [...available].some((kind) => kind !== 'traffic');
  return direct || trafficWords === null
    ? null
    : `No edge reports its role directly, so it is inferred from traffic. ${trafficWords}`;
}

function insteadOf(role: RoleTrack, wanted: WitnessKind | 'auto'): string {
  if (role.unreported?.firstLost)
    return ' Its agent goes on answering: the LB service stopped, or lost its connection to the agent.';
  const now = role.unreported?.last.witnesses ?? [];
  const [said] = now.filter((word) => word.role === 'unknown');
  if (said && said.said !== '') return ` Now: ${said.said}`;
  const others = kindsOf(now).filter((kind) => kind !== wanted);
  return wanted !== 'auto' && others.length > 0
    ? ` The inventory names no other witness, so ${others.map((kind) => nameOf[kind]).join(' and ')} is not used.`
    : ' Check the agent’s configuration.';
}

function eachReport(words: readonly RoleWitness[]): string {
  return kindsOf(words)
    .map((kind) => `${nameOf[kind]} reports ${roleReportedBy(words, kind).toUpperCase()}`)
    .join(', ');
}

function kindsOf(words: readonly RoleWitness[]): WitnessKind[] {
  return [...new Set(words.map(({ witness }) => witness))];
}

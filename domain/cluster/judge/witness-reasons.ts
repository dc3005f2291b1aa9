import type { Disagreement } from '../observe/disagreement';
import { roleReportedBy } from '../observe/resolve-role';
import { isRoleUnreported, type RoleTrack } from '../observe/role-track';
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
  return reasons;
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

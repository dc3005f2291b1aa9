import type { Disagreement } from '../observe/disagreement';
import { roleSaidBy } from '../observe/resolve-role';
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

/** What is wrong with the witnesses of one LB: they contradict each other, or the one that spoke fell silent. */
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
      fact: `Witnesses disagree on the LB of ${edgeName}: ${eachWord(disagreement.words)}.`,
      detail: `In ${disagreement.readings} readings over ${seconds} s. Find out which one is wrong.`,
    });
  }
  // The last decided word came from one who says it outright; that traffic ceases is nobody's fault.
  const lost =
    isRoleUnreported(role) && role.last
      ? kindsOf(role.last.witnesses).find((k) => k !== 'traffic')
      : undefined;
  if (lost) {
    reasons.push({
      code: 'witness-lost',
      fact: `${edgeName} does not tell the role of its LB any more.`,
      detail: `Its ${nameOf[lost]} last said ${(role.last?.role ?? 'unknown').toUpperCase()}.${insteadOf(role, wanted)}`,
    });
  }
  return reasons;
}

/**
 * Why nobody says who is the active LB: the witness that the inventory wants is not offered, or what traffic says. Null
 * where there is nothing to add.
 */
export function whyUnknown(
  roles: readonly RoleTrack[],
  wanted: WitnessKind | 'auto',
  trafficWords: string | null,
): string | null {
  const offered = new Set(roles.flatMap((role) => kindsOf(role.witnesses)));
  if (wanted !== 'auto' && wanted !== 'traffic') {
    if (offered.has(wanted)) return null;
    const others = [...offered].map((kind) => nameOf[kind]);
    const instead = others.length > 0 ? ` What is offered: ${others.join(', ')}.` : '';
    return `The inventory wants the ${nameOf[wanted]} as witness, and no edge offers it.${instead}`;
  }
  const direct = wanted === 'auto' && [...offered].some((kind) => kind !== 'traffic');
  return direct || trafficWords === null
    ? null
    : `No edge says it outright, so traffic has to tell. ${trafficWords}`;
}

function insteadOf(role: RoleTrack, wanted: WitnessKind | 'auto'): string {
  const now = role.unreported?.last.witnesses ?? [];
  const [said] = now.filter((word) => word.role === 'unknown');
  if (said && said.said !== '') return ` Now: ${said.said}`;
  const others = kindsOf(now).filter((kind) => kind !== wanted);
  return wanted !== 'auto' && others.length > 0
    ? ` The inventory wants no other, so ${others.map((kind) => nameOf[kind]).join(' and ')} is not taken.`
    : ' Check the agent’s configuration.';
}

function eachWord(words: readonly RoleWitness[]): string {
  return kindsOf(words)
    .map((kind) => `${nameOf[kind]} says ${roleSaidBy(words, kind).toUpperCase()}`)
    .join(', ');
}

function kindsOf(words: readonly RoleWitness[]): WitnessKind[] {
  return [...new Set(words.map(({ witness }) => witness))];
}

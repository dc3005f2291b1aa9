import type { Acknowledgement } from '../../model/acknowledgement';
import type { FaultKey } from '../../model/event';
import { isProblem } from '../../model/health';
import type { ClusterView, EdgeView } from '../../model/snapshot';

/** Something that is wrong now, as an acknowledgement covers it. */
export interface Fault extends FaultKey {
  fact: string;
}

type FaultyRow = Pick<ClusterView, 'health' | 'reasons' | 'edges'>;

/** Reasons of a row that is not monitored yet or was not at the time: no faults of its own. */
const withoutReadings = new Set(['not-read-yet', 'not-watched']);

/**
 * What is wrong with a row, each fault by its edge and kind, so that wording and order do not matter. An edge that is down or unknown
 * is one fault, whatever the reasons. A row that fell silent as a whole is one fault, too.
 */
export function faultsOf({ health, reasons, edges }: FaultyRow): Fault[] {
  if (!isProblem(health) || reasons.some(({ code }) => withoutReadings.has(code))) return [];
  const silent = reasons.find(({ code }) => code === 'all-silent');
  if (silent) return [{ edgeId: null, code: silent.code, fact: silent.fact }];
  const codesOfEdges = new Set([
    'capacity-lost',
    ...edges.flatMap((edge) => edge.reasons.map(({ code }) => code)),
  ]);
  const ofRow = reasons.filter(({ code }) => !codesOfEdges.has(code));
  return [...ofRow.map(({ code, fact }) => ({ edgeId: null, code, fact })), ...edges.flatMap(faultsOfEdge)];
}

function faultsOfEdge({ id, name, health, reasons }: EdgeView): Fault[] {
  if (!isProblem(health) || reasons.some(({ code }) => withoutReadings.has(code))) return [];
  const [first] = reasons;
  if (health === 'down' || health === 'unknown' || !first)
    return [{ edgeId: id, code: health, fact: first?.fact ?? `${name} is ${health}.` }];
  return reasons.map(({ code, fact }) => ({ edgeId: id, code, fact }));
}

/** The facts of a row that its acknowledgement does not cover. One recorded by an earlier version covers everything. */
export function newFaults(row: FaultyRow, acknowledged: Acknowledgement | null): string[] {
  const covered = acknowledged?.faults;
  if (!covered) return [];
  const uncovered = faultsOf(row).filter((fault) => !covered.some((one) => isSameFault(one, fault)));
  return uncovered
    .filter((fault, index) => uncovered.findIndex((one) => isSameFault(one, fault)) === index)
    .map(({ fact }) => fact);
}

/**
 * The covered faults that are not over. Whether one is over cannot be told while its edge, or for a fault of the whole row the row, is
 * unknown.
 */
export function remainingFaults(row: FaultyRow, covered: readonly FaultKey[]): FaultKey[] {
  const present = faultsOf(row);
  return covered.filter((fault) => {
    if (present.some((one) => isSameFault(one, fault))) return true;
    if (fault.edgeId === null) return row.health === 'unknown';
    return row.edges.some(({ id, health }) => id === fault.edgeId && health === 'unknown');
  });
}

/** Reasons that all mean that an edge's LB is out of service: which of them is known changes with the evidence, in seconds. */
const lbOutOfService = new Set(['lb-process-failed', 'lb-no-link', 'lb-disabled', 'lb-stopped']);

function isSameFault(one: FaultKey, other: FaultKey): boolean {
  if (one.edgeId !== other.edgeId) return false;
  return one.code === other.code || (lbOutOfService.has(one.code) && lbOutOfService.has(other.code));
}

import type { Health } from '../model/health';
import type { LbRole } from '../model/role';

/**
 * What a metrics engine computes over all samples of one edge within one step. Null: it has no sample. The numbers are extremes, so what is
 * true of both is true of every sample.
 */
export interface StepNumbers {
  /** 1: the edge answered a scrape. */
  answersMin: number | null;
  answersMax: number | null;
  /** How many scrapes there were, at the least in any five minutes. */
  scrapes: number | null;
  /** How many things were wrong with it in all samples, and how many in any of them. */
  faultsMin: number | null;
  faultsMax: number | null;
  /** Of all its groups: 2 master, 1 backup, anything else neither. */
  roleMin: number | null;
  roleMax: number | null;
  roleSamples: number | null;
}

/** What is certain of an edge throughout a step. */
export interface EdgeStep {
  answers: 'always' | 'never' | 'unknown';
  faults: 'always' | 'never' | 'unknown';
  role: 'master' | 'backup' | 'unknown';
  /** It was never master, whatever else it was. */
  neverMaster: boolean;
}

export const nothingKnown: EdgeStep = {
  answers: 'unknown',
  faults: 'unknown',
  role: 'unknown',
  neverMaster: false,
};

/** What the numbers prove. `leastSamples`: with fewer, a part of the step has no evidence, and nothing is claimed of it. */
export function edgeStep(numbers: StepNumbers, leastSamples: number): EdgeStep {
  const { answersMin, answersMax, scrapes, faultsMin, faultsMax, roleMin, roleMax, roleSamples } = numbers;
  if ((scrapes ?? 0) < leastSamples) return nothingKnown;
  const answers = answersMin === 1 ? 'always' : answersMax === 0 ? 'never' : 'unknown';
  const isRoleRead = (roleSamples ?? 0) >= leastSamples && roleMin !== null && roleMax !== null;
  return {
    answers,
    faults: answers === 'always' ? faultsOf(faultsMin, faultsMax) : 'unknown',
    role: !isRoleRead || roleMin !== roleMax ? 'unknown' : (roles.get(roleMin) ?? 'unknown'),
    neverMaster: isRoleRead && (roleMax < master || roleMin > master),
  };
}

/** Without a number of faults none is excluded: an engine that found none has 0. */
function faultsOf(min: number | null, max: number | null): EdgeStep['faults'] {
  if ((min ?? 0) > 0) return 'always';
  return max === 0 ? 'never' : 'unknown';
}

const master = 2;
const roles = new Map([
  [master, 'master' as const],
  [1, 'backup' as const],
]);

/** The states of a row throughout one step. */
export interface JudgedStep {
  /** In the order of the edges. */
  edges: { health: Health; role: LbRole }[];
  cluster: Health;
}

/**
 * Judges one step of a cluster's edges. A state is named only where it was that in every sample of the step; what changed within it, and
 * what has no evidence for a part of it, is unknown.
 */
export function judgeStep(edges: readonly EdgeStep[]): JudgedStep {
  const oneAnswered = edges.some(({ answers }) => answers === 'always');
  const judged = edges.map((edge) => ({ health: healthOf(edge, oneAnswered), role: edge.role }));
  return { edges: judged, cluster: clusterHealth(edges, judged) };
}

/** Down only while others answered: otherwise the engine itself may have been cut off. */
function healthOf({ answers, faults }: EdgeStep, oneAnswered: boolean): Health {
  if (answers === 'never') return oneAnswered ? 'down' : 'unknown';
  if (answers !== 'always') return 'unknown';
  return faults === 'never' ? 'up' : faults === 'always' ? 'degraded' : 'unknown';
}

function clusterHealth(edges: readonly EdgeStep[], judged: JudgedStep['edges']): Health {
  if (edges.length === 0) return 'unknown';
  const masters = edges.filter(({ role }) => role === 'master').length;
  if (masters > 1) return 'split-brain';
  if (edges.every(({ neverMaster }) => neverMaster)) return 'no-active-lb';
  const others = edges.filter(({ role }) => role !== 'master');
  // An LB that cannot be asked is none that can take over.
  const areKnown = others.every(({ role, answers }) => role === 'backup' || answers === 'never');
  if (masters !== 1 || !areKnown || judged.some(({ health }) => health === 'unknown')) return 'unknown';
  const serving = judged.filter(({ health }) => health !== 'down').length;
  if (serving < 2) return 'no-redundancy';
  return judged.every(({ health }) => health === 'up') ? 'up' : 'degraded';
}

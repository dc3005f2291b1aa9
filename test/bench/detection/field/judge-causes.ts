import type { TruthEntry } from '../../../../demo/fleet/truth';
import type { AgentFaults } from './agent-faults';

/** What may be named as the cause of a failover by each fault of the old LB's edge, the best known first. */
const causesOf: Readonly<Record<string, readonly string[]>> = {
  'lb-dies': ['lb-stopped'],
  'edge-dies': ['edge-died', 'edge-rebooted', 'edge-unreachable'],
  reboot: ['edge-rebooted', 'edge-died', 'edge-unreachable'],
  'link-cut': ['link-cut'],
  'lb-link-cut': ['link-cut'],
  'disabled-by-administrator': ['administrator-disabled'],
  'management-cut': ['cut-off', 'edge-unreachable'],
};
/** These hide the edge for a while: what can be said then is that it is unreachable, or was cut off. */
export const hiding: ReadonlySet<string> = new Set(['cut', 'hang', 'lossy', 'slow', 'agent-restart', 'far']);
/** A fault shows in a full reading: one of a shorter time may end before there is one. */
const fullPollMs = 6_000;
/** So long before the bracket a fault may have begun, and still explain the move: a take-over. */
const beforeMs = 6_000;

export interface CauseVerdict {
  right: boolean;
  /** It names what is not so. */
  firmer: boolean;
  words: string;
}

/** The fault of an edge in the truth, with its times. */
interface TrueFault {
  fault: string;
  fromMs: number;
  toMs: number;
}

type Line = { atMs: number; line: Record<string, unknown> };

/** Judges the causes of the failovers that were printed, each as it was corrected last. */
export function judgeCauses(
  lines: readonly Line[],
  truth: readonly TruthEntry[],
  agents: AgentFaults,
): CauseVerdict[] {
  return lines.flatMap(({ line }) => {
    if (line['type'] !== 'failover') return [];
    const { cluster, from, to, bracket } = line as unknown as MoveLine;
    const corrected = lines.findLast(
      ({ line: other }) =>
        other['type'] === 'cause-corrected' && other['cluster'] === cluster && isOf(other, line),
    );
    const { kind } = (corrected?.line ?? line)['cause'] as { kind: string };
    const fromMs = Date.parse(bracket.lastOld) - beforeMs;
    const toMs = Date.parse(bracket.firstNew);
    const faults = faultsOf(truth, cluster, from, fromMs, toMs);
    const hidden = agents.of(cluster, from, fromMs, toMs + fullPollMs);
    const allowed = new Set(faults.flatMap(({ fault }) => causesOf[fault] ?? []));
    if (hidden.some((fault) => hiding.has(fault.kind)))
      for (const one of ['edge-unreachable', 'cut-off']) allowed.add(one);
    if (hidden.some((fault) => fault.kind === 'role-absent')) allowed.add('lb-stopped');
    const brief = faults.some((fault) => fault.toMs - fault.fromMs < fullPollMs);
    const stepsDown = faults.some(({ fault }) => fault === 'demoted');
    const unseen = allowed.size === 0 || hidden.length > 0 || brief || stepsDown;
    const right = kind === 'unknown' ? unseen : allowed.has(kind);
    const evidence = ((corrected?.line ?? line)['cause'] as { evidence: string[] }).evidence.join(' ');
    const seconds = (atMs: number): string => ((atMs - toMs) / 1000).toFixed(1);
    const truly = faults.map(({ fault, ...at }) => `${fault} ${seconds(at.fromMs)} to ${seconds(at.toMs)}`);
    const agent = hidden.map((fault) => `${fault.kind} ${seconds(fault.fromMs)} to ${seconds(fault.toMs)}`);
    const words = `${cluster} ${from} to ${to} at ${bracket.firstNew}: ${kind} (${evidence}), truly ${truly.join(', ')}; agent: ${agent.join(', ')}`;
    return [{ right, firmer: kind !== 'unknown' && !right, words }];
  });
}

interface MoveLine {
  cluster: string;
  from: string;
  to: string;
  bracket: { lastOld: string; firstNew: string };
}

function isOf(correction: Record<string, unknown>, failover: Record<string, unknown>): boolean {
  const of = correction['failover'] as { time: string; from: string; to: string };
  return of.time === failover['time'] && of.from === failover['from'] && of.to === failover['to'];
}

function faultsOf(
  truth: readonly TruthEntry[],
  cluster: string,
  edge: string,
  fromMs: number,
  toMs: number,
): TrueFault[] {
  const own = truth.filter(
    (entry) => entry.kind === 'fault' && entry.cluster === cluster && entry.edge === edge,
  );
  return own.flatMap((entry) => {
    if (entry.kind !== 'fault' || entry.phase !== 'begin' || entry.atMs > toMs) return [];
    const end = own.find((other) => other.kind === 'fault' && other.phase === 'end' && other.id === entry.id);
    const endMs = end?.atMs ?? Infinity;
    return endMs < fromMs ? [] : [{ fault: entry.fault, fromMs: entry.atMs, toMs: endMs }];
  });
}

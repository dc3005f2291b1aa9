import { z } from 'zod';
import type { EdgeConditions } from './conditions';

/** Faults of one edge and what each changes while it lasts. */
const edgeEffects = {
  'edge-dies': { powered: false },
  reboot: { powered: false },
  'lb-dies': { lbRunning: false },
  'proxy-dies': { proxyRunning: false },
  'link-cut': { linksUp: false },
  'lb-link-cut': { lbLinkUp: false },
  'management-cut': { managementUp: false },
  'disabled-by-administrator': { lbAdminUp: false },
  demoted: { demotion: 240 },
  imbalance: { weight: 3 },
  'cpu-high': { cpuHigh: true },
} as const satisfies Record<string, Partial<EdgeConditions>>;

type EdgeFaultKind = keyof typeof edgeEffects;
const edgeKinds = Object.keys(edgeEffects) as [EdgeFaultKind, ...EdgeFaultKind[]];

/** Every kind of fault: those of one edge, and those of a whole cluster. */
export const faultKinds = [...edgeKinds, 'split', 'rolling-update'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** The kinds of requests: a fault, or the end of some (`heal`: splits; `restore`: all). */
export const requestKinds = [...faultKinds, 'heal', 'restore'] as const;

/** Default duration of a reboot. */
const rebootSeconds = 20;
/** Between two reboots of a rolling update. */
const rollingPauseSeconds = 30;

/** A requested fault, from the control API or a script. `edge`: a name, `@master` (also when left out) or `@backup`. */
export const faultRequestSchema = z.strictObject({
  kind: z.enum(requestKinds),
  cluster: z.string().min(1).max(64),
  edge: z.string().min(1).max(64).optional(),
  forSeconds: z.number().min(0.1).max(86_400).optional(),
});
export type FaultRequest = z.infer<typeof faultRequestSchema>;

/** One change that lasts from one time to another, in UTC milliseconds; Infinity: until it is restored. */
export interface TimedEffect {
  edge: string;
  fromMs: number;
  toMs: number;
  change: Partial<EdgeConditions>;
}

/** A fault that was caused: its effects, or the two sides that do not receive each other's advertisements. */
export interface Fault {
  id: number;
  kind: FaultKind;
  cluster: string;
  /** Absent for faults of the whole cluster. */
  edge: string | undefined;
  fromMs: number;
  /** When it ends by itself; Infinity when it does not. */
  toMs: number;
  effects: TimedEffect[];
  /** For a split: the names on one side. */
  oneSide: string[];
}

/** Duration of a rolling update in which each edge is silent for `silentSeconds`. */
export function rollingUpdateSeconds(edges: number, silentSeconds: number): number {
  return edges * silentSeconds + (edges - 1) * rollingPauseSeconds;
}

/** Whether a kind of fault needs an edge. */
export function isEdgeFault(kind: FaultKind): kind is EdgeFaultKind {
  return kind in edgeEffects;
}

/** Derives a fault's effects. `edge` is the affected edge; `edges` are all of the cluster, in order. */
export function makeFault(
  id: number,
  kind: FaultKind,
  request: FaultRequest,
  edge: string,
  edges: readonly string[],
  atMs: number,
): Fault {
  const base = { id, kind, cluster: request.cluster, fromMs: atMs, effects: [], oneSide: [] };
  const endsAtMs = (seconds: number | undefined): number =>
    seconds === undefined ? Infinity : atMs + seconds * 1000;
  if (isEdgeFault(kind)) {
    const toMs = endsAtMs(request.forSeconds ?? (kind === 'reboot' ? rebootSeconds : undefined));
    const effects = [{ edge, fromMs: atMs, toMs, change: edgeEffects[kind] }];
    return { ...base, edge, toMs, effects };
  }
  if (kind === 'split') {
    const oneSide = request.edge ? [edge] : edges.slice(0, Math.floor(edges.length / 2));
    return { ...base, edge: request.edge ? edge : undefined, toMs: endsAtMs(request.forSeconds), oneSide };
  }
  const silentMs = (request.forSeconds ?? rebootSeconds) * 1000;
  const effects = edges.map((name, i) => {
    const fromMs = atMs + i * (silentMs + rollingPauseSeconds * 1000);
    return { edge: name, fromMs, toMs: fromMs + silentMs, change: edgeEffects.reboot };
  });
  return { ...base, edge: undefined, toMs: effects.at(-1)?.toMs ?? atMs, effects };
}

import { z } from 'zod';

/** What `heron watch` said of a cluster's LBs, and when its line came. UTC milliseconds. */
export type Claim = MoveClaim | SplitClaim | NoActiveClaim | FlappingClaim;

interface Said {
  emittedMs: number;
}
interface Bracketed extends Said {
  lastOldMs: number;
  firstNewMs: number;
}
export interface MoveClaim extends Bracketed {
  type: 'failover' | 'failback';
  from: string;
  to: string;
  gapMs: { atLeast: number; atMost: number };
  cause: string;
}
export interface SplitClaim extends Bracketed {
  type: 'split-brain';
  edges: string[];
}
export interface NoActiveClaim extends Bracketed {
  type: 'no-active-lb';
}
export interface FlappingClaim extends Said {
  type: 'flapping';
  changes: number;
  /** When the first of the changes was reported. */
  sinceMs: number;
  windowMs: number;
}

const timeMs = z.iso.datetime().transform((text) => Date.parse(text));
const bracket = z.object({ lastOld: timeMs, firstNew: timeMs });
const cluster = z.string();
const claimLineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['failover', 'failback']),
    cluster,
    bracket,
    from: z.string(),
    to: z.string(),
    gapMs: z.object({ atLeast: z.number(), atMost: z.number() }),
    cause: z.object({ kind: z.string() }),
  }),
  z.object({ type: z.literal('split-brain'), cluster, bracket, edges: z.array(z.string()) }),
  z.object({ type: z.literal('no-active-lb'), cluster, bracket }),
  z.object({
    type: z.literal('flapping'),
    cluster,
    changes: z.number(),
    since: timeMs,
    windowMs: z.number(),
  }),
]);
const claimTypes: unknown[] = ['failover', 'failback', 'split-brain', 'no-active-lb', 'flapping'];

/** Reads a printed line as a claim about a cluster; null when it is about something else. @throws on a malformed line */
export function claimOf(
  line: { type?: unknown },
  emittedMs: number,
): { cluster: string; claim: Claim } | null {
  if (!claimTypes.includes(line.type)) return null;
  const said = claimLineSchema.parse(line);
  if (said.type === 'flapping') {
    const { type, changes, since: sinceMs, windowMs } = said;
    return { cluster: said.cluster, claim: { type, emittedMs, changes, sinceMs, windowMs } };
  }
  const times = { emittedMs, lastOldMs: said.bracket.lastOld, firstNewMs: said.bracket.firstNew };
  if (said.type === 'no-active-lb')
    return { cluster: said.cluster, claim: { type: 'no-active-lb', ...times } };
  if (said.type === 'split-brain') {
    return { cluster: said.cluster, claim: { type: 'split-brain', ...times, edges: said.edges } };
  }
  const { type, from, to, gapMs, cause } = said;
  return { cluster: said.cluster, claim: { type, ...times, from, to, gapMs, cause: cause.kind } };
}

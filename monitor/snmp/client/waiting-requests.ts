/** Somebody who waits for an answer and must do something when none comes. */
export interface Watched {
  /** What to do by now; monotonic milliseconds. */
  look(nowMs: number): void;
}

/** How late a request may be repeated or given up: no agent and no person can tell. */
const tickMs = 20;

const waiting = new Set<Watched>();
let timer: NodeJS.Timeout | null = null;

/** Looks at everybody who waits with one timer: a timer of its own for each request costs more than the request. */
export function watch(one: Watched): void {
  waiting.add(one);
  timer ??= setTimeout(tick, tickMs);
}

/** Everybody who waits now. */
export function allWatched(): Watched[] {
  return [...waiting];
}

export function endWatching(one: Watched): void {
  waiting.delete(one);
}

/** A late tick first lets the answers in that came meanwhile: time-outs of ours say nothing about an agent. */
function tick(): void {
  setImmediate(lookAtAll);
}

function lookAtAll(): void {
  timer = null;
  const nowMs = performance.now();
  for (const one of waiting) one.look(nowMs);
  if (waiting.size > 0) timer ??= setTimeout(tick, tickMs);
}

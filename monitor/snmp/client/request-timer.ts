import { guarded } from '../../log/guard';

/** Something that waits for an answer and acts when none comes. */
export interface Waiting {
  /** Called every few milliseconds; `nowMs` is monotonic. */
  check(nowMs: number): void;
}

/** How late a request may be repeated or given up. */
const tickMs = 20;

const waiting = new Set<Waiting>();
let timer: NodeJS.Timeout | null = null;

/** Checks all requests with one timer: a timer per request costs more than the request. */
export function startChecking(one: Waiting): void {
  waiting.add(one);
  timer ??= setTimeout(tick, tickMs);
}

export function stopChecking(one: Waiting): void {
  waiting.delete(one);
}

/** A late tick first lets in the answers that came meanwhile: a delay of this process says nothing about an agent. */
function tick(): void {
  setImmediate(checkAll);
}

const check = guarded('the check of an SNMP request', (one: Waiting, nowMs: number) => one.check(nowMs));

function checkAll(): void {
  timer = null;
  const nowMs = performance.now();
  for (const one of waiting) check(one, nowMs);
  if (waiting.size > 0) timer ??= setTimeout(tick, tickMs);
}

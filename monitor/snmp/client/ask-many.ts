import { SnmpFailure } from './failure';
import { isAbsent, type Varbind } from '../codec/varbind';

/** Max. objects per packet: with names of usual length the answer fits an Ethernet frame. */
export const maxObjectsPerPacket = 40;
/** Max. packets for one question when an agent refuses objects or finds answers too big. */
const maxPackets = 32;

export type Get = (oids: readonly string[]) => Promise<Varbind[]>;

/** The result of a question. */
export interface Answers {
  values: Map<string, Varbind>;
  /** The agent lacks an object, or no longer has it. */
  missing: boolean;
  /** Objects that the agent answered with an error; they are not requested again. */
  refused: string[];
}

/**
 * Requests exactly these objects in as few packets as the agent allows: halves a question that is too big, leaves out objects that
 * the agent refuses. Of an answer only requested objects count, and the first of duplicates. Rejects as `get` does.
 */
export async function askMany(get: Get, oids: readonly string[]): Promise<Answers> {
  const answers: Answers = { values: new Map(), missing: false, refused: [] };
  const queue: (readonly string[])[] = [];
  // The same list where it fits, whose encoding is cached.
  if (oids.length <= maxObjectsPerPacket) queue.push(oids);
  else
    for (let at = 0; at < oids.length; at += maxObjectsPerPacket)
      queue.push(oids.slice(at, at + maxObjectsPerPacket));
  for (let packets = 0; packets < maxPackets; packets += 1) {
    const chunk = queue.shift();
    if (!chunk) break;
    try {
      add(answers, chunk, await get(chunk));
    } catch (error) {
      if (!(error instanceof SnmpFailure) || error.next !== 'ask-less') throw error;
      queue.unshift(...withoutCulprit(chunk, error, answers));
      if (queue.length === 0 && answers.values.size === 0) throw error;
    }
  }
  return answers;
}

function add(answers: Answers, chunk: readonly string[], answer: Varbind[]): void {
  if (isInOrder(chunk, answer)) {
    for (const varbind of answer) {
      if (!answers.values.has(varbind.oid)) answers.values.set(varbind.oid, varbind);
      if (isAbsent(varbind)) answers.missing = true;
    }
    return;
  }
  const wanted = new Set(chunk);
  for (const varbind of answer) {
    if (!wanted.delete(varbind.oid)) continue;
    answers.values.set(varbind.oid, varbind);
    if (isAbsent(varbind)) answers.missing = true;
  }
  if (wanted.size > 0) answers.missing = true;
}

/** The usual answer: the requested objects in order. */
function isInOrder(chunk: readonly string[], answer: readonly Varbind[]): boolean {
  if (answer.length !== chunk.length) return false;
  return answer.every(({ oid }, at) => oid === chunk[at]);
}

function withoutCulprit(
  chunk: readonly string[],
  error: SnmpFailure,
  answers: Answers,
): (readonly string[])[] {
  const culprit = error.refusedOid;
  if (culprit !== null && chunk.includes(culprit)) {
    answers.refused.push(culprit);
    const rest = chunk.filter((oid) => oid !== culprit);
    return rest.length > 0 ? [rest] : [];
  }
  const [only] = chunk;
  if (chunk.length <= 1) {
    if (only !== undefined) answers.refused.push(only);
    return [];
  }
  const half = Math.ceil(chunk.length / 2);
  return [chunk.slice(0, half), chunk.slice(half)];
}

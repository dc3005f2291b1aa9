import { SnmpFailure } from './failure';
import { isAbsent, type Varbind } from '../codec/varbind';

/** Objects asked for in one packet: the answer then fits an Ethernet frame with names of usual length. */
export const maxObjectsPerPacket = 40;
/** Most packets one question may take when an agent refuses objects or finds answers too big. */
const maxPackets = 32;

export type Get = (oids: readonly string[]) => Promise<Varbind[]>;

/** What a question brought. */
export interface Asked {
  values: Map<string, Varbind>;
  /** Some object asked for is not there (any more). */
  missing: boolean;
  /** Objects the agent answered with an error; asking again makes no sense. */
  refused: string[];
}

/**
 * Asks for exactly these objects in as few packets as the agent allows: halves what is too big, leaves out what the agent
 * refuses. Only objects that were asked for are taken from an answer, the first of duplicates. Rejects as `get` does.
 */
export async function askMany(get: Get, oids: readonly string[]): Promise<Asked> {
  const asked: Asked = { values: new Map(), missing: false, refused: [] };
  const queue: (readonly string[])[] = [];
  // The very list where it fits: its encoding is remembered.
  if (oids.length <= maxObjectsPerPacket) queue.push(oids);
  else
    for (let at = 0; at < oids.length; at += maxObjectsPerPacket)
      queue.push(oids.slice(at, at + maxObjectsPerPacket));
  for (let packets = 0; packets < maxPackets; packets += 1) {
    const chunk = queue.shift();
    if (!chunk) break;
    try {
      take(asked, chunk, await get(chunk));
    } catch (error) {
      if (!(error instanceof SnmpFailure) || error.next !== 'ask-less') throw error;
      queue.unshift(...withoutCulprit(chunk, error, asked));
      if (queue.length === 0 && asked.values.size === 0) throw error;
    }
  }
  return asked;
}

function take(asked: Asked, chunk: readonly string[], answer: Varbind[]): void {
  if (isInOrder(chunk, answer)) {
    for (const varbind of answer) {
      if (!asked.values.has(varbind.oid)) asked.values.set(varbind.oid, varbind);
      if (isAbsent(varbind)) asked.missing = true;
    }
    return;
  }
  const wanted = new Set(chunk);
  for (const varbind of answer) {
    if (!wanted.delete(varbind.oid)) continue;
    asked.values.set(varbind.oid, varbind);
    if (isAbsent(varbind)) asked.missing = true;
  }
  if (wanted.size > 0) asked.missing = true;
}

/** The usual answer: what was asked for, in order. */
function isInOrder(chunk: readonly string[], answer: readonly Varbind[]): boolean {
  if (answer.length !== chunk.length) return false;
  return answer.every(({ oid }, at) => oid === chunk[at]);
}

function withoutCulprit(chunk: readonly string[], error: SnmpFailure, asked: Asked): (readonly string[])[] {
  const culprit = error.refusedOid;
  if (culprit !== null && chunk.includes(culprit)) {
    asked.refused.push(culprit);
    const rest = chunk.filter((oid) => oid !== culprit);
    return rest.length > 0 ? [rest] : [];
  }
  const [only] = chunk;
  if (chunk.length <= 1) {
    if (only !== undefined) asked.refused.push(only);
    return [];
  }
  const half = Math.ceil(chunk.length / 2);
  return [chunk.slice(0, half), chunk.slice(half)];
}

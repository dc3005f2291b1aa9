import type { AnswerFacts } from '../../domain/doctor/facts';
import { SnmpFailure } from '../snmp/client/failure';
import type { SnmpSession } from '../snmp/client/session';
import { isAbsent, type Varbind } from '../snmp/codec/varbind';
import { sysUpTime } from './try-credential';

const asks = 7;
const waitMs = 2_500;
/** Rows requested at a time for the largest answer; an Ethernet frame holds about 60 of the interface table's. */
const repetitions = [8, 20, 45, 90];
/** Octets of an answer beyond which IP fragments it. */
const enoughOctets = 1_400;
const mib2 = '1.3.6.1.2.1';

/** How fast, and how large, an agent's answers are. Never throws. */
export async function measureAnswers(session: SnmpSession): Promise<AnswerFacts> {
  const times: number[] = [];
  for (let sent = 0; sent < asks; sent += 1) {
    const startedAt = performance.now();
    const answered = await settled(session.get([sysUpTime], startedAt + waitMs));
    if (answered.ok) times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const time = {
    ...{ asked: asks, answered: times.length },
    ...{ medianMs: times[Math.floor(times.length / 2)] ?? null, slowestMs: times.at(-1) ?? null },
  };
  const first = await settled(session.getBulk([mib2], 2, performance.now() + waitMs));
  if (!first.ok) {
    const isSilent = first.failure.code === 'timeout' || first.failure.code === 'unanswered';
    const size = { largestOctets: null, lostAboveOctets: null };
    return { ...time, bulk: isSilent ? 'silent' : 'refused', bulkWords: first.failure.words, ...size };
  }
  return { ...time, bulk: 'works', bulkWords: '', ...(await measureSize(session)) };
}

async function measureSize(
  session: SnmpSession,
): Promise<Pick<AnswerFacts, 'largestOctets' | 'lostAboveOctets'>> {
  let largestOctets: number | null = null;
  let perRow = 0;
  for (const rows of repetitions) {
    const answer = await settled(session.getBulk([mib2], rows, performance.now() + waitMs));
    if (!answer.ok)
      return { largestOctets, lostAboveOctets: Math.round(Math.max(largestOctets ?? 0, perRow * rows)) };
    const octets = answer.value.flat().reduce((sum, varbind) => sum + octetsOf(varbind), 0);
    const count = answer.value.flat().filter((varbind) => !isAbsent(varbind)).length;
    if (octets > (largestOctets ?? 0)) largestOctets = octets;
    perRow = octets / Math.max(1, count);
    if (octets >= enoughOctets || count < rows) break;
  }
  return { largestOctets, lostAboveOctets: null };
}

/** About as many octets as a value has in a packet: its OID, itself and their lengths. */
function octetsOf({ oid, value }: Varbind): number {
  const names = oid
    .split('.')
    .reduce((sum, part) => sum + (Number(part) < 128 ? 1 : Number(part) < 16_384 ? 2 : 4), 0);
  const content =
    value instanceof Uint8Array ? value.length : typeof value === 'string' ? value.length / 2 : 4;
  return Math.round(names + content + 6);
}

type Settled<T> = { ok: true; value: T } | { ok: false; failure: SnmpFailure };

/** @throws whatever is no failure of a request */
export async function settled<T>(request: Promise<T>): Promise<Settled<T>> {
  try {
    return { ok: true, value: await request };
  } catch (error) {
    if (error instanceof SnmpFailure) return { ok: false, failure: error };
    throw error;
  }
}

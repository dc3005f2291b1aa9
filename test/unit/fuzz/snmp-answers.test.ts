import { describe, expect, it } from 'vitest';
import { buildMessage, flag, parseMessage } from '../../../demo/agent/message';
import { decrypt } from '../../../demo/agent/usm';
import { readMessage } from '../../../monitor/snmp/codec/message';
import { pduType } from '../../../monitor/snmp/codec/pdu';
import { decodeCounter, decodeInteger, decodeText, decodeUp } from '../../../monitor/snmp/codec/varbind';
import { agentKeys, ask, clock, engineId, id, keys, objects, read } from '../../fixtures/snmp/demo-engine';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, mutate, random } from '../../fixtures/fuzz/mutate';
import { reportFuzz } from '../../fixtures/fuzz/run-fuzz';

const { boots, time } = clock;

/** An answer whose inside was mutated before it was encrypted and signed: what a broken agent with the right keys sends. */
function sealed(answer: Buffer, dice: () => number): Buffer {
  const message = parseMessage(Buffer.from(answer));
  const plain = decrypt(agentKeys.priv, boots, time, message.salt, message.payload);
  return buildMessage({
    ...{ id, flags: flag.auth | flag.priv, engineId, boots, time, user: keys.user },
    scopedPdu: mutate(plain, dice),
    keys: agentKeys,
  });
}

function expectSoundHead(packet: Buffer): void {
  const message = readMessage(packet);
  if (typeof message === 'string') return;
  expect([2, 3]).toContain(message.version);
  expect(Number.isInteger(message.id)).toBe(true);
}

/** Whatever came, each decoder gives a sound value or says which object it could not read and what came instead. */
function expectDecoded(varbind: { oid: string; type: number; value: unknown }): void {
  const decoded = [
    ...[decodeInteger(varbind), decodeText(varbind), decodeUp(varbind)],
    ...[decodeCounter(varbind, 32), decodeCounter(varbind, 64)],
  ];
  for (const { value, reason } of decoded) {
    const sound =
      reason !== null
        ? /^[\d.]+: .{8,}$/s.test(reason)
        : typeof value === 'number'
          ? Number.isFinite(value)
          : typeof value !== 'bigint' || (value >= 0n && value < 2n ** 64n);
    // Not an `expect` for each of so many.
    if (!sound) throw new Error(`${varbind.oid} was decoded to ${String(value)}, ${reason ?? 'no reason'}`);
  }
}

describe('mutated SNMP answers', () => {
  it(
    'changed on the way are forged, whatever was changed',
    () => {
      const dice = random(81);
      const { question, answer } = ask(Object.values(objects), { type: pduType.get });
      let whole = 0;
      for (let count = fuzzInputs(fuzzShares.forgedAnswers); count > 0; count -= 1) {
        const packet = mutate(answer, dice);
        const same = packet.equals(answer);
        expectSoundHead(packet);
        const { kind } = read(packet, question);
        if (same) whole += 1;
        expect(kind).toBe(same ? 'response' : 'forged');
      }
      reportFuzz('snmp-answers', { inputs: fuzzInputs(fuzzShares.forgedAnswers) });
      expect(whole).toBeGreaterThan(0);
    },
    fuzzDeadlineMs,
  );

  it(
    'of an agent that is broken itself are unreadable, or read to sound values and words',
    () => {
      const dice = random(82);
      const { question, answer } = ask(Object.values(objects), { type: pduType.get });
      const seen = { response: 0, report: 0, unreadable: 0, forged: 0 };
      for (let count = fuzzInputs(fuzzShares.sealedAnswers); count > 0; count -= 1) {
        const answered = read(sealed(answer, dice), question);
        seen[answered.kind] += 1;
        if (answered.kind !== 'response') continue;
        expect(answered.pdu.varbinds.length).toBeLessThanOrEqual(2_000);
        for (const varbind of answered.pdu.varbinds) {
          expect(varbind.oid).toMatch(/^\d+(\.\d+)+$/);
          expectDecoded(varbind);
        }
      }
      reportFuzz('snmp-answers', { inputs: fuzzInputs(fuzzShares.sealedAnswers) });
      expect(seen.forged).toBe(0);
      expect(Math.min(seen.response, seen.unreadable)).toBeGreaterThan(0);
    },
    fuzzDeadlineMs,
  );
});

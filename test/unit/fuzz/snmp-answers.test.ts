import { describe, expect, it } from 'vitest';
import { SnmpEngine } from '../../../demo/agent/engine';
import { buildMessage, flag, parseMessage } from '../../../demo/agent/message';
import { ObjectTable, parseOid } from '../../../demo/agent/object-table';
import { tag } from '../../../demo/agent/tags';
import { decrypt, localizedKey, passwordKey } from '../../../demo/agent/usm';
import { readAnswer } from '../../../monitor/snmp/codec/direct-answer';
import type { DirectKeys } from '../../../monitor/snmp/codec/direct-keys';
import { buildRequest, pduType, questionOf } from '../../../monitor/snmp/codec/direct-request';
import { readPacketHead } from '../../../monitor/snmp/codec/packet-head';
import { decodeCounter, decodeInteger, decodeText, decodeUp } from '../../../monitor/snmp/codec/varbind';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, mutate, random } from '../../fixtures/fuzz/mutate';

const engineId = Buffer.from('80001f8804656467652d31', 'hex');
const [boots, time] = [7, 90_000];
const user = {
  name: 'noc',
  authKey: passwordKey('authentication-1'),
  privKey: passwordKey('privacy-password'),
};
const engine = new SnmpEngine(engineId, user, { boots: () => boots, time: () => time });
const objects = [
  { oid: '1.3.6.1.2.1.1.3.0', type: tag.timeTicks, value: 4_294_967_295 },
  { oid: '1.3.6.1.2.1.1.5.0', type: tag.octetString, value: 'fra-edge-1' },
  { oid: '1.3.6.1.2.1.2.2.1.8.1', type: tag.integer, value: -5 },
  { oid: '1.3.6.1.2.1.31.1.1.1.6.1', type: tag.counter64, value: 18_446_744_073_709_551_615n },
  { oid: '1.3.6.1.4.1.46262.9.2.1.5.4294967295', type: tag.gauge32, value: 2_147_483_648 },
] as const;
const table = new ObjectTable(
  objects.map(({ oid, type, value }) => ({ oid: parseOid(oid), type, read: () => value })),
);
const [auth, priv] = [localizedKey(user.authKey, engineId), localizedKey(user.privKey, engineId)];
const keys: DirectKeys = {
  engineId,
  user: Buffer.from(user.name),
  hash: 'sha1',
  digestLength: 12,
  authKey: auth,
  cipher: 'aes-128-cfb',
  privKey: priv.subarray(0, 16),
};
const id = 2 ** 30 + 99;
const question = questionOf(objects.map(({ oid }) => oid));

function anAnswer(): Buffer {
  const head = { id, type: pduType.get, second: 0, third: 0, boots, time };
  const answer = engine.handle(buildRequest(question, head, keys), table, 0);
  if (!answer) throw new Error('The agent does not answer.');
  return answer;
}

/** An answer whose inside was mutated before it was encrypted and signed: what a broken agent with the right keys sends. */
function sealed(answer: Buffer, dice: () => number): Buffer {
  const message = parseMessage(Buffer.from(answer));
  const plain = decrypt(priv, boots, time, message.salt, message.payload);
  return buildMessage({
    ...{ id, flags: flag.auth | flag.priv, engineId, boots, time, user: keys.user },
    scopedPdu: mutate(plain, dice),
    keys: { auth, priv },
  });
}

function expectSoundHead(packet: Buffer): void {
  const head = readPacketHead(packet);
  if (head === null) return;
  expect([1, 3]).toContain(head.version);
  expect(Number.isInteger(head.id)).toBe(true);
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
      const answer = anAnswer();
      let whole = 0;
      for (let count = fuzzInputs(fuzzShares.forgedAnswers); count > 0; count -= 1) {
        const packet = mutate(answer, dice);
        const same = packet.equals(answer);
        expectSoundHead(packet);
        const read = readAnswer(packet, id, question, keys);
        if (same) whole += 1;
        expect(typeof read === 'string' ? read : 'read').toBe(same ? 'read' : 'forged');
      }
      expect(whole).toBeGreaterThan(0);
    },
    fuzzDeadlineMs,
  );

  it(
    'of an agent that is broken itself are unreadable, or read to sound values and words',
    () => {
      const dice = random(82);
      const answer = anAnswer();
      const seen = { read: 0, unreadable: 0, forged: 0 };
      for (let count = fuzzInputs(fuzzShares.sealedAnswers); count > 0; count -= 1) {
        const read = readAnswer(sealed(answer, dice), id, question, keys);
        seen[typeof read === 'string' ? read : 'read'] += 1;
        if (typeof read === 'string') continue;
        expect(read.varbinds.length).toBeLessThanOrEqual(2_000);
        for (const varbind of read.varbinds) {
          expect(varbind.oid).toMatch(/^\d+(\.\d+)+$/);
          expectDecoded(varbind);
        }
      }
      expect(seen.forged).toBe(0);
      expect(Math.min(seen.read, seen.unreadable)).toBeGreaterThan(0);
    },
    fuzzDeadlineMs,
  );
});

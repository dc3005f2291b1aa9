import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { trapKinds } from '../../../../domain/traps/evidence';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares } from '../../../fixtures/fuzz/mutate';
import { reportFuzz } from '../../../fixtures/fuzz/run-fuzz';
import { addresses, trapRegistries, trapScene, type TrapScene } from '../../../fixtures/traps/trap-handler';
import { communityPacket, packetOf } from '../../../fixtures/traps/senders';

const packets = fuzzInputs(fuzzShares.trapPackets);
const perRun = 20;
const engineId = Buffer.from('80001f88046531', 'hex');
const clock = { boots: 7, time: 5_000 };

let registries: Awaited<ReturnType<typeof trapRegistries>>;
beforeAll(async () => {
  registries = await trapRegistries();
  registries.engines.set('e1', { engineId, ...clock, isAuthentic: true });
});

type Change = (packet: Buffer) => Buffer;
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const at = (packet: Buffer, where: number): number => Math.floor(where * packet.length);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, fc.nat(255)).map(([where, byte]): Change => (packet) => {
    packet[at(packet, where)] = byte;
    return packet;
  }),
  fc.tuple(place, fc.nat(7)).map(([where, bit]): Change => (packet) => {
    const index = at(packet, where);
    packet[index] = (packet[index] ?? 0) ^ (1 << bit);
    return packet;
  }),
  fc
    .tuple(place, fc.constantFrom(0x00, 0x7f, 0x80, 0x82, 0x84, 0xff, 0x30, 0x02, 0x04, 0x06, 0xa6, 0xa7))
    .map(([where, byte]): Change => (packet) => {
      packet[at(packet, where)] = byte;
      return packet;
    }),
  place.map(
    (where): Change =>
      (packet) =>
        packet.subarray(0, at(packet, where)),
  ),
  fc.tuple(place, fc.uint8Array({ maxLength: 40 })).map(
    ([where, more]): Change =>
      (packet) =>
        Buffer.concat([packet.subarray(0, at(packet, where)), more, packet.subarray(at(packet, where))]),
  ),
  fc.tuple(place, place).map(
    ([from, to]): Change =>
      (packet) =>
        Buffer.concat([packet.subarray(0, at(packet, from)), packet.subarray(at(packet, to))]),
  ),
);

interface Kind {
  what: string;
  address: string;
  sealed: boolean;
  /** Whole, it is evidence. */
  believed: boolean;
  packet: (scene: TrapScene) => Buffer;
}
const inform = (scene: TrapScene, level: number): Buffer =>
  packetOf({ type: 'inform', engineId: scene.engine.engineId, boots: scene.engine.boots, time: 0, level });
const kinds: Kind[] = [
  {
    what: 'SNMPv3 traps',
    address: addresses.shared,
    sealed: true,
    believed: true,
    packet: () => packetOf({ type: 'trap', engineId, ...clock }),
  },
  {
    what: 'SNMPv3 informs',
    address: addresses.own,
    sealed: true,
    believed: true,
    packet: (scene) => inform(scene, 3),
  },
  {
    what: 'plain SNMPv3',
    address: addresses.own,
    sealed: true,
    believed: false,
    packet: (scene) => inform(scene, 0),
  },
  {
    what: 'SNMPv2c traps',
    address: addresses.community,
    sealed: false,
    believed: true,
    packet: () => communityPacket('trap'),
  },
  {
    what: 'SNMPv2c informs',
    address: addresses.community,
    sealed: false,
    believed: true,
    packet: () => communityPacket('inform'),
  },
];

describe('mutated packets', () => {
  it.each(kinds)(
    '$what: no packet throws, no changed signed one is accepted, every one is counted',
    ({ address, sealed, believed, packet }) => {
      let taken = 0;
      fc.assert(
        fc.property(
          fc.array(fc.array(change, { maxLength: 4 }), { minLength: perRun, maxLength: perRun }),
          (mutations) => {
            const scene = trapScene(registries);
            const whole = packet(scene);
            for (const changes of mutations) {
              const mutated = changes.reduce<Buffer>((sum, next) => next(sum), Buffer.from(whole));
              const { evidence, reply } = scene.handle(mutated, address);
              if (reply) expect(reply.length).toBeLessThan(2_000);
              if (!evidence) continue;
              taken += 1;
              if (sealed) expect(mutated).toEqual(whole);
              expect(trapKinds).toContain(evidence.kind);
              expect(evidence.words.length).toBeLessThanOrEqual(160);
            }
            const { received, ...rest } = scene.counters.counts;
            expect(received).toBe(perRun);
            for (const { words } of scene.counters.refusals()) expect(words).toMatch(/^[A-Z0-9].{30,}\.$/s);
            expect(Object.values(rest).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(perRun);
          },
        ),
        { numRuns: Math.ceil(packets / kinds.length / perRun) },
      );
      reportFuzz('traps', { inputs: Math.ceil(packets / kinds.length) });
      // Some packets stay whole.
      expect(taken > 0).toBe(believed);
    },
    fuzzDeadlineMs,
  );

  it('garbage of any length is refused without an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.constantFrom(0, 1, 2), (bytes, start) => {
        const scene = trapScene(registries);
        const head = ['', '30', '3082010002010330'][start] ?? '';
        const { evidence, reply } = scene.handle(
          Buffer.concat([Buffer.from(head, 'hex'), bytes]),
          addresses.own,
        );
        expect({ evidence, reply }).toEqual({ evidence: null, reply: null });
      }),
      { numRuns: Math.ceil(packets / 10) },
    );
  });
});

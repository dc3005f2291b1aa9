import { beforeAll, describe, expect, it } from 'vitest';
import { tag } from '../../../../demo/agent/tags';
import { addresses, trapRegistries, trapScene, type TrapScene } from '../../../fixtures/traps/trap-handler';
import { openReply, packetOf, reportsCounter } from '../../../fixtures/traps/senders';
import { testPasswords } from '../../../fixtures/sources/credentials';

const edgeEngine = Buffer.from('80001f88046531', 'hex');
const authPriv = 3;

let registries: Awaited<ReturnType<typeof trapRegistries>>;
beforeAll(async () => {
  registries = await trapRegistries();
});
function scene(): TrapScene {
  registries.engines.clear();
  registries.engines.set('e1', { engineId: edgeEngine, boots: 1, time: 1, isAuthentic: true });
  return trapScene(registries);
}
function inform({ engine }: TrapScene, changes: Partial<Parameters<typeof packetOf>[0]> = {}): Buffer {
  const { engineId, boots } = engine;
  return packetOf({ type: 'inform', engineId, boots, time: 0, ...changes });
}

describe('informs', () => {
  it('begin with discovery: a report names our engine, its boots and its time', () => {
    const here = scene();
    here.clock.monotonicMs += 42_000;
    const asks = packetOf({ type: 'get', engineId: Buffer.alloc(0), boots: 0, time: 0, level: 0, user: '' });
    const { reply, evidence } = here.handle(asks, addresses.own);
    expect(evidence).toBeNull();
    const report = openReply(reply!);
    expect(report).toMatchObject({ flags: 0, pdu: tag.report, time: 42, boots: here.engine.boots });
    expect(report.engineId).toEqual(here.engine.engineId);
    expect(reportsCounter(report.body, 4)).toBe(true);
    expect(here.handle(asks, '203.0.113.9').reply).toBeNull();
  });

  it('that are right are acknowledged with the same security, and are evidence once', () => {
    const here = scene();
    const packet = inform(here);
    const first = here.handle(packet, addresses.own);
    expect(first.evidence).toMatchObject({
      edgeId: 'e3',
      notification: 'inform',
      authenticated: true,
      kind: 'link-down',
    });
    expect(openReply(first.reply!)).toMatchObject({ flags: authPriv, pdu: tag.response, authentic: true });
    const again = here.handle(packet, addresses.own);
    expect(again.evidence).toBeNull();
    expect(openReply(again.reply!)).toMatchObject({ pdu: tag.response });
    expect(here.counters.counts).toMatchObject({ informs: 1, repeated: 1 });
  });

  it('that are sent again under another message ID and time are acknowledged, and are evidence once', () => {
    const here = scene();
    const time = 3;
    const [first, again, another] = [
      inform(here, { id: 4 }),
      inform(here, { id: 4, messageId: 5, time }),
      inform(here, { id: 6 }),
    ];
    expect(here.handle(first, addresses.own).evidence).not.toBeNull();
    expect(here.handle(again, addresses.own)).toMatchObject({
      evidence: null,
      reply: expect.any(Buffer) as Buffer,
    });
    expect(here.handle(another, addresses.own).evidence).not.toBeNull();
    expect(here.counters.counts).toMatchObject({ informs: 2, repeated: 1 });
  });

  it('belong to the edge their context names where several share an address', () => {
    const here = scene();
    const named = here.handle(inform(here, { contextEngineId: edgeEngine, id: 1 }));
    expect(named.evidence).toMatchObject({ edgeId: 'e1' });
    const unnamed = here.handle(inform(here, { id: 2 }));
    expect(unnamed).toMatchObject({ evidence: null, reply: expect.any(Buffer) as Buffer });
    expect(here.counters.counts.unknownSender).toBe(1);
  });

  it.each([
    ['unknownUser', 3, { user: 'eve' }],
    ['wrongPassword', 5, { authPassword: testPasswords.WRONG }],
    ['wrongPrivacy', 6, { privPassword: testPasswords.WRONG }],
    ['wrongLevel', 1, { level: 1 }],
  ] as const)('that are refused (%s) get report %d', (kind, counter, changes) => {
    const here = scene();
    const { reply, evidence } = here.handle(inform(here, changes), addresses.own);
    expect(evidence).toBeNull();
    const report = openReply(reply!);
    expect(report).toMatchObject({ flags: 0, pdu: tag.report });
    expect(reportsCounter(report.body, counter)).toBe(true);
    expect(here.counters.counts[kind]).toBe(1);
  });

  it.each([
    [-1, 0],
    [0, 151],
    [1, 0],
  ])('from another time (%d boots, %d seconds) get a signed report', (boots, time) => {
    const here = scene();
    const packet = inform(here, { boots: here.engine.boots + boots, time });
    const report = openReply(here.handle(packet, addresses.own).reply!);
    expect(report).toMatchObject({ flags: 1, pdu: tag.report, authentic: true });
    expect(reportsCounter(report.body, 2)).toBe(true);
    expect(here.counters.counts.notInTimeWindow).toBe(1);
  });

  it('of a previous run are outside the time window: boots grow with every start', async () => {
    const before = scene();
    const { LocalEngine } = await import('../../../../monitor/traps/local-engine');
    const later = new LocalEngine('test', Date.UTC(2026, 10, 24, 14, 0, 9), 0);
    expect(later.engineId).toEqual(before.engine.engineId);
    expect(later.boots).toBe(before.engine.boots + 9);
    expect(later.isTimely(before.engine.boots, 0, 0)).toBe(false);
    expect(new LocalEngine('other', 0, 0).engineId).not.toEqual(later.engineId);
  });
});

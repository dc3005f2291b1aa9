import { beforeAll, describe, expect, it } from 'vitest';
import { addresses, trapRegistries, trapScene, type TrapScene } from '../../../fixtures/traps/trap-handler';
import { communityPacket, packetOf } from '../../../fixtures/traps/senders';
import { testPasswords } from '../../../fixtures/sources/credentials';

const engineId = Buffer.from('80001f88046531', 'hex');
const otherEngine = Buffer.from('80001f88046539', 'hex');
const clock = { boots: 7, time: 5_000 };

let registries: Awaited<ReturnType<typeof trapRegistries>>;
beforeAll(async () => {
  registries = await trapRegistries();
});

/** A handler that knows e1's engine from polling. */
function scene(): TrapScene {
  registries.engines.clear();
  registries.engines.set('e1', { engineId, ...clock, isAuthentic: true });
  return trapScene(registries);
}
const trap = (changes: Partial<Parameters<typeof packetOf>[0]> = {}): Buffer =>
  packetOf({ type: 'trap', engineId, ...clock, ...changes });

describe('traps', () => {
  it('belong to the edge whose engine polling discovered, though others share its address', () => {
    const { handle, counters } = scene();
    expect(handle(trap())).toMatchObject({
      reply: null,
      evidence: {
        edgeId: 'e1',
        kind: 'link-down',
        interfaceIndex: 3,
        authenticated: true,
        notification: 'trap',
      },
    });
    expect(counters.counts).toMatchObject({ received: 1, traps: 1 });
  });

  it('of an engine that polling does not know are never authenticated, however many come, until it answers a poll', () => {
    const { handle, words, engines } = scene();
    const own = (time: number): Buffer => trap({ engineId: otherEngine, time });
    for (const time of [clock.time, clock.time + 1, clock.time + 2])
      expect(handle(own(time), addresses.own).evidence).toMatchObject({ edgeId: 'e3', authenticated: false });
    engines.set('e3', { engineId: otherEngine, ...clock, isAuthentic: true });
    expect(handle(own(clock.time + 3), addresses.own).evidence).toMatchObject({ authenticated: true });
    expect(handle(own(clock.time)).evidence).toBeNull();
    expect(words).toEqual([expect.stringContaining('belongs to no edge')]);
  });

  it('are not authenticated by a clock that polling read without authentication', () => {
    const { handle, engines } = scene();
    engines.set('e1', { engineId, ...clock, isAuthentic: false });
    expect(handle(trap()).evidence).toMatchObject({ edgeId: 'e1', authenticated: false });
  });

  it.each([
    ['more boots', { boots: clock.boots + 1, time: 3 }],
    ['a time beyond the window', { time: clock.time + 151 }],
    ['the largest boots', { boots: 2 ** 31 - 1, time: 2 ** 31 - 1 }],
  ])('from the future (%s) are hints only, and move no clock', (_, changes) => {
    const { handle } = scene();
    expect(handle(trap(changes)).evidence).toMatchObject({ edgeId: 'e1', authenticated: false });
    expect(handle(trap()).evidence).toMatchObject({ edgeId: 'e1', authenticated: true });
  });

  it('of an engine whose boots cannot rise any more are hints only', () => {
    const { handle, engines } = scene();
    const last = { boots: 2 ** 31 - 1, time: 40 };
    engines.set('e1', { engineId, ...last, isAuthentic: true });
    expect(handle(trap(last)).evidence).toMatchObject({ edgeId: 'e1', authenticated: false });
  });

  it.each([
    ['its boots fell', { boots: 1, time: 12 }],
    ['its boots did not rise at a restart', { boots: clock.boots, time: 12 }],
  ])('are accepted again once polling has read the new clock: %s', (_, restarted) => {
    const { handle, engines, counters, words } = scene();
    expect(handle(trap()).evidence).toMatchObject({ authenticated: true });
    expect(handle(trap(restarted)).evidence).toBeNull();
    expect(counters.counts.notInTimeWindow).toBe(1);
    expect(words).toEqual([expect.stringContaining('accepted again after the next poll')]);
    expect(words.join()).not.toMatch(/replay|attack|forged/);
    engines.set('e1', { engineId, ...restarted, isAuthentic: true });
    expect(handle(trap({ ...restarted, time: 13 })).evidence).toMatchObject({ authenticated: true });
  });

  it('of two edges with one engine ID are judged by the clock of the edge at their address', () => {
    const { handle, engines } = scene();
    const clone = { boots: 2, time: 60 };
    engines.set('e3', { engineId, ...clone, isAuthentic: true });
    for (const at of [1, 2, 3]) {
      const one = handle(trap({ time: clock.time + at }));
      expect(one.evidence).toMatchObject({ edgeId: 'e1', authenticated: true });
      const other = handle(trap({ ...clone, time: clone.time + at }), addresses.own);
      expect(other.evidence).toMatchObject({ edgeId: 'e3', authenticated: true });
    }
  });

  it('of two edges with one engine ID behind one address belong to the edge whose clock fits', () => {
    const { handle, engines, words } = scene();
    const clone = { boots: 2, time: 60 };
    engines.set('e2', { engineId, ...clone, isAuthentic: true });
    expect(handle(trap()).evidence).toMatchObject({ edgeId: 'e1', authenticated: true });
    expect(handle(trap(clone)).evidence).toMatchObject({ edgeId: 'e2', authenticated: true });
    engines.set('e2', { engineId, ...clock, isAuthentic: true });
    expect(handle(trap({ time: clock.time + 1 })).evidence).toBeNull();
    expect(words.at(-1)).toContain('each needs an engine ID of its own');
  });

  it('from an address of no edge are counted and named once, whatever they hold', () => {
    const { handle, counters, words } = scene();
    for (let at = 0; at < 5; at += 1)
      expect(handle(trap({ time: clock.time + at }), '203.0.113.9').evidence).toBeNull();
    expect(counters.counts.unknownSender).toBe(5);
    expect(words).toEqual([expect.stringContaining('203.0.113.9')]);
    expect(counters.refusals()).toMatchObject([{ kind: 'unknownSender', count: 5 }]);
  });

  it.each([
    ['wrongPassword', { authPassword: testPasswords.WRONG }, 'wrong authentication password'],
    ['wrongPrivacy', { privPassword: testPasswords.WRONG }, 'wrong privacy password'],
    ['unknownUser', { user: 'eve' }, 'user "eve"'],
    ['wrongLevel', { level: 1 }, 'not encrypted'],
    ['wrongLevel', { level: 0 }, 'not authenticated'],
  ] as const)('are refused with words: %s %j', (kind, changes, reason) => {
    const { handle, counters, words } = scene();
    expect(handle(trap(changes))).toEqual({ reply: null, evidence: null });
    expect(counters.counts).toMatchObject({ received: 1, [kind]: 1, traps: 0 });
    expect(words[0]).toContain(reason);
    expect(words.join()).not.toContain(testPasswords.AUTH);
  });

  it('are traps and nothing else: a request to the sender’s own engine gets a report with the engine ID of the receiver', () => {
    const { handle, counters } = scene();
    const { reply, evidence } = handle(packetOf({ type: 'get', engineId, ...clock }));
    expect(evidence).toBeNull();
    expect(reply).not.toBeNull();
    expect(counters.counts).toMatchObject({ discoveries: 1, traps: 0 });
  });

  it('may use a credential that is there for traps only, and no other edge’s', () => {
    const { handle } = scene();
    expect(handle(trap({ user: 'trapper' })).evidence).toMatchObject({ edgeId: 'e1' });
    expect(handle(trap({ user: 'noc' }), addresses.community).evidence).toBeNull();
  });

  it('that are repeated, or outside the time window, are refused', () => {
    const { handle, counters } = scene();
    const first = trap();
    expect(handle(first).evidence).not.toBeNull();
    expect(handle(first).evidence).toBeNull();
    expect(counters.counts.repeated).toBe(1);
    expect(handle(trap({ time: clock.time - 150 })).evidence).not.toBeNull();
    expect(handle(trap({ time: clock.time - 151 })).evidence).toBeNull();
    expect(handle(trap({ boots: 6, time: 9_000 })).evidence).toBeNull();
    expect(counters.counts.notInTimeWindow).toBe(2);
  });

  it('are dropped before any digest when one sender sends too many, and accepted again later', () => {
    const { handle, counters, clock: now } = scene();
    for (let at = 0; at < 10_000; at += 1) handle(Buffer.from([0x30, at % 256, 2, 1]));
    expect(counters.counts).toMatchObject({ received: 10_000, malformed: 200, tooFast: 9_800 });
    expect(handle(trap()).evidence).toBeNull();
    expect(handle(trap({ engineId: otherEngine }), addresses.own).evidence).not.toBeNull();
    now.monotonicMs += 1_000;
    expect(handle(trap()).evidence).not.toBeNull();
  });

  it('names a limited number of refused senders', () => {
    const { handle, counters, words } = scene();
    for (let at = 0; at < 1_000; at += 1)
      handle(Buffer.alloc(9), `203.0.${Math.floor(at / 250)}.${at % 250}`);
    expect(words).toHaveLength(64);
    expect(counters.refusals()).toHaveLength(64);
    expect(counters.counts.unknownSender).toBe(1_000);
  });

  it('names a new sender once the named ones have been quiet for ten minutes', () => {
    const { handle, counters, words, clock: now } = scene();
    for (let at = 0; at < 64; at += 1) handle(Buffer.alloc(9), `203.0.113.${at}`);
    handle(Buffer.alloc(9), '198.51.100.1');
    expect(words).toHaveLength(64);
    now.monotonicMs += 600_000;
    handle(Buffer.alloc(9), '198.51.100.1');
    expect(words.at(-1)).toContain('198.51.100.1');
    expect(counters.refusals()).toHaveLength(64);
  });
});

describe('SNMPv2c', () => {
  it('is evidence where the edge has a community, and never authenticated', () => {
    const { handle } = scene();
    expect(handle(communityPacket('trap'), addresses.community).evidence).toMatchObject({
      edgeId: 'e4',
      authenticated: false,
    });
    const acknowledged = handle(communityPacket('inform'), addresses.community);
    expect(acknowledged.evidence).toMatchObject({ edgeId: 'e4', notification: 'inform' });
    expect(acknowledged.reply?.includes(Buffer.from(testPasswords.COMMUNITY))).toBe(true);
  });

  it('is refused with another community, and where the credential is SNMPv3', () => {
    const { handle, counters } = scene();
    expect(handle(communityPacket('trap', 'public'), addresses.community).evidence).toBeNull();
    expect(handle(communityPacket('trap'), addresses.own).evidence).toBeNull();
    expect(counters.counts.wrongCommunity).toBe(2);
  });

  it('version 1 is not read, and the refusal names it', () => {
    const { handle, words } = scene();
    expect(handle(Buffer.from('300a0201000403616263a400', 'hex'), addresses.own).evidence).toBeNull();
    expect(words).toEqual([expect.stringContaining('SNMPv1')]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advertisementIntervalMs, demotedAdvskew, masterDownMs } from '../../../../demo/carp/member';
import { group, members, type TestGroup } from './carp-group';

type Act = { afterMs: number } & (
  | { kind: 'up' | 'down'; who: number }
  | { kind: 'demote'; who: number; by: number }
  | { kind: 'split'; at: number }
  | { kind: 'heal' }
);

const afterMs = fc.integer({ min: 0, max: 8000 });
const who = fc.nat(15);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constantFrom('up' as const, 'down' as const), afterMs, who }),
  fc.record({ kind: fc.constant('demote' as const), afterMs, who, by: fc.integer({ min: 0, max: 300 }) }),
  fc.record({ kind: fc.constant('split' as const), afterMs, at: fc.integer({ min: 1, max: 15 }) }),
  fc.record({ kind: fc.constant('heal' as const), afterMs }),
);
const skews = fc.array(fc.integer({ min: 0, max: 254 }), { minLength: 2, maxLength: 16 });
const acts = fc.array(act, { maxLength: 25 });

interface Played extends TestGroup {
  nowMs: number;
  up: Set<string>;
  demotion: Map<string, number>;
}

/** Plays acts; `stepMs` says in how fine steps the time is moved on. */
function play(advskews: number[], list: Act[], preempt: boolean, stepMs: number): Played {
  const settings = members(advskews);
  const test = group(settings, { preempt });
  const up = new Set(settings.map((member) => member.name));
  const demotion = new Map<string, number>();
  let nowMs = 0;
  const pass = (untilMs: number): void => {
    for (; nowMs < untilMs; nowMs = Math.min(untilMs, nowMs + stepMs)) test.election.advanceTo(nowMs);
    test.election.advanceTo(untilMs);
  };
  for (const one of list) {
    pass(nowMs + one.afterMs);
    const name = 'who' in one ? `m${one.who % settings.length}` : '';
    if (one.kind === 'up' || one.kind === 'down') {
      test.election.setInterfaceUp(name, one.kind === 'up', nowMs);
      if (one.kind === 'up') up.add(name);
      else up.delete(name);
    } else if (one.kind === 'demote') {
      test.election.setDemotion(name, one.by, nowMs);
      demotion.set(name, one.by);
    } else if (one.kind === 'split') {
      test.election.setPasses((from, to) => side(from) < one.at === side(to) < one.at, nowMs);
    } else {
      test.election.setPasses(() => true, nowMs);
    }
  }
  test.election.setPasses(() => true, nowMs);
  return { ...test, nowMs, up, demotion };
}

const side = (name: string): number => Number(name.slice(1));
/** The longest master-down timer, and two advertisements until a better host is accepted. */
const calmMs = masterDownMs(1, 254) + 2 * advertisementIntervalMs(1, 240) + 10;

describe('a CARP group after any history, once connected and left alone', () => {
  it('has exactly one master when any interface is up, and none otherwise', () => {
    fc.assert(
      fc.property(skews, acts, fc.boolean(), (advskews, list, preempt) => {
        const played = play(advskews, list, preempt, Infinity);
        for (let later = calmMs; later < calmMs + 10_000; later += 500) {
          played.election.advanceTo(played.nowMs + later);
          expect(played.election.masters()).toHaveLength(played.up.size > 0 ? 1 : 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has the best as master when preemption is on', () => {
    fc.assert(
      fc.property(skews, acts, (advskews, list) => {
        const played = play(advskews, list, true, Infinity);
        played.election.advanceTo(played.nowMs + calmMs);
        const effective = (name: string): number =>
          demotedAdvskew(advskews[side(name)]!, played.demotion.get(name) ?? 0);
        const best = Math.min(...[...played.up].map(effective));
        for (const master of played.election.masters()) expect(effective(master)).toBe(best);
      }),
      { numRuns: 300 },
    );
  });

  it('loses its master and has a new one within three bases, a skew and the way of an advertisement', () => {
    fc.assert(
      fc.property(skews, fc.integer({ min: 0, max: 5000 }), (advskews, extraMs) => {
        const { election } = group(members(advskews));
        const lostAtMs = calmMs + extraMs;
        election.advanceTo(lostAtMs);
        const [master] = election.masters();
        election.setInterfaceUp(master!, false, lostAtMs);
        const left = advskews.filter((_skew, i) => `m${i}` !== master);
        const longest = masterDownMs(1, Math.min(...left)) + 1;
        const shortest = longest - advertisementIntervalMs(1, 240) - 2;
        election.advanceTo(lostAtMs + shortest);
        expect(election.masters()).toEqual([]);
        election.advanceTo(lostAtMs + longest);
        expect(election.masters().length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('does the same however finely its time is moved on', () => {
    fc.assert(
      fc.property(skews, acts, fc.integer({ min: 7, max: 900 }), (advskews, list, stepMs) => {
        expect(play(advskews, list, true, stepMs).changes).toEqual(
          play(advskews, list, true, Infinity).changes,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('reports changes in order of time, each from the role before', () => {
    fc.assert(
      fc.property(skews, acts, fc.boolean(), (advskews, list, preempt) => {
        const { changes } = play(advskews, list, preempt, Infinity);
        const roles = new Map<string, string>();
        let lastMs = 0;
        for (const change of changes) {
          expect(change.atMs).toBeGreaterThanOrEqual(lastMs);
          expect(change.from).toBe(roles.get(change.name) ?? 'init');
          expect(change.to).not.toBe(change.from);
          roles.set(change.name, change.to);
          lastMs = change.atMs;
        }
      }),
    );
  });
});

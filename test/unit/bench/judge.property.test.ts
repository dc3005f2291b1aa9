import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoleChange } from '../../lab/true-history';
import type { Claim, MoveClaim } from '../../bench/detection/claims';
import { judgeCluster } from '../../bench/detection/judge';
import type { Verdict } from '../../bench/detection/verdict';
import { defaultRules } from '../../bench/detection/rules';
import { says } from './move-line';

function judge(truth: RoleChange[], ...claims: Claim[]): Verdict[] {
  return judgeCluster({ changes: truth, untilMs: 300_000 }, claims, defaultRules);
}

describe('any truth', () => {
  /** LBs that take over from each other, each after a gap, each holding on long enough to be seen. */
  const chains = fc
    .array(
      fc.record({
        to: fc.constantFrom('a', 'b', 'c', 'd'),
        holdsMs: fc.integer({ min: 2_000, max: 12_000 }),
        gapMs: fc.integer({ min: 1, max: 3_900 }),
        saidAfterMs: fc.integer({ min: 0, max: 5_000 }),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((steps) => {
      const truth: RoleChange[] = [{ timeMs: 0, edge: 'a', role: 'master' }];
      const claims: MoveClaim[] = [];
      let [now, holder] = [5_000, 'a'];
      for (const { to, holdsMs, gapMs, saidAfterMs } of steps) {
        if (to === holder) continue;
        const takeOverMs = now + gapMs;
        truth.push({ timeMs: now, edge: holder, role: 'init' });
        truth.push({ timeMs: takeOverMs, edge: to, role: 'master' });
        const bracket = { lastOldMs: now - 300, firstNewMs: takeOverMs + 200 };
        const gap = { atLeast: Math.max(0, gapMs - 100), atMost: gapMs + 100 };
        claims.push(says({ from: holder, to, ...bracket, emittedMs: takeOverMs + saidAfterMs, gapMs: gap }));
        [now, holder] = [takeOverMs + holdsMs, to];
      }
      return { truth, claims };
    });
  const count = (verdicts: Verdict[], outcome: Verdict['outcome']): number =>
    verdicts.filter((one) => one.outcome === outcome).length;

  it('told in full is right in full', () => {
    fc.assert(
      fc.property(chains, ({ truth, claims }) => {
        // Told in another order than it happened is told all the same, as long as lines keep the moves' order.
        const ordered = claims.every((claim, i) => i === 0 || claims[i - 1]!.emittedMs <= claim.emittedMs);
        fc.pre(ordered);
        const verdicts = judge(truth, ...claims);
        expect(verdicts.map(({ outcome }) => outcome)).toEqual(claims.map(() => 'right'));
        expect(verdicts.every(({ bracketMiss, gapMiss }) => bracketMiss === null && gapMiss === null)).toBe(
          true,
        );
      }),
    );
  });

  it('with one line left out has one miss, with one made up one invention, with one bent a bracket miss', () => {
    fc.assert(
      fc.property(
        chains,
        fc.nat(),
        fc.integer({ min: 302, max: 3_000 }),
        ({ truth, claims }, place, bentMs) => {
          fc.pre(claims.length > 0);
          const prompt = claims.map((claim) => ({ ...claim, emittedMs: claim.firstNewMs }));
          const i = place % prompt.length;
          const chosen = prompt[i]!;
          const without = judge(truth, ...prompt.filter((claim) => claim !== chosen));
          expect([count(without, 'missed'), count(without, 'invented')]).toEqual([1, 0]);
          const madeUp = judge(truth, ...prompt, { ...chosen, from: chosen.to, to: 'z' });
          expect([count(madeUp, 'missed'), count(madeUp, 'invented')]).toEqual([0, 1]);
          const bent = prompt.map((claim) =>
            claim === chosen ? { ...claim, lastOldMs: claim.lastOldMs + bentMs } : claim,
          );
          expect(judge(truth, ...bent).filter(({ bracketMiss }) => bracketMiss !== null)).toHaveLength(1);
        },
      ),
    );
  });

  it('and any lines at all: each true move and each line is counted once', () => {
    const change = fc.record({
      timeMs: fc.integer({ min: 0, max: 60_000 }),
      edge: fc.constantFrom('a', 'b', 'c'),
      role: fc.constantFrom('init', 'backup', 'master'),
    });
    const line = fc.record({
      from: fc.constantFrom('a', 'b', 'c'),
      to: fc.constantFrom('a', 'b', 'c'),
      emittedMs: fc.integer({ min: 0, max: 80_000 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.array(line, { maxLength: 12 }), (truth, lines) => {
        const verdicts = judge(truth, ...lines.map((one) => says(one))).filter(({ kind }) => kind === 'move');
        const told = verdicts.filter(({ outcome }) => outcome !== 'missed');
        expect(told).toHaveLength(lines.length);
        for (const { outcome, latencyMs } of verdicts) {
          expect(outcome === 'right').toBe(latencyMs !== null && latencyMs <= defaultRules.deadlineMs);
        }
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { RoleChange } from '../../lab/true-history';
import type { Claim } from '../../bench/detection/claims';
import { judgeCluster } from '../../bench/detection/judge';
import type { Verdict } from '../../bench/detection/verdict';
import { defaultRules } from '../../bench/detection/rules';
import { says } from './move-line';

/** "2.5 b master" as a role change at 2500 ms. */
function changes(...lines: string[]): RoleChange[] {
  return lines.map((line) => {
    const [seconds = '', edge = '', role = ''] = line.split(' ');
    return { timeMs: Number(seconds) * 1000, edge, role };
  });
}

const dies = changes('0 a master', '10 a init', '13 b master');

function judge(truth: RoleChange[], ...claims: Claim[]): Verdict[] {
  return judgeCluster({ changes: truth, untilMs: 100_000 }, claims, defaultRules);
}
const outcomes = (verdicts: Verdict[]): string[] => verdicts.map(({ kind, outcome }) => `${kind} ${outcome}`);

describe('a move', () => {
  it('that is told is right, its latency counted from the take-over', () => {
    const verdicts = judge(dies, says());
    expect(verdicts).toMatchObject([
      { kind: 'move', outcome: 'right', atMs: 13_000, latencyMs: 450, bracketMiss: null, gapMiss: null },
    ]);
    expect(verdicts).toHaveLength(1);
  });

  it('that is not told is missed, and one told twice is invented once', () => {
    expect(outcomes(judge(dies))).toEqual(['move missed']);
    expect(outcomes(judge(dies, says(), says({ emittedMs: 14_000 })))).toEqual([
      'move right',
      'move invented',
    ]);
  });

  it('that is told of other LBs, or before it was true, is missed and invented', () => {
    for (const wrong of [{ to: 'c' }, { from: 'b', to: 'a' }, { emittedMs: 12_900 }]) {
      expect(outcomes(judge(dies, says(wrong))).sort()).toEqual(['move invented', 'move missed']);
    }
  });

  it('that is told after the deadline is late', () => {
    expect(outcomes(judge(dies, says({ emittedMs: 23_000 })))).toEqual(['move right']);
    expect(outcomes(judge(dies, says({ emittedMs: 23_001 })))).toEqual(['move late']);
  });

  it('has a bracket that leaves out the loss or the take-over, or a gap that cannot be', () => {
    expect(judge(dies, says({ lastOldMs: 10_002 }))[0]?.bracketMiss).toContain(
      'loss was 1 ms before lastOld',
    );
    expect(judge(dies, says({ firstNewMs: 12_998 }))[0]?.bracketMiss).toContain('take-over was 1 ms after');
    expect(judge(dies, says({ firstNewMs: 12_999, lastOldMs: 10_001 }))[0]?.bracketMiss).toBeNull();
    expect(judge(dies, says({ gapMs: { atLeast: 3_002, atMost: 9_000 } }))[0]?.gapMiss).not.toBeNull();
    expect(judge(dies, says({ gapMs: { atLeast: 0, atMost: 2_998 } }))[0]?.gapMiss).not.toBeNull();
  });

  it('needs both true times in its bracket while CARP overlaps, and the yielding alone after a split brain', () => {
    const preempts = changes('0 a master', '10 b master', '11.5 a backup');
    expect(judge(preempts, says({ lastOldMs: 9_900, firstNewMs: 11_600 }))[0]?.bracketMiss).toBeNull();
    expect(judge(preempts, says({ lastOldMs: 10_400, firstNewMs: 11_600 }))[0]?.bracketMiss).toContain(
      'take-over',
    );
    expect(judge(preempts, says({ lastOldMs: 9_900, firstNewMs: 11_000 }))[0]?.bracketMiss).toContain('loss');
    const splits = changes('0 a master', '10 b master', '15 a backup');
    const move = judge(splits, says({ lastOldMs: 14_500, firstNewMs: 15_300, emittedMs: 15_400 }));
    expect(move[0]).toMatchObject({ kind: 'move', bracketMiss: null, latencyMs: 400, atMs: 15_000 });
  });

  it('may go untold, and may be told, when the role is back before two polls have passed', () => {
    const flickers = changes('0 a master', '10 a init', '13 b master', '14.5 b backup', '14.5 a master');
    expect(judge(flickers)).toEqual([]);
    const back = says({ from: 'b', to: 'a', lastOldMs: 13_000, firstNewMs: 15_000, emittedMs: 15_000 });
    expect(outcomes(judge(flickers, says(), back))).toEqual(['move right', 'move right']);
    const stays = changes('0 a master', '10 a init', '13 b master', '15.1 b backup', '15.1 a master');
    expect(outcomes(judge(stays))).toEqual(['move missed', 'move missed']);
  });

  it('through an LB that held the role only briefly may be told as one or as two', () => {
    const relay = changes('0 a master', '10 a init', '13 c master', '14 c init', '14.2 b master');
    const whole = says({ firstNewMs: 14_500, emittedMs: 14_600, gapMs: { atLeast: 3_000, atMost: 5_000 } });
    expect(outcomes(judge(relay, whole))).toEqual(['move right']);
    const first = says({ to: 'c' });
    const second = says({ from: 'c', lastOldMs: 13_800, firstNewMs: 14_500, emittedMs: 14_600 });
    expect(outcomes(judge(relay, first, second))).toEqual(['move right', 'move right']);
    expect(outcomes(judge(relay))).toEqual(['move missed']);
  });

  it('whose deadline the truth does not reach is not owed yet', () => {
    const early = judgeCluster({ changes: dies, untilMs: 20_000 }, [], defaultRules);
    expect(early).toEqual([]);
  });
});

describe('a split brain', () => {
  const split = changes('0 a master', '10 b master', '20 b backup');
  const told: Claim = {
    type: 'split-brain',
    edges: ['a', 'b'],
    lastOldMs: 9_500,
    firstNewMs: 10_400,
    emittedMs: 14_500,
  };

  it('is owed one line, its latency counted from when it was longer than an overlap', () => {
    expect(judge(split, told)).toMatchObject([{ kind: 'split-brain', outcome: 'right', latencyMs: 1_500 }]);
    expect(outcomes(judge(split))).toEqual(['split-brain missed']);
    expect(outcomes(judge(split, told, { ...told, emittedMs: 16_000 }))).toEqual([
      'split-brain right',
      'split-brain invented',
    ]);
  });

  it('is invented when told of a usual overlap, too early, or of other LBs', () => {
    const short = changes('0 a master', '10 b master', '12.9 b backup');
    expect(outcomes(judge(short, told))).toEqual(['split-brain invented']);
    expect(judge(short)).toEqual([]);
    for (const wrong of [{ emittedMs: 12_900 }, { edges: ['a', 'c'] }]) {
      expect(outcomes(judge(split, { ...told, ...wrong })).sort()).toEqual([
        'split-brain invented',
        'split-brain missed',
      ]);
    }
  });

  it('may go untold while it is barely one, and must hold its beginning in the bracket', () => {
    expect(judge(changes('0 a master', '10 b master', '15.5 b backup'))).toEqual([]);
    expect(judge(split, { ...told, lastOldMs: 10_200 })[0]?.bracketMiss).toContain('before lastOld');
    expect(judge(split, { ...told, firstNewMs: 9_900 })[0]?.bracketMiss).toContain('after firstNew');
  });
});

describe('no active LB', () => {
  const lost = changes('0 a master', '10 a init', '30 b master');
  const told: Claim = { type: 'no-active-lb', lastOldMs: 9_500, firstNewMs: 10_500, emittedMs: 16_000 };
  const move = says({ firstNewMs: 30_400, emittedMs: 30_500, gapMs: { atLeast: 19_000, atMost: 21_000 } });

  it('is owed when it is longer than a take-over, and invented when it is one', () => {
    expect(outcomes(judge(lost, told, move))).toEqual(['no-active-lb right', 'move right']);
    expect(outcomes(judge(lost, move))).toEqual(['no-active-lb missed', 'move right']);
    expect(outcomes(judge(dies, { ...told, emittedMs: 13_000 }, says()))).toEqual([
      'move right',
      'no-active-lb invented',
    ]);
    expect(judge(lost, { ...told, lastOldMs: 10_100 }, move)[0]?.bracketMiss).not.toBeNull();
  });
});

describe('flapping', () => {
  const flapping: Claim = {
    type: 'flapping',
    emittedMs: 13_500,
    changes: 1,
    sinceMs: 13_500,
    windowMs: 300_000,
  };

  it('is a count of true moves in its window', () => {
    expect(outcomes(judge(dies, says(), flapping))).toEqual(['move right']);
    expect(outcomes(judge(dies, says(), { ...flapping, changes: 2 }))).toEqual([
      'move right',
      'flapping invented',
    ]);
  });

  it('has the changes since the first one also when it is reported to have ended, long after the last', () => {
    const ended = { ...flapping, emittedMs: 620_000, windowMs: 200_000 };
    expect(outcomes(judge(dies, says(), ended))).toEqual(['move right']);
  });
});

import { describe, expect, it } from 'vitest';
import { TransitionPolls, type UndecidedRow } from '../../../../monitor/poll/transition-polls';
import { FakeClock } from '../../../fixtures/clock/fake-clock';

/** A cluster whose undecided LBs a test sets, polled again 20 ms after each hastening. */
function scene() {
  const clock = new FakeClock();
  const row = { undecidedLbs: [] as string[] } satisfies UndecidedRow;
  const hastened: { edgeId: string; atMs: number }[] = [];
  const polls = new TransitionPolls(
    {
      hasten(edgeId, kind) {
        expect(kind).toBe('role');
        hastened.push({ edgeId, atMs: clock.monotonicMs() });
        clock.after(20, () => polls.apply(row));
      },
    },
    clock,
    1_000,
  );
  return { clock, row, hastened, polls };
}

describe('while it is undecided which LB is active', () => {
  it('every undecided LB is polled four times per role interval, however many polls end meanwhile', async () => {
    const { clock, row, hastened, polls } = scene();
    row.undecidedLbs = ['a', 'b'];
    polls.apply(row);
    polls.apply(row);
    await clock.pass(2_000);
    const ofA = hastened.filter(({ edgeId }) => edgeId === 'a').map(({ atMs }) => atMs);
    expect(ofA).toEqual([250, 520, 790, 1_060, 1_330, 1_600, 1_870]);
    expect(hastened.filter(({ edgeId }) => edgeId === 'b')).toHaveLength(ofA.length);
  });

  it('ends as soon as it is known, and starts again the next time', async () => {
    const { clock, row, hastened, polls } = scene();
    row.undecidedLbs = ['a'];
    polls.apply(row);
    await clock.pass(600);
    row.undecidedLbs = [];
    const before = hastened.length;
    await clock.pass(5_000);
    expect(hastened).toHaveLength(before);
    row.undecidedLbs = ['a'];
    polls.apply(row);
    await clock.pass(300);
    expect(hastened).toHaveLength(before + 1);
  });

  it('does not go on for longer than a take-over can last', async () => {
    const { clock, row, hastened, polls } = scene();
    row.undecidedLbs = ['a'];
    polls.apply(row);
    await clock.pass(60_000);
    expect(hastened.at(-1)?.atMs).toBeLessThan(8_300);
  });
});

import { describe, expect, it } from 'vitest';
import { TransitionPolls, type WithOpenLbs } from '../../../../monitor/poll/transition-polls';
import { FakeClock } from '../../../fixtures/clock/fake-clock';

/** A cluster whose openness a test sets, polled again 20 ms after each hastening. */
function scene() {
  const clock = new FakeClock();
  const row = { openLbs: [] as string[] } satisfies WithOpenLbs;
  const hastened: { edgeId: string; atMs: number }[] = [];
  const polls = new TransitionPolls(
    {
      hasten(edgeId, kind) {
        expect(kind).toBe('role');
        hastened.push({ edgeId, atMs: clock.monotonicMs() });
        clock.after(20, () => polls.note(row));
      },
    },
    clock,
    1_000,
  );
  return { clock, row, hastened, polls };
}

describe('while it is open who is active', () => {
  it('every open LB is looked at four times in a role interval, however many polls end meanwhile', async () => {
    const { clock, row, hastened, polls } = scene();
    row.openLbs = ['a', 'b'];
    polls.note(row);
    polls.note(row);
    await clock.pass(2_000);
    const ofA = hastened.filter(({ edgeId }) => edgeId === 'a').map(({ atMs }) => atMs);
    expect(ofA).toEqual([250, 520, 790, 1_060, 1_330, 1_600, 1_870]);
    expect(hastened.filter(({ edgeId }) => edgeId === 'b')).toHaveLength(ofA.length);
  });

  it('ends as soon as it is known, and begins anew the next time', async () => {
    const { clock, row, hastened, polls } = scene();
    row.openLbs = ['a'];
    polls.note(row);
    await clock.pass(600);
    row.openLbs = [];
    const before = hastened.length;
    await clock.pass(5_000);
    expect(hastened).toHaveLength(before);
    row.openLbs = ['a'];
    polls.note(row);
    await clock.pass(300);
    expect(hastened).toHaveLength(before + 1);
  });

  it('does not go on for longer than a take-over can last', async () => {
    const { clock, row, hastened, polls } = scene();
    row.openLbs = ['a'];
    polls.note(row);
    await clock.pass(60_000);
    expect(hastened.at(-1)?.atMs).toBeLessThan(8_300);
  });
});

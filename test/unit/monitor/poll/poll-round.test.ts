import { describe, expect, it } from 'vitest';
import type { PollRoundResult } from '../../../../domain/model/poll-round';
import type { Reading } from '../../../../domain/model/reading';
import { PollRounds } from '../../../../monitor/poll/poll-round';
import { FakeClock } from '../../../fixtures/clock/fake-clock';

const edges = (count: number): string[] => Array.from({ length: count }, (_, index) => `e${index}`);

function scene() {
  const clock = new FakeClock();
  const hastened: { edgeId: string; atMs: number }[] = [];
  const rounds = new PollRounds((edgeId) => hastened.push({ edgeId, atMs: clock.monotonicMs() }), clock);
  /** A poll that began now. */
  const ended = (
    edgeId: string,
    answered: boolean,
    { kind = 'health', startedMs = clock.monotonicMs() }: { kind?: Reading['kind']; startedMs?: number } = {},
  ): void => rounds.ended(edgeId, kind, startedMs, answered);
  return { clock, hastened, rounds, ended };
}

describe('a round of polls that a person asks for', () => {
  it('ends when every edge was polled, and counts those that answered', async () => {
    const { clock, rounds, ended, hastened } = scene();
    const round = rounds.start(edges(3));
    await clock.pass(1_000);
    expect(hastened.map(({ edgeId }) => edgeId)).toEqual(edges(3));
    ended('e0', true);
    ended('e1', false);
    // A repeated poll of an edge counts once.
    ended('e1', true);
    ended('e2', false);
    expect(await round).toEqual({ edges: 3, answered: 1, tookMs: 1_000 });
  });

  it('does not count a poll that began before it, nor a poll of the role alone', async () => {
    const { clock, rounds, ended } = scene();
    const beforeMs = clock.monotonicMs();
    await clock.pass(10);
    let result: PollRoundResult | null = null;
    void rounds.start(edges(1))?.then((value) => (result = value));
    ended('e0', true, { startedMs: beforeMs });
    ended('e0', true, { kind: 'role' });
    await clock.pass(1_000);
    expect(result).toBeNull();
    await clock.pass(20_000);
    expect(result).toMatchObject({ edges: 1, answered: 0 });
  });

  it('starts a large fleet in parts, and at most once in five seconds', async () => {
    const { clock, rounds, hastened } = scene();
    const startMs = clock.monotonicMs();
    void rounds.start(edges(1_000));
    expect(rounds.start(edges(1_000))).toBeNull();
    await clock.pass(2_000);
    expect(hastened).toHaveLength(1_000);
    expect(hastened.filter(({ atMs }) => atMs === startMs).length).toBeLessThanOrEqual(50);
    rounds.stop();
    expect(rounds.start(edges(1))).toBeNull();
    await clock.pass(3_000);
    expect(rounds.start(edges(1))).not.toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../../db/model/history-batch';
import { aSample, anUnansweredSample, noonMs } from '../../../fixtures/history/history-entries';
import { SealedHistory } from '../../../fixtures/history/compacted-history';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const midnightMs = noonMs - 12 * hourMs;
const graceMs = 2 * minuteMs;

/** An hour of samples of some edges, one each 20 s, some not answered. */
function anHour(fromMs: number, edges: number, other: Partial<Sample> = {}): Sample[] {
  return Array.from({ length: 180 }, (_, n) => fromMs + 20_000 * n).flatMap((atMs, n) =>
    Array.from({ length: edges }, (__, edge) =>
      n % 50 === 7 + edge
        ? anUnansweredSample(`e${edge}`, atMs + edge)
        : aSample(`e${edge}`, atMs + edge, { sessions: n + edge, ...other }),
    ),
  );
}

describe('Sealing', () => {
  it('takes an hour two minutes after its end, and gives every sample back as it was', () => {
    const history = new SealedHistory(noonMs);
    history.write(anHour(noonMs, 5));
    history.write(anHour(noonMs + hourMs, 5).slice(0, 40));
    const before = [0, 1, 2, 3, 4].map((edge) => history.everySample(`e${edge}`));

    expect(history.seal(noonMs + hourMs + graceMs - 1)).toBe(0);
    expect(history.seal(noonMs + hourMs + graceMs)).toBeGreaterThan(0);
    expect(history.count('SELECT count(*) FROM chunks')).toBe(5);
    expect(history.count('SELECT sum(samples) FROM chunks')).toBe(900);
    expect(history.count('SELECT count(*) FROM samples')).toBe(40);
    expect(history.count('SELECT count(*) FROM sealings WHERE finished_ms IS NULL')).toBe(0);
    expect([0, 1, 2, 3, 4].map((edge) => history.everySample(`e${edge}`))).toEqual(before);

    const [rollup] = history.rollups(1, 'e0');
    expect([...(rollup?.rows() ?? [])]).toEqual(Array.from({ length: 60 }, (_, minute) => minute));
    expect(rollup?.samples()[2]).toBe(3);
    expect(rollup?.unanswered()[2]).toBe(1);
    const { count, min, avg, max } = rollup!.metric('sessions');
    expect([count[2], min[2], avg[2], max[2]]).toEqual([2, 6, 7, 8]);
  });

  it('goes on where it was interrupted, and never shows a sample twice or not at all', () => {
    const history = new SealedHistory(noonMs);
    history.write(anHour(noonMs, 40));
    const before = history.everySample('e33');
    const nowMs = noonMs + hourMs + graceMs;
    let restarts = 0;
    while (history.sealer.step(nowMs)) {
      expect(history.everySample('e33')).toEqual(before);
      expect(
        history.count(
          'SELECT (SELECT count(*) FROM samples) + (SELECT coalesce(sum(samples), 0) FROM chunks)',
        ),
      ).toBe(7200);
      history.restart();
      restarts += 1;
    }
    expect(restarts).toBeGreaterThan(4);
    expect(history.count('SELECT count(*) FROM samples')).toBe(0);
    expect(history.count('SELECT count(*) FROM chunks')).toBe(40);
    expect(history.count('SELECT count(*) FROM sealings')).toBe(1);
  });

  it('keeps samples that come late beside what is sealed, in an act of its own', () => {
    const history = new SealedHistory(noonMs);
    history.write(anHour(noonMs, 2));
    const nowMs = noonMs + hourMs + graceMs;
    history.seal(nowMs);
    const sealedMs = history.everySample('e1').length;
    history.write([aSample('e1', noonMs + 30_500, { sessions: 77 })]);
    history.seal(nowMs + minuteMs);
    expect(history.count('SELECT count(*) FROM samples')).toBe(0);
    expect(history.count('SELECT count(*) FROM sealings WHERE level = 1')).toBe(2);
    expect(history.everySample('e1')).toHaveLength(sealedMs + 1);
    expect(history.rollups(1, 'e1').map((rollup) => [...rollup.samples()])[1]).toEqual([1]);
  });

  it('makes hours of a day when it is over, of late samples too, and a month of its days', () => {
    const history = new SealedHistory(midnightMs);
    history.write(anHour(midnightMs + 3 * hourMs, 2));
    history.write(anHour(midnightMs + 23 * hourMs, 2, { sessions: 1000 }));
    history.seal(midnightMs + dayMs + graceMs - 1);
    expect(history.rollups(2, 'e0')).toHaveLength(0);
    history.seal(midnightMs + dayMs + graceMs);

    const [day] = history.rollups(2, 'e0');
    expect([...day!.rows(), ...day!.samples(), ...day!.unanswered()]).toEqual([3, 23, 180, 180, 4, 4]);
    const sessions = day!.metric('sessions');
    expect([...sessions.count, ...sessions.min, ...sessions.max]).toEqual([176, 176, 0, 1000, 179, 1000]);
    expect(sessions.avg[0]).toBeGreaterThan(88);
    expect(sessions.avg[0]).toBeLessThan(91);

    history.write([aSample('e0', midnightMs + 5 * hourMs, { sessions: 5 })]);
    history.seal(midnightMs + dayMs + graceMs);
    const days = history.rollups(2, 'e0');
    expect(days.map((rollup) => [...rollup.rows()])).toEqual([[3, 23], [5]]);

    // 22 November: the month ends eight days later.
    history.seal(midnightMs + 9 * dayMs + graceMs);
    const [month] = history.rollups(3, 'e0');
    expect(history.count('SELECT period FROM sealings WHERE level = 3')).toBe(56 * 12 + 10);
    expect([...month!.rows()]).toEqual([3, 5, 23].map((hour) => 21 * 24 + hour));
    expect([...month!.metric('sessions').max]).toEqual([179, 5, 1000]);
    expect(history.seal(midnightMs + 9 * dayMs + graceMs)).toBe(0);
  });

  it('finds after a restart what came due while Heron was not running', () => {
    const history = new SealedHistory(midnightMs);
    history.write(anHour(midnightMs + 5 * hourMs, 1));
    history.seal(midnightMs + 7 * hourMs);
    history.restart();
    history.seal(midnightMs + 40 * dayMs);
    history.restart();
    expect(history.seal(midnightMs + 40 * dayMs)).toBe(0);
    const made = history.db.prepare('SELECT level FROM sealings ORDER BY id').pluck().all();
    expect(made).toEqual([1, 2, 3]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SampleCells } from '../../../../db/codec/sample-columns';
import { quantized } from '../../../../db/codec/quantize';
import { encodeRollup, levels } from '../../../../db/codec/encode-rollup';
import { Rollup } from '../../../../db/codec/rollup';
import { RollupTable } from '../../../../db/codec/rollup-table';
import { metrics } from '../../../../db/codec/sample-scale';
import { hourOfCells } from '../../../fixtures/history/sample-cells';

function rolledUp(rows: readonly SampleCells[]): Rollup {
  const table = new RollupTable(60);
  for (const cells of rows) table.add(Math.floor((cells[0] ?? 0) / 60_000), cells);
  return Rollup.open(encodeRollup(levels.minutesOfHour, 497_484, table));
}

describe('A rollup', () => {
  it('has for each minute what its samples are: least, average, most, how many, how many unanswered', () => {
    fc.assert(
      fc.property(hourOfCells, (rows) => {
        const rollup = rolledUp(rows);
        const minutes = [...new Set(rows.map(([ms]) => Math.floor((ms ?? 0) / 60_000)))];
        const ofMinute = (minute: number) => rows.filter(([ms]) => Math.floor((ms ?? 0) / 60_000) === minute);
        expect([rollup.level, rollup.period]).toEqual([1, 497_484]);
        expect([...rollup.rows()]).toEqual(minutes);
        expect([...rollup.samples()]).toEqual(minutes.map((minute) => ofMinute(minute).length));
        expect([...rollup.unanswered()]).toEqual(
          minutes.map((minute) => ofMinute(minute).filter(([, answered]) => answered === 0).length),
        );
        metrics.forEach((metric, index) => {
          const { count, min, avg, max } = rollup.metric(metric);
          minutes.forEach((minute, row) => {
            const values = ofMinute(minute)
              .map((cells) => cells[2 + index])
              .filter((value) => typeof value === 'number');
            expect(count[row]).toBe(values.length);
            if (values.length === 0) {
              expect([min[row], avg[row], max[row]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
              return;
            }
            expect([min[row], max[row]]).toEqual([Math.min(...values), Math.max(...values)]);
            const average = Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
            expect(avg[row]).toBe(quantized(average));
          });
        });
      }),
    );
  });

  it('of summed-up rows is that of all their samples together', () => {
    const hours = new RollupTable(24);
    hours.addPolls(5, 12, 2);
    hours.addValues(0, 5, 10, 300, 90, 6);
    hours.addPolls(5, 8, 0);
    hours.addValues(0, 5, 4, 100, 80, 4);
    const rollup = Rollup.open(encodeRollup(levels.hoursOfDay, 20_728, hours));
    expect([...rollup.rows(), ...rollup.samples(), ...rollup.unanswered()]).toEqual([5, 20, 2]);
    const { count, min, avg, max } = rollup.metric('latencyMs');
    expect([count[0], min[0], avg[0], max[0]]).toEqual([10, 4, 40, 90]);
    expect(rollup.metric('sessions').count[0]).toBe(0);
  });

  it('cut short or of a format that is not known is refused', () => {
    const table = new RollupTable(60);
    table.add(3, [180_000, 1, 1, 2, 3, 4, 5, 6, 7, 8]);
    const body = encodeRollup(levels.minutesOfHour, 1, table);
    for (let length = 0; length < body.length; length++) {
      expect(() => Rollup.open(body.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => Rollup.open(Buffer.concat([Buffer.of(7), body.subarray(1)]))).toThrow(/format version 7/);
  });
});

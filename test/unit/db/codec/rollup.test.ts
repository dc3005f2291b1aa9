import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SampleCells } from '../../../../db/codec/sample-columns';
import { quantized } from '../../../../db/codec/quantize';
import { encodeRollup, levels } from '../../../../db/codec/encode-rollup';
import { openRollup } from '../../../../db/codec/rollup';
import type { Rollup } from '../../../../db/codec/rollup-shape';
import { RollupTable } from '../../../../db/codec/rollup-table';
import { metrics } from '../../../../db/codec/sample-scale';
import { hourOfCells, steadyHourOfCells } from '../../../fixtures/history/sample-cells';
import { encodeRollupOfVersion1 } from '../../../fixtures/history/version-1/encode-rollup';

const encoders = [
  [1, encodeRollupOfVersion1],
  [2, encodeRollup],
] as const;

function tableOf(rows: readonly SampleCells[]): RollupTable {
  const table = new RollupTable(60);
  for (const cells of rows) table.add(Math.floor((cells[0] ?? 0) / 60_000), cells);
  return table;
}

/** Everything that a reader may ask of a rollup. */
function readAll(rollup: Rollup): void {
  rollup.rows();
  rollup.unanswered();
  const samples = rollup.samples();
  for (const metric of metrics) rollup.metric(metric, samples);
}

describe.each(encoders)('A rollup of version %d', (version, encode) => {
  it('has for each minute what its samples are: least, average, most, how many, how many unanswered', () => {
    fc.assert(
      fc.property(fc.oneof(hourOfCells, steadyHourOfCells), (rows) => {
        const body = encode(levels.minutesOfHour, 497_484, tableOf(rows));
        const rollup = openRollup(body);
        expect(body[0]).toBe(version);
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
    const rollup = openRollup(encode(levels.hoursOfDay, 20_728, hours));
    expect([...rollup.rows(), ...rollup.samples(), ...rollup.unanswered()]).toEqual([5, 20, 2]);
    const { count, min, avg, max } = rollup.metric('latencyMs');
    expect([count[0], min[0], avg[0], max[0]]).toEqual([10, 4, 40, 90]);
    expect(rollup.metric('sessions').count[0]).toBe(0);
  });

  it('cut short or of a format that is not known is refused', () => {
    const table = new RollupTable(60);
    table.add(3, [180_000, 1, 1, 2, 3, 4, 5, 6, 7, 8]);
    const body = encode(levels.minutesOfHour, 1, table);
    for (let length = 0; length < body.length; length++) {
      expect(() => openRollup(body.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => openRollup(Buffer.concat([Buffer.of(7), body.subarray(1)]))).toThrow(/format version 7/);
  });

  it('as somebody else wrote it is refused or read', () => {
    const change = fc.record({ at: fc.nat({ max: 2000 }), to: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(steadyHourOfCells, fc.array(change, { minLength: 1, maxLength: 6 }), (rows, changes) => {
        const body = encode(levels.minutesOfHour, 497_484, tableOf(rows));
        for (const { at, to } of changes) body[at % body.length] = to;
        try {
          readAll(openRollup(body));
        } catch (error) {
          if (!(error instanceof RangeError) && (error as NodeJS.ErrnoException).code === undefined)
            throw error;
        }
      }),
    );
  });
});

describe('A rollup', () => {
  it('that says it has more rows than a month has hours is refused', () => {
    const huge = Buffer.from('020101ffffffff07030000 00'.replaceAll(' ', ''), 'hex');
    expect(() => openRollup(huge)).toThrow(/2147483647 rows/);
  });
});

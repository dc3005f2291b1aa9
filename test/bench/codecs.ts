import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { candidates } from './codecs/candidates';
import { columnsOf, type HourCodec } from './codecs/columns';
import { demoHours, recordedHours, type Hour } from './codecs/hours';

const rounds = 5;
const recorded = fileURLToPath(
  new URL('../../test/fixtures/history/recorded/version-5.sqlite', import.meta.url),
);

/**
 * `npm run -s bench -- codecs --json [--file HISTORY]`: bytes of a sample, and processor time of a chunk, of each way to write an hour, on the
 * demo fleet's hours and on those of a recorded history. Each must give back what it was given. The last line is one flat JSON object.
 */
function bench(): void {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, file: { type: 'string', default: recorded } },
  });
  const sets = { demo: demoHours(4, 5000), recorded: recordedHours(values.file) };
  const result: Record<string, number> = {};
  for (const [set, hours] of Object.entries(sets)) {
    process.stderr.write(`${set}: ${hours.length} hours\n`);
    candidates.forEach((codec, place) => {
      const measured = measure(codec, hours);
      process.stderr.write(`  ${codec.name}: ${JSON.stringify(measured)}\n`);
      for (const [figure, value] of Object.entries(measured)) result[`${set}${place}${figure}`] = value;
    });
  }
  process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
}

function measure({ name, encode, decode, read = decode }: HourCodec, hours: readonly Hour[]) {
  const samples = hours.reduce((sum, hour) => sum + hour.length, 0);
  const bodies = hours.map(encode);
  for (const [place, body] of bodies.entries()) check(name, hours[place] ?? [], decode(body));
  const micros = (work: () => void): number => {
    const taken = Array.from({ length: rounds }, () => {
      const begun = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(begun);
      return (user + system) / hours.length;
    });
    return Math.round(taken.sort((a, b) => a - b)[rounds >> 1] ?? 0);
  };
  return {
    BytesPerSample: Math.round((100 * bodies.reduce((sum, { length }) => sum + length, 0)) / samples) / 100,
    EncodeMicros: micros(() => void hours.forEach((hour) => encode(hour))),
    DecodeMicros: micros(() => void bodies.forEach((body) => read(body))),
  };
}

function check(name: string, hour: Hour, found: readonly Int32Array[]): void {
  columnsOf(hour).forEach((column, cell) => {
    const same =
      column.length === found[cell]?.length && column.every((value, row) => value === found[cell]?.[row]);
    if (!same) throw new Error(`${name}: column ${cell} does not come back as it was`);
  });
}

bench();

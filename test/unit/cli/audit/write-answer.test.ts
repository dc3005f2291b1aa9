import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, expect, it } from 'vitest';
import { writeAnswer, type AnswerFormat, type OutputOptions } from '../../../../cli/audit/write-answer';
import type { Cell } from '../../../../domain/report/table-text';
import type { Answer } from '../../../../monitor/usecases/audit-answer';

const folder = mkdtempSync(path.join(tmpdir(), 'heron-answer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const columns = ['at_utc', 'cluster', 'answered', 'answer_time_ms', 'note'];
const row = fc.tuple(
  fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.option(fc.boolean()),
  fc.option(fc.double({ min: 0, max: 1e12, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  fc.option(fc.constantFrom('=1+1', '@SUM(A1)', '<script>alert(1)</script>', 'a;b,"c"', '', 'plain')),
);

function answerOf(rows: readonly Cell[][]): Answer {
  async function* each(): AsyncGenerator<Cell[]> {
    for (const cells of rows) yield cells;
  }
  return { columns, shown: columns, recordedColumn: 'at_utc', rows: each(), notes: [] };
}

let files = 0;

async function written(
  rows: readonly Cell[][],
  format: AnswerFormat,
): Promise<{ bytes: Buffer; target: string }> {
  files += 1;
  const target = path.join(folder, `${files}.${format}`);
  const options: OutputOptions = { format, separator: ';', bom: true, title: 'Heron: test' };
  await writeAnswer(answerOf(rows), options, { target, manifest: `${target}.sha256`, replace: false });
  return { bytes: readFileSync(target), target };
}

it('writes the same values as JSON Lines and as Parquet', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      const lines = (await written(rows, 'jsonl')).bytes.toString('utf8').split('\n').filter(Boolean);
      const expected = lines.map((line) => JSON.parse(line) as Record<string, Cell>);
      const { bytes } = await written(rows, 'parquet');
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
      const read = (await parquetReadObjects({ file })).map(({ at_utc: at, ...others }) => ({
        at_utc: (at as Date).toISOString(),
        ...others,
      }));
      expect(read).toEqual(
        expected.map((each) => ({ ...each, cluster: wellFormed(String(each['cluster'])) })),
      );
    }),
    { numRuns: 30 },
  );
});

/** Text in Parquet is UTF-8, which has no half of a pair of surrogates. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

it('has the same numbers in CSV and on the HTML page, and nothing in them runs', async () => {
  const rows: Cell[][] = [
    ['2026-11-30T12:00:00.000Z', 'fra', true, 12.5, '=1+1'],
    ['2026-11-30T12:00:01.000Z', '<script>x</script>', false, null, 'a;b,"c"'],
  ];
  const csv = (await written(rows, 'csv')).bytes.toString('utf8');
  expect(csv).toBe(
    `\ufeff${columns.join(';')}\r\n2026-11-30T12:00:00.000Z;fra;true;12.5;'=1+1\r\n` +
      `2026-11-30T12:00:01.000Z;<script>x</script>;false;;"a;b,""c"""\r\n`,
  );
  const page = (await written(rows, 'html')).bytes.toString('utf8');
  expect(page).toContain('>12.5</td>');
  expect(page).toContain('&lt;script&gt;x&lt;/script&gt;');
  expect(page).not.toContain('<script');
});

it.each(['csv', 'jsonl', 'html', 'parquet'] as const)(
  'gives the same bytes as %s each time, with a checksum that sha256sum accepts',
  async (format) => {
    const rows = fc.sample(row, { numRuns: 200, seed: 7 });
    const [one, two] = [await written(rows, format), await written(rows, format)];
    expect(one.bytes.equals(two.bytes)).toBe(true);
    const checked = execFileSync('sha256sum', ['-c', `${path.basename(one.target)}.sha256`], { cwd: folder });
    expect(checked.toString()).toContain('OK');
  },
);

it('replaces neither a file nor a checksum that is there', async () => {
  const { target } = await written([], 'csv');
  const options: OutputOptions = { format: 'csv', separator: ',', bom: false, title: '' };
  const again = writeAnswer(answerOf([]), options, { target, manifest: null, replace: false });
  await expect(again).rejects.toThrow('is there already');
});

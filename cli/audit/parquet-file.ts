import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { isNumberColumn } from '../../domain/report/answer-words';
import type { Cell } from '../../domain/report/table-text';
import type { Answer } from '../../monitor/usecases/audit-answer';

const rowsPerGroup = 50_000;

type ColumnType = 'TIMESTAMP' | 'DOUBLE' | 'BOOLEAN' | 'STRING';
const booleanColumns: ReadonlySet<string> = new Set(['answered', 'target_met']);

/** The bytes of an answer as a Parquet file, one row group at a time. Nothing but the answer decides them. */
export async function* parquetBytes({ columns, rows }: Answer): AsyncGenerator<Uint8Array> {
  const types = columns.map(typeOf);
  const writer = new ByteWriter();
  const empty = columns.map((name, at) => ({
    name,
    data: [] as unknown[],
    type: types[at] ?? 'STRING',
    nullable: true,
  }));
  const file = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: empty }),
    createdBy: 'Heron',
  });
  let group = empty.map((): unknown[] => []);
  const flush = async (): Promise<Uint8Array> => {
    const columnData = columns.map((name, at) => ({ name, data: group[at] ?? [] }));
    await file.write({ columnData, rowGroupSize: rowsPerGroup });
    group = columns.map((): unknown[] => []);
    return taken(writer);
  };
  for await (const cells of rows) {
    cells.forEach((cell, at) => group[at]?.push(valueOf(cell, types[at] ?? 'STRING')));
    if ((group[0]?.length ?? 0) >= rowsPerGroup) yield await flush();
  }
  if ((group[0]?.length ?? 0) > 0) yield await flush();
  await file.finish();
  yield taken(writer);
}

function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

function typeOf(column: string): ColumnType {
  if (column.endsWith('_utc')) return 'TIMESTAMP';
  if (booleanColumns.has(column)) return 'BOOLEAN';
  return isNumberColumn(column) ? 'DOUBLE' : 'STRING';
}

/** Nothing known, and whatever is not of its column's type, is null. */
function valueOf(cell: Cell, type: ColumnType): unknown {
  if (cell === null) return null;
  if (type === 'STRING') return String(cell);
  if (type === 'BOOLEAN') return typeof cell === 'boolean' ? cell : null;
  if (type === 'DOUBLE') return typeof cell === 'number' ? cell : null;
  const ms = typeof cell === 'string' ? Date.parse(cell) : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms);
}

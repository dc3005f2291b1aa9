import { z } from 'zod';
import { HistoryError, issueWords } from '../model/history-error';

/** A ledger row as SQLite gives it. */
export interface LedgerRow {
  id: number;
  kind: string;
  atMs: number;
  body: string;
}

/** Reads a ledger row's body. Throws a HistoryError, `damaged`, that names the row of `file` when it is not what Heron writes. */
export function readLedgerBody<S extends z.ZodType>(schema: S, row: LedgerRow, file: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(row.body));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    const words = error instanceof SyntaxError ? 'it is not JSON' : issueWords(error);
    throw new HistoryError({
      code: 'damaged',
      what: `Ledger row ${row.id} (${row.kind}) is not what Heron writes: ${words}.`,
      where: file,
      todo: 'The file was damaged or altered. Verify the file (heron audit verify), and compare it with a backup.',
    });
  }
}

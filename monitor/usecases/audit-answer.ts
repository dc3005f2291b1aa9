import type { AskedQuestion } from '../../domain/contract/audit-question';
import type { Cell } from '../../domain/report/table-text';

/** What an audit query depends on. */
export type QuestionScope = Omit<AskedQuestion, 'question'>;

/** The result of a query as a table. Its rows are read lazily. */
export interface Answer {
  columns: readonly string[];
  /** The columns that a table for people shows. */
  shown: readonly string[];
  /** The column with the time at which a row was recorded: where a proof ends earlier, the row is not proven. */
  recordedColumn: string;
  rows: AsyncIterable<Cell[]>;
  /** What the answer covers and what it does not, as sentences. */
  notes: readonly string[];
}

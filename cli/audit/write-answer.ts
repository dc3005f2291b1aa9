import { createHash } from 'node:crypto';
import path from 'node:path';
import { answerHtml } from '../../domain/report/answer-html';
import type { CsvOptions } from '../../domain/report/table-text';
import { writeFileDurably } from '../../monitor/base/write-file';
import type { Answer } from '../../monitor/usecases/audit-answer';
import { printByteOrderMark } from '../common/print';
import { answerText, printAll } from './answer-output';
import { parquetBytes } from './parquet-file';

export const answerFormats = ['table', 'jsonl', 'csv', 'html', 'parquet'] as const;
export type AnswerFormat = (typeof answerFormats)[number];

export interface OutputOptions extends CsvOptions {
  format: AnswerFormat;
  /** Begin CSV with the mark by which spreadsheets recognize UTF-8. */
  bom: boolean;
  /** Heading of an HTML page. */
  title: string;
}

const byteOrderMark = '\ufeff';

/** Prints an answer to standard output. */
export async function printAnswer(answer: Answer, options: OutputOptions): Promise<void> {
  if (options.format === 'csv' && options.bom) printByteOrderMark();
  await printAll(textOf(answer, options));
}

/** Writes an answer to a file, and its SHA-256 in the form of `sha256sum` to `manifest`; null: no manifest. */
export async function writeAnswer(
  answer: Answer,
  options: OutputOptions,
  { target, manifest, replace }: { target: string; manifest: string | null; replace: boolean },
): Promise<void> {
  const hash = createHash('sha256');
  await writeFileDurably(target, hashed(contentOf(answer, options), hash), { replace });
  if (manifest === null) return;
  await writeFileDurably(manifest, `${hash.digest('hex')}  ${path.basename(target)}\n`, { replace });
}

async function* hashed(
  parts: AsyncIterable<string | Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<string | Uint8Array> {
  for await (const part of parts) {
    hash.update(part);
    yield part;
  }
}

async function* contentOf(answer: Answer, options: OutputOptions): AsyncGenerator<string | Uint8Array> {
  if (options.format === 'parquet') return yield* parquetBytes(answer);
  if (options.format === 'csv' && options.bom) yield byteOrderMark;
  yield* textOf(answer, options);
}

function textOf(answer: Answer, { format, separator, title }: OutputOptions): AsyncIterable<string> {
  if (format === 'html') return answerHtml(title, answer);
  return answerText(answer, format === 'parquet' ? 'jsonl' : format, { separator });
}

import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import type { HistoryReadable } from '../../db/client/history';
import { outputTarget } from '../../db/file/output-target';
import { HistoryError } from '../../db/model/history-error';
import { openHistoryReadOnly } from '../../db/open-history';
import { csvLine, jsonLine } from '../../domain/report/table-text';
import { FileExistsError, writeFileDurably } from '../../monitor/base/write-file';
import { auditQuestions, type Answer, type AuditQuestion } from '../../monitor/usecases/audit-questions';
import { exitCode, readArguments, UsageError } from '../common/command-line';
import { fileProcesses } from '../common/file-processes';
import { idsOf } from '../common/named-clusters';
import { print, printByteOrderMark, printError } from '../common/print';
import { printableLine } from '../common/printable';
import { utcTime } from '../common/utc-time';

const questions = Object.keys(auditQuestions) as AuditQuestion[];
const text = z.string().min(1, 'needs a value');
const schema = z
  .object({
    at: text.optional(),
    from: text.optional(),
    to: text.optional(),
    cluster: z.array(text).default([]),
    target: z.coerce
      .number('must be a percentage, such as 99.9')
      .gt(0, 'must be above 0')
      .max(100, 'must be at most 100')
      .optional(),
    monthly: z.boolean().default(false),
    format: z.enum(['jsonl', 'csv'], 'must be jsonl or csv').default('jsonl'),
    separator: z.enum([',', ';'], 'must be , or ;').default(','),
    bom: z.boolean().default(false),
    out: text.optional(),
    force: z.boolean().default(false),
    positionals: z.tuple(
      [z.string(), z.enum(questions, `WHAT must be one of: ${questions.join(', ')}`)],
      'heron audit query FILE WHAT: name a history and a question',
    ),
  })
  .refine(({ at, positionals: [, what] }) => (what === 'active-lb') === (at !== undefined), {
    path: ['at'],
    message: 'TIME belongs to active-lb, and active-lb needs it',
  });
type Given = z.infer<typeof schema>;

/** The last moment that JavaScript can write as a date. */
const endOfTimeMs = 8.64e15;
const linesAtATime = 1000;

/** `heron audit query`: one table, to standard output or to a file. Resolves to the exit code. @throws UsageError */
export async function runQuery(args: string[]): Promise<number> {
  const given = readArguments(
    args,
    {
      at: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      cluster: { type: 'string', multiple: true },
      target: { type: 'string' },
      monthly: { type: 'boolean' },
      format: { type: 'string' },
      separator: { type: 'string' },
      bom: { type: 'boolean' },
      out: { type: 'string' },
      force: { type: 'boolean' },
    },
    schema,
  );
  const [named, what] = given.positionals;
  try {
    const file = path.resolve(named);
    const options = { replace: given.force, inUse: [file] };
    const target = given.out === undefined ? null : outputTarget(path.resolve(given.out), options);
    const history = await openHistoryReadOnly({ file, workers: fileProcesses, readers: 1 });
    try {
      const answer = auditQuestions[what](history, await scopeOfQuestion(history, what, given));
      await write(answer, given, target);
    } finally {
      await history.close();
    }
    return exitCode.done;
  } catch (fault) {
    const ours = fault instanceof HistoryError || fault instanceof FileExistsError;
    if (!ours && !(fault instanceof Error && 'syscall' in fault)) throw fault;
    printError(`heron audit: ${printableLine(fault.message)}\n`);
    return exitCode.problem;
  }
}

/** The range is all that the file knows where none was given: a note or a configuration may lie before or after the monitored time. */
async function scopeOfQuestion(
  history: HistoryReadable,
  what: AuditQuestion,
  given: Given,
): Promise<Parameters<(typeof auditQuestions)[AuditQuestion]>[1]> {
  const coverage = await history.coverage();
  if (coverage === null) throw new UsageError('This history is empty: nothing was ever monitored.');
  const ofTime = what === 'gaps' || what === 'availability';
  const all = ofTime ? { fromMs: coverage.firstMs, toMs: coverage.lastMs } : { fromMs: 0, toMs: endOfTimeMs };
  const range = {
    fromMs: given.from === undefined ? all.fromMs : utcTime('from', given.from),
    toMs: given.to === undefined ? all.toMs : utcTime('to', given.to),
  };
  if (range.toMs <= range.fromMs)
    throw new UsageError('The range ends before it begins: --from must be before --to.');
  const atMs = given.at === undefined ? coverage.lastMs : utcTime('at', given.at);
  const shown = {
    fromMs: Math.max(range.fromMs, coverage.firstMs),
    toMs: Math.max(1, Math.min(range.toMs, coverage.lastMs)),
  };
  const asked = what === 'active-lb' ? { fromMs: atMs, toMs: atMs + 1 } : shown;
  return {
    range,
    atMs,
    clusterIds: given.cluster.length === 0 ? null : await idsOf(history, asked, given.cluster),
    targetPercent: given.target ?? null,
    monthly: given.monthly,
  };
}

/** `target`: the file to write; null: standard output. */
async function write({ columns, rows }: Answer, given: Given, target: string | null): Promise<void> {
  const csv = given.format === 'csv';
  const mark = csv && given.bom;
  const chunks = mark ? ['\ufeff'] : [];
  if (mark && target === null) printByteOrderMark();
  const send = async (lines: string[]): Promise<void> => {
    if (target !== null) chunks.push(lines.join(''));
    else if (!print(lines.join(''))) await once(process.stdout, 'drain');
  };
  let lines = csv ? [csvLine(columns, given)] : [];
  for await (const cells of rows) {
    lines.push(csv ? csvLine(cells, given) : jsonLine(columns, cells));
    if (lines.length < linesAtATime) continue;
    await send(lines);
    lines = [];
  }
  await send(lines);
  if (target === null) return;
  await writeFileDurably(target, chunks.join(''), { replace: given.force });
}

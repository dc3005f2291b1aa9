import path from 'node:path';
import { z } from 'zod';
import { lastMomentMs } from '../../domain/model/moment';
import { auditQuestionSchema, targetPercentSchema } from '../../domain/contract/audit-question';
import { failureOf } from '../../domain/contract/request-refused';
import type { HistoryReadable } from '../../db/client/history';
import { outputTarget } from '../../db/file/output-target';
import { fileStamp, isSameFile } from '../../db/file/while-unchanged';
import { openHistoryReadOnly } from '../../db/open-history';
import { FileExistsError } from '../../monitor/base/write-file';
import type { Answer, QuestionScope } from '../../monitor/usecases/audit-answer';
import { answerQuestion } from '../../monitor/usecases/audit-questions';
import { samplesAnswer } from '../../monitor/usecases/audit-samples';
import { exitCode, readArguments, UsageError } from '../common/command-line';
import { fileProcesses } from '../common/file-processes';
import { idsOf } from '../common/named-clusters';
import { printError } from '../common/print';
import { printableLine } from '../../monitor/base/printable';
import { zonedTime } from '../common/zoned-time';
import { calendarOf, zoneOf } from './calendar-options';
import { notVerified, proofOf } from './proof-line';
import { answerFormats, printAnswer, writeAnswer, type OutputOptions } from './write-answer';

/** The questions of the window, and the table that only a file can take. */
const questions = [...auditQuestionSchema.options, 'samples'] as const;
const text = z.string().min(1, 'needs a value');
const schema = z
  .object({
    at: text.optional(),
    from: text.optional(),
    to: text.optional(),
    cluster: z.array(text).default([]),
    target: z.coerce.number('must be a percentage, such as 99.9').pipe(targetPercentSchema).optional(),
    monthly: z.boolean().default(false),
    zone: text.optional(),
    hours: text.optional(),
    holidays: text.optional(),
    format: z.enum(answerFormats, `must be one of: ${answerFormats.join(', ')}`).optional(),
    separator: z.enum([',', ';'], 'must be , or ;').default(','),
    bom: z.boolean().default(false),
    out: text.optional(),
    manifest: z.boolean().default(false),
    force: z.boolean().default(false),
    verify: z.boolean().default(false),
    positionals: z.tuple(
      [z.string(), z.enum(questions, `WHAT must be one of: ${questions.join(', ')}`)],
      'heron audit query FILE WHAT: name a history and a question',
    ),
  })
  .refine(({ at, positionals: [, what] }) => (what === 'active-lb') === (at !== undefined), {
    path: ['at'],
    message: 'TIME belongs to active-lb, and active-lb needs it',
  })
  .refine(({ format, out }) => format !== 'parquet' || out !== undefined, {
    path: ['format'],
    message: 'parquet is not text: name a file with --out',
  })
  .refine(({ manifest, out }) => !manifest || out !== undefined, {
    path: ['manifest'],
    message: 'belongs to --out: it has the SHA-256 of that file',
  })
  .superRefine((given, context) => {
    if (given.positionals[1] === 'availability') return;
    const only = (['target', 'monthly', 'hours', 'holidays'] as const).find(
      (name) => given[name] !== undefined && given[name] !== false,
    );
    if (only) context.addIssue({ code: 'custom', path: [only], message: 'belongs to availability' });
  });
type Given = z.infer<typeof schema>;
type Asked = (typeof questions)[number];

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
      zone: { type: 'string' },
      hours: { type: 'string' },
      holidays: { type: 'string' },
      format: { type: 'string' },
      separator: { type: 'string' },
      bom: { type: 'boolean' },
      out: { type: 'string' },
      manifest: { type: 'boolean' },
      force: { type: 'boolean' },
      verify: { type: 'boolean' },
    },
    schema,
  );
  const [named, what] = given.positionals;
  try {
    const file = path.resolve(named);
    const options = { replace: given.force, inUse: [file] };
    const target = given.out === undefined ? null : outputTarget(path.resolve(given.out), options);
    const manifest = given.manifest && target ? outputTarget(`${target}.sha256`, options) : null;
    const verified = fileStamp(file);
    const proof = given.verify ? await proofOf(file) : notVerified;
    const history = await openHistoryReadOnly({ file, workers: fileProcesses, readers: 1 });
    try {
      const answer = await answerOf(history, what, await scopeOf(history, what, given));
      const proven = { ...answer, notes: [proof, ...answer.notes] };
      const output = outputOf(what, given, target);
      if (target === null) await printAnswer(proven, output);
      else await writeAnswer(proven, output, { target, manifest, replace: given.force });
      for (const note of proven.notes) printError(`heron audit: ${printableLine(note)}\n`);
    } finally {
      await history.close();
    }
    if (isSameFile(verified, fileStamp(file))) return exitCode.done;
    printError('heron audit: The file was changed meanwhile: what was verified may not be what was read.\n');
    return exitCode.problem;
  } catch (fault) {
    if (!(fault instanceof Error)) throw fault;
    const known = failureOf(fault) !== null || fault instanceof FileExistsError || 'syscall' in fault;
    if (!known) throw fault;
    printError(`heron audit: ${printableLine(fault.message)}\n`);
    return exitCode.problem;
  }
}

/** The range is all that the file knows where none was given: a note or a configuration may lie before or after the monitored time. */
async function scopeOf(history: HistoryReadable, question: Asked, given: Given): Promise<QuestionScope> {
  const coverage = await history.coverage();
  if (coverage === null) throw new UsageError('This history is empty: nothing was ever monitored.');
  const zone = zoneOf(given);
  const ofTime = question === 'gaps' || question === 'availability' || question === 'samples';
  const all = ofTime
    ? { fromMs: coverage.firstMs, toMs: coverage.lastMs }
    : { fromMs: 0, toMs: lastMomentMs };
  const time = (option: 'from' | 'to' | 'at', otherwiseMs: number): number => {
    const typed = given[option];
    return typed === undefined ? otherwiseMs : zonedTime(option, typed, zone);
  };
  const range = { fromMs: time('from', all.fromMs), toMs: time('to', all.toMs) };
  if (range.toMs <= range.fromMs)
    throw new UsageError('The range ends before it begins: --from must be before --to.');
  const atMs = time('at', coverage.lastMs);
  const shown = {
    fromMs: Math.max(range.fromMs, coverage.firstMs),
    toMs: Math.max(1, Math.min(range.toMs, coverage.lastMs)),
  };
  const asked = question === 'active-lb' ? { fromMs: atMs, toMs: atMs + 1 } : shown;
  return {
    range,
    atMs,
    clusterIds: given.cluster.length === 0 ? null : await idsOf(history, asked, given.cluster),
    targetPercent: given.target ?? null,
    monthly: given.monthly,
    zone,
    calendar: calendarOf(given),
  };
}

function answerOf(history: HistoryReadable, question: Asked, scope: QuestionScope): Promise<Answer> {
  return question === 'samples'
    ? samplesAnswer(history, scope)
    : answerQuestion(history, { question, ...scope });
}

/** People at a terminal get a table, programs JSON Lines. `target`: the file to write; null: standard output. */
function outputOf(question: Asked, given: Given, target: string | null): OutputOptions {
  const atTerminal = target === null && process.stdout.isTTY;
  const format = given.format ?? (atTerminal ? 'table' : 'jsonl');
  const title = `Heron: ${question} of ${path.basename(given.positionals[0])}`;
  return { format, separator: given.separator, bom: given.bom, title };
}

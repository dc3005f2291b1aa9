import path from 'node:path';
import { z } from 'zod';
import { runFileTask } from '../../db/client/run-file-task';
import { HistoryError } from '../../db/model/history-error';
import type { Check } from '../../domain/proof/check';
import { verdictExitCode } from '../../domain/proof/verdict';
import { verdictWords } from '../../domain/proof/verdict-words';
import type { VerifyProgress, VerifyReport } from '../../db/verify/verify-history';
import { readAnchor } from './audit-anchor';
import { trustedFingerprints } from '../common/trusted-fingerprints';
import { exitCode, readArguments } from '../common/command-line';
import { fileProcesses } from '../common/file-processes';
import { print, printError } from '../common/print';
import { printableLine } from '../../monitor/base/printable';

const name = z.string().min(1, 'needs the name of a file');
const schema = z.object({
  key: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, 'must be a fingerprint: 64 hexadecimal digits')
    .optional(),
  anchor: name.optional(),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
  positionals: z.array(z.string()).length(1, 'heron audit verify FILE: name one history'),
});

const nameWidth = 14;
const countWidth = 22;

/** `heron audit verify`. Resolves to the exit code: see its usage. @throws UsageError */
export async function runVerify(args: string[]): Promise<number> {
  const given = readArguments(
    args,
    {
      key: { type: 'string' },
      anchor: { type: 'string' },
      json: { type: 'boolean' },
      quiet: { type: 'boolean' },
    },
    schema,
  );
  const file = path.resolve(given.positionals[0] ?? '');
  try {
    const anchor = given.anchor === undefined ? null : readAnchor(given.anchor);
    const trusted = given.key === undefined ? trustedFingerprints() : [];
    const task = { task: 'verify' as const, file, key: given.key ?? null, trusted, anchor };
    const report = await runFileTask(fileProcesses, task, given.quiet ? undefined : progressTeller()).result;
    print(given.json ? `${JSON.stringify(report)}\n` : reportText(report));
    return verdictExitCode(report.verdict);
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    printError(`heron audit: ${fault.message}\n`);
    return fault.failure.code === 'damaged' ? exitCode.problem : exitCode.wrongUse;
  }
}

/** One line per check, then the verdict. Text from the file cannot control the terminal. */
function reportText(report: VerifyReport): string {
  return [...report.checks.map(checkLine), ...verdictLines(report)]
    .map((line) => `${printableLine(line)}\n`)
    .join('');
}

function checkLine({ name: check, count, unit, result, words }: Check): string {
  const counted = `${count.toLocaleString('en-GB')} ${unit}`;
  return `${result.padEnd(5)} ${check.padEnd(nameWidth)} ${counted.padStart(countWidth)}  ${words}`;
}

function verdictLines(report: VerifyReport): string[] {
  const { verdict, firstBad } = report;
  const { head, sentence } = verdictWords(verdict);
  const place = firstBad === null ? '' : ` First bad record: ${placeWords(firstBad)}.`;
  const unproven = verdict.word === 'verified-up-to' ? verdict.unproven : [];
  const by = verdict.signedBy ?? '';
  const line = {
    verified: `${head}, signed by ${by} on ${new Date(report.signed?.atMs ?? 0).toISOString()}.`,
    'verified-up-to': `${head}, signed by ${by}. What is later is not proven.`,
    'not-verified': `${head}.${place} ${sentence}`,
  }[verdict.word];
  return [...unproven.map((words) => `      not proven: ${words}`), line];
}

function placeWords({ table, id, period, edge }: NonNullable<VerifyReport['firstBad']>): string {
  return [
    `table ${table}`,
    ...(id === null ? [] : [`row ${id}`]),
    ...(period === null ? [] : [`period ${period}`]),
    ...(edge === null ? [] : [`edge ${edge}`]),
  ].join(', ');
}

/** Reports each further tenth of a long verification. */
function progressTeller(): (progress: VerifyProgress) => void {
  let told = 0;
  return ({ doneBytes, totalBytes }) => {
    const tenths = Math.floor((10 * doneBytes) / Math.max(1, totalBytes));
    if (tenths <= told || tenths === 10) return;
    told = tenths;
    printError(`heron audit: ${tenths * 10} % of ${(totalBytes / 1e6).toFixed(0)} MB\n`);
  };
}

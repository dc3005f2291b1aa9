import path from 'node:path';
import { z } from 'zod';
import type { BackupProgress } from '../db/file/back-up';
import { runFileTask } from '../db/client/run-file-task';
import { HistoryError } from '../db/model/history-error';
import { systemClock } from '../monitor/base/clock';
import { historyToUse } from './common/app-history';
import { exitCode, readArguments } from './common/command-line';
import { fileProcesses } from './common/file-processes';
import { print, printError } from './common/print';

export const backupUsage = `heron backup --out FILE: copies a history into one file, also while Heron records it, and checks the copy.

  --out FILE   the backup; written under a temporary name first, so that it is always complete
  --db FILE    the history (default: the app's own on this machine)
  --force      replace an existing file
  --quiet      no progress on standard error

docs/history.md describes how to restore a backup.
`;

const name = z.string('FILE is missing').min(1, 'needs the name of a file');
const schema = z
  .object({
    help: z.boolean().default(false),
    out: name.optional(),
    db: name.optional(),
    force: z.boolean().default(false),
    quiet: z.boolean().default(false),
    positionals: z.array(z.string()).max(0, 'Everything for heron backup is an option: --out FILE'),
  })
  .refine((given) => given.help || given.out !== undefined, {
    path: ['out'],
    message: 'FILE is missing: where to write the backup',
  });

const progressIntervalMs = 500;

/** `heron backup`. Resolves to the exit code: 0, or 1 when no backup was made. @throws UsageError */
export async function runBackup(args: string[]): Promise<number> {
  const given = readArguments(
    args,
    {
      help: { type: 'boolean', short: 'h' },
      out: { type: 'string' },
      db: { type: 'string' },
      force: { type: 'boolean' },
      quiet: { type: 'boolean' },
    },
    schema,
  );
  if (given.help) {
    print(backupUsage);
    return exitCode.done;
  }
  const file = historyToUse(given.db);
  const out = path.resolve(given.out ?? '');
  const nowMs = systemClock.nowMs();
  const task = { task: 'back-up' as const, file, out, force: given.force, nowMs };
  try {
    const report = await runFileTask(fileProcesses, task, given.quiet ? undefined : progressPrinter()).result;
    print(
      `${report.file}: ${megabytes(report.sizeBytes)}, ${report.lastEventId} events, checked: it is undamaged and complete to the end of ${file}.\n`,
    );
    return exitCode.done;
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    printError(`heron backup: ${fault.message}\n`);
    return exitCode.problem;
  }
}

/** Prints progress at most twice a second; nothing for a backup that takes less time than that. */
function progressPrinter(): (progress: BackupProgress) => void {
  let printedMs = systemClock.monotonicMs();
  let step: BackupProgress['step'] = 'copying';
  return (progress) => {
    const nowMs = systemClock.monotonicMs();
    const moved = progress.step !== step && progress.totalBytes > 100_000_000;
    if (nowMs - printedMs < progressIntervalMs && !moved) return;
    printedMs = nowMs;
    step = progress.step;
    const words =
      step === 'checking'
        ? `checking ${megabytes(progress.totalBytes)}`
        : `${Math.floor((100 * progress.doneBytes) / Math.max(1, progress.totalBytes))} % of ${megabytes(progress.totalBytes)}`;
    printError(`heron backup: ${words}\n`);
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

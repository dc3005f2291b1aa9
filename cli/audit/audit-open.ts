import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { FileFacts } from '../../db/extract/inspect-file';
import { runFileTask } from '../../db/client/run-file-task';
import { HistoryError } from '../../db/model/history-error';
import { exitCode, readArguments } from '../common/command-line';
import { fileProcesses } from '../common/file-processes';
import { print, printError } from '../common/print';
import { printableLine } from '../../monitor/base/printable';

const schema = z.object({
  positionals: z.array(z.string()).length(1, 'heron audit open FILE: name one history or incident file'),
});

/** `heron audit open`: describes the file, and opens it in Heron's window where there is one. @throws UsageError */
export async function runOpen(args: string[]): Promise<number> {
  const file = path.resolve(readArguments(args, {}, schema).positionals[0] ?? '');
  try {
    print(factsText(file, await runFileTask(fileProcesses, { task: 'inspect', file }).result));
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    printError(`heron audit: ${fault.message}\n`);
    return exitCode.problem;
  }
  const program = appProgram();
  if (program === null) {
    print(
      `Heron’s window cannot be opened here. Drag the file onto Heron’s window elsewhere, or start Heron there with the file: heron-app ${JSON.stringify(file)}\n`,
    );
    return exitCode.done;
  }
  spawn(program.command, [...program.args, file], { detached: true, stdio: 'ignore' }).unref();
  print('The file is opened read-only in Heron’s window.\n');
  return exitCode.done;
}

/** The packaged app that this command belongs to, or Electron as named in the environment; null when there is neither. */
function appProgram(): { command: string; args: string[] } | null {
  const electron = process.env['HERON_APP'] ?? process.env['ELECTRON_EXEC_PATH'];
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return null;
  if (process.versions['electron'] !== undefined) return { command: process.execPath, args: [] };
  if (electron === undefined || !existsSync(electron)) return null;
  const root = path.resolve(import.meta.dirname, '..', '..');
  return { command: electron, args: existsSync(path.join(root, 'package.json')) ? [root] : [] };
}

function factsText(file: string, { range, hosts, sizeBytes, extract }: FileFacts): string {
  const what =
    extract === null
      ? 'a history'
      : `an incident file, made ${iso(extract.madeMs)} by Heron ${extract.madeBy}`;
  const redacted = extract?.redacted ? ', with pseudonyms' : '';
  return `${file}: ${what}${redacted}; ${(sizeBytes / 1e6).toFixed(2)} MB, ${iso(range.fromMs)} to ${iso(range.toMs)}, monitored by ${printableLine(hosts.join(', ')) || 'no computer'}.\n`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

import path from 'node:path';
import log from 'electron-log/node';
import { z } from 'zod';
import { makeOwnerOnlyFolder } from '../../db/file/owner-only';
import { ownerOnly } from '../../db/file/place-file';
import { shiftOlderLogs } from './older-logs';
import { redact } from './redact';

const mostLogBytes = 5 * 1024 * 1024;

const levelSchema = z.enum(['error', 'warn', 'info', 'debug']);
export type LogLevel = z.infer<typeof levelSchema>;

/** The level from `HERON_LOG`, or the default; `problem`: why the variable was not used. */
export function logLevel(
  value: string | undefined,
  usual: LogLevel,
): { level: LogLevel; problem: string | null } {
  if (value === undefined || value === '') return { level: usual, problem: null };
  const read = levelSchema.safeParse(value);
  if (read.success) return { level: read.data, problem: null };
  return {
    level: usual,
    problem: `HERON_LOG is ${JSON.stringify(value.slice(0, 40))}. Set it to ${levelSchema.options.join(', ')}.`,
  };
}

// Until one of the functions below is called, nothing is written anywhere. Electron-log's own default is a file and stdout.
log.transports.file.level = false;
log.transports.console.level = false;
log.hooks.push((message) => ({ ...message, data: message.data.map(redact) }));

/** The app's log. Older ones are beside it: see olderLogs. */
export function appLogFile(userDataFolder: string): string {
  return path.join(userDataFolder, 'logs', 'heron.log');
}

const moveToNewestOlder = log.transports.file.archiveLogFn;

/**
 * Writes the app's log to `logs/heron.log` in the user data folder: `info` and above, or as `HERON_LOG` says. Beyond 5 MiB it is rotated;
 * three older files stay. Returns the file.
 */
export function startAppLog(userDataFolder: string, environment: NodeJS.ProcessEnv): string {
  const file = appLogFile(userDataFolder);
  const { level, problem } = logLevel(environment['HERON_LOG'], 'info');
  log.transports.file.setAppName('Heron');
  log.transports.file.resolvePathFn = () => file;
  makeOwnerOnlyFolder(path.dirname(file));
  log.transports.file.writeOptions = { flag: 'a', mode: ownerOnly.file, encoding: 'utf8' };
  log.transports.file.maxSize = mostLogBytes;
  log.transports.file.archiveLogFn = (full) => {
    shiftOlderLogs(full.path);
    moveToNewestOlder(full);
  };
  log.transports.file.level = level;
  if (problem !== null) log.warn(problem);
  return file;
}

/** Writes a command's log to standard error: `warn` and above, or as `HERON_LOG` says. Standard output is for results only. */
export function startCommandLog(environment: NodeJS.ProcessEnv): void {
  const { level, problem } = logLevel(environment['HERON_LOG'], 'warn');
  const { console: stderr } = log.transports;
  stderr.useStyles = false;
  stderr.format = 'heron: {level}: {text}';
  stderr.writeFn = ({ message }) => void process.stderr.write(`${message.data.map(String).join(' ')}\n`);
  stderr.level = level;
  if (problem !== null) log.warn(problem);
}

/** Sends a command's log to `write` instead, line by line, while the terminal shows something else. The returned function ends that. */
export function divertCommandLog(write: (line: string) => void): () => void {
  const { console: stderr } = log.transports;
  const before = stderr.writeFn;
  stderr.writeFn = ({ message }) => write(message.data.map(String).join(' '));
  return () => {
    stderr.writeFn = before;
  };
}

/** Logs which files others could use until now. */
export function logRestricted(files: readonly string[]): void {
  for (const file of files) log.warn(`Others could use ${file}; now only its owner can.`);
}

/** Logs a history query that took longer than 50 ms (see db/query/history-queries.ts). */
export function logSlowQuery({ name, durationMs }: { name: string; durationMs: number }): void {
  log.info(`Slow history query: ${name} took ${Math.round(durationMs)} ms.`);
}

export { log };

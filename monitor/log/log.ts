import path from 'node:path';
import log from 'electron-log/node';
import { redact } from './redact';

const largestLogBytes = 5 * 1024 * 1024;

/** Sends the log to `logs/heron.log` in the user data folder, without secrets. Without this call nothing is logged to a file. */
export function startLog(userDataFolder: string): string {
  const file = path.join(userDataFolder, 'logs', 'heron.log');
  log.transports.file.setAppName('Heron');
  log.transports.file.resolvePathFn = () => file;
  log.transports.file.maxSize = largestLogBytes;
  log.transports.file.level = 'info';
  // Standard error is for the one sentence a person needs; it says where the rest is.
  log.transports.console.level = false;
  log.hooks.push((message) => ({ ...message, data: message.data.map(redact) }));
  return file;
}

/** Whatever nobody caught is logged and Heron goes on watching; no dialog with a stack for anybody. */
export function logWhatNobodyCaught(): void {
  process.on('uncaughtException', (fault) => log.error('Nobody caught:', fault));
  process.on('unhandledRejection', (fault) => log.error('Nobody handled:', fault));
}

export { log };

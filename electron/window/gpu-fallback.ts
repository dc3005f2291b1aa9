import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { log } from '../../monitor/log/log';
import { writeFileDurablySync } from '../../monitor/base/write-file';
import { RestartLimit } from './restart-limit';

/** So many ends of the GPU process within a minute mean that this computer's graphics do not work with it. */
const tolerated = 2;
const windowMs = 60_000;
/** Drivers are updated: hardware is tried again after this long. */
const rememberedMs = 30 * 24 * 3_600_000;
const words =
  'The GPU process of Heron ended several times within a minute, so Heron draws in software for 30 days. Delete this file to use the GPU again.\n';

/**
 * Keeps monitoring alive when graphics fail. Must be called before Electron is ready. Chromium would end the whole program, monitoring
 * included, when its GPU process ends six times within a few minutes; without that limit it also never falls back to software by itself, so
 * the next start does.
 */
export function guardAgainstGpu(folder: string, nowMs: number): void {
  app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
  const marker = markerIn(folder);
  const marked = statSync(marker, { throwIfNoEntry: false });
  if (!marked) return;
  if (nowMs - marked.mtimeMs > rememberedMs) rmSync(marker, { force: true });
  else app.disableHardwareAcceleration();
}

/** Notes processes of Chromium that end unexpectedly. Chromium starts them again; monitoring does not depend on them. */
export function watchChromiumProcesses(folder: string): void {
  const limit = new RestartLimit(tolerated, windowMs);
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (reason === 'clean-exit') return;
    const subject = type === 'GPU' ? 'The GPU process' : `The process ${name ?? type}`;
    log.warn(`${subject} ended: ${reason}, exit code ${exitCode}. It is started again.`);
    if (type !== 'GPU' || limit.allows(performance.now())) return;
    try {
      writeFileDurablySync(markerIn(folder), words, { replace: true });
    } catch (fault) {
      log.warn('Software rendering could not be chosen for the next start:', fault);
    }
  });
}

function markerIn(folder: string): string {
  return path.join(folder, 'software-rendering.txt');
}

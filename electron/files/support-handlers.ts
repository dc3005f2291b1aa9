import { randomUUID } from 'node:crypto';
import { app } from 'electron';
import { RequestRefused } from '../../domain/contract/request-refused';
import { systemClock } from '../../monitor/base/clock';
import { guardedFaults } from '../../monitor/log/guard';
import { liveCounters, type LiveCounters } from '../../monitor/support/live-counters';
import { noFacts, recordedFacts, type RecordedFacts } from '../../monitor/support/recorded-facts';
import { supportBundle, supportText } from '../../monitor/support/support-bundle';
import { supportParts } from '../../monitor/support/support-parts';
import type { TrapPort } from '../../monitor/traps/trap-port';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import type { CurrentMonitor, MonitorSession } from '../../monitor/usecases/monitor-session';
import type { AppWindow } from '../window/app-window';
import { chooseFileToSave } from '../window/dialogs';
import { writeChosen } from './write-chosen';

export interface SupportServices {
  session: MonitorSession;
  trapPort: TrapPort;
  window: AppWindow;
}

/** The handlers that make a support bundle of the running Heron, and save the one that was shown last. */
export function supportHandlers(
  services: SupportServices,
): Pick<RequestHandlers, 'support.bundle' | 'support.save'> {
  let shown: { id: string; text: string } | null = null;
  return {
    'support.bundle': async ({ redact }) => {
      const current = await monitored(services.session);
      const bundle = await supportBundle(
        {
          environment: process.env,
          folder: app.getPath('userData'),
          version: app.getVersion(),
          recorded: await factsOf(current),
          live: countersOf(current, services.trapPort),
          ...{ inventory: null, problems: [], nowMs: systemClock.nowMs() },
        },
        redact,
      );
      const text = supportText(bundle);
      shown = { id: randomUUID(), text };
      return { ...shown, parts: supportParts(bundle, text) };
    },
    'support.save': async ({ id }) => {
      if (shown?.id !== id) throw notShown();
      const { text } = shown;
      const day = new Date(systemClock.nowMs()).toISOString().slice(0, 10);
      const file = await chooseFileToSave(services.window.current, {
        title: 'Save the support bundle',
        defaultPath: `heron-support-${day}.json`,
        filters: [{ name: 'JSON', extensions: ['json'] }],
      });
      if (file !== null) await writeChosen(file, text, 'The support bundle');
      return file;
    },
  };
}

/** Null: nothing is monitored, while a file is open for instance. */
async function monitored(session: MonitorSession): Promise<Readonly<CurrentMonitor> | null> {
  try {
    return await session.current();
  } catch (fault) {
    if (fault instanceof RequestRefused) return null;
    throw fault;
  }
}

async function factsOf(current: Readonly<CurrentMonitor> | null): Promise<RecordedFacts> {
  if (current === null) return noFacts(null, 'Nothing is monitored.');
  const { historyFile, history } = current;
  return recordedFacts(historyFile, (read) => read(history));
}

function countersOf(current: Readonly<CurrentMonitor> | null, trapPort: TrapPort): LiveCounters {
  return liveCounters({
    monitored: current && {
      status: current.monitor.snapshot().monitor,
      counts: current.monitor.counts(),
      writes: current.history.status(),
    },
    traps: trapPort.status(),
    errors: guardedFaults(),
    memory: app.getAppMetrics().map(({ name, type, memory }) => ({
      process: name ?? type,
      bytes: memory.workingSetSize * 1024,
    })),
    upSeconds: process.uptime(),
  });
}

function notShown(): RequestRefused {
  return new RequestRefused({
    what: 'This support bundle is not the one that was shown last.',
    where: 'Heron’s main process.',
    todo: 'Open it again and read it before you save it.',
  });
}

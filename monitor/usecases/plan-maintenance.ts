import { randomUUID } from 'node:crypto';
import { RequestRefused } from '../../domain/contract/request-refused';
import type { Inventory } from '../../domain/inventory/inventory';
import { scheduleFault, tidyDraft } from '../../domain/maintenance/draft-faults';
import { matchesEverything, rowsOf } from '../../domain/maintenance/match';
import { effectiveOccurrences, type PlanEvent, type PlannedWindow } from '../../domain/maintenance/plan';
import type { RecordedEvent } from '../../domain/model/event';
import type { MaintenanceDraft } from '../../domain/model/maintenance';
import type { RequestHandlers } from './answer-request';
import type { MonitorSession } from './monitor-session';

type MaintenanceRequest =
  'maintenance.plan' | 'maintenance.change' | 'maintenance.end' | 'maintenance.cancel';

/** More windows than anybody plans; each is looked at whenever one begins or ends. */
const mostWindows = 2_000;

interface Decision {
  plan: readonly PlannedWindow[];
  inventory: Inventory;
  nowMs: number;
}

/** The handlers of what people decide about maintenance windows. Each throws RequestRefused. */
export function maintenanceRequests(
  session: Pick<MonitorSession, 'current'>,
  clock: { nowMs(): number },
): Pick<RequestHandlers, MaintenanceRequest> {
  /** Records what `make` makes of the present plan. */
  const decide = async (make: (decision: Decision) => PlanEvent): Promise<void> => {
    const { history, monitor, inventory } = await session.current();
    const { state, words } = history.status();
    if (state === 'failing') throw notRecorded(words);
    const plan = monitor.maintenancePlan();
    const recorded: RecordedEvent | null = await monitor.decideMaintenance(
      make({ plan, inventory, nowMs: Math.round(clock.nowMs()) }),
    );
    if (recorded === null) throw notRecorded('The history could not be written for too long.');
  };
  return {
    'maintenance.plan': async ({ draft, by, everything }) => {
      const windowId = randomUUID();
      await decide((decision) => {
        checkDraft(draft, everything, decision);
        if (decision.plan.length >= mostWindows) throw tooMany();
        const window = { ...tidyDraft(draft), windowId, author: by };
        return { type: 'maintenance-planned', ...timesOf(decision), window };
      });
      return { windowId };
    },
    'maintenance.change': ({ windowId, draft, by, everything }) =>
      decide((decision) => {
        const { window: before } = windowOf(windowId, decision);
        checkDraft(draft, everything, decision);
        const window = { ...tidyDraft(draft), windowId, author: before.author };
        return { type: 'maintenance-changed', ...timesOf(decision), by, window, endsNow: false };
      }),
    'maintenance.end': ({ windowId, by }) =>
      decide((decision) => {
        const planned = windowOf(windowId, decision);
        const { nowMs } = decision;
        if (effectiveOccurrences(planned, { fromMs: nowMs, toMs: nowMs + 1 }).length === 0)
          throw notInForce(planned);
        return {
          type: 'maintenance-changed',
          ...timesOf(decision),
          by,
          window: planned.window,
          endsNow: true,
        };
      }),
    'maintenance.cancel': ({ windowId, by }) =>
      decide((decision) => {
        const { purpose } = windowOf(windowId, decision).window;
        return { type: 'maintenance-cancelled', ...timesOf(decision), by, windowId, purpose };
      }),
  };
}

function timesOf({ nowMs }: Decision): { timeMs: number; recordedAtMs: number } {
  return { timeMs: nowMs, recordedAtMs: nowMs };
}

function windowOf(windowId: string, { plan }: Decision): PlannedWindow {
  const found = plan.find(({ window }) => window.windowId === windowId);
  if (found) return found;
  throw new RequestRefused({
    what: 'There is no such maintenance window any more.',
    where: windowId,
    todo: 'It was cancelled, perhaps by someone else. Look at the list of windows.',
  });
}

function checkDraft(draft: MaintenanceDraft, everything: boolean, { inventory, nowMs }: Decision): void {
  const fault = scheduleFault(draft, nowMs);
  if (fault) {
    const what = 'The maintenance was not planned.';
    throw new RequestRefused({ what, where: `${fault.field} of the schedule`, todo: fault.words });
  }
  if (everything || !matchesEverything(draft.matcher, rowsOf(inventory))) return;
  throw new RequestRefused({
    what: 'The maintenance was not planned: it is about everything that is monitored.',
    where: 'What the window matches.',
    todo: 'Narrow it down, or confirm that everything is meant.',
  });
}

function notInForce({ window }: PlannedWindow): RequestRefused {
  return new RequestRefused({
    what: 'This maintenance is not in progress.',
    where: window.purpose,
    todo: 'It may have ended meanwhile. Cancel it if it is not to take place again.',
  });
}

function tooMany(): RequestRefused {
  return new RequestRefused({
    what: `There are ${mostWindows} maintenance windows already.`,
    where: 'The planned maintenance.',
    todo: 'Cancel those that are over.',
  });
}

function notRecorded(where: string): RequestRefused {
  return new RequestRefused({
    what: 'Nothing was changed: the history cannot be written now.',
    where,
    todo: 'Try again when the history can be written.',
  });
}

import { statSync } from 'node:fs';
import { openHistoryReadOnly } from '../../db/open-history';
import { HistoryError } from '../../db/model/history-error';
import type { Inventory } from '../../domain/inventory/inventory';
import type { HeronEvent } from '../../domain/model/event';
import { logSlowQuery } from '../../monitor/log/log';
import { fileProcesses } from '../common/file-processes';

const mostEvents = 10_000;
const mostRuns = 10;

/** What a history tells about the Heron that writes it. `problem`: why it could not be read. */
export interface RecordedFacts {
  file: string;
  sizeBytes: number | null;
  problem: string | null;
  from: string | null;
  to: string | null;
  runs: { from: string; to: string | null; ended: string | null; version: string }[];
  /** How many of the last 10,000 events have each type. */
  eventCounts: Record<string, number>;
  inventory: Inventory | null;
  /** The last 10,000, newest first. */
  events: HeronEvent[];
}

/** Reads a history, also while Heron writes it. Never throws for what the file holds. */
export async function recordedFacts(file: string): Promise<RecordedFacts> {
  const facts: RecordedFacts = {
    ...{ file, sizeBytes: statSync(file, { throwIfNoEntry: false })?.size ?? null, problem: null },
    ...{ from: null, to: null, runs: [], eventCounts: {}, inventory: null, events: [] },
  };
  if (facts.sizeBytes === null) return { ...facts, problem: 'There is no such file.' };
  try {
    const history = await openHistoryReadOnly({
      ...{ file, workers: fileProcesses, readers: 1, onSlowQuery: logSlowQuery },
    });
    try {
      const coverage = await history.coverage();
      const runs = await history.runs();
      const filter = { clusterId: null, types: null, beforeId: null, limit: mostEvents };
      facts.events = (await history.events(filter)).map(({ event }) => event);
      facts.inventory = await history.inventory();
      facts.from = iso(coverage?.firstMs);
      facts.to = iso(coverage?.lastMs);
      facts.runs = runs.slice(-mostRuns).map(({ startMs, watchedUntilMs, ended, version }) => ({
        ...{ from: iso(startMs) ?? '', to: iso(watchedUntilMs), ended, version },
      }));
    } finally {
      await history.close();
    }
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    facts.problem = fault.message;
  }
  for (const { type } of facts.events) facts.eventCounts[type] = (facts.eventCounts[type] ?? 0) + 1;
  return facts;
}

function iso(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString();
}

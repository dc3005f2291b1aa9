import { statSync } from 'node:fs';
import type { HistoryReadable } from '../../db/client/history';
import { HistoryError } from '../../db/model/history-error';
import type { Inventory } from '../../domain/inventory/inventory';
import type { HeronEvent } from '../../domain/model/event';

const mostEvents = 10_000;
const mostRuns = 10;

/** What a history tells about the Heron that writes it. `problem`: why it could not be read. */
export interface RecordedFacts {
  /** Null: no history is in use. */
  file: string | null;
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

/** The queries that the facts come from. */
export type FactsHistory = Pick<HistoryReadable, 'coverage' | 'runs' | 'events' | 'inventory'>;

/** What is known where there is no history to ask. */
export function noFacts(file: string | null, problem: string): RecordedFacts {
  return {
    ...{ file, sizeBytes: file === null ? null : sizeOf(file), problem },
    ...{ from: null, to: null, runs: [], eventCounts: {}, inventory: null, events: [] },
  };
}

/** Reads a history, also while Heron writes it: `use` lends it. Never rejects for what the file holds. */
export async function recordedFacts(
  file: string,
  use: (read: (history: FactsHistory) => Promise<RecordedFacts>) => Promise<RecordedFacts>,
): Promise<RecordedFacts> {
  if (sizeOf(file) === null) return noFacts(file, 'No such file can be read.');
  try {
    return await use((history) => factsOf(file, history));
  } catch (fault) {
    if (!(fault instanceof HistoryError)) throw fault;
    return noFacts(file, fault.message);
  }
}

async function factsOf(file: string, history: FactsHistory): Promise<RecordedFacts> {
  const coverage = await history.coverage();
  const runs = await history.runs();
  const filter = { clusterId: null, types: null, beforeId: null, limit: mostEvents };
  const events = (await history.events(filter)).map(({ event }) => event);
  const eventCounts: Record<string, number> = {};
  for (const { type } of events) eventCounts[type] = (eventCounts[type] ?? 0) + 1;
  return {
    ...{ file, sizeBytes: sizeOf(file), problem: null, events, eventCounts },
    ...{ from: iso(coverage?.firstMs), to: iso(coverage?.lastMs), inventory: await history.inventory() },
    runs: runs.slice(-mostRuns).map(({ startMs, watchedUntilMs, ended, version }) => ({
      ...{ from: iso(startMs) ?? '', to: iso(watchedUntilMs), ended, version },
    })),
  };
}

function sizeOf(file: string): number | null {
  try {
    return statSync(file).size;
  } catch {
    // Absent, or with a name that no file can have.
    return null;
  }
}

function iso(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString();
}

import type Database from 'better-sqlite3';
import { edgesDuring, shareOverRange } from '../../domain/past/share-over-range';
import { snapshotAt } from '../../domain/past/snapshot-at';
import type { ShareSeries } from '../../domain/model/history';
import type {
  Availability,
  Coverage,
  Gap,
  MonitorRun,
  Series,
  SeriesRequest,
  ShareRequest,
  Span,
  TimeRange,
} from '../../domain/model/history';
import type { StateLane } from '../../domain/model/state-lane';
import type { RecordedEvent } from '../../domain/model/event';
import { allEdges, type Inventory } from '../../domain/inventory/inventory';
import type { Snapshot } from '../../domain/model/snapshot';
import { openReadable } from '../file/open-readable';
import type { EventFilter } from '../model/history';
import { PastOfFile } from './past-of-file';
import { readAvailability } from './read-availability';
import { readEvents, readLastFailovers } from './read-events';
import { noFigures, readFigures } from './read-metrics';
import { InventoryVersions } from './read-inventory';
import { readCoverage, readGaps, readRuns, runAt } from './read-runs';
import { readSeries } from './read-series';
import { readLanes, readSpans } from './read-spans';

/** Which of a cluster's edges: those whose place, counted from 0, leaves `part` when divided by `parts`. */
export interface EdgePart {
  part: number;
  parts: number;
}

/** Answers questions from one open history. Lives in a reader's thread. Each answer is of one moment of the file. */
export class ReaderSession {
  private readonly inventories: InventoryVersions;

  private constructor(private readonly db: Database.Database) {
    this.inventories = new InventoryVersions(db);
  }

  /** Opens the file for reading. Throws a HistoryError when it cannot be read by this Heron. */
  static open(file: string): ReaderSession {
    return new ReaderSession(openReadable(file));
  }

  inventory(): Inventory | null {
    return this.inventories.latest();
  }

  snapshotAt(atMs: number): Snapshot {
    return this.atOneMoment(() => {
      const runs = readRuns(this.db);
      const run = runAt(runs, atMs);
      const inventory = this.inventories.at(atMs);
      const gaps = readGaps(this.db, { fromMs: atMs, toMs: atMs + 1 }, runs);
      const edgeIds = inventory && run ? allEdges(inventory).map(({ id }) => id) : [];
      const figures = edgeIds.length > 0 ? readFigures(this.db, edgeIds, atMs) : noFigures;
      return snapshotAt(new PastOfFile(this.db, { atMs, inventory, run, gaps, figures }));
    });
  }

  events(filter: EventFilter): RecordedEvent[] {
    return readEvents(this.db, filter);
  }

  lastFailovers(): Record<string, RecordedEvent> {
    return readLastFailovers(this.db);
  }

  spans(subjectIds: string[], fromMs: number, toMs: number): Span[] {
    return readSpans(this.db, subjectIds, fromMs, toMs);
  }

  lanes(subjectIds: string[], range: TimeRange): StateLane[] {
    return readLanes(this.db, subjectIds, range);
  }

  series(request: SeriesRequest): Series {
    return this.atOneMoment(() => readSeries(this.db, request));
  }

  share({ clusterId, points, part, parts, ...range }: ShareRequest & EdgePart): ShareSeries | null {
    return this.atOneMoment(() => {
      const all = edgesDuring(this.inventories.during(range), clusterId);
      if (all.length === 0) return null;
      const edges = all.filter((_, place) => place % parts === part);
      const edgeIds = edges.map(({ id }) => id);
      const of = (metric: SeriesRequest['metric']): Series =>
        readSeries(this.db, { edgeIds, metric, points, ...range });
      return shareOverRange(edges, range.toMs, of('proxyInBitsPerSecond'), of('proxyOutBitsPerSecond'));
    });
  }

  availability(subjectIds: string[], range: TimeRange): Availability[] {
    return this.atOneMoment(() => {
      const known = { inventories: this.inventories.during(range), gaps: readGaps(this.db, range) };
      return readAvailability(this.db, subjectIds, range, known);
    });
  }

  gaps(range: TimeRange): Gap[] {
    return this.atOneMoment(() => readGaps(this.db, range));
  }

  runs(): MonitorRun[] {
    return readRuns(this.db);
  }

  coverage(): Coverage | null {
    return readCoverage(this.db);
  }

  close(): void {
    this.db.close();
  }

  /** Several reads in one transaction: the writer goes on meanwhile, and an hour may be sealed. */
  private atOneMoment<T>(read: () => T): T {
    return this.db.transaction(read)();
  }
}

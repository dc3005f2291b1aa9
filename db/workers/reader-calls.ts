import type { Inventory } from '../../domain/inventory/inventory';
import type { ShareSeries } from '../../domain/model/history';
import type { RecordedEvent } from '../../domain/model/event';
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
import type { Snapshot } from '../../domain/model/snapshot';
import type { StateLane } from '../../domain/model/state-lane';
import type { EventFilter } from '../model/history';
import type { EdgePart } from '../query/reader-session';

export interface ReaderCalls {
  inventory: { args: null; result: Inventory | null };
  events: { args: EventFilter; result: RecordedEvent[] };
  lastFailovers: { args: null; result: Record<string, RecordedEvent> };
  spans: { args: { subjectIds: string[]; fromMs: number; toMs: number }; result: Span[] };
  lanes: { args: { subjectIds: string[]; range: TimeRange }; result: StateLane[] };
  series: { args: SeriesRequest; result: Series };
  snapshotAt: { args: { atMs: number }; result: Snapshot };
  /** Of the cluster's edges each `parts`th, from the `part`th on: several threads share the work. */
  share: { args: ShareRequest & EdgePart; result: ShareSeries | null };
  availability: { args: { subjectIds: string[]; range: TimeRange }; result: Availability[] };
  gaps: { args: TimeRange; result: Gap[] };
  runs: { args: null; result: MonitorRun[] };
  coverage: { args: null; result: Coverage | null };
  close: { args: null; result: null };
}

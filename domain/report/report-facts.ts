import type { Incident } from '../model/incident';
import type { Availability, Gap, MonitorRun, Span, TimeRange } from '../model/history';
import type { RecordedEvent } from '../model/event';

/** A cluster, a standalone edge or an edge that a report speaks of. */
export interface ReportSubject {
  id: string;
  name: string;
  /** Of an edge of a cluster: the cluster's name. */
  clusterName: string | null;
}

/** One line of the availability table. */
export interface AvailabilityRow extends Availability {
  name: string;
  clusterName: string | null;
}

/** All that a report says, as data. Times are UTC milliseconds. */
export interface ReportFacts {
  range: TimeRange;
  madeMs: number;
  /** Version of the Heron that made it. */
  madeBy: string;
  /** Names of the files and computers it comes from. */
  file: string;
  runs: readonly MonitorRun[];
  redacted: boolean;
  /** Clusters and standalone edges, in the inventory's order. */
  subjects: readonly ReportSubject[];
  /** Health of each subject over the range. */
  spans: readonly Span[];
  gaps: readonly Gap[];
  availability: readonly AvailabilityRow[];
  incidents: readonly Incident[];
  /** Oldest first. */
  events: readonly RecordedEvent[];
}

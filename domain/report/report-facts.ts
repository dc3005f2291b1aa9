import type { Incident } from '../model/incident';
import type { Availability, Gap, MonitorRun, Span, TimeRange } from '../model/history';
import type { RecordedEvent } from '../model/event';
import type { MonitoredAvailability } from '../past/monitored-availability';

/** A cluster, a standalone edge or an edge in a report. */
export interface ReportSubject {
  id: string;
  name: string;
  /** The name of the cluster, for an edge of a cluster. */
  clusterName: string | null;
}

/** One line of the availability table. */
export interface AvailabilityRow extends Availability {
  name: string;
  clusterName: string | null;
  monitored: MonitoredAvailability;
}

/** The verdict on the file that a report was made from. */
export interface ReportProof {
  /** "VERIFIED", "VERIFIED UP TO 2026-11-30T02:00:00.000Z", "UNSIGNED". */
  head: string;
  sentence: string;
  /** UTC; what the report shows of later times is not proven. Null: the verdict names no such moment. */
  upToMs: number | null;
}

/** The content of a report as data. Times are UTC milliseconds. */
export interface ReportFacts {
  range: TimeRange;
  /** Version of Heron that created it. */
  madeBy: string;
  /** Name of the file it was created from. */
  file: string;
  runs: readonly MonitorRun[];
  redacted: boolean;
  proof: ReportProof;
  /** Clusters and standalone edges, in the inventory's order. */
  subjects: readonly ReportSubject[];
  /** Health of each subject over the range. */
  spans: readonly Span[];
  gaps: readonly Gap[];
  availability: readonly AvailabilityRow[];
  /** The part of the range that the file covers, for which availability is given; null: none. */
  covered: TimeRange | null;
  incidents: readonly Incident[];
  /** Oldest first. */
  events: readonly RecordedEvent[];
}

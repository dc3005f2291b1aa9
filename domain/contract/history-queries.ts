import { z } from 'zod';
import { recordedEventSchema } from '../model/event';
import {
  coverageSchema,
  eventFilterSchema,
  gapSchema,
  monitorRunSchema,
  rangeSchema,
  seriesRequestSchema,
  seriesSchema,
  shareRequestSchema,
  shareSeriesSchema,
  spanSchema,
} from '../model/history';
import { metricHistoryRequestSchema, metricHistorySchema } from '../model/metric-history';
import { momentSchema } from '../model/moment';
import { incidentCountsSchema, incidentSearchSchema } from '../incidents/count-incidents';
import { monthMetricsSchema } from '../incidents/metrics-by-month';
import { incidentPageSearchSchema, measuredPageSchema } from '../incidents/search-incidents';
import { snapshotSchema } from '../model/snapshot';
import { recordedOutageSchema } from '../past/recorded-outage';
import { stateLaneSchema } from '../model/state-lane';

export { sourcePastQueries } from './source-past';

const nothing = z.void();
/** As many points as a chart has room for. */
const points = z.number().int().min(1).max(4000);
/** Clusters and edges by id, over a range. */
const subjectsInRange = rangeSchema.extend({ subjectIds: z.array(z.string()).max(20_000) });

/**
 * The history queries that the window may send. `history.NAME` calls the query NAME of `HistoryReadable` with the same
 * arguments, so a new one needs no handler.
 */
export const historyQueries = {
  /** All states at one instant of the past. */
  'history.snapshotAt': { args: z.object({ atMs: momentSchema }), result: snapshotSchema },
  'history.events': { args: eventFilterSchema, result: z.array(recordedEventSchema) },
  'history.lanes': { args: subjectsInRange, result: z.array(stateLaneSchema) },
  'history.spans': { args: subjectsInRange, result: z.array(spanSchema) },
  'history.series': { args: seriesRequestSchema.extend({ points }), result: seriesSchema },
  /** Null: the history knows no such cluster in the range. */
  'history.share': { args: shareRequestSchema.extend({ points }), result: shareSeriesSchema.nullable() },
  /** Null: the history knows no such edge in the range. */
  'history.metricHistory': {
    args: metricHistoryRequestSchema.extend({ points }),
    result: metricHistorySchema.nullable(),
  },
  'history.incidentCounts': { args: incidentSearchSchema, result: incidentCountsSchema },
  /** The latest incidents of the whole history that match. */
  'history.incidents': { args: incidentPageSearchSchema, result: measuredPageSchema },
  'history.incidentMonths': { args: incidentSearchSchema, result: z.array(monthMetricsSchema) },
  /** The times without an active LB or a serving edge, which incidents, availability and reports count. */
  'history.outages': {
    args: rangeSchema.extend({ clusterIds: z.array(z.string()).max(20_000) }),
    result: z.array(recordedOutageSchema),
  },
  'history.gaps': { args: rangeSchema, result: z.array(gapSchema) },
  'history.runs': { args: nothing, result: z.array(monitorRunSchema) },
  /** From the first to the last monitored moment; null: nothing was monitored. */
  'history.coverage': { args: nothing, result: coverageSchema.nullable() },
};

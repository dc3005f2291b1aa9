import type { SeriesRequest } from '../../domain/model/history';
import type { SeriesSteps } from './series-steps';
import type { SeriesTable } from './series-table';

/** What a series is being put together from. */
export interface SeriesDraft {
  request: SeriesRequest;
  steps: SeriesSteps;
  /** By edge id, for the edges that the history knows. */
  tables: ReadonlyMap<string, SeriesTable>;
}

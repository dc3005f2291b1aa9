import { systemClock, type Clock } from '../../monitor/base/clock';
import { EdgeReader, type EdgeReaderParts } from '../../monitor/poll/edge-reader';
import type { EdgeSource } from '../../monitor/poll/edge-source';

/** What the app polls with, and how often. A benchmark puts another network and a faster clock in the place of the usual ones. */
export interface PollingMeans {
  clock: Clock;
  healthIntervalMs: number;
  roleIntervalMs: number;
  readerOf(parts: EdgeReaderParts): EdgeSource & Pick<EdgeReader, 'engineOf'>;
}

export const usualMeans: PollingMeans = {
  clock: systemClock,
  healthIntervalMs: 5_000,
  roleIntervalMs: 1_000,
  readerOf: (parts) => new EdgeReader(parts),
};

import type { Sample } from '../model/history-batch';
import { quantized } from './quantize';

/** The numeric fields of a sample: the metrics of a series. */
export type Metric = Exclude<keyof Sample, 'edgeId' | 'atMs' | 'answered'>;

interface Scale {
  /** The column that stores it, named with the stored unit. */
  column: string;
  /** Stored units per unit of the metric. */
  perUnit: number;
}

/**
 * How each metric is stored: as a whole number of `1 / perUnit` of its unit. Percentages keep the agents' own resolution
 * (hundredths), latency microseconds, rates whole bits per second; larger numbers to 0.1 % (quantize.ts). The order is
 * the order of the columns.
 */
export const scales: Record<Metric, Scale> = {
  latencyMs: { column: 'latency_us', perUnit: 1000 },
  cpuPercent: { column: 'cpu_centipercent', perUnit: 100 },
  swapPercent: { column: 'swap_centipercent', perUnit: 100 },
  sessions: { column: 'sessions', perUnit: 1 },
  proxyInBitsPerSecond: { column: 'proxy_in_bps', perUnit: 1 },
  proxyOutBitsPerSecond: { column: 'proxy_out_bps', perUnit: 1 },
  lbInBitsPerSecond: { column: 'lb_in_bps', perUnit: 1 },
  lbOutBitsPerSecond: { column: 'lb_out_bps', perUnit: 1 },
};

export const metrics = Object.keys(scales) as Metric[];

/**
 * A value as it is stored: rounded to the stored unit and resolution; null stays null. Throws a RangeError on a number that is
 * negative, not finite, or not a safe integer in the stored unit: no reading is like that, so the fault is upstream.
 */
export function toStored(metric: Metric, value: number | null): number | null {
  if (value === null) return null;
  const stored = Math.round(value * scales[metric].perUnit);
  if (!Number.isSafeInteger(stored) || stored < 0) {
    throw new RangeError(`${metric} is ${String(value)}, which no reading can be`);
  }
  return quantized(stored);
}

/** A stored whole number (or an average of such) in the metric's own unit. */
export function fromStored(metric: Metric, stored: number | null): number | null {
  return stored === null ? null : stored / scales[metric].perUnit;
}

import { z } from 'zod';
import { hostSchema } from '../inventory/inventory-text';

/** Where metrics are offered. Port 0: any free one. */
export interface MetricsAddress {
  host: string;
  port: number;
}

/** Not assigned to another exporter in Prometheus' list of default ports. */
export const defaultMetricsPort = 9745;

/** `HOST:PORT`, `[IPv6]:PORT`, or a port on this computer alone. */
export const metricsAddressSchema = z
  .string()
  .max(300)
  .transform((text, context): MetricsAddress => {
    const [, bracketed, plain, portText] =
      /^(?:(?:\[([^\]]+)\]|([^:]*)):)?(\d{1,5})$/.exec(text.trim()) ?? [];
    const host = bracketed ?? (plain === undefined || plain === '' ? '127.0.0.1' : plain);
    const port = Number(portText ?? NaN);
    if (!(port <= 65_535) || !hostSchema.safeParse(host).success) {
      context.addIssue({ code: 'custom', message: 'must be an address such as 127.0.0.1:9745, or a port' });
      return z.NEVER;
    }
    return { host, port };
  });

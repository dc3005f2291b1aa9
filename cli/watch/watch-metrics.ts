import { RequestRefused } from '../../domain/contract/request-refused';
import { systemClock } from '../../monitor/base/clock';
import { startMetricsServer, type MetricsServer } from '../../monitor/metrics/metrics-server';
import type { MonitorMetrics } from '../../monitor/metrics/monitor-metrics';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';
import type { WatchOptions } from './watch-options';

/** Offers the metrics of a run. @throws RequestRefused */
export async function offerMetrics(
  { address, tokenFrom }: NonNullable<WatchOptions['metrics']>,
  metrics: MonitorMetrics,
  secrets: SecretResolver,
): Promise<MetricsServer> {
  const token = tokenFrom === null ? null : await secrets.resolve({ env: tokenFrom });
  if (token?.found === false)
    throw new RequestRefused({
      what: `The token of the metrics is missing: ${token.words}.`,
      where: '--metrics-token',
      todo: 'Set it, and start again.',
    });
  return startMetricsServer({
    address,
    token: token?.value ?? null,
    monotonicMs: () => systemClock.monotonicMs(),
    metrics: () => metrics.read(),
  });
}

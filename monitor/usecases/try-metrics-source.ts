import type { SourceTrial } from '../../domain/contract/inventory-contract';
import { RequestRefused } from '../../domain/contract/request-refused';
import type { MetricsSource } from '../../domain/inventory/metrics-source';
import { systemClock } from '../base/clock';
import { PrometheusApi } from '../prometheus/api';
import { MetricsFailure } from '../prometheus/metrics-failure';
import { trySource } from '../prometheus/try-source';
import type { SecretResolver } from '../secrets/secret-resolver';

/** Asks a metrics engine once, over connections of its own: monitoring is not affected. @throws RequestRefused with what to do */
export async function tryMetricsSource(
  source: MetricsSource,
  edges: readonly string[],
  secrets: SecretResolver,
): Promise<SourceTrial> {
  const api = new PrometheusApi(source, secrets);
  try {
    return await trySource(source.job, edges, { api, clock: systemClock });
  } catch (fault) {
    if (!(fault instanceof MetricsFailure)) throw fault;
    const { what, where, todo } = fault;
    throw new RequestRefused({ what, where, todo });
  } finally {
    await api.close();
  }
}

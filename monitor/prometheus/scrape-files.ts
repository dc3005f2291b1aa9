import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { edgeEntries, snmpTarget } from '../../domain/inventory/inventory-entries';
import { defaultScrapeIntervalMs, defaultScrapeJob, sourceOf } from '../../domain/inventory/metrics-source';
import { recordingRules } from './recording-rules';
import { moduleName, scrapeTimeoutSeconds, snmpModule } from './snmp-module';
import { toYaml } from './yaml';

/** Where the exporter listens by default. */
const exporterAddress = '127.0.0.1:9116';

/** What `heron inventory prometheus` writes, by file name. */
export interface ScrapeFiles {
  'heron-targets.json': string;
  'heron-scrape.yml': string;
  'snmp.yml': string;
  'heron-recording.yml': string;
}

interface Options {
  /** Only what is read through this source; null: all edges with an SNMP agent. */
  source: string | null;
  /** `host:port` of the exporter. */
  exporter: string;
}

/** The files by which Prometheus and snmp_exporter scrape the edges of an inventory. */
export function scrapeFiles(
  file: InventoryFile,
  { source, exporter }: Options = { source: null, exporter: exporterAddress },
): ScrapeFiles {
  const entries = edgeEntries(file).filter(({ edge, cluster }) => {
    if (edge.status === 'disabled' || cluster?.status === 'disabled' || !edge.snmp) return false;
    return source === null || sourceOf(cluster ?? edge, file.sources)?.name === source;
  });
  const used = new Set(entries.map(({ edge }) => edge.snmp?.credential));
  const chosen = file.sources?.find(({ name }) => name === source);
  const intervalMs = chosen?.scrapeIntervalMs ?? defaultScrapeIntervalMs;
  const targets = entries.flatMap(({ edge, cluster }) => {
    const target = snmpTarget(edge);
    if (target === null || !edge.snmp) return [];
    const labels = {
      edge: edge.name,
      ...(cluster ? { cluster: cluster.name } : {}),
      ...(cluster?.site === undefined ? {} : { site: cluster.site }),
      __param_module: moduleName(edge.snmp.credential),
    };
    return [{ targets: [target], labels }];
  });
  const credentials = file.credentials.filter(({ name }) => used.has(name));
  const modules = credentials.map((credential) => [moduleName(credential.name), snmpModule(credential)]);
  return {
    'heron-targets.json': `${JSON.stringify(targets, null, 2)}\n`,
    'heron-scrape.yml': toYaml({
      scrape_configs: [scrapeConfig(chosen?.job ?? defaultScrapeJob, intervalMs, exporter)],
    }),
    'snmp.yml': toYaml(Object.fromEntries(modules)),
    'heron-recording.yml': toYaml(recordingRules()),
  };
}

/** Everything edges answer is labelled by the target: `edge`, `cluster` and `site` are those of the inventory. */
function scrapeConfig(job: string, intervalMs: number, exporter: string): Record<string, unknown> {
  return {
    job_name: job,
    metrics_path: '/snmp',
    scrape_interval: `${intervalMs}ms`,
    scrape_timeout: `${scrapeTimeoutSeconds(intervalMs)}s`,
    file_sd_configs: [{ files: ['heron-targets.json'] }],
    relabel_configs: [
      { source_labels: ['__address__'], target_label: '__param_target' },
      { source_labels: ['__param_target'], target_label: 'instance' },
      { target_label: '__address__', replacement: exporter },
    ],
    metric_relabel_configs: [{ source_labels: ['__name__'], regex: 'snmp_scrape_.*', action: 'drop' }],
  };
}

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Sample } from '../../../monitor/prometheus/api';
import { exportedSamples } from '../../fixtures/prometheus/exported';
import { parseWalk } from '../../fixtures/walks/read-walk';

export const edgesPerCluster = 10;
/** Benchmarks run bundled, in the root of the checkout. */
const walkFile = path.join('test', 'fixtures', 'walks', 'vendor-edge.snmpwalk');

export interface FleetEdge {
  edge: string;
  cluster: string;
  /** 0 to 9 within its cluster: the first one has the active LB. */
  place: number;
}

export function fleetEdges(count: number): FleetEdge[] {
  return Array.from({ length: count }, (_, at) => {
    const cluster = `cluster-${String(Math.floor(at / edgesPerCluster)).padStart(4, '0')}`;
    const place = at % edgesPerCluster;
    return { edge: `${cluster}-${place}`, cluster, place };
  });
}

/**
 * A Prometheus data folder in `folder/data`, made by promtool, with scrapes of each edge at these times: everything that snmp_exporter makes of
 * the recorded walk of a vendor's edge, whose values are those of the first scrape throughout. Returns the number of series.
 */
export async function writeFleetBlocks(
  folder: string,
  edges: readonly FleetEdge[],
  scrapesMs: readonly number[],
): Promise<number> {
  const file = path.join(folder, 'fleet.om');
  const text = createWriteStream(file);
  const samples = exportedSamples(parseWalk(readFileSync(walkFile, 'utf8')), '');
  let series = 0;
  for (const one of edges) {
    const [firstMs = 0, ...laterMs] = scrapesMs;
    const own = edgeSamples(samples, one);
    const lines = own.map((sample) => lineOf(sample, one, firstMs));
    const [up] = own;
    if (up) lines.push(...laterMs.map((atMs) => lineOf(up, one, atMs)));
    series += own.length;
    if (!text.write(lines.join(''))) await once(text, 'drain');
  }
  text.end('# EOF\n');
  await once(text, 'finish');
  importBlocks(file, folder);
  rmSync(file);
  return series;
}

/** Makes blocks of an OpenMetrics file, beside those that are there. */
export function importBlocks(file: string, folder: string, more: readonly string[] = []): void {
  const args = ['tsdb', 'create-blocks-from', ...more, 'openmetrics', file, path.join(folder, 'data')];
  execFileSync('promtool', args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

function edgeSamples(samples: readonly Sample[], { place }: FleetEdge): Sample[] {
  return [
    { labels: { __name__: 'up' }, value: 1 },
    { labels: { __name__: 'scrape_duration_seconds' }, value: 0.05 + place / 100 },
    ...samples.map((sample) => {
      const name = sample.labels['__name__'] ?? '';
      if (name === 'heron_snmp_carp_mib_state') return { ...sample, value: place === 0 ? 2 : 1 };
      if (!name.includes('carp_extend_') || name.endsWith('seconds')) return sample;
      const words = `carp: ${place === 0 ? 'MASTER' : 'BACKUP'} vhid 1 advbase 1 advskew ${place * 10}`;
      return { ...sample, labels: { ...sample.labels, [name]: words } };
    }),
  ];
}

function lineOf({ labels, value }: Sample, { edge, cluster }: FleetEdge, atMs: number): string {
  const { __name__: name = '', ...own } = labels;
  const all = { job: 'heron-edges', instance: `${edge}:161`, ...own, edge, cluster };
  const text = Object.entries(all).map(([label, words]) => `${label}=${JSON.stringify(words)}`);
  return `${name}{${text.join(',')}} ${value} ${(atMs / 1000).toFixed(3)}\n`;
}

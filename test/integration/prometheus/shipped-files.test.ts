import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import { columns } from '../../../monitor/prometheus/columns';
import { scrapeFiles } from '../../../monitor/prometheus/scrape-files';
import { dashboard, dashboardSchema } from '../../fixtures/prometheus/dashboard';
import { hasProgram, startExporter, whyEnginesAreMissing } from '../../fixtures/prometheus/engines';

const folder = path.resolve(import.meta.dirname, '../../../build/prometheus');
const shipped = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
const example = inventoryFileSchema.parse(JSON.parse(shipped('inventory.example.json')));
const files = scrapeFiles(example, { source: null, exporter: '127.0.0.1:9116' });

const hasTools = hasProgram('promtool') && hasProgram('prometheus-snmp-exporter');
if (!hasTools) process.stderr.write(whyEnginesAreMissing);

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((made) => rmSync(made, { recursive: true })));

describe('build/prometheus', () => {
  it.each(['snmp.yml', 'heron-recording.yml'] as const)('has the %s of the example inventory', (name) => {
    expect(shipped(name)).toBe(files[name]);
  });

  it('names each object once, and no password', () => {
    expect(new Set(columns.map(({ metric }) => metric)).size).toBe(columns.length);
    expect(new Set(columns.map(({ oid }) => oid)).size).toBe(columns.length);
    expect(shipped('snmp.yml').match(/password: .*/g)).toEqual([
      "password: '${HERON_EDGES_AUTH}'",
      "password: '${HERON_EDGES_PRIV}'",
    ]);
  });

  it('has a dashboard of Grafana’s form, whose panels do not overlap', () => {
    const { panels } = dashboardSchema.parse(dashboard);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it('names only metrics that the module makes', () => {
    const known = new Set(columns.map(({ metric }) => metric));
    const used = ['heron-recording.yml', 'heron-edges-dashboard.json'].flatMap(
      (name) => shipped(name).match(/heron_snmp_\w+/g) ?? [],
    );
    expect([...new Set(used)].filter((metric) => !known.has(metric))).toEqual([]);
  });

  it.skipIf(!hasTools)('is what promtool and the exporter of Debian accept', async () => {
    execFileSync('promtool', ['test', 'rules', path.join(folder, 'heron-recording.test.yml')]);
    const made = mkdtempSync(path.join(os.tmpdir(), 'heron-scrape-'));
    folders.push(made);
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(made, name), text);
    const config = path.join(made, 'prometheus.yml');
    writeFileSync(config, `rule_files: [heron-recording.yml]\n${files['heron-scrape.yml']}`);
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'config', config], {
      encoding: 'utf8',
    });
    expect([status, stderr, stdout]).toEqual([0, '', expect.stringMatching(/17 rules found/)]);
    const exporter = await startExporter(files['snmp.yml'], {
      HERON_EDGES_AUTH: 'a-password',
      HERON_EDGES_PRIV: 'a-password',
    });
    await exporter.stop();
  });
});

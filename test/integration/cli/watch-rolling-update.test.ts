import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RunningHeron } from './running-heron';

let folder = '';
let demo: RunningHeron;
let heron: RunningHeron | null = null;
let fault: (body: object) => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'));
  const place = ['--dir', path.join(folder, 'demo')];
  demo = new RunningHeron(['demo', '--clusters', '1', '--script', 'none', ...place]);
  const ready = await demo.line('demo-ready', ({ type }) => type === 'demo-ready', 60_000);
  const { url, tokenFile } = ready['control'] as { url: string; tokenFile: string };
  const authorization = `Bearer ${readFileSync(tokenFile, 'utf8')}`;
  fault = async (body) => {
    const asked = { method: 'POST', headers: { authorization }, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/faults`, asked);
    if (!answer.ok) throw new Error(`POST /faults: ${answer.status} ${await answer.text()}`);
  };
});
afterAll(async () => {
  await Promise.all([demo.kill(), heron?.kill()]);
  rmSync(folder, { recursive: true, force: true });
});

it('heron watch recognises a rolling update as one when the second edge is back', async () => {
  const inventory = path.join(folder, 'demo', 'inventory.json');
  heron = new RunningHeron(['watch', '--inventory', inventory, '--health-interval', '2']);
  const up = await heron.line(
    'a cluster that is up',
    ({ type, to }) => type === 'cluster-state' && to === 'up',
    30_000,
  );
  await fault({ kind: 'rolling-update', cluster: up['cluster'], forSeconds: 8 });
  const update = await heron.line(
    'a rolling update',
    (line) => line.type === 'finding' && (line['reason'] as { code: string }).code === 'rolling-update',
    90_000,
  );
  expect(update).toMatchObject({ cluster: up['cluster'], edge: null });
  const absences = update['absences'] as { edge: string; from: string; to: string }[];
  expect(absences).toHaveLength(2);
  const [first, second] = absences;
  expect(Date.parse(first!.to)).toBeLessThan(Date.parse(second!.from));
  const downs = heron.lines.filter(({ type, to }) => type === 'edge-state' && to === 'down');
  expect(downs.map(({ edge }) => edge)).toEqual(absences.map(({ edge }) => edge));
}, 150_000);

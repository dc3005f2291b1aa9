import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import { waitFor } from '../../lab/edge';
import { processesNaming } from '../../lab/processes';
import { readRecords } from '../../lab/record';
import { leftoversOf } from '../../lab/teardown';
import { skipWithoutLab } from './running-lab';

const command = fileURLToPath(new URL('../../lab/lab.mjs', import.meta.url));

function lab(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: status, stdout, stderr };
}

describe('the lab command', () => {
  let folder = '';
  skipWithoutLab();
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'heron-lab-test-'));
  });
  afterEach(() => {
    for (const record of ours()) lab('down', '--lab', String(record.id));
    rmSync(folder, { recursive: true, force: true });
  });
  const ours = (): ReturnType<typeof readRecords> =>
    readRecords().filter((record) => record.folder === folder);

  it('brings up a lab that outlives it, with an inventory, and takes it down', async () => {
    const up = lab('up', '--edges', '2', '--dir', folder);
    expect(up).toMatchObject({ code: 0, stdout: expect.stringMatching(/^export HERON_LAB_AUTH=\w{16}\n/) });
    const [record] = ours();
    const id = String(record!.id);
    const inventory = inventoryFileSchema.parse(
      JSON.parse(readFileSync(path.join(folder, 'inventory.json'), 'utf8')),
    );
    expect(inventory.clusters[0]!.edges).toHaveLength(2);
    expect(lab('status', '--lab', id).stdout).toMatch(
      /lab-c1-e1 {2}master {2}ok\n {2}lab-c1-e2 {2}backup {2}ok\n$/,
    );
    const lines = lab('truth', '--lab', id).stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({ edge: 'lab-c1-e1', role: 'master' }),
    );
    expect(lab('down', '--lab', id)).toMatchObject({ code: 0, stderr: expect.stringContaining('is down') });
    expect(await leftoversOf(record!.id)).toEqual({ namespaces: [], interfaces: [], routes: [] });
  }, 90_000);

  it('is cleaned up after a crash by the next command', async () => {
    const up = spawn(process.execPath, [command, 'up', '--edges', '2', '--dir', folder], { stdio: 'ignore' });
    await waitFor(() => processesNaming(folder).length > 2, 30_000, 'nothing runs');
    up.kill('SIGKILL');
    const [record] = ours();
    await waitFor(() => up.signalCode !== null, 5000, 'it was not killed');
    expect(lab('down', '--stale').stderr).toContain(`Removed stale: lab ${record!.id}`);
    expect(await leftoversOf(record!.id)).toEqual({ namespaces: [], interfaces: [], routes: [] });
    expect(processesNaming(folder)).toEqual([]);
  }, 90_000);

  it('says what is wrong with what it was asked', () => {
    expect(lab('up', '--edges', '17')).toMatchObject({ code: 1, stderr: expect.stringContaining('edges') });
    expect(lab('up', '--edges', 'many').stderr).toContain('--edges wants a whole number');
    expect(lab('fault', 'earthquake').stderr).toContain('fault wants one of lb-dies');
    expect(lab('sideways').stderr).toContain('No command "sideways"');
  }, 60_000);

  it('says plainly that it needs root', () => {
    const asNobody = spawnSync(
      'setpriv',
      // The checkout may lie in a folder that is root's alone: nobody may read here, and is still not root.
      [
        '--reuid=65534',
        '--clear-groups',
        '--inh-caps=+dac_read_search',
        '--ambient-caps=+dac_read_search',
        process.execPath,
        command,
        'status',
      ],
      {
        encoding: 'utf8',
      },
    );
    expect(asNobody).toMatchObject({ status: 1, stderr: expect.stringContaining('The lab needs root') });
  });
});

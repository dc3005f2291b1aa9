import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SnapshotChange } from '../../../../domain/contract/contract';
import { inventoryFileSchema, type InventoryFile } from '../../../../domain/inventory/inventory-file';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import type { ClusterView, Snapshot } from '../../../../domain/model/snapshot';
import { Watching, type WatchingParts } from '../../../../electron/session/monitor-session';
import { FakeHistory } from '../../../fixtures/history/fake-history';

/** A history that writes down when it is opened, closed and used. */
class NotedHistory extends FakeHistory {
  constructor(
    private readonly name: string,
    private readonly notes: string[],
  ) {
    super();
    notes.push(`open ${name}`);
  }
  override async close(): Promise<void> {
    this.notes.push(`close ${this.name}`);
    await super.close();
  }
}

const inventory = (name: string): InventoryFile =>
  inventoryFileSchema.parse({
    clusters: [
      {
        name,
        clusterIp: '10.0.0.10',
        subnetMask: '255.255.255.0',
        defaultGateway: '10.0.0.1',
        edges: [{ name: `${name}-1`, proxyIp: '10.0.0.11', lbIp: '10.0.0.51' }],
      },
    ],
  });

let folder: string;
let notes: string[];
let shown: string[][];
let moves: number;
let opened: [file: string, mode: string][];
let stored: Map<string, NotedHistory>;
let pollingFails: boolean;
let loseDemo: (code: number) => void;
let watching: Watching;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-watching-'));
  [notes, shown, moves, stored, pollingFails] = [[], [], 0, new Map(), false];
  opened = [];
  const demoFile = path.join(folder, 'demo.json');
  writeFileSync(demoFile, JSON.stringify(inventory('demo')));
  const parts: WatchingParts = {
    nowMs: () => 0,
    openHistory(file, mode) {
      opened.push([path.basename(file), mode]);
      const history = new NotedHistory(path.basename(file), notes);
      writeFileSync(file, '');
      const kept = stored.get(file);
      stored.set(file, history);
      return Promise.resolve(kept ?? history);
    },
    startDemo(onLost) {
      notes.push('start demo');
      loseDemo = onLost;
      return Promise.resolve({
        inventoryFile: demoFile,
        stop: () => {
          notes.push('stop demo');
          return Promise.resolve();
        },
      });
    },
    startPolling(watched) {
      if (pollingFails) return Promise.reject(new Error('no sockets'));
      const names = watched.clusters.map(({ name }) => name);
      notes.push(`poll ${names.join()}`);
      const clusters = names.map((id) => ({ id }) as Partial<ClusterView> as ClusterView);
      return Promise.resolve({
        pipeline: {
          snapshot: () => ({ clusters }) as Partial<Snapshot> as Snapshot,
          acknowledge: () => true,
          note: () => Promise.resolve(null),
          onChange: (_listener: (change: SnapshotChange) => void) => () => undefined,
        },
        take: (next) => {
          notes.push(`take ${next.clusters.map(({ name }) => name).join()}`);
          return Promise.resolve();
        },
        forgetSessions: () => undefined,
        stop: () => {
          notes.push(`end ${names.join()}`);
          return Promise.resolve();
        },
      });
    },
  };
  watching = new Watching(
    folder,
    parts,
    { replace: ({ clusters }) => shown.push(clusters.map(({ id }) => id)), update: () => undefined },
    { demoLost: (code) => notes.push(`lost ${code}`), movedToOtherHistory: () => (moves += 1) },
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what is watched', () => {
  it('is the demo fleet when nothing is stored, in a history of its own', async () => {
    await watching.startStored();
    expect(notes).toEqual(['open demo-history.sqlite', 'start demo', 'poll demo']);
    expect(await watching.now()).toMatchObject({ mode: 'demo', source: 'demo fleet' });
    expect(shown).toEqual([['demo']]);
  });

  it('is the stored inventory when there is one', async () => {
    await watching.startInventory(inventory('own'), 'own.json');
    await watching.stop();
    notes.length = 0;
    await watching.startStored();
    expect(notes).toContain('poll own');
    expect(notes).not.toContain('start demo');
  });

  it('opens each history as the mode’s, whatever its file is named', async () => {
    await watching.startDemo();
    mkdirSync(path.join(folder, 'elsewhere'));
    watching.files.choose(path.join(folder, 'elsewhere', 'demo-history.sqlite'));
    await watching.startInventory(inventory('own'), 'own.json');
    expect(opened).toEqual([
      ['demo-history.sqlite', 'demo'],
      ['demo-history.sqlite', 'inventory'],
    ]);
  });

  it('changes from demo to inventory: polling ends before the demo, the demo before its history', async () => {
    await watching.startDemo();
    notes.length = 0;
    await watching.startInventory(inventory('own'), 'own.json');
    expect(notes).toEqual([
      'open history.sqlite',
      'end demo',
      'stop demo',
      'close demo-history.sqlite',
      'poll own',
    ]);
    expect(shown).toEqual([['demo'], ['own']]);
    expect(moves).toBe(1);
  });

  it('goes on with the same pipeline and history when another inventory is taken in', async () => {
    await watching.startInventory(inventory('old'), 'old.json');
    notes.length = 0;
    await watching.startInventory(inventory('new'), 'new.json');
    expect(notes).toEqual(['take new']);
    expect(moves).toBe(0);
    expect((await watching.storedInventory())?.clusters.map(({ name }) => name)).toEqual(['new']);
    expect(await watching.now()).toMatchObject({ source: 'new.json' });
  });

  it('changes what is watched in place; the demo’s own inventory too', async () => {
    await watching.startDemo();
    notes.length = 0;
    const { clusters, ...rest } = (await watching.now()).inventory;
    await watching.replaceInventory('watched', { ...rest, clusters: [] });
    expect(notes).toEqual(['take ']);
    expect((await watching.now()).inventory.clusters).toEqual([]);
    expect(clusters).toHaveLength(1);
    expect(await watching.storedInventory()).toBeNull();
  });

  it('leaves the demo fleet for one’s own inventory as soon as there is something in it', async () => {
    await watching.startDemo();
    notes.length = 0;
    await watching.replaceInventory('own', identifyInventory(inventory('own'), null));
    expect(notes).toEqual([
      'open history.sqlite',
      'end demo',
      'stop demo',
      'close demo-history.sqlite',
      'poll own',
    ]);
    expect(await watching.mode()).toBe('inventory');
  });

  it('leaves no history open when polling cannot start', async () => {
    await watching.startDemo();
    pollingFails = true;
    await expect(watching.startInventory(inventory('new'), 'new.json')).rejects.toThrow('no sockets');
    expect(notes.at(-1)).toBe('close history.sqlite');
    await expect(watching.now()).rejects.toThrow('Nothing is watched.');
  });

  it('stops the demo again when its edges cannot be polled', async () => {
    pollingFails = true;
    await expect(watching.startDemo()).rejects.toThrow('no sockets');
    expect(notes).toEqual([
      'open demo-history.sqlite',
      'start demo',
      'stop demo',
      'close demo-history.sqlite',
    ]);
  });

  it('starts the demo again only when it was lost', async () => {
    await watching.startDemo();
    await watching.startDemo();
    expect(notes.filter((note) => note === 'start demo')).toHaveLength(1);
    loseDemo(139);
    await watching.startDemo();
    expect(notes.filter((note) => note === 'start demo')).toHaveLength(2);
    expect(notes).toContain('lost 139');
    expect(notes.filter((note) => note.startsWith('open'))).toHaveLength(1);
  });

  it('does one thing after the other, however fast they are asked for', async () => {
    await Promise.all([
      watching.startDemo(),
      watching.startInventory(inventory('own'), 'own.json'),
      watching.startDemo(),
      watching.stop(),
    ]);
    expect(shown).toEqual([['demo'], ['own'], ['demo']]);
    expect(notes.slice(-3)).toEqual(['end demo', 'stop demo', 'close demo-history.sqlite']);
  });
});

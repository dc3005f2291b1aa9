import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SnapshotChange } from '../../../../domain/contract/contract';
import { inventoryFileSchema, type InventoryFile } from '../../../../domain/inventory/inventory-file';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import type { ClusterView, Snapshot } from '../../../../domain/model/snapshot';
import { noAlerts } from '../../../../monitor/alerts/no-alerts';
import { MonitorSession, type SessionDependencies } from '../../../../monitor/usecases/monitor-session';
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
let monitorFails: boolean;
let loseDemo: (code: number) => void;
let session: MonitorSession;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-session-'));
  [notes, shown, moves, stored, monitorFails] = [[], [], 0, new Map(), false];
  opened = [];
  const demoFile = path.join(folder, 'demo.json');
  writeFileSync(demoFile, JSON.stringify(inventory('demo')));
  const dependencies: SessionDependencies = {
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
        stopActiveLb: () => Promise.resolve(),
        stop: () => {
          notes.push('stop demo');
          return Promise.resolve();
        },
      });
    },
    startMonitor(monitored) {
      if (monitorFails) return Promise.reject(new Error('no sockets'));
      const names = monitored.clusters.map(({ name }) => name);
      notes.push(`poll ${names.join()}`);
      const clusters = names.map((id) => ({ id }) as Partial<ClusterView> as ClusterView);
      return Promise.resolve({
        snapshot: () => ({ clusters }) as Partial<Snapshot> as Snapshot,
        acknowledge: () => true,
        pollAll: () => null,
        recordNote: () => Promise.resolve(null),
        maintenancePlan: () => [],
        decideMaintenance: () => Promise.resolve(null),
        edgeTrack: () => null,
        onChange: (_listener: (change: SnapshotChange) => void) => () => undefined,
        applyInventory: (next) => {
          notes.push(`apply ${next.clusters.map(({ name }) => name).join()}`);
          return Promise.resolve();
        },
        alerts: noAlerts({ nowMs: () => 0 }),
        resetSessions: () => undefined,
        counts: () => ({ polls: 12, answered: 11, tookMs: 0 }),
        computerSleeps: (isSuspended) => notes.push(`sleeps: ${isSuspended}`),
        recordFinding: ({ reason }) => notes.push(`finding: ${reason.fact}`),
        recordFault: (words, ends) => notes.push(`fault: ${words}, ${ends ? 'ends' : 'goes on'}`),
        endOfSource: (words) => notes.push(`ended: ${words}`),
        stop: () => {
          notes.push(`end ${names.join()}`);
          return Promise.resolve();
        },
      });
    },
  };
  session = new MonitorSession(
    folder,
    dependencies,
    { replace: ({ clusters }) => shown.push(clusters.map(({ id }) => id)), update: () => undefined },
    {
      demoLost: (code) => notes.push(`lost ${code}`),
      historyChanged: () => (moves += 1),
      alertsChanged: () => undefined,
      alertNotice: () => undefined,
      inventoryChanged: () => undefined,
    },
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a monitor session', () => {
  it('starts the demo fleet when nothing is stored, with its own history file', async () => {
    await session.startStored();
    expect(notes).toEqual(['open demo-history.sqlite', 'start demo', 'poll demo']);
    expect(await session.current()).toMatchObject({ mode: 'demo', source: 'demo fleet' });
    expect(shown).toEqual([['demo']]);
  });

  it('starts the stored inventory when there is one', async () => {
    await session.startInventory(inventory('own'), 'own.json');
    await session.stop();
    notes.length = 0;
    await session.startStored();
    expect(notes).toContain('poll own');
    expect(notes).not.toContain('start demo');
  });

  it('monitors nothing, and no demo fleet, when none is stored and the demo was not asked for', async () => {
    await session.startStoredOrEmpty();
    expect(await session.current()).toMatchObject({ mode: 'inventory', inventory: { clusters: [] } });
    expect(notes).not.toContain('start demo');
    await session.stop();
    expect(await session.storedInventory()).toBeNull();
  });

  it('opens each history with the mode it is used for, whatever its file is named', async () => {
    await session.startDemo();
    mkdirSync(path.join(folder, 'elsewhere'));
    session.files.choose(path.join(folder, 'elsewhere', 'demo-history.sqlite'));
    await session.startInventory(inventory('own'), 'own.json');
    expect(opened).toEqual([
      ['demo-history.sqlite', 'demo'],
      ['demo-history.sqlite', 'inventory'],
    ]);
  });

  it('changes from demo to inventory: polling ends before the demo, the demo before its history', async () => {
    await session.startDemo();
    notes.length = 0;
    await session.startInventory(inventory('own'), 'own.json');
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

  it('keeps monitor and history when another inventory replaces the current one', async () => {
    await session.startInventory(inventory('old'), 'old.json');
    notes.length = 0;
    await session.startInventory(inventory('new'), 'new.json');
    expect(notes).toEqual(['apply new']);
    expect(moves).toBe(0);
    expect((await session.storedInventory())?.clusters.map(({ name }) => name)).toEqual(['new']);
    expect(await session.current()).toMatchObject({ source: 'new.json' });
  });

  it('replaces the current inventory in place, the demo’s too', async () => {
    await session.startDemo();
    notes.length = 0;
    const { clusters, ...rest } = (await session.current()).inventory;
    await session.replaceInventory('monitored', { ...rest, clusters: [] });
    expect(notes).toEqual(['apply ']);
    expect((await session.current()).inventory.clusters).toEqual([]);
    expect(clusters).toHaveLength(1);
    expect(await session.storedInventory()).toBeNull();
  });

  it('switches from the demo fleet to the user’s own inventory once that is replaced', async () => {
    await session.startDemo();
    notes.length = 0;
    await session.replaceInventory('stored', identifyInventory(inventory('own'), null));
    expect(notes).toEqual([
      'open history.sqlite',
      'end demo',
      'stop demo',
      'close demo-history.sqlite',
      'poll own',
    ]);
    expect(await session.mode()).toBe('inventory');
  });

  it('closes the history when the monitor cannot start', async () => {
    await session.startDemo();
    monitorFails = true;
    await expect(session.startInventory(inventory('new'), 'new.json')).rejects.toThrow('no sockets');
    expect(notes.at(-1)).toBe('close history.sqlite');
    await expect(session.current()).rejects.toThrow('Nothing is monitored.');
  });

  it('stops the demo when its monitor cannot start', async () => {
    monitorFails = true;
    await expect(session.startDemo()).rejects.toThrow('no sockets');
    expect(notes).toEqual([
      'open demo-history.sqlite',
      'start demo',
      'stop demo',
      'close demo-history.sqlite',
    ]);
  });

  it('restarts the demo only after it was lost', async () => {
    await session.startDemo();
    await session.startDemo();
    expect(notes.filter((note) => note === 'start demo')).toHaveLength(1);
    loseDemo(139);
    await session.startDemo();
    expect(notes.filter((note) => note === 'start demo')).toHaveLength(2);
    expect(notes).toContain('lost 139');
    expect(notes).toContain('ended: The demo fleet has ended');
    expect(notes.filter((note) => note.startsWith('open'))).toHaveLength(1);
  });

  it('makes changes one after another, in the order of the calls', async () => {
    await Promise.all([
      session.startDemo(),
      session.startInventory(inventory('own'), 'own.json'),
      session.startDemo(),
      session.stop(),
    ]);
    expect(shown).toEqual([['demo'], ['own'], ['demo']]);
    expect(notes.slice(-3)).toEqual(['end demo', 'stop demo', 'close demo-history.sqlite']);
  });
});

import { existsSync } from 'node:fs';
import type { History } from '../../db/client/history';
import type { AlertChange } from '../../domain/contract/alerts';
import type { SnapshotChange } from '../../domain/contract/contract';
import { RequestRefused } from '../../domain/contract/request-refused';
import { duration } from '../../domain/words/duration';
import { identifyInventory, type Inventory } from '../../domain/inventory/inventory';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import type { AlertNotice } from '../../domain/model/alert';
import type { Snapshot } from '../../domain/model/snapshot';
import type { AlertService } from '../alerts/alert-service';
import { inventoryOf } from '../inventory/inventory-file';
import type { Pipeline } from '../pipeline/pipeline';
import { HistoryFiles, type MonitorMode } from './history-files';
import type { WhichInventory } from './inventory-service';

/** A running monitor as far as a session needs it: see start-monitor.ts. */
export interface SessionMonitor extends Pick<
  Pipeline,
  | 'snapshot'
  | 'edgeTrack'
  | 'onChange'
  | 'acknowledge'
  | 'pollAll'
  | 'recordNote'
  | 'maintenancePlan'
  | 'decideMaintenance'
  | 'endOfSource'
  | 'computerSleeps'
  | 'recordFault'
  | 'recordFinding'
  | 'counts'
  | 'applyInventory'
  | 'counts'
  | 'stop'
> {
  readonly alerts: AlertService;
  resetSessions(edgeIds: readonly string[]): void;
}

/** The demo fleet, running in its own process. */
export interface RunningDemo {
  /** The inventory file of its edges. */
  inventoryFile: string;
  /** Stops the active LB of a cluster for a while. @throws RequestRefused when the fleet does not do it */
  stopActiveLb(clusterName: string): Promise<void>;
  /** Ends it; resolves when it has exited. */
  stop(): Promise<void>;
}

/** Receives what is shown live: the snapshot publisher. */
export interface SnapshotListener {
  replace(snapshot: Snapshot): void;
  update(change: SnapshotChange): void;
}

export interface SessionEvents {
  /** Another inventory is about to be monitored, or has changed. */
  inventoryChanged(inventory: Inventory): void;
  /** The demo fleet's process exited unexpectedly. */
  demoLost(code: number): void;
  /** Another history file is in use: event ids of the two must not mix in the window. */
  historyChanged(): void;
  /** The list of alerts of what is monitored has changed. */
  alertsChanged(change: AlertChange): void;
  /** Channels have to deliver this. */
  alertNotice(notice: AlertNotice): void;
}

export interface SessionDependencies {
  openHistory(file: string, mode: MonitorMode): Promise<History>;
  startMonitor(inventory: Inventory, history: History): Promise<SessionMonitor>;
  startDemo(onLost: (code: number) => void): Promise<RunningDemo>;
  nowMs(): number;
  /** Keeps the content of a file that was imported. */
  imported?(content: InventoryFile): void;
}

/** What is monitored now, and where it comes from. */
export interface CurrentMonitor {
  mode: MonitorMode;
  /** Where the inventory came from, in words for the user. */
  source: string;
  historyFile: string;
  history: History;
  inventory: Inventory;
  monitor: SessionMonitor;
  demo: RunningDemo | null;
  /** When monitoring it was started, UTC milliseconds. */
  sinceMs: number;
}

/**
 * What the app monitors: inventory, history, running monitor, and the demo fleet's process while that is monitored. Changes are
 * made one after another, in the order of the calls.
 */
export class MonitorSession {
  #current: CurrentMonitor | null = null;
  /** The demo fleet's process exited unexpectedly: its edges no longer answer, and it may be started again. */
  #demoLost = false;
  readonly files: HistoryFiles;
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(
    folder: string,
    private readonly dependencies: SessionDependencies,
    private readonly listener: SnapshotListener,
    private readonly events: SessionEvents,
  ) {
    this.files = new HistoryFiles(folder, (file, mode) => dependencies.openHistory(file, mode));
  }

  /** Monitors the stored inventory, or the demo fleet when none is stored. */
  startStored(): Promise<void> {
    return this.#inOrder(async () => {
      const hasHistory = existsSync(this.files.of('inventory'));
      if (!hasHistory || !(await this.#switchToStored(null))) await this.#switchToDemo();
    });
  }

  /** Monitors the stored inventory, or no edge at all when none is stored. Stores nothing. */
  async startStoredOrEmpty(): Promise<void> {
    await this.#inOrder(() => this.#switchToStored({ credentials: [], clusters: [], standaloneEdges: [] }));
  }

  startDemo(): Promise<void> {
    return this.#inOrder(() => this.#switchToDemo());
  }

  /**
   * Stores a validated inventory and monitors it. `imported`: the content of the file that it comes from, with which later imports are merged; null: it
   * comes from no file.
   */
  startInventory(file: InventoryFile, source: string, imported: InventoryFile | null = file): Promise<void> {
    return this.#inOrder(async () => {
      const historyFile = this.files.of('inventory');
      await this.#withHistory('inventory', historyFile, async (history) => {
        const inventory = identifyInventory(file, await history.inventory());
        await this.#monitorOwn(historyFile, history, inventory, source);
        if (imported !== null) this.dependencies.imported?.(imported);
      });
    });
  }

  /** Replaces the inventory that is monitored now (`watched`), or the user's own, which is then monitored. */
  replaceInventory(which: WhichInventory, inventory: Inventory): Promise<void> {
    return this.#inOrder(async () => {
      const current = this.#current;
      if (which === 'monitored' && current !== null) return this.#applyInventory(current, inventory);
      const historyFile = this.files.of('inventory');
      await this.#withHistory('inventory', historyFile, (history) =>
        this.#monitorOwn(historyFile, history, inventory, 'your own inventory'),
      );
    });
  }

  /** The mode of what is monitored; null when nothing is. Waits for pending changes. */
  async mode(): Promise<MonitorMode | null> {
    await this.#lastChange;
    return this.#current?.mode ?? null;
  }

  /** The user's own inventory as stored, also while the demo fleet is monitored; null when none is stored. */
  storedInventory(): Promise<Inventory | null> {
    return this.#inOrder(async () => {
      if (this.#current?.mode === 'inventory') return this.#current.inventory;
      const historyFile = this.files.of('inventory');
      if (!existsSync(historyFile)) return null;
      return this.#withHistory('inventory', historyFile, (history) => history.inventory());
    });
  }

  /** What is monitored now. Waits for pending changes. @throws RequestRefused when nothing is monitored */
  async current(): Promise<Readonly<CurrentMonitor>> {
    await this.#lastChange;
    if (this.#current === null) {
      throw new RequestRefused({
        what: 'Nothing is monitored.',
        where: 'Heron’s main process.',
        todo: 'Choose an inventory file, or start the demo fleet.',
      });
    }
    return this.#current;
  }

  /** The system suspends this computer (true), or has resumed. */
  computerSleeps(isSuspended: boolean): void {
    this.#current?.monitor.computerSleeps(isSuspended);
  }

  /** Records an error in Heron itself in the history. `ends`: Heron ends because of it. */
  recordFault(words: string, ends: boolean): void {
    this.#current?.monitor.recordFault(words, ends);
  }

  /** Writes, seals and signs what is known so far, because the system may end this process at any moment. */
  async prepareForEnd(): Promise<void> {
    await this.#current?.history.prove();
  }

  /** What is monitored, without waiting for pending changes; null: nothing. */
  get running(): Readonly<CurrentMonitor> | null {
    return this.#current;
  }

  /** The mode of what is monitored, without waiting for pending changes; null: nothing is. */
  get runningMode(): MonitorMode | null {
    return this.#current?.mode ?? null;
  }

  /** The running monitor of the user's own inventory; null: none runs, or that of the demo fleet. */
  get ownMonitor(): SessionMonitor | null {
    return this.#current?.mode === 'inventory' ? this.#current.monitor : null;
  }

  /** What was monitored since it was started, for the log. */
  get summaryInWords(): string {
    const current = this.#current;
    if (current === null) return 'Nothing was monitored.';
    const { polls, answered } = current.monitor.counts();
    const monitoredMs = this.dependencies.nowMs() - current.sinceMs;
    return `It monitored ${current.source} for ${duration(monitoredMs)}: ${polls} polls, ${answered} answered.`;
  }

  stop(): Promise<void> {
    return this.#inOrder(() => this.#stopCurrent(null));
  }

  /** Resolves to false when no inventory is stored and there is none to use instead. */
  #switchToStored(otherwise: Inventory | null): Promise<boolean> {
    const historyFile = this.files.of('inventory');
    return this.#withHistory('inventory', historyFile, async (history) => {
      const inventory = (await history.inventory()) ?? otherwise;
      if (inventory === null) return false;
      const source = 'the stored inventory';
      await this.#switchTo({ mode: 'inventory', historyFile, history, inventory, source, demo: null });
      return true;
    });
  }

  /** When the user's own inventory is monitored already, only what changed is restarted. */
  async #monitorOwn(
    historyFile: string,
    history: History,
    inventory: Inventory,
    source: string,
  ): Promise<void> {
    const current = this.#current;
    if (current?.mode === 'inventory') {
      await this.#applyInventory(current, inventory);
      current.source = source;
      return;
    }
    await history.putInventory(inventory, this.dependencies.nowMs());
    await this.#switchTo({ mode: 'inventory', historyFile, history, inventory, source, demo: null });
  }

  async #applyInventory(current: CurrentMonitor, inventory: Inventory): Promise<void> {
    await current.history.putInventory(inventory, this.dependencies.nowMs());
    current.inventory = inventory;
    this.events.inventoryChanged(inventory);
    await current.monitor.applyInventory(inventory);
  }

  async #switchToDemo(): Promise<void> {
    if (this.#current?.mode === 'demo' && !this.#demoLost) return;
    const historyFile = this.files.of('demo');
    await this.#withHistory('demo', historyFile, async (history) => {
      this.#demoLost = false;
      const demo = await this.dependencies.startDemo((code) => {
        this.#demoLost = true;
        this.#endOfDemo();
        this.events.demoLost(code);
      });
      try {
        const inventory = identifyInventory(await inventoryOf(demo.inventoryFile), await history.inventory());
        await history.putInventory(inventory, this.dependencies.nowMs());
        await this.#switchTo({ mode: 'demo', historyFile, history, inventory, source: 'demo fleet', demo });
        // It may have ended before it was monitored.
        if (this.#demoLost) this.#endOfDemo();
      } catch (fault) {
        await demo.stop();
        throw fault;
      }
    });
  }

  #endOfDemo(): void {
    if (this.#current?.mode === 'demo') this.#current.monitor.endOfSource('The demo fleet has ended');
  }

  /** Runs `work` on a mode's history, opened if it is not in use; closes it if it is not in use afterwards. */
  async #withHistory<T>(mode: MonitorMode, file: string, work: (history: History) => Promise<T>): Promise<T> {
    const inUse = this.#current?.historyFile === file ? this.#current.history : null;
    const history = inUse ?? (await this.files.open(file, mode));
    try {
      return await work(history);
    } finally {
      if (this.#current?.history !== history) await history.close();
    }
  }

  async #switchTo(next: Omit<CurrentMonitor, 'monitor' | 'sinceMs'>): Promise<void> {
    const moved = this.#current !== null && this.#current.historyFile !== next.historyFile;
    await this.#stopCurrent(next.history);
    this.events.inventoryChanged(next.inventory);
    const monitor = await this.dependencies.startMonitor(next.inventory, next.history);
    monitor.onChange((change) => this.listener.update(change));
    monitor.alerts.onChange((change) => this.events.alertsChanged(change));
    monitor.alerts.onNotice((notice) => this.events.alertNotice(notice));
    this.#current = { ...next, monitor, sinceMs: this.dependencies.nowMs() };
    this.listener.replace(monitor.snapshot());
    if (moved) this.events.historyChanged();
  }

  /** Stops polling, then the demo, then closes the history unless it is `retained`: nothing is written to a closed history. */
  async #stopCurrent(retained: History | null): Promise<void> {
    const ending = this.#current;
    this.#current = null;
    if (ending === null) return;
    await ending.monitor.stop();
    await ending.demo?.stop();
    if (ending.history !== retained) await ending.history.close();
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#lastChange.then(work, work);
    this.#lastChange = result.catch(() => undefined);
    return result;
  }
}

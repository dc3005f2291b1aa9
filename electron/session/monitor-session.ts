import { existsSync } from 'node:fs';
import type { SnapshotChange } from '../../domain/contract/contract';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { identifyInventory, type Inventory } from '../../domain/inventory/inventory';
import type { Snapshot } from '../../domain/model/snapshot';
import type { History } from '../../db/model/history';
import { RequestRefused } from '../../domain/contract/request-refused';
import type { Pipeline } from '../../monitor/pipeline/pipeline';
import type { RunningDemo } from './demo-process';
import { HistoryFiles } from '../../monitor/usecases/history-files';
import { inventoryOf } from '../../monitor/inventory/inventory-file';
import type { WatchingMode } from '../../monitor/usecases/monitor-mode';

/** A pipeline and the source it polls with. */
export interface Polling {
  pipeline: Pick<Pipeline, 'snapshot' | 'onChange' | 'acknowledge' | 'note'>;
  /** Goes by another inventory from now on: what did not change is polled on and keeps what is known of it. */
  take(inventory: Inventory): Promise<void>;
  /** Sessions with these edges begin anew: their passwords are other ones now. */
  forgetSessions(edgeIds: readonly string[]): void;
  /** Ends polling, waits until the rest is handed to the history, and closes the source. */
  stop(): Promise<void>;
}

/** Who hears of what is watched: the publisher. */
export interface Listener {
  replace(snapshot: Snapshot): void;
  update(change: SnapshotChange): void;
}

/** What watching is made of; tests put fakes here. */
export interface WatchingParts {
  openHistory(file: string, mode: WatchingMode): Promise<History>;
  startPolling(inventory: Inventory, history: History): Promise<Polling>;
  startDemo(onLost: (code: number) => void): Promise<RunningDemo>;
  nowMs(): number;
}

interface Current {
  mode: WatchingMode;
  source: string;
  historyFile: string;
  history: History;
  inventory: Inventory;
  polling: Polling;
  demo: RunningDemo | null;
}

/**
 * What is being watched now: inventory, history, pipeline, and the demo fleet's process while it is the one watched. The
 * demo has a history file of its own, so that made-up data never gets among real data.
 */
export class Watching {
  private current: Current | null = null;
  /** The demo fleet's process ended by itself: what is watched then answers no more, and the fleet may be started again. */
  private demoLost = false;
  readonly files: HistoryFiles;
  /** Changes of what is watched, one after another. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    folder: string,
    private readonly parts: WatchingParts,
    private readonly listener: Listener,
    private readonly events: { demoLost(code: number): void; movedToOtherHistory(): void },
  ) {
    this.files = new HistoryFiles(folder, (file, mode) => parts.openHistory(file, mode));
  }

  /** Watches the stored inventory, or the demo fleet when none is stored. */
  startStored(): Promise<void> {
    return this.inTurn(async () => {
      const historyFile = this.files.of('inventory');
      if (!existsSync(historyFile)) return this.switchToDemo();
      const watching = await this.withHistory('inventory', historyFile, async (history) => {
        const inventory = await history.inventory();
        if (inventory !== null)
          await this.switchTo('inventory', historyFile, history, inventory, 'the stored inventory', null);
        return inventory !== null;
      });
      if (!watching) await this.switchToDemo();
    });
  }

  startDemo(): Promise<void> {
    return this.inTurn(() => this.switchToDemo());
  }

  /** Takes a checked inventory as the one to watch. */
  startInventory(file: InventoryFile, source: string): Promise<void> {
    return this.inTurn(async () => {
      const historyFile = this.files.of('inventory');
      await this.withHistory('inventory', historyFile, async (history) => {
        const inventory = identifyInventory(file, await history.inventory());
        await this.watchOwn(historyFile, history, inventory, source);
      });
    });
  }

  /** Replaces the inventory that is watched, or the person's own, which is then watched. */
  replaceInventory(which: 'watched' | 'own', inventory: Inventory): Promise<void> {
    return this.inTurn(async () => {
      const { current } = this;
      if (which === 'watched' && current !== null) return this.take(current, inventory);
      const historyFile = this.files.of('inventory');
      await this.withHistory('inventory', historyFile, (history) =>
        this.watchOwn(historyFile, history, inventory, 'your own inventory'),
      );
    });
  }

  /** The mode of what is watched now, or null. */
  async mode(): Promise<WatchingMode | null> {
    await this.turn;
    return this.current?.mode ?? null;
  }

  /** The person's own inventory as stored, also while the demo fleet is watched; null when there is none yet. */
  storedInventory(): Promise<Inventory | null> {
    return this.inTurn(async () => {
      if (this.current?.mode === 'inventory') return this.current.inventory;
      const historyFile = this.files.of('inventory');
      if (!existsSync(historyFile)) return null;
      return this.withHistory('inventory', historyFile, (history) => history.inventory());
    });
  }

  /** What is watched now. Waits for a change under way; throws `RequestRefused` when nothing is watched. */
  async now(): Promise<Readonly<Current>> {
    await this.turn;
    if (this.current === null) {
      throw new RequestRefused({
        what: 'Nothing is watched.',
        where: 'Heron’s main process.',
        todo: 'Choose an inventory file, or start the demo fleet.',
      });
    }
    return this.current;
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.stopCurrent(null));
  }

  /** Where the own inventory is watched already, only what changed begins anew. */
  private async watchOwn(
    historyFile: string,
    history: History,
    inventory: Inventory,
    source: string,
  ): Promise<void> {
    const { current } = this;
    if (current?.mode === 'inventory') {
      await this.take(current, inventory);
      current.source = source;
      return;
    }
    await history.putInventory(inventory, this.parts.nowMs());
    await this.switchTo('inventory', historyFile, history, inventory, source, null);
  }

  private async take(current: Current, inventory: Inventory): Promise<void> {
    await current.history.putInventory(inventory, this.parts.nowMs());
    current.inventory = inventory;
    await current.polling.take(inventory);
  }

  private async switchToDemo(): Promise<void> {
    if (this.current?.mode === 'demo' && !this.demoLost) return;
    const historyFile = this.files.of('demo');
    await this.withHistory('demo', historyFile, async (history) => {
      this.demoLost = false;
      const demo = await this.parts.startDemo((code) => {
        this.demoLost = true;
        this.events.demoLost(code);
      });
      try {
        const inventory = identifyInventory(await inventoryOf(demo.inventoryFile), await history.inventory());
        await history.putInventory(inventory, this.parts.nowMs());
        await this.switchTo('demo', historyFile, history, inventory, 'demo fleet', demo);
      } catch (fault) {
        await demo.stop();
        throw fault;
      }
    });
  }

  /** Works with a mode's history: the one in use when it is that file. One that is not in use afterwards is closed. */
  private async withHistory<T>(
    mode: WatchingMode,
    file: string,
    work: (history: History) => Promise<T>,
  ): Promise<T> {
    const inUse = this.current?.historyFile === file ? this.current.history : null;
    const history = inUse ?? (await this.files.open(file, mode));
    try {
      return await work(history);
    } finally {
      if (this.current?.history !== history) await history.close();
    }
  }

  private async switchTo(
    mode: WatchingMode,
    historyFile: string,
    history: History,
    inventory: Inventory,
    source: string,
    demo: RunningDemo | null,
  ): Promise<void> {
    const moved = this.current !== null && this.current.historyFile !== historyFile;
    await this.stopCurrent(history);
    const polling = await this.parts.startPolling(inventory, history);
    polling.pipeline.onChange((change) => this.listener.update(change));
    this.current = { mode, source, historyFile, history, inventory, polling, demo };
    this.listener.replace(polling.pipeline.snapshot());
    if (moved) this.events.movedToOtherHistory();
  }

  /** Stops polling first, then the demo, then closes the history (unless it is `kept`): nothing is written after it. */
  private async stopCurrent(kept: History | null): Promise<void> {
    const ending = this.current;
    this.current = null;
    if (ending === null) return;
    await ending.polling.stop();
    await ending.demo?.stop();
    if (ending.history !== kept) await ending.history.close();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work, work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

import path from 'node:path';
import type { History } from '../../db/client/history';

/** Whose edges are monitored: the demo fleet's, or those of the user's own inventory. */
export type MonitorMode = 'demo' | 'inventory';

/** The history file of each mode: demo data never mixes with real data. */
export class HistoryFiles {
  #chosenFile: string | null = null;
  #refusedFile: string | null = null;

  constructor(
    private readonly folder: string,
    private readonly openHistory: (file: string, mode: MonitorMode) => Promise<History>,
  ) {}

  /** The file that could not be opened last; null when the last one could. */
  get refused(): string | null {
    return this.#refusedFile;
  }

  of(mode: MonitorMode): string {
    if (mode === 'demo') return path.join(this.folder, 'demo-history.sqlite');
    return this.#chosenFile ?? path.join(this.folder, 'history.sqlite');
  }

  /** Uses this file as the user's own history until Heron exits. */
  choose(file: string): void {
    this.#chosenFile = file;
  }

  async open(file: string, mode: MonitorMode): Promise<History> {
    this.#refusedFile = file;
    const history = await this.openHistory(file, mode);
    this.#refusedFile = null;
    return history;
  }
}

import path from 'node:path';
import type { History } from '../../db/model/history';
import type { WatchingMode } from './monitor-mode';

/** Which history file is whose: the person's own, and the demo fleet's. */
export class HistoryFiles {
  private chosen: string | null = null;
  private refusedFile: string | null = null;

  constructor(
    private readonly folder: string,
    private readonly openHistory: (file: string, mode: WatchingMode) => Promise<History>,
  ) {}

  /** The history that could not be opened last; null: the last one could. */
  get refused(): string | null {
    return this.refusedFile;
  }

  of(mode: WatchingMode): string {
    if (mode === 'demo') return path.join(this.folder, 'demo-history.sqlite');
    return this.chosen ?? path.join(this.folder, 'history.sqlite');
  }

  /** From now on, until Heron ends, the person's own history is this file. */
  choose(file: string): void {
    this.chosen = file;
  }

  async open(file: string, mode: WatchingMode): Promise<History> {
    this.refusedFile = file;
    const history = await this.openHistory(file, mode);
    this.refusedFile = null;
    return history;
  }
}

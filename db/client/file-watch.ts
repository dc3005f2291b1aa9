import type { HistoryCare } from '../../domain/model/snapshot';
import { HistoryError } from '../model/history-error';
import type { OpeningReport } from '../recover/open-session';
import { threadsIn } from '../threads/workers';
import { runFileTask, type RunningFileTask } from './run-file-task';

/**
 * Reports the state of the history file itself. After an unclean end it checks the whole file in a separate thread while
 * monitoring continues; when the check finds damage it has the file salvaged.
 */
export class FileWatch {
  care: HistoryCare | null = null;
  private check: RunningFileTask<'check'> | null = null;
  private stopped = false;

  constructor(
    private readonly file: string,
    private readonly workersUrl: URL,
    private readonly nowMs: () => number,
    private readonly onDamage: (words: string) => void,
  ) {}

  /** Call when the file was opened: reports what was done, and starts the check when one is due. */
  opened({ recovered, checkDue }: OpeningReport): void {
    if (recovered !== null) this.report('recovered', recovered);
    else if (checkDue) this.startCheck();
  }

  recovering(damage: string): void {
    this.report(
      'recovering',
      `The history file is damaged, and is being salvaged. ${damage} What is new waits meanwhile.`,
    );
  }

  notRecovered(words: string): void {
    this.report('damaged', `${words} Heron goes on writing what it can.`);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.check?.cancel();
  }

  private startCheck(): void {
    this.report(
      'checking',
      'Heron ended without closing its history: the file is being checked. Watching goes on.',
    );
    this.check = runFileTask(threadsIn(this.workersUrl), { task: 'check', file: this.file, thorough: false });
    void this.check.result.then(
      ({ complaints, sizeBytes }) => {
        if (this.stopped) return;
        const [first] = complaints;
        if (first === undefined) {
          const megabytes = (sizeBytes / 1e6).toFixed(1);
          this.report(
            'sound',
            `Heron had ended without closing its history. The file was checked, ${megabytes} MB: it is sound.`,
          );
        } else {
          this.damaged(`SQLite found: ${complaints.slice(0, 3).join('; ')}.`);
        }
      },
      (error: unknown) => this.notChecked(error),
    );
  }

  private notChecked(error: unknown): void {
    if (this.stopped) return;
    const failure = error instanceof HistoryError ? error.failure : null;
    const words = failure?.what ?? String(error);
    if (failure?.code === 'damaged') this.damaged(words);
    else
      this.report(
        'not-checked',
        `Heron had ended without closing its history, and the file could not be checked: ${words}`,
      );
  }

  private damaged(words: string): void {
    this.report(
      'damaged',
      `The check found that the history file is damaged. ${words} It is salvaged with the next entry.`,
    );
    this.onDamage(words);
  }

  private report(state: HistoryCare['state'], words: string): void {
    this.care = { state, words, sinceMs: this.nowMs() };
  }
}

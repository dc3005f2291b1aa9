import path from 'node:path';
import type { FileStatus, FileVerification, OpenedFile } from '../../domain/contract/opened-file';
import type { Snapshot } from '../../domain/model/snapshot';
import type { FileFacts } from '../../db/extract/inspect-file';
import type { HistoryReadable } from '../../db/client/history';
import type { VerifyProgress, VerifyReport } from '../../db/verify/verify-history';
import { failureOf } from '../../domain/contract/request-refused';
import { verdictOf } from './file-verdict';

/** What opening a file takes; tests put fakes here. */
export interface FileParts {
  inspect(file: string): Promise<FileFacts>;
  openHistory(file: string): Promise<HistoryReadable>;
  verify(
    file: string,
    onProgress: (progress: VerifyProgress) => void,
  ): { result: Promise<VerifyReport>; cancel(): Promise<void> };
}

/** Who watches meanwhile: nobody. */
export interface Watched {
  /** Ends watching, and answers what begins it again. */
  pause(): Promise<() => Promise<void>>;
  /** Something else is shown from now on. */
  shows(snapshot: Snapshot): void;
  changed(status: FileStatus): void;
  log(what: string, fault?: unknown): void;
}

interface Open {
  opened: OpenedFile;
  history: HistoryReadable;
  cancel(): Promise<void>;
}

/** The file that is open read-only instead of watching, one at most; and how its verification stands. */
export class OpenedFiles {
  private current: Open | null = null;
  private refused: FileStatus['refused'] = null;
  private resume: (() => Promise<void>) | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly parts: FileParts,
    private readonly watched: Watched,
  ) {}

  /** The history of the file that is open; null: none is. */
  get history(): HistoryReadable | null {
    return this.current?.history ?? null;
  }

  get opened(): OpenedFile | null {
    return this.current?.opened ?? null;
  }

  status(): FileStatus {
    return { opened: this.opened, refused: this.refused };
  }

  /** The last moment the file knows, as the snapshot that is shown first. */
  async snapshot(): Promise<Snapshot> {
    const { history, opened } = this.current ?? {};
    if (!history || !opened) throw new RangeError('No file is open.');
    return unwatched(await history.snapshotAt({ atMs: opened.lastMs }));
  }

  /** Opens a file, and ends watching once it could be. Answers whether it is open; why not is in the status. */
  open(file: string): Promise<boolean> {
    return this.inTurn(async () => {
      try {
        await this.replaceBy(path.resolve(file));
        return true;
      } catch (fault) {
        this.refused = failureOf(fault) ?? {
          what: `The file could not be opened: ${fault instanceof Error ? fault.message : String(fault)}`,
          where: file,
          todo: 'Nothing was changed. The log file says more.',
        };
        this.watched.log(`${file} was not opened:`, fault);
        this.tell();
        return false;
      }
    });
  }

  /** Closes the file and watches again. Also forgets why a file was refused. */
  close(): Promise<void> {
    return this.inTurn(async () => {
      this.refused = null;
      await this.leave();
      const { resume } = this;
      this.resume = null;
      this.tell();
      await resume?.();
    });
  }

  /** When Heron ends: nothing is begun again. */
  stop(): Promise<void> {
    return this.inTurn(() => this.leave());
  }

  private async replaceBy(file: string): Promise<void> {
    const facts = await this.parts.inspect(file);
    const history = await this.parts.openHistory(file);
    let lastMs: number;
    let first: Snapshot;
    try {
      const coverage = await history.coverage();
      lastMs = Math.max(facts.range.fromMs, (coverage?.lastMs ?? facts.range.toMs) - 1);
      first = unwatched(await history.snapshotAt({ atMs: lastMs }));
    } catch (fault) {
      await history.close();
      throw fault;
    }
    await this.leave();
    this.resume ??= await this.watched.pause();
    this.refused = null;
    const opened: OpenedFile = { file, ...facts, lastMs, verification: { state: 'running', doneShare: 0 } };
    const verifying = this.parts.verify(file, ({ doneBytes, totalBytes }) =>
      this.verified(file, { state: 'running', doneShare: totalBytes > 0 ? doneBytes / totalBytes : 0 }),
    );
    this.current = { opened, history, cancel: () => verifying.cancel() };
    verifying.result.then(
      (report) => this.verified(file, verdictOf(report)),
      (fault: unknown) =>
        this.verified(file, {
          state: 'failed',
          words: failureOf(fault)?.what ?? (fault instanceof Error ? fault.message : String(fault)),
        }),
    );
    this.watched.shows(first);
    this.tell();
  }

  private verified(file: string, verification: FileVerification): void {
    if (this.current?.opened.file !== file) return;
    this.current.opened = { ...this.current.opened, verification };
    this.tell();
  }

  private async leave(): Promise<void> {
    const leaving = this.current;
    this.current = null;
    if (leaving === null) return;
    await leaving.cancel();
    await leaving.history.close();
  }

  private tell(): void {
    this.watched.changed(this.status());
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work, work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

/** A moment of a file as it is shown: nothing arrives while a file is open, and that is no stall. */
function unwatched(snapshot: Snapshot): Snapshot {
  const words = 'A file is open. Nothing is watched and nothing is written.';
  return { ...snapshot, monitor: { ...snapshot.monitor, state: 'ok', words, edgesPolled: 0 } };
}

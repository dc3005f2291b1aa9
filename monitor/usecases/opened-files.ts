import path from 'node:path';
import type { FileStatus, FileVerification, OpenedFile } from '../../domain/contract/opened-file';
import type { Snapshot } from '../../domain/model/snapshot';
import type { FileFacts } from '../../db/extract/inspect-file';
import { HistoryError } from '../../db/model/history-error';
import { isSameFile, type FileStamp } from '../../db/file/while-unchanged';
import type { HistoryReadable } from '../../db/client/history';
import type { VerifyProgress, VerifyReport } from '../../db/verify/verify-history';
import type { RecordedEvent } from '../../domain/model/event';
import type { Clock } from '../base/clock';
import { failureOf } from '../../domain/contract/request-refused';
import { fileVerification } from './file-verdict';
import { FollowedHistory, isNoLongerWritten } from './followed-history';

/** How files are read. */
export interface FileReader {
  /** A file's state at this time, to tell later whether it is the same. */
  stamp(file: string): FileStamp;
  inspect(file: string): Promise<FileFacts>;
  openHistory(file: string): Promise<HistoryReadable>;
  verify(
    file: string,
    onProgress: (progress: VerifyProgress) => void,
  ): { result: Promise<VerifyReport>; cancel(): Promise<void> };
}

/** The rest of the app, which shows a file instead of monitoring. */
export interface FileHost {
  /** Stops monitoring; resolves to the function that starts it again. */
  pauseMonitoring(): Promise<() => Promise<void>>;
  /** Shows another history, beginning with this snapshot. */
  show(snapshot: Snapshot): void;
  /** Shows a later snapshot of the same history, with what was recorded since. */
  update(snapshot: Snapshot, newEvents: RecordedEvent[]): void;
  statusChanged(status: FileStatus): void;
  clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  /** The name of a key that is trusted on this computer; null: it is not. */
  nameOfKey(fingerprint: string): string | null;
  log(what: string, fault?: unknown): void;
}

/** How often a file that is open is looked at for changes. */
const lookEveryMs = 2000;

const changedWords =
  'The file was changed after it was opened, so that what is shown may not be what was verified. Open it again.';

type Verifying = ReturnType<FileReader['verify']>;

interface Open {
  opened: OpenedFile;
  history: HistoryReadable;
  /** Set while another Heron records into it. */
  followed: FollowedHistory | null;
  /** Taken before the file was opened. */
  stamp: FileStamp;
  watching: NodeJS.Timeout;
  /** The latest verification, ended or under way. */
  verifying: Verifying | null;
}

/** The file that is open read-only, at most one, and the state of its verification. Monitoring is paused meanwhile. */
export class OpenedFiles {
  private current: Open | null = null;
  private refused: FileStatus['refused'] = null;
  private resumeMonitoring: (() => Promise<void>) | null = null;
  private lastChange: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly reader: FileReader,
    private readonly host: FileHost,
  ) {}

  /** The history of the file that is open; null when none is. */
  get history(): HistoryReadable | null {
    return this.current?.followed?.history ?? this.current?.history ?? null;
  }

  get opened(): OpenedFile | null {
    return this.current?.opened ?? null;
  }

  status(): FileStatus {
    return { opened: this.opened, refused: this.refused };
  }

  /** The states at the last moment of the file. */
  async snapshot(): Promise<Snapshot> {
    const { history, opened, followed } = this.current ?? {};
    if (!history || !opened) throw new RangeError('No file is open.');
    if (followed) return ofAnother(followed);
    return notMonitoring(await history.snapshotAt({ atMs: opened.lastMs }));
  }

  /** Opens a file, and pauses monitoring once it is open. Resolves to false when it was refused; the status says why. */
  open(file: string): Promise<boolean> {
    return this.inOrder(async () => {
      try {
        await this.replaceWith(path.resolve(file));
        return true;
      } catch (fault) {
        this.refused = failureOf(fault) ?? {
          what: `The file could not be opened: ${fault instanceof Error ? fault.message : String(fault)}`,
          where: file,
          todo: 'Nothing was changed. The log file has the details.',
        };
        this.host.log(`${file} was not opened:`, fault);
        this.publishStatus();
        return false;
      }
    });
  }

  /** Closes the file, clears an earlier refusal, and resumes monitoring. */
  close(): Promise<void> {
    return this.inOrder(async () => {
      this.refused = null;
      await this.closeCurrent();
      const { resumeMonitoring } = this;
      this.resumeMonitoring = null;
      this.publishStatus();
      await resumeMonitoring?.();
    });
  }

  /** Verifies the file that is open once more, since other keys are trusted now. */
  verifyAgain(): Promise<void> {
    return this.inOrder(async () => {
      const open = this.current;
      if (open === null) return;
      await open.verifying?.cancel();
      open.opened = { ...open.opened, verification: { state: 'running', doneShare: 0 } };
      this.verify(open);
      this.publishStatus();
    });
  }

  /**
   * The report of the verification of the file that is open, once it is made; null when no file is open. Rejects when it failed, or when
   * the file was changed since it was opened.
   */
  async verifyReport(): Promise<VerifyReport | null> {
    const open = this.current;
    const report = (await open?.verifying?.result) ?? null;
    if (open === null || isSameFile(open.stamp, this.reader.stamp(open.opened.file))) return report;
    throw new HistoryError({
      code: 'bad-request',
      what: 'The file was changed after it was opened, so that what is shown may not be what was verified.',
      where: open.opened.file,
      todo: 'Open it again.',
    });
  }

  /** Closes the file without resuming monitoring: Heron is exiting. */
  stop(): Promise<void> {
    return this.inOrder(() => this.closeCurrent());
  }

  private async replaceWith(file: string): Promise<void> {
    const stamp = this.reader.stamp(file);
    const facts = await this.reader.inspect(file);
    const history = await this.reader.openHistory(file);
    let lastMs: number;
    let first: Snapshot;
    try {
      const coverage = await history.coverage();
      lastMs = Math.max(facts.range.fromMs, (coverage?.lastMs ?? facts.range.toMs) - 1);
      first = notMonitoring(await history.snapshotAt({ atMs: lastMs }));
    } catch (fault) {
      await history.close();
      throw fault;
    }
    await this.closeCurrent();
    this.resumeMonitoring ??= await this.host.pauseMonitoring();
    this.refused = null;
    const isRecorded = stamp.recording && facts.extract === null;
    const follows = isRecorded && !isNoLongerWritten(lastMs, this.host.clock.nowMs());
    const verification = { state: 'running' as const, doneShare: 0 };
    const opened: OpenedFile = { file, ...facts, lastMs, followed: follows, verification };
    const watching = this.watch(() => open);
    const open: Open = { opened, history, followed: null, stamp, verifying: null, watching };
    this.current = open;
    if (follows) open.followed = await this.follow(open);
    this.verify(open);
    this.host.show(open.followed ? ofAnother(open.followed) : first);
    this.publishStatus();
  }

  private follow(open: Open): Promise<FollowedHistory> {
    const { file } = open.opened;
    return FollowedHistory.start(
      {
        file,
        open: (again) => this.reader.openHistory(again),
        clock: this.host.clock,
        onRefresh: (newEvents) => {
          if (this.current !== open || open.followed === null) return;
          const lastMs = open.followed.end.atMs;
          const range = { ...open.opened.range, toMs: Math.max(open.opened.range.toMs, lastMs + 1) };
          open.opened = { ...open.opened, lastMs, range };
          this.publishStatus();
          this.host.update(ofAnother(open.followed), newEvents);
        },
        onFault: (fault) => this.host.log(`${file} could not be read:`, fault),
      },
      open.history,
    );
  }

  private verify(open: Open): void {
    let latest: Verifying | null = null;
    const set = (verification: FileVerification): void => {
      if (this.current !== open || open.verifying !== latest) return;
      open.opened = { ...open.opened, verification };
      this.publishStatus();
    };
    latest = this.reader.verify(open.opened.file, ({ doneBytes, totalBytes }) =>
      set({ state: 'running', doneShare: totalBytes > 0 ? doneBytes / totalBytes : 0 }),
    );
    open.verifying = latest;
    latest.result
      .then((report) => {
        set(fileVerification(report, (key) => this.host.nameOfKey(key)));
        this.look(open);
      })
      .catch((fault: unknown) =>
        set({
          state: 'failed',
          words: failureOf(fault)?.what ?? (fault instanceof Error ? fault.message : String(fault)),
        }),
      );
  }

  private watch(open: () => Open): NodeJS.Timeout {
    return setInterval(() => this.look(open()), lookEveryMs).unref();
  }

  /** A verification does not hold for a file that was changed since. */
  private look(open: Open): void {
    const { verification, file } = open.opened;
    if (this.current !== open || verification.state === 'running' || verification.state === 'failed') return;
    if (isSameFile(open.stamp, this.reader.stamp(file))) return;
    open.opened = { ...open.opened, verification: { state: 'failed', words: changedWords } };
    this.publishStatus();
  }

  private async closeCurrent(): Promise<void> {
    const closing = this.current;
    this.current = null;
    if (closing === null) return;
    clearInterval(closing.watching);
    await closing.verifying?.cancel();
    await (closing.followed ?? closing.history).close();
  }

  private publishStatus(): void {
    this.host.statusChanged(this.status());
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.lastChange.then(work, work);
    this.lastChange = result.catch(() => undefined);
    return result;
  }
}

/** What another Heron recorded last: where it records nothing any more, the readings have stopped. */
function ofAnother({ end, isStalled }: FollowedHistory): Snapshot {
  const { monitor } = end.snapshot;
  const words = 'Another Heron records this history. It is shown as it comes, and cannot be changed here.';
  return {
    ...end.snapshot,
    monitor: { ...monitor, state: isStalled ? 'stalled' : 'ok', words, edgesPolled: 0 },
  };
}

/** A snapshot of a file as shown: while a file is open no readings arrive, which is not a stall. */
function notMonitoring(snapshot: Snapshot): Snapshot {
  const words = 'A file is open. Nothing is monitored or recorded.';
  return { ...snapshot, monitor: { ...snapshot.monitor, state: 'ok', words, edgesPolled: 0 } };
}

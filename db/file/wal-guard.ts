import type Database from 'better-sqlite3';
import { statSync } from 'node:fs';

/**
 * Detects that the write-ahead log of an open history is no longer the one SQLite writes, because a user or a clean-up script
 * removed or replaced it. On most systems SQLite keeps writing the removed file, and all of it would be lost with the process.
 */
export class WalGuard {
  private known: string | null = null;

  constructor(
    private readonly db: Database.Database,
    private readonly file: string,
  ) {}

  /**
   * Call after a commit. True: the log was lost; its content has been moved into the history file, which writer and readers must
   * close and reopen.
   */
  lost(): boolean {
    const log = statSync(`${this.file}-wal`, { throwIfNoEntry: false });
    const found = log ? `${log.dev} ${log.ino}` : null;
    this.known ??= found;
    if (found === this.known) return false;
    // The log must restart, or the next one would lack its beginning. A reader in a transaction may prevent that: then the
    // next commit tries again.
    const [result] = this.db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return result?.busy === 0;
  }
}

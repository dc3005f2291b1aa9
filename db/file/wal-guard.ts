import type Database from 'better-sqlite3';
import { statSync } from 'node:fs';

/**
 * Notices that the log beside an open history is not the one that SQLite writes any more: somebody removed it (a clean-up
 * script, a person) or put another one there. On most systems SQLite goes on writing the removed one, and everything in
 * it would be gone with the process.
 */
export class WalGuard {
  private known: string | null = null;

  constructor(
    private readonly db: Database.Database,
    private readonly file: string,
  ) {}

  /**
   * Looks after a commit. True: the log was lost; what was in it has been moved into the history itself, and the file must be
   * closed and opened again, by readers as well.
   */
  lost(): boolean {
    const log = statSync(`${this.file}-wal`, { throwIfNoEntry: false });
    const found = log ? `${log.dev} ${log.ino}` : null;
    this.known ??= found;
    if (found === this.known) return false;
    // The log must begin anew, or the next one would lack its beginning. A reader in the middle of a question may prevent
    // that: then the next commit tries again.
    const [result] = this.db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return result?.busy === 0;
  }
}

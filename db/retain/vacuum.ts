import type Database from 'better-sqlite3';

const pagesAStep = 64;
/** Free pages that are tolerated: 8 MB. */
const fewPages = 2048;

/**
 * Returns free space to the file system, some pages at a time. Up to a quarter of the file stays free: the next hour's samples
 * use the space of those that were compacted.
 */
export class Vacuum {
  constructor(private readonly db: Database.Database) {}

  /** Frees some pages when there are many. True: there may be more. Not inside a transaction. */
  step(): boolean {
    const free = this.pages('freelist_count');
    if (free <= fewPages || free <= this.pages('page_count') / 4) return false;
    this.db.pragma(`incremental_vacuum(${pagesAStep})`);
    return this.pages('freelist_count') < free;
  }

  private pages(pragma: 'freelist_count' | 'page_count'): number {
    return Number(this.db.pragma(pragma, { simple: true }));
  }
}

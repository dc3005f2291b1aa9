import type { z } from 'zod';
import type { RequestFailure } from '../../domain/contract/contract';

/** What went wrong with a history: which kind, what, where, and what to do. Crosses threads as plain data. */
export interface HistoryFailure extends RequestFailure {
  /**
   * `newer-file`, `older-file`, `not-a-history`, `already-written`: the file cannot be opened this way.
   * `not-writable`: may be temporary (disk full, locked, read-only). `bad-request`: the request is wrong.
   * `damaged`: the file's content is not what Heron wrote.
   */
  code:
    | 'newer-file'
    | 'older-file'
    | 'not-a-history'
    | 'already-written'
    | 'not-writable'
    | 'not-readable'
    | 'bad-request'
    | 'damaged'
    | 'thread-ended';
}

/** A history failure, thrown. Its message says what to do. */
export class HistoryError extends Error {
  constructor(readonly failure: HistoryFailure) {
    super(`${failure.what} (${failure.where}) ${failure.todo}`);
    this.name = 'HistoryError';
  }
}

/** The first issues of a failed check, each with its place. Never the value itself: it might be a secret. */
export function issueWords(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`)
    .join('; ');
}

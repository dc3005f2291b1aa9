import { parseDeepLink } from '../domain/model/deep-link';

/** A Heron that ran for so long before it had to start again has recovered from the time before. */
const soonMs = 600_000;
const mostRestarts = 3;

/** What is to be as it was after Heron has started itself again. */
export interface RestartState {
  /** What is monitored or open. */
  shown: { mode: 'demo' | 'inventory' } | { mode: 'file'; file: string };
  /** The window's page, beginning with `/`. */
  page: string;
}

/**
 * The arguments with which Heron starts itself again: those it was started with, but for what was monitored since, and the view. The
 * inventory is the stored one: a file may be older than what was changed in the window. Null: it did so too often.
 *
 * @param restarts how often Heron has started itself again in a row
 */
export function restartArguments(
  given: readonly string[],
  restarts: number,
  ranMs: number,
  { shown, page }: RestartState,
): string[] | null {
  const count = ranMs < soonMs ? restarts + 1 : 1;
  if (count > mostRestarts) return null;
  const kept = given.filter(
    (argument, index) =>
      !/^--(demo|hidden|restarts|view|inventory)(=|$)/.test(argument) &&
      given[index - 1] !== '--inventory' &&
      !/\.(heron|sqlite)$/i.test(argument) &&
      parseDeepLink(argument) === null,
  );
  const what = shown.mode === 'file' ? [shown.file] : shown.mode === 'demo' ? ['--demo'] : [];
  return [...kept, ...what, `--restarts=${count}`, `--view=${page}`];
}

import type { Health } from '../../../domain/model/health';
import { matchScore } from './match';

/** One thing the palette finds. */
export interface Command {
  /** Stable, so that it is recognised as a recent one. */
  id: string;
  group: 'Clusters' | 'Edges' | 'Go to' | 'Do';
  title: string;
  detail: string;
  health: Health | null;
  /** Keys that do the same. */
  keys: string | null;
  run(): void;
}

/** The most that are shown. */
export const mostShown = 40;

/** What fits, the best first: without words the recent ones, then what one can do. */
export function foundCommands(
  commands: readonly Command[],
  typed: string,
  recent: readonly string[],
): Command[] {
  const rank = new Map(recent.map((id, place) => [id, recent.length - place]));
  if (typed.trim() === '') {
    const known = recent.flatMap((id) => commands.find((command) => command.id === id) ?? []);
    const others = commands.filter(({ id, group }) => !rank.has(id) && (group === 'Go to' || group === 'Do'));
    return [...known, ...others].slice(0, mostShown);
  }
  return commands
    .flatMap((command) => {
      const score = scoreOf(typed, command);
      return score === null ? [] : [{ command, score: score + (rank.has(command.id) ? 0.5 : 0) }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, mostShown)
    .map(({ command }) => command);
}

function scoreOf(typed: string, { title, detail }: Command): number | null {
  return matchScore(typed, title) ?? weaker(matchScore(typed, `${title} ${detail}`));
}

function weaker(score: number | null): number | null {
  return score === null ? null : score / 2;
}

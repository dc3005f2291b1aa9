import type { Health } from '../../../domain/model/health';
import { matchScore } from './match';

/** An entry of the palette. */
export interface Command {
  /** Stable, because recent entries are stored by id. */
  id: string;
  group: 'Clusters' | 'Edges' | 'Go to' | 'Do';
  title: string;
  detail: string;
  health: Health | null;
  /** Keyboard shortcut. */
  keys: string | null;
  run(): void;
}

/** A command; without details, state and keys where none are given. */
export function command(input: Omit<Command, 'health' | 'keys' | 'detail'> & Partial<Command>): Command {
  return { health: null, keys: null, detail: '', ...input };
}

/** Most entries shown at once. */
export const mostShown = 40;

/** Matching commands, best first; with no text typed, recent ones first, then views and actions. */
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
  const whole = typed.trim().replace(/\s+/g, ' ').toLocaleLowerCase('en');
  return commands
    .flatMap((command) => {
      const score = scoreOf(typed, command);
      if (score === null) return [];
      // What was typed in full comes before what was used recently.
      const isWhole = command.title.toLocaleLowerCase('en') === whole;
      return [{ command, score: score + (isWhole ? 1 : 0) + (rank.has(command.id) ? 0.5 : 0) }];
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

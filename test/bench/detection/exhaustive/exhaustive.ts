import { everyPolled, everyTriple, worldsOf, type PolledTriple, type TrueTriple } from './half-step-worlds';
import { wrongStates } from './judge-shown';
import { wrongIn, type Wrong } from './judge-world';
import { watchTriple } from './watch-triple';

/** Changes of a role and lost answers in a triple as its polls show it, at most. */
const mostShown = 3;
/** The same in what is true: changes between two polls included. */
const mostTrue = 4;

export interface WrongWorld extends Wrong {
  triple: PolledTriple;
  world: TrueTriple;
}

export interface ExhaustiveResult {
  worlds: number;
  /** How often the monitor ran: worlds that polls cannot tell apart are one run. */
  triples: number;
  wrong: number;
  /** The first of each fault. */
  examples: WrongWorld[];
}

/** Runs triples through the monitor, and compares each with every true world that shows itself so. */
export function checkWorlds(
  chosen: (index: number) => boolean = () => true,
  progress: (result: ExhaustiveResult) => void = () => undefined,
): ExhaustiveResult {
  const result: ExhaustiveResult = { worlds: 0, triples: 0, wrong: 0, examples: [] };
  const polled = everyPolled(mostTrue);
  let index = 0;
  for (const triple of everyTriple(polled, mostShown)) {
    if (!chosen(index++)) continue;
    result.triples += 1;
    checkTriple(triple, result);
    if (result.triples % 20_000 === 0) progress(result);
  }
  return result;
}

function checkTriple(triple: PolledTriple, result: ExhaustiveResult): void {
  const watched = watchTriple(triple);
  const shown = wrongStates(watched);
  for (const world of worldsOf(triple, mostTrue)) {
    result.worlds += 1;
    const wrong: Wrong | null = shown ? { fault: 'state', words: shown } : wrongIn(watched, world);
    if (!wrong) continue;
    result.wrong += 1;
    const kind = `${wrong.fault} ${wrong.words.replaceAll(/-?\d+|\b[abc]\b/g, '')}`;
    const alike = result.examples.some(
      ({ fault, words }) => `${fault} ${words.replaceAll(/-?\d+|\b[abc]\b/g, '')}` === kind,
    );
    if (!alike) result.examples.push({ ...wrong, triple, world });
  }
}

/** A world in words: what is true half-second by half-second, and what polls show. */
export function worldWords({ fault, words, triple, world }: WrongWorld): string {
  const lbs = triple.map(({ phase, answers }, lb) => {
    const letters = world[lb]?.roles.map((role) => role.charAt(0).toUpperCase()).join('');
    return `${letters} read at ${phase}: ${answers.map((answer) => answer.charAt(0)).join('')}`;
  });
  return `${fault}: ${words}\n  ${lbs.join('\n  ')}`;
}

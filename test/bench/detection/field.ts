import { worldWords } from './exhaustive/exhaustive';
import { checkInThreads } from './exhaustive/in-threads';
import { runField } from './field/field-run';
import type { DetectionOptions } from './options';

/** Sequences in the worlds of the field where nothing else is asked for. */
const leastSequences = 400;

/**
 * The worlds of the field and every small world, as one flat object; what was not right goes to `story`. `say` gets the progress.
 */
export async function fieldResult(
  options: DetectionOptions,
  say: (words: string) => void,
): Promise<{ result: object; story: string[] }> {
  const { seed, clusters, kinds, exhaustive } = options;
  const roleIntervalMs = options['role-interval'] * 1000;
  const sequences = options.simulated > 0 ? options.simulated : leastSequences;
  say(`the field: ${sequences} sequences in virtual time`);
  const field = await runField({ seed, sequences, clusters, roleIntervalMs }, kinds);
  say(JSON.stringify(field.figures));
  const small = await checkInThreads(exhaustive, ({ worlds, wrong }) =>
    say(`small worlds: ${worlds}, ${wrong} wrong`),
  );
  return {
    result: { ...field.figures, exhaustiveWorlds: small.worlds, exhaustiveWrong: small.wrong, seed },
    story: [...field.story, ...small.examples.map(worldWords)],
  };
}

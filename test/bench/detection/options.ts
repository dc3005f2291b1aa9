import { parseArgs } from 'node:util';
import { z } from 'zod';

export const usage = `npm run -s bench -- detection: seeded faults, and what heron watch says of them, judged by the truth.

  --sequences N      sequences on the demo fleet (default 200; 0: none)
  --clusters N       demo clusters that have one at a time (default 16)
  --simulated N      sequences in virtual time in each simulated world (default 0)
  --worlds A,B       only these simulated worlds
  --worlds field     faults of the network, of agents and of the CARP group in one run, 400 sequences or --simulated N, and every
                     small world of three LBs; nothing else runs
  --exhaustive N     of the small worlds only every Nth group that polls cannot tell apart (default 1: all; 0: none)
  --lab N            sequences in the real CARP lab (default 20 where root and namespaces are there; 0: none)
  --lab-traps N      sequences in the lab with traps (default: as many as without)
  --lab-clusters N   clusters in the lab (default 3)
  --seed S           the same number deals the same sequences (default 1)
  --seconds S        no sequence begins later than so long after the first (default 900)
  --kinds A,B        only these kinds of sequences
  --role-interval S  seconds between role polls (default 1)
  --traps            the demo's edges send traps as well, and heron watch receives them
  --story FILE       writes what happened around everything that was not right
  --json             standard output is one JSON object; the table goes to standard error
`;

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const names = z
  .string()
  .transform((text) => text.split(',').filter((name) => name !== ''))
  .default([]);
const schema = z.strictObject({
  sequences: whole(0, 10_000).default(200),
  clusters: whole(1, 200).default(16),
  simulated: whole(0, 100_000).default(0),
  worlds: names,
  exhaustive: whole(0, 1_000_000).default(1),
  lab: whole(0, 1_000).optional(),
  'lab-traps': whole(0, 1_000).optional(),
  'lab-clusters': whole(1, 8).default(3),
  seed: whole(0, 4_294_967_295).default(1),
  seconds: whole(1, 86_400).default(900),
  kinds: names,
  'role-interval': z.coerce.number().min(0.2).max(60).default(1),
  traps: z.boolean().default(false),
  story: z.string().min(1).optional(),
  json: z.boolean().default(false),
  help: z.boolean().default(false),
});
export type DetectionOptions = z.infer<typeof schema>;

/** @throws in words when an argument is wrong */
export function readOptions(args: string[]): DetectionOptions {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean' } as const;
  const numbers = { sequences: text, clusters: text, lab: text, 'lab-clusters': text, seed: text };
  const more = {
    'lab-traps': text,
    simulated: text,
    worlds: text,
    exhaustive: text,
    seconds: text,
    kinds: text,
    'role-interval': text,
    story: text,
  };
  const { values } = parseArgs({ args, options: { ...numbers, ...more, traps: yes, json: yes, help: yes } });
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}

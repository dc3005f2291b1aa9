import { z } from 'zod';
import { parseMoment } from '../../domain/calendar/parse-moment';
import { maxClusters } from '../../demo/fleet/plan';
import { readArguments, UsageError } from '../common/command-line';
import type { WantedCapabilities } from './capabilities';

/** What the wall shows. */
export type WallSubject =
  | { kind: 'demo'; clusters: number; seed: number }
  | { kind: 'inventory'; file: string }
  /** The history that a service is writing. */
  | { kind: 'service'; file: string }
  | { kind: 'file'; file: string };

/** The options of `heron wall`. */
export interface WallOptions {
  help: boolean;
  subject: WallSubject;
  /** UTC milliseconds of the time to begin at; null: now, or the end of the file. */
  atMs: number | null;
  /** Null: until a key or a signal ends it. */
  seconds: number | null;
  wanted: WantedCapabilities;
  /** The name on acknowledgements; null: the user's own. */
  by: string | null;
}

export const wallUsage = `heron wall: all clusters on one screen of a terminal, worst first.

  heron wall                    a demo fleet on this machine
  heron wall --inventory FILE   poll these edges
  heron wall --db FILE          the history that a service (heron watch --db FILE) or the app is writing, read only
  heron wall FILE               a copied history or an incident file, at its end

  --at TIME        begin at this time in UTC: "2026-11-22 14:02:13", 14:02, or with an offset
  --as NAME        the name on acknowledgements (default: your user name)
  --colours WHAT   true, 16 or none (default: by COLORTERM, TERM and NO_COLOR)
  --ascii          letters instead of shapes, as in a locale that is not UTF-8
  --seconds N      end after N seconds
  --clusters N     of the demo fleet, 1 to ${maxClusters} (default 6)
  --seed N         of the demo fleet (default 1)

Press ? for the keys. Where the output is no terminal, it prints plain lines: the states, then what happens.
docs/terminal-wall.md describes the screen.
`;

const file = z.string('FILE is missing').min(1, 'needs the name of a file');

const schema = z
  .object({
    help: z.boolean().default(false),
    inventory: file.optional(),
    db: file.optional(),
    at: z.string().optional(),
    as: z.string().trim().min(1, 'needs a name').max(80, 'at most 80 characters').optional(),
    colours: z.enum(['true', '16', 'none'], 'must be true, 16 or none').optional(),
    ascii: z.boolean().default(false),
    seconds: z.coerce.number().min(0.1).max(2_000_000).optional(),
    clusters: z.coerce.number().int().min(1).max(maxClusters).optional(),
    seed: z.coerce.number().int().min(0).max(4_294_967_295).optional(),
    positionals: z.array(file).max(1, 'heron wall shows one FILE'),
  })
  .refine(
    ({ inventory, db, positionals }) =>
      [inventory, db, positionals[0]].filter((one) => one !== undefined).length <= 1,
    { path: ['positionals'], message: 'Name one of --inventory FILE, --db FILE and FILE' },
  )
  .refine(
    ({ inventory, db, positionals, clusters, seed }) =>
      (clusters ?? seed) === undefined || (inventory ?? db ?? positionals[0]) === undefined,
    { path: ['clusters'], message: 'and --seed are of the demo fleet' },
  )
  .refine(({ at, db, positionals }) => at === undefined || (db ?? positionals[0]) !== undefined, {
    path: ['at'],
    message: 'needs a history: --db FILE, or FILE',
  });

/** `nowMs`: UTC now, for a time without a day. @throws UsageError */
export function readWallOptions(args: string[], nowMs: number): WallOptions {
  const given = readArguments(
    args,
    {
      help: { type: 'boolean', short: 'h' },
      inventory: { type: 'string' },
      db: { type: 'string' },
      at: { type: 'string' },
      as: { type: 'string' },
      colours: { type: 'string' },
      ascii: { type: 'boolean' },
      seconds: { type: 'string' },
      clusters: { type: 'string' },
      seed: { type: 'string' },
    },
    schema,
  );
  return {
    help: given.help,
    subject: subjectOf(given),
    atMs: given.at === undefined ? null : momentOf(given.at, nowMs),
    seconds: given.seconds ?? null,
    wanted: { colours: given.colours ?? null, ascii: given.ascii },
    by: given.as ?? null,
  };
}

function subjectOf({ inventory, db, positionals, clusters, seed }: z.infer<typeof schema>): WallSubject {
  const [named] = positionals;
  if (inventory !== undefined) return { kind: 'inventory', file: inventory };
  if (db !== undefined) return { kind: 'service', file: db };
  if (named !== undefined) return { kind: 'file', file: named };
  return { kind: 'demo', clusters: clusters ?? 6, seed: seed ?? 1 };
}

/** The same forms that a time may be typed in. */
function momentOf(text: string, nowMs: number): number {
  const moment = parseMoment(text, 'utc', nowMs);
  if (moment.kind === 'at') return moment.atMs;
  throw new UsageError(`--at ${JSON.stringify(text)} is no time such as 14:02 or "2026-11-22 14:02:13".`);
}

import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { parseDeepLink, type DeepLink } from '../domain/model/deep-link';

const argumentsSchema = z
  .object({
    inventory: z
      .string('--inventory needs the name of a file')
      .min(1, '--inventory needs the name of a file')
      .optional(),
    demo: z.boolean('--demo takes no value').default(false),
    hidden: z.boolean('--hidden takes no value').default(false),
    'user-data': z
      .string('--user-data needs the name of a folder')
      .min(1, '--user-data needs the name of a folder')
      .optional(),
    'demo-seed': z.string().regex(/^\d+$/, '--demo-seed needs a number').optional(),
    'demo-script': z.string('--demo-script needs default, none or a file').min(1).optional(),
    'store-password': z
      .string('--store-password needs a name')
      .min(1, '--store-password needs a name')
      .optional(),
    // Heron passes these two to itself when it has to start again.
    restarts: z
      .string()
      .regex(/^[1-9]$/, '--restarts needs a digit')
      .optional(),
    view: z
      .string()
      .max(500)
      .regex(/^\/(#\/[\w\-./?=&%:,+~]*)?$/, '--view is no view')
      .optional(),
    'without-keychain': z.boolean('--without-keychain takes no value').default(false),
  })
  .refine(
    (given) => !(given.demo && given.inventory !== undefined),
    'give either --demo or --inventory, not both',
  );

/** The app's command line. Paths are absolute. */
export interface LaunchArguments {
  inventoryFile: string | null;
  /** A history or incident file to open read-only instead of monitoring. */
  openFile: string | null;
  /** The view to open with; null: the default one. */
  link: DeepLink | null;
  demo: boolean;
  /** Start in the tray, without showing the window. */
  hidden: boolean;
  /** Arguments for `heron demo`: its seed and its faults. */
  demoArguments: string[];
  /** The arguments that have no effect on a Heron that is running. */
  onlyAtStart: string[];
  userDataFolder: string | null;
  /** Name under which to store the password from standard input; then nothing else is done. */
  storePassword: string | null;
  /** How often Heron has started itself again in a row. */
  restarts: number;
  /** The page to open with after that; null: the default one. */
  view: string | null;
  /** Store it even where the system has no keychain to encrypt it. */
  withoutKeychain: boolean;
}

/**
 * Parses the command line without the program's name. Unknown switches are left to Chromium. A file that ends in `.heron`
 * or `.sqlite` (as a file manager passes it) is opened read-only; its first bytes decide what it is. Invalid heron:// links are
 * ignored.
 *
 * @throws Error whose message says which argument is wrong.
 */
export function parseLaunchArguments(argv: string[], workingFolder: string): LaunchArguments {
  const { values, positionals } = parseArgs({
    args: argv,
    strict: false,
    allowPositionals: true,
    options: {
      inventory: { type: 'string' },
      demo: { type: 'boolean' },
      hidden: { type: 'boolean' },
      'user-data': { type: 'string' },
      'demo-seed': { type: 'string' },
      'demo-script': { type: 'string' },
      'store-password': { type: 'string' },
      'without-keychain': { type: 'boolean' },
      restarts: { type: 'string' },
      view: { type: 'string' },
    },
  });
  const given = argumentsSchema.safeParse(values);
  if (!given.success) {
    throw new Error(given.error.issues.map((issue) => issue.message).join('; '));
  }
  const absolute = (name: string | undefined): string | null =>
    name === undefined ? null : path.resolve(workingFolder, name);
  const opened = positionals.find((name) => /\.(heron|sqlite)$/i.test(name));
  return {
    inventoryFile: absolute(given.data.inventory),
    openFile: absolute(opened),
    link: positionals.map(parseDeepLink).find((link) => link !== null) ?? null,
    demo: given.data.demo,
    hidden: given.data.hidden,
    demoArguments: [
      ...(given.data['demo-seed'] === undefined ? [] : ['--seed', given.data['demo-seed']]),
      ...(given.data['demo-script'] === undefined ? [] : ['--script', given.data['demo-script']]),
    ],
    onlyAtStart: [
      ...(given.data['demo-seed'] === undefined ? [] : ['--demo-seed']),
      ...(given.data['demo-script'] === undefined ? [] : ['--demo-script']),
    ],
    userDataFolder: absolute(given.data['user-data']),
    storePassword: given.data['store-password'] ?? null,
    withoutKeychain: given.data['without-keychain'],
    restarts: Number(given.data.restarts ?? 0),
    view: given.data.view ?? null,
  };
}

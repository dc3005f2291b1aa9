import { z } from 'zod';
import { authProtocols, privProtocols } from '../../domain/inventory/inventory-file';
import { variableSchema } from '../../domain/inventory/inventory-text';
import { readArguments, UsageError } from '../common/command-line';

export const doctorUsage = `heron doctor EDGE|FILE: asks one edge everything, step by step, and says what was found and what to do.

  heron doctor FILE                        every enabled edge of an inventory file, one after the other
  heron doctor NAME --inventory FILE       one edge of an inventory file
  heron doctor ADDRESS --inventory FILE --credential NAME
                                           an address or host, with a credential of the file
  heron doctor ADDRESS --user USER [--auth PROTOCOL --auth-env VARIABLE [--priv PROTOCOL --priv-env VARIABLE]]
                                           an address or host, with an SNMPv3 user
  heron doctor ADDRESS --community-env VARIABLE
                                           an address or host, with an SNMPv2c community
  heron doctor FILE.snmpwalk               a recorded walk (snmpbulkwalk -On … .1 > FILE.snmpwalk)

  --allow-env NAME   let the inventory file name this environment variable; without it only HERON_… is read
  --port N      the agent's UDP port, with an address (default 161)
  --json        one JSON document instead of text
  --redact      replace names and addresses, so that the output can be sent to others

VARIABLE names an environment variable that holds a password; passwords are never arguments. PROTOCOL: ${authProtocols.join(', ')};
${privProtocols.join(', ')}. Exit codes: 0 all is well, 1 problems or warnings were found, 2 wrong arguments. See docs/doctor.md.
`;

const text = z.string().min(1, 'needs a value').max(255, 'is too long');

const schema = z.object({
  help: z.boolean().default(false),
  inventory: text.optional(),
  credential: text.optional(),
  user: z.string().min(1, 'needs a value').max(32, 'is longer than 32 characters').optional(),
  auth: z.enum(authProtocols, `must be one of ${authProtocols.join(', ')}`).optional(),
  'auth-env': variableSchema.optional(),
  priv: z.enum(privProtocols, `must be one of ${privProtocols.join(', ')}`).optional(),
  'priv-env': variableSchema.optional(),
  'community-env': variableSchema.optional(),
  'allow-env': z.array(variableSchema).default([]),
  port: z
    .string()
    .transform((digits) => (/^\d{1,5}$/.test(digits) ? Number(digits) : NaN))
    .refine((port) => port >= 1 && port <= 65_535, 'must be a port from 1 to 65535')
    .optional(),
  json: z.boolean().default(false),
  redact: z.boolean().default(false),
  positionals: z.array(z.string()),
});

type Given = z.infer<typeof schema>;

export interface DoctorOptions extends Omit<Given, 'positionals'> {
  /** EDGE or FILE. */
  what: string;
}

/** @throws UsageError */
export function readDoctorOptions(args: string[]): DoctorOptions {
  const { positionals, ...given } = readArguments(
    args,
    {
      help: { type: 'boolean', short: 'h' },
      ...{ inventory: { type: 'string' }, credential: { type: 'string' }, user: { type: 'string' } },
      ...{ auth: { type: 'string' }, 'auth-env': { type: 'string' } },
      ...{ priv: { type: 'string' }, 'priv-env': { type: 'string' } },
      ...{ 'allow-env': { type: 'string', multiple: true } },
      ...{ 'community-env': { type: 'string' }, port: { type: 'string' } },
      ...{ json: { type: 'boolean' }, redact: { type: 'boolean' } },
    },
    schema,
  );
  if (given.help) return { ...given, what: '' };
  const [what, ...more] = positionals;
  if (what === undefined || what === '' || more.length > 0)
    throw new UsageError('Name one EDGE (with --inventory FILE or a user), or one FILE.');
  checkTogether(given);
  return { ...given, what };
}

function checkTogether(given: Omit<Given, 'positionals'>): void {
  const { user, auth, priv, credential, inventory } = given;
  if ([user, given['community-env'], credential].filter((one) => one !== undefined).length > 1)
    throw new UsageError('Give one of --user, --community-env and --credential.');
  if ((auth === undefined) !== (given['auth-env'] === undefined))
    throw new UsageError('--auth and --auth-env belong together.');
  if ((priv === undefined) !== (given['priv-env'] === undefined))
    throw new UsageError('--priv and --priv-env belong together.');
  if (priv !== undefined && auth === undefined)
    throw new UsageError('--priv needs --auth: SNMPv3 encrypts only what it authenticates.');
  if (auth !== undefined && user === undefined) throw new UsageError('--auth needs --user.');
  if (credential !== undefined && inventory === undefined)
    throw new UsageError('--credential names a credential of a file: add --inventory FILE.');
}

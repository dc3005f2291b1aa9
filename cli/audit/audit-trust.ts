import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { systemClock } from '../../monitor/base/clock';
import { distrustKey, readTrustedKeys, trustKey } from '../../monitor/proof/trusted-keys';
import { trustedKeysFile } from '../common/app-history';
import { exitCode, readArguments, UsageError } from '../common/command-line';
import { printableLine } from '../../monitor/base/printable';
import { print, printError } from '../common/print';

const schema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'must name the owner of the key')
    .max(64, 'has at most 64 characters')
    .optional(),
  from: z.string().trim().max(200, 'has at most 200 characters').default(''),
  remove: z.boolean().default(false),
  positionals: z
    .array(
      z
        .string()
        .toLowerCase()
        .regex(/^[0-9a-f]{64}$/, 'A fingerprint has 64 hexadecimal digits'),
    )
    .max(1, 'heron audit trust FINGERPRINT: one key at a time'),
});

/** `heron audit trust`. Resolves to the exit code. @throws UsageError */
export function runTrust(args: string[], file = trustedKeysFile()): number {
  const options = {
    name: { type: 'string' },
    from: { type: 'string' },
    remove: { type: 'boolean' },
  } as const;
  const given = readArguments(args, options, schema);
  const [fingerprint] = given.positionals;
  try {
    if (fingerprint === undefined) return list(file);
    if (given.remove) return remove(file, fingerprint);
    if (given.name === undefined) throw new UsageError('--name NAME is missing: the owner of the key.');
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const addedMs = Math.round(systemClock.nowMs());
    trustKey(file, { fingerprint, name: given.name, from: given.from, addedMs });
    print(`${fingerprint} is trusted as ${printableLine(given.name)}.\n`);
    return exitCode.done;
  } catch (fault) {
    if (fault instanceof UsageError) throw fault;
    printError(`heron audit: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    return exitCode.problem;
  }
}

function list(file: string): number {
  const keys = readTrustedKeys(file);
  if (keys.length === 0) print('No key is trusted yet: heron audit trust FINGERPRINT --name NAME\n');
  for (const { fingerprint, name, from, addedMs } of keys)
    print(
      printableLine(
        `${fingerprint}  ${name}  added ${new Date(addedMs).toISOString()}${from ? `, ${from}` : ''}`,
      ) + '\n',
    );
  return exitCode.done;
}

function remove(file: string, fingerprint: string): number {
  const removed = distrustKey(file, fingerprint);
  print(removed ? `${fingerprint} is no longer trusted.\n` : `${fingerprint} was not trusted.\n`);
  return removed ? exitCode.done : exitCode.problem;
}

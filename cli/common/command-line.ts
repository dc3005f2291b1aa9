import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { z } from 'zod';

/** Exit codes of every command. `partly`: of `heron audit verify`, for what is verified up to a time. */
export const exitCode = { done: 0, problem: 1, wrongUse: 2, partly: 3 } as const;

/** Wrong use of a command, as one sentence that says what to do. */
export class UsageError extends Error {}

/**
 * Reads a command's arguments: `options` as node:util's parseArgs takes them, then checked and typed by `schema`, which
 * sees the options by name and the other arguments as `positionals`.
 *
 * @throws UsageError for anything unknown, missing or out of range.
 */
export function readArguments<T>(
  args: string[],
  options: NonNullable<ParseArgsConfig['options']>,
  schema: z.ZodType<T>,
): T {
  const checked = schema.safeParse(parsed(args, options));
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const name = issue?.path[0] === 'positionals' ? '' : `--${String(issue?.path[0] ?? '')} `;
  throw new UsageError(`${name}${issue?.message ?? 'is wrong'}.`);
}

function parsed(args: string[], options: NonNullable<ParseArgsConfig['options']>): object {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    return { ...values, positionals };
  } catch (fault) {
    // Only the first sentence of parseArgs is for users; the rest explains `--` to programmers.
    const words = fault instanceof Error ? (fault.message.split('. ')[0] ?? '') : String(fault);
    throw new UsageError(`${words.replace(/\.$/, '')}.`);
  }
}

import { statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import type { RequestFailure } from '../../domain/contract/contract';
import { policySchema, strictestPolicy, type Policy } from '../../domain/policy/policy';
import { readSmallFile } from '../base/read-small-file';

/** The policy of this computer. `fault`: why its file is not followed; then the strictest policy applies. */
export interface ComputerPolicy {
  file: string;
  /** False: there is no such file, and everything is up to each user. */
  isSet: boolean;
  policy: Policy;
  fault: RequestFailure | null;
}

const othersMayWrite = 0o022;

/** Where the policy of a computer is: a folder that only administrators may write. */
export function policyFile(
  platform: NodeJS.Platform = process.platform,
  programData = process.env['ProgramData'],
): string {
  if (platform === 'win32') return path.win32.join(programData || 'C:\\ProgramData', 'Heron', 'policy.json');
  return platform === 'darwin' ? '/Library/Application Support/Heron/policy.json' : '/etc/heron/policy.json';
}

/**
 * Reads the policy. A file that anyone but root could have written, or that has errors, counts as the strictest one: its author
 * wanted less, and nobody knows what. `owner`: the user ID that must own it (Windows has none, and its folder's rights protect it).
 */
export function readPolicy(file = policyFile(), owner = 0): ComputerPolicy {
  try {
    const text = readSmallFile(file, (status) => checkOwner(file, status, owner));
    if (text === null) return { file, isSet: false, policy: {}, fault: null };
    return { file, isSet: true, policy: parsePolicy(text), fault: null };
  } catch (fault) {
    const what = fault instanceof Error ? fault.message : String(fault);
    const todo =
      'An administrator has to correct it (docs/install.md). Until then nothing is allowed that it could forbid.';
    return {
      file,
      isSet: true,
      policy: strictestPolicy,
      fault: { what: `The policy of this computer is not followed: ${what}`, where: file, todo },
    };
  }
}

function checkOwner(file: string, status: Stats, owner: number): void {
  if (process.platform === 'win32') return;
  const folder = path.dirname(file);
  for (const [name, { uid, mode }] of [
    [file, status],
    [folder, statSync(folder)],
  ] as const) {
    if (uid !== owner && uid !== 0)
      throw new Error(`${name} belongs to user ${uid}. Its owner must be root: chown root ${name}`);
    if ((mode & othersMayWrite) !== 0)
      throw new Error(`others than its owner may write ${name}. Forbid it: chmod go-w ${name}`);
  }
}

function parsePolicy(text: string): Policy {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const line = text.slice(0, error.offset).split('\n').length;
    throw new Error(`line ${line} is no JSON (${printParseErrorCode(error.error)}).`);
  }
  const read = policySchema.safeParse(value);
  if (read.success) return read.data;
  const words = read.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the file'}: ${issueWords(issue)}`,
  );
  throw new Error(`${words.join('; ')}.`);
}

function issueWords(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys'
    ? `there is no setting ${issue.keys.map((key) => `"${key}"`).join(', ')}`
    : issue.message;
}

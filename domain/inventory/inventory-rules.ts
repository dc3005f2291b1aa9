import { checked } from '../model/checked';
import { addressFaults } from './address-rules';
import { credentialFaults, edgeFaults, nameFaults } from './entry-rules';
import { inventoryFileSchema, type InventoryFile } from './inventory-file';
import {
  placeFaults,
  placeInWords,
  type InventoryFault,
  type InventoryProblem,
  type IsLatest,
} from './inventory-problem';
import { lineAndColumn, scanJson } from './json-positions';
import { shapeFaults } from './shape-faults';
import { sourceFaults } from './source-rules';
import { subnetFaults } from './subnet-rules';

/** Maximum size of an inventory file in bytes, and of its text in characters. */
export const maxInventoryBytes = 20 * 1024 * 1024;

/** Maximum number of listed problems; the last entry counts the others. */
export const maxProblems = 100;

export type InventoryCheck = { ok: true; file: InventoryFile } | { ok: false; problems: InventoryProblem[] };

/**
 * Checks the text of an inventory file: JSON, schema, and rules between entries. Returns either the file, with all defaults, or
 * all problems with their places.
 */
export function checkInventory(text: string): InventoryCheck {
  if (text.length > maxInventoryBytes) return { ok: false, problems: [tooLarge(text.length)] };
  // Windows editors write a byte order mark; RFC 8259 section 8.1 lets parsers ignore it.
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const parsed = parseJson(json);
  if (!parsed.ok) return { ok: false, problems: parsed.problems };
  const read = checked(inventoryFileSchema, parsed.value);
  const faults = read.success ? ruleFaults(read.data) : shapeFaults(parsed.value, read.error.issues);
  if (read.success && faults.length === 0) return { ok: true, file: read.data };
  return { ok: false, problems: listed(json, parsed.value, faults) };
}

/** The problem of a file that exceeds the maximum size. */
export function tooLarge(bytes: number): InventoryProblem {
  const megabytes = (bytes / 1024 / 1024).toFixed(1);
  return {
    place: 'the whole file',
    line: null,
    reason: `${megabytes} MB: an inventory has at most ${maxInventoryBytes / 1024 / 1024} MB.`,
    todo: 'Check that this is the right file.',
  };
}

/** Violations of rules between entries. A conflict is reported for the entry that is being edited. */
export function ruleFaults(file: InventoryFile, isLatest: IsLatest = () => false): InventoryFault[] {
  return [
    ...nameFaults(file, isLatest),
    ...credentialFaults(file),
    ...edgeFaults(file),
    ...sourceFaults(file),
    ...subnetFaults(file),
    ...addressFaults(file, isLatest),
  ];
}

type ParsedJson = { ok: true; value: unknown } | { ok: false; problems: InventoryProblem[] };

/** The message of JSON.parse is not used, because it may quote the surrounding text, passwords included. */
function parseJson(json: string): ParsedJson {
  const { fault, repeatedKeys } = scanJson(json);
  if (fault) {
    const { line, column } = lineAndColumn(json, fault.offset);
    const place = `line ${line}, column ${column}`;
    const problem = { place, line, reason: fault.reason, todo: 'Correct the text at that place.' };
    return { ok: false, problems: [problem] };
  }
  const value: unknown = JSON.parse(json);
  if (repeatedKeys.length === 0) return { ok: true, value };
  const problems = repeatedKeys.slice(0, maxProblems).map(({ path, offset }) => ({
    place: placeInWords(value, path),
    line: lineAndColumn(json, offset).line,
    reason: 'This key is there twice in one object: only one of the two would count.',
    todo: 'Delete one, or put both into one.',
  }));
  return { ok: false, problems };
}

function listed(json: string, value: unknown, faults: readonly InventoryFault[]): InventoryProblem[] {
  const problems = placeFaults(json, value, faults.slice(0, maxProblems));
  const more = faults.length - problems.length;
  if (more <= 0) return problems;
  const rest = {
    place: 'the whole file',
    line: null,
    reason: `${more} more problems.`,
    todo: 'Correct these first.',
  };
  return [...problems, rest];
}

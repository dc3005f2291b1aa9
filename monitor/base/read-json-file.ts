import { z } from 'zod';
import { RequestRefused } from '../../domain/contract/request-refused';
import { asJson } from './as-json';
import { readSmallFile } from './read-small-file';

const mostFaults = 20;

/** Reads a JSON file and checks it by a schema. `todo` ends the refusal's sentence. @throws RequestRefused */
export function readJsonFile<T extends z.ZodType>(file: string, schema: T, todo: string): z.infer<T> {
  const refused = (what: string, faults: string[] = []): RequestRefused =>
    new RequestRefused({ what, where: file, todo, ...(faults.length > 0 ? { faults } : {}) });
  let text: string | null;
  try {
    text = readSmallFile(file);
  } catch (fault) {
    throw refused(`It cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  if (text === null) throw refused('There is no such file.');
  // The message of JSON.parse may quote the text, secrets included.
  const value = asJson(text);
  if (value === undefined) throw refused('It is not JSON.');
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${z.core.toDotPath(path) || 'the whole file'}: ${message}`,
  );
  throw refused('It has errors.', faults.slice(0, mostFaults));
}

import { createHash } from 'node:crypto';

/*
 * How a set of rows is digested. Each row is one line: the JSON array of its columns, as SQLite's json_array() writes it.
 * The digest is SHA-256 over all lines, each ended by LF: what `sqlite3 FILE "SELECT json_array(…) …" | sha256sum` prints.
 * A row's mark is the first three bytes of the SHA-256 of its line without the LF, in base64: four characters a row, only
 * there to find the row when the digest disagrees. Marks prove nothing.
 */

/** Characters of one mark. */
export const markLength = 4;

/** What a seal stores of a set of rows. */
export interface RowSetDigest {
  /** One mark a row, without separators. */
  marks: string;
  /** Hexadecimal. */
  sha256: string;
}

/** The digest alone, for comparing. */
export function digestLines(lines: readonly string[]): string {
  // One piece: handing each line over by itself costs more than the digest.
  const text = lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Digest and marks, for sealing. */
export function digestWithMarks(lines: Iterable<string>): RowSetDigest {
  const hash = createHash('sha256');
  let marks = '';
  for (const line of lines) {
    hash.update(`${line}\n`, 'utf8');
    marks += markOf(line);
  }
  return { marks, sha256: hash.digest('hex') };
}

/** The mark of one row. */
export function markOf(line: string): string {
  return createHash('sha256').update(line, 'utf8').digest().toString('base64', 0, 3);
}

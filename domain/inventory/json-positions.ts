import { createScanner, printParseErrorCode, visit, type JSONVisitor } from 'jsonc-parser';

/** The path to a value inside a JSON document: keys and array indices from the top. */
export type JsonPath = (string | number)[];

/** Why a text cannot be read: where (UTF-16 offset), and what was expected there, as a sentence. */
export interface JsonFault {
  offset: number;
  reason: string;
}

/** The first syntax error if any, keys given twice, and where the wanted paths begin. */
export interface JsonScan {
  fault: JsonFault | null;
  repeatedKeys: { path: JsonPath; offset: number }[];
  /** Offsets of the values whose `pathKey` was wanted and which exist. */
  offsets: Map<string, number>;
}

/** No inventory is nested deeper than ten levels; the parser is recursive, and must not overflow the stack. */
const maxDepth = 500;

/** A path as one string, for lookups. */
export function pathKey(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String));
}

/** Line and column, both from 1, of an offset in a text. Columns count UTF-16 units, as editors do. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/**
 * Reads JSON (RFC 8259) for what JSON.parse does not report: the position of the first syntax error, which keys an object has
 * twice (JSON.parse silently keeps the last), and where the values at the `wanted` paths begin. Does not build the values.
 */
export function scanJson(text: string, wanted: ReadonlySet<string> = new Set()): JsonScan {
  const scan: JsonScan = { fault: tooDeep(text), repeatedKeys: [], offsets: new Map() };
  if (scan.fault) return scan;
  try {
    visit(text, visitorOf(text, wanted, scan), { disallowComments: true });
  } catch (error) {
    if (!(error instanceof FaultFound)) throw error;
    scan.fault = error.fault;
  }
  return scan;
}

/** Ends the visit at the first error: what the parser reports after it is guesswork. */
class FaultFound extends Error {
  constructor(readonly fault: JsonFault) {
    super(fault.reason);
  }
}

/** What may come next in the document. */
type Next = 'value' | 'key' | 'colon' | 'comma' | 'end';

function visitorOf(text: string, wanted: ReadonlySet<string>, scan: JsonScan): JSONVisitor {
  const depths = [...wanted].map((key) => (JSON.parse(key) as string[]).length);
  const deepestWanted = Math.max(-1, ...depths);
  /** For each open object the keys seen so far, for each open array null. */
  const open: (Set<string> | null)[] = [];
  let next: Next = 'value';
  const locate = (offset: number, path: () => JsonPath): void => {
    if (open.length > deepestWanted) return;
    const key = pathKey(path());
    if (wanted.has(key)) scan.offsets.set(key, offset);
  };
  const ended = (): void => {
    open.pop();
    next = open.length === 0 ? 'end' : 'comma';
  };
  return {
    onObjectBegin: (offset, _length, _line, _character, path) => {
      locate(offset, path);
      open.push(new Set());
      next = 'key';
    },
    onArrayBegin: (offset, _length, _line, _character, path) => {
      locate(offset, path);
      open.push(null);
      next = 'value';
    },
    onObjectEnd: ended,
    onArrayEnd: ended,
    onLiteralValue: (_value, offset, _length, _line, _character, path) => {
      locate(offset, path);
      next = open.length === 0 ? 'end' : 'comma';
    },
    onObjectProperty: (key, offset, _length, _line, _character, path) => {
      const keys = open.at(-1);
      if (keys?.has(key)) scan.repeatedKeys.push({ path: [...path(), key], offset });
      keys?.add(key);
      next = 'colon';
    },
    onSeparator: (character) => {
      next = character === ',' && open.at(-1) ? 'key' : 'value';
    },
    onError: (code, offset, length) => {
      const name = printParseErrorCode(code);
      const at = isEscape(name) ? invalidEscape(text, offset, length) : offset;
      const expected = expectation(name, next, open.at(-1) ? '}' : ']');
      const early = at >= text.length ? 'the file ends too early: ' : '';
      throw new FaultFound({ offset: at, reason: `Not valid JSON: ${early}${expected}.` });
    },
  };
}

function expectation(error: string, next: Next, close: ']' | '}'): string {
  if (isEscape(error))
    return 'an escape such as \\n or \\" was expected here (a single backslash is written \\\\)';
  switch (error) {
    case 'UnexpectedEndOfString':
      return 'this text has no closing quote';
    case 'InvalidCharacter':
      return 'this text contains a control character, which must be escaped';
    case 'UnexpectedEndOfNumber':
      return 'this number is not complete';
    case 'CloseBraceExpected':
      return 'a comma or "}" was expected here';
    case 'CloseBracketExpected':
      return 'a comma or "]" was expected here';
  }
  switch (next) {
    case 'key':
      return 'a key in double quotes was expected here';
    case 'value':
      return 'a value was expected here';
    case 'colon':
      return 'a colon was expected here';
    case 'comma':
      return `a comma or "${close}" was expected here`;
    case 'end':
      return 'the end of the file was expected here';
  }
}

function isEscape(error: string): boolean {
  return error === 'InvalidEscapeCharacter' || error === 'InvalidUnicode';
}

/** The offset of the first escape in the string at `offset` that JSON does not have. */
function invalidEscape(text: string, offset: number, length: number): number {
  const valid = /^"(?:[^\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/.exec(text.slice(offset, offset + length));
  return offset + (valid?.[0].length ?? 0);
}

/** The fault of a document that is nested too deeply, determined without recursion. */
function tooDeep(text: string): JsonFault | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    const first = text[offset];
    if (first === '{' || first === '[') depth += 1;
    else if (first === '}' || first === ']') depth -= 1;
    if (depth > maxDepth) return { offset, reason: `It is nested more than ${maxDepth} levels deep.` };
  }
  return null;
}

/** The way to a value inside a JSON document: keys and array indices from the top. */
export type JsonPath = (string | number)[];

/** A fault of the text itself: where it is (UTF-16 offset), and what was expected there. */
export interface JsonFault {
  offset: number;
  reason: string;
}

/** What a scan found: the first fault of the text if any, keys given twice, and where the wanted paths begin. */
export interface JsonScan {
  fault: JsonFault | null;
  repeatedKeys: { path: JsonPath; offset: number }[];
  /** Offsets of the values whose `pathKey` was wanted and which exist. */
  offsets: Map<string, number>;
}

/** A path as one string, to look it up. */
export function pathKey(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String));
}

/** Line and column, both from 1, of an offset in a text. Columns count UTF-16 units, as editors do. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/**
 * Reads JSON (RFC 8259) for what JSON.parse does not tell: where the first fault is, which keys an object has twice
 * (JSON.parse silently keeps the last), and where the values at the `wanted` paths begin. Does not build the values.
 */
export function scanJson(text: string, wanted: ReadonlySet<string> = new Set()): JsonScan {
  return new Scanner(text, wanted).scan();
}

interface Level {
  /** The keys seen so far; null for an array. */
  keys: Set<string> | null;
  at: string | number;
}

const literals = ['true', 'false', 'null'];
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const blanks = new Set([' ', '\t', '\n', '\r']);

class FaultFound extends Error {
  constructor(readonly fault: JsonFault) {
    super(fault.reason);
  }
}

class Scanner {
  private offset = 0;
  private readonly levels: Level[] = [];
  private readonly deepestWanted: number;
  private readonly found: JsonScan = { fault: null, repeatedKeys: [], offsets: new Map() };

  constructor(
    private readonly text: string,
    private readonly wanted: ReadonlySet<string>,
  ) {
    const depths = [...wanted].map((key) => (JSON.parse(key) as string[]).length);
    this.deepestWanted = Math.max(-1, ...depths);
  }

  scan(): JsonScan {
    try {
      this.document();
    } catch (error) {
      if (!(error instanceof FaultFound)) throw error;
      this.found.fault = error.fault;
    }
    return this.found;
  }

  /** Iterative, so that a document of a million brackets is a fault like any other and not a stack overflow. */
  private document(): void {
    let more = true;
    while (more) {
      const opened = this.value();
      more = opened || this.afterValue();
    }
    this.blank();
    if (this.offset < this.text.length) this.fail('the end of the file was expected here');
  }

  /** Passes one value. True when it opened an object or array whose first value comes next. */
  private value(): boolean {
    this.blank();
    if (this.levels.length <= this.deepestWanted) {
      const key = pathKey(this.levels.map((level) => level.at));
      if (this.wanted.has(key)) this.found.offsets.set(key, this.offset);
    }
    const first = this.text[this.offset];
    if (first === '{') return this.open('}', { keys: new Set(), at: '' });
    if (first === '[') return this.open(']', { keys: null, at: 0 });
    if (first === '"') this.string();
    else this.numberOrLiteral();
    return false;
  }

  private open(close: string, level: Level): boolean {
    this.offset += 1;
    this.blank();
    if (this.text[this.offset] === close) {
      this.offset += 1;
      return false;
    }
    this.levels.push(level);
    if (level.keys) this.key(level, level.keys);
    return true;
  }

  /** Passes what may follow a value: commas and closing brackets. True when another value comes. */
  private afterValue(): boolean {
    for (let level = this.levels.at(-1); level; level = this.levels.at(-1)) {
      this.blank();
      const next = this.text[this.offset];
      const close = level.keys ? '}' : ']';
      if (next === ',') {
        this.offset += 1;
        if (level.keys) this.key(level, level.keys);
        else level.at = Number(level.at) + 1;
        return true;
      }
      if (next !== close) this.fail(`a comma or "${close}" was expected here`);
      this.offset += 1;
      this.levels.pop();
    }
    return false;
  }

  private key(level: Level, keys: Set<string>): void {
    this.blank();
    const start = this.offset;
    if (this.text[start] !== '"') this.fail('a key in double quotes was expected here');
    this.string();
    level.at = JSON.parse(this.text.slice(start, this.offset)) as string;
    if (keys.has(level.at)) {
      this.found.repeatedKeys.push({ path: this.levels.map((each) => each.at), offset: start });
    }
    keys.add(level.at);
    this.blank();
    if (this.text[this.offset] !== ':') this.fail('a colon was expected here');
    this.offset += 1;
  }

  private string(): void {
    const start = this.offset;
    for (this.offset += 1; this.offset < this.text.length; this.offset += 1) {
      const code = this.text.charCodeAt(this.offset);
      if (code === 0x22) {
        this.offset += 1;
        return;
      }
      if (code < 0x20) this.fail('a closing quote was expected before the end of the line', start);
      if (code === 0x5c) this.escape();
    }
    this.fail('this text has no closing quote', start);
  }

  private escape(): void {
    const escaped = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;
    escaped.lastIndex = this.offset + 1;
    const match = escaped.exec(this.text);
    if (!match)
      this.fail('an escape such as \\n or \\" was expected here (a single backslash is written \\\\)');
    else this.offset += match[0].length;
  }

  private numberOrLiteral(): void {
    const literal = literals.find((word) => this.text.startsWith(word, this.offset));
    numberPattern.lastIndex = this.offset;
    const length = literal?.length ?? numberPattern.exec(this.text)?.[0].length;
    if (length === undefined) this.fail('a value was expected here');
    else this.offset += length;
  }

  private blank(): void {
    while (blanks.has(this.text[this.offset] ?? '')) this.offset += 1;
  }

  private fail(reason: string, offset = this.offset): never {
    const atEnd = offset >= this.text.length;
    throw new FaultFound({ offset, reason: atEnd ? `the file ends too early: ${reason}` : reason });
  }
}

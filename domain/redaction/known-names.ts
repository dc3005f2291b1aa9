import { endsWord } from './redact-text';

const firstWord = /^[\p{L}\p{N}\p{M}_]+/u;

/** Names and their pseudonyms, found in texts regardless of case, the longest first. */
export class KnownNames {
  private readonly byName = new Map<string, string>();
  private readonly byStart = new Map<string, string[]>();

  get(name: string): string | undefined {
    return this.byName.get(name);
  }

  learn(name: string, pseudonym: string): void {
    if (name === '') return;
    this.byName.set(name, pseudonym);
    const lower = name.toLowerCase();
    if (!this.byName.has(lower)) this.byName.set(lower, pseudonym);
    const start = startOf(lower);
    const names = this.byStart.get(start) ?? [];
    if (!names.includes(lower)) names.push(lower);
    this.byStart.set(
      start,
      names.sort((a, b) => b.length - a.length),
    );
  }

  /** The longest name that begins at a place of a text. */
  at(text: string, at: number): { length: number; pseudonym: string } | null {
    const start = startOf(text.slice(at, at + 256).toLowerCase());
    for (const name of this.byStart.get(start) ?? []) {
      const there = text.slice(at, at + name.length);
      if (there.toLowerCase() !== name || !endsWord(text, at + name.length)) continue;
      const pseudonym = this.byName.get(there) ?? this.byName.get(name);
      if (pseudonym !== undefined) return { length: name.length, pseudonym };
    }
    return null;
  }
}

function startOf(lower: string): string {
  return firstWord.exec(lower)?.[0] ?? lower.slice(0, 1);
}

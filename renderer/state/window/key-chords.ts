/** Two keys in sequence, such as "d k". */
export interface Chord {
  first: string;
  second: string;
}

const patienceMs = 1500;

/** Detects chords in a sequence of keys. The second key must follow within 1.5 s. */
export class KeyChords {
  private first: { key: string; atMs: number } | null = null;

  constructor(private readonly firstKeys: ReadonlySet<string>) {}

  /** The chord that this key completes, or null. `waiting`: it started a chord and has no other effect. */
  press(key: string, atMs: number): Chord | 'waiting' | null {
    const begun = this.first;
    this.first = null;
    if (begun !== null && atMs - begun.atMs <= patienceMs) return { first: begun.key, second: key };
    if (!this.firstKeys.has(key)) return null;
    this.first = { key, atMs };
    return 'waiting';
  }
}

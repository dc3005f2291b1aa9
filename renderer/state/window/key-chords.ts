/** Two keys, one after the other: "d k" opens the wall. */
export interface Chord {
  first: string;
  second: string;
}

const patienceMs = 1500;

/** Tells chords among single keys. The second key has to come within a second and a half. */
export class KeyChords {
  private first: { key: string; atMs: number } | null = null;

  constructor(private readonly firstKeys: ReadonlySet<string>) {}

  /** What this key completes, if anything. `waiting`: it began a chord, and stands for nothing else. */
  press(key: string, atMs: number): Chord | 'waiting' | null {
    const begun = this.first;
    this.first = null;
    if (begun !== null && atMs - begun.atMs <= patienceMs) return { first: begun.key, second: key };
    if (!this.firstKeys.has(key)) return null;
    this.first = { key, atMs };
    return 'waiting';
  }
}

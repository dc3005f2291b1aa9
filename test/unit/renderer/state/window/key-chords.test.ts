import { describe, expect, it } from 'vitest';
import { KeyChords } from '../../../../../renderer/state/window/key-chords';

describe('two keys, one after the other', () => {
  it('are a chord, and the first stands for nothing else', () => {
    const chords = new KeyChords(new Set(['d']));
    expect(chords.press('d', 0)).toBe('waiting');
    expect(chords.press('k', 900)).toEqual({ first: 'd', second: 'k' });
    expect(chords.press('k', 950)).toBeNull();
  });

  it('are two keys when the second comes late', () => {
    const chords = new KeyChords(new Set(['d']));
    chords.press('d', 0);
    expect(chords.press('k', 1600)).toBeNull();
  });
});

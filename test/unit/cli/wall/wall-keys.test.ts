import { describe, expect, it } from 'vitest';
import type { Key, KeyContext, KeyResult } from '../../../../cli/wall/wall-key';
import { pressKey } from '../../../../cli/wall/wall-keys';
import { firstUi, openPage, type WallUi } from '../../../../cli/wall/wall-state';
import { atMs, clusterIn, dataOf } from './wall-fixtures';

const clusters = [
  clusterIn('no-active-lb', 'gru-01'),
  clusterIn('degraded', 'hkg-01'),
  ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => clusterIn('up', name)),
];
const context: KeyContext = {
  data: dataOf(clusters),
  latestMs: atMs,
  gridColumns: 3,
  pageLines: 10,
  mostScroll: 5,
  acknowledgeRefusal: null,
};

function key(name: string): Key {
  return name.length === 1 ? { name, text: name, ctrl: false } : { name, text: '', ctrl: false };
}

/** After several keys: single characters, or names of keys. */
function press(keys: readonly string[], ui: WallUi = firstUi, within = context): KeyResult {
  return keys.reduce<KeyResult>((before, name) => pressKey(before.ui, key(name), within), {
    ui,
    effect: null,
  });
}

describe('keys', () => {
  it('move through problems and by rows of the grid', () => {
    const selected = (...keys: string[]) => press(keys).ui.selected;
    expect(selected('j')).toBe('cluster hkg-01');
    expect(selected('j', 'j')).toBe('cluster a');
    expect(selected('j', 'j', 'down')).toBe('cluster d');
    expect(selected('j', 'j', 'down', 'right')).toBe('cluster e');
    expect(selected('j', 'j', 'down', 'up', 'k')).toBe('cluster hkg-01');
    expect(selected('end')).toBe('cluster f');
    expect(selected('end', 'home', 'k')).toBe('cluster gru-01');
  });

  it('open a cluster, its events and its failover, and go back', () => {
    expect(openPage(press(['j', 'return']).ui)).toEqual({ kind: 'cluster', clusterId: 'hkg-01' });
    expect(openPage(press(['j', 'return', 'e']).ui)).toMatchObject({ kind: 'events', clusterId: 'hkg-01' });
    expect(openPage(press(['f']).ui)).toMatchObject({ kind: 'failover', clusterId: 'gru-01' });
    expect(openPage(press(['e', 'escape']).ui)).toEqual({ kind: 'wall' });
    expect(openPage(press(['e', '?']).ui)).toEqual({ kind: 'help' });
    expect(openPage(press(['e', '?', '?']).ui)).toMatchObject({ kind: 'events' });
    expect(press(['?', 'q']).effect).toBeNull();
    expect(press(['q']).effect).toEqual({ kind: 'quit' });
    expect(pressKey(press(['?']).ui, { name: 'c', text: '', ctrl: true }, context).effect).toEqual({
      kind: 'quit',
    });
  });

  it('acknowledge with a comment, and not where there is nothing or it is not possible', () => {
    const typed = press(['a', 'o', 'k', 'x', 'backspace', 'return']);
    expect(typed.effect).toEqual({ kind: 'acknowledge', clusterId: 'gru-01', words: 'ok' });
    expect(press(['a', 'escape']).effect).toBeNull();
    expect(press(['end', 'a']).ui.message).toContain('no problem');
    const refused = press(['a'], firstUi, { ...context, acknowledgeRefusal: 'Read-only.' });
    expect(refused.ui).toMatchObject({ message: 'Read-only.', prompt: null });
  });

  it('travel to a typed time, and say when it is none', () => {
    expect(press(['t', ...'21:00', 'return']).effect).toEqual({
      kind: 'travel',
      atMs: Date.parse('2026-11-29T21:00:00Z'),
    });
    expect(press(['t', ...'2026-11-22', 'return']).effect).toEqual({
      kind: 'travel',
      atMs: Date.parse('2026-11-22T00:00:00Z'),
    });
    expect(press(['t', 'return']).effect).toEqual({ kind: 'travel', atMs: null });
    expect(press(['l']).effect).toEqual({ kind: 'travel', atMs: null });
    const wrong = press(['t', ...'soon', 'return']);
    expect(wrong.effect).toBeNull();
    expect(wrong.ui.message).toContain('This is no time');
    // In the past, too, a time without a day is the latest one that is known.
    const past = { ...context, data: dataOf(clusters, { time: 'past', nowMs: atMs - 7_200_000 }) };
    const asked = pressKey(press(['t', ...'-5m']).ui, key('return'), past).effect;
    expect(asked).toEqual({ kind: 'travel', atMs: atMs - 300_000 });
  });

  it('find while typing; Escape shows all', () => {
    const found = press(['/', ...'hkg']);
    expect(found.ui.find).toBe('hkg');
    expect(press(['return', 'escape'], found.ui).ui.find).toBe('');
    expect(press(['/', '\u001b[A']).ui.find).toBe('');
  });
});

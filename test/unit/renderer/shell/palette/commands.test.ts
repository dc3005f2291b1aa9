import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundCommands, mostShown, type Command } from '../../../../../renderer/shell/palette/commands';
import { matchScore } from '../../../../../renderer/shell/palette/match';

const command = (id: string, group: Command['group'], title: string, detail = ''): Command => ({
  ...{ id, group, title, detail, health: null, keys: null },
  run: () => undefined,
});
const some = [
  command('c1', 'Clusters', 'fra-01', 'Frankfurt, Up'),
  command('c2', 'Clusters', 'fra-02', 'Frankfurt, Degraded'),
  command('e1', 'Edges', 'fra-02-05', 'fra-02, Up'),
  command('v1', 'Go to', 'Wall'),
  command('a1', 'Do', 'Add a cluster'),
];
const ids = (typed: string, recent: string[] = []): string[] =>
  foundCommands(some, typed, recent).map(({ id }) => id);

describe('the palette', () => {
  it('finds by words, by parts of them and by letters in their order', () => {
    expect(ids('fra 02')[0]).toBe('c2');
    expect(ids('fr2')).toEqual(['c2', 'e1']);
    expect(ids('degr')).toEqual(['c2']);
    expect(ids('frankfurt')).toEqual(['c1', 'c2']);
    expect(ids('zzz')).toEqual([]);
  });

  it('shows what was used last before anything is typed, then views and actions', () => {
    expect(ids('')).toEqual(['v1', 'a1']);
    expect(ids('', ['e1', 'gone', 'v1'])).toEqual(['e1', 'v1', 'a1']);
    expect(ids('fra-0', ['c2'])[0]).toBe('c2');
  });

  it('puts what was typed in full before what was used recently', () => {
    const plans = [
      command('of', 'Do', 'Plan maintenance of fra-01'),
      command('list', 'Do', 'Planned maintenance'),
      command('plan', 'Do', 'Plan maintenance'),
    ];
    expect(foundCommands(plans, 'plan  Maintenance', ['list', 'of'])[0]?.id).toBe('plan');
    expect(foundCommands(plans, 'plan main', ['list', 'of'])[0]?.id).not.toBe('plan');
  });

  it('shows no more than fits', () => {
    const many = Array.from({ length: 900 }, (_, place) => command(`c${place}`, 'Clusters', `fra-${place}`));
    expect(foundCommands(many, 'fra', [])).toHaveLength(mostShown);
  });

  it('never fits a text that lacks a letter, and always the text itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-y -]{0,20}$/), (text) => {
        expect(matchScore(text, text)).not.toBeNull();
        expect(matchScore(`${text}z`, text)).toBeNull();
      }),
    );
  });
});

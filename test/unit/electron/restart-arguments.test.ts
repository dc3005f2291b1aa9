import { describe, expect, it } from 'vitest';
import { parseLaunchArguments } from '../../../electron/launch-arguments';
import { restartArguments } from '../../../electron/restart-arguments';

const wall = { shown: { mode: 'inventory' }, page: '/#/wall' } as const;

describe('a Heron that starts itself again', () => {
  it('has the same folder and switches, the stored inventory and the view', () => {
    const given = [
      '--no-sandbox',
      '.',
      '--user-data',
      'data',
      '--inventory',
      'edges.json',
      'heron://incident/4',
    ];
    const args = restartArguments(given, 0, 1_000, wall) ?? [];
    expect(args).toEqual(['--no-sandbox', '.', '--user-data', 'data', '--restarts=1', '--view=/#/wall']);
    expect(parseLaunchArguments(args, '/home/noc')).toMatchObject({
      inventoryFile: null,
      link: null,
      demo: false,
      userDataFolder: '/home/noc/data',
      restarts: 1,
      view: '/#/wall',
    });
  });

  it('shows what was shown, not what it was started with', () => {
    const page = '/#/cluster/fra-01?t=5';
    const given = ['--inventory=edges.json', 'other.heron', '--restarts=1', '--view=/#/edges'];
    expect(restartArguments(given, 1, 1_000, { shown: { mode: 'demo' }, page })).toEqual([
      '--demo',
      '--restarts=2',
      `--view=${page}`,
    ]);
    expect(restartArguments(given, 1, 1_000, { shown: { mode: 'file', file: '/a.heron' }, page })).toEqual([
      '/a.heron',
      '--restarts=2',
      `--view=${page}`,
    ]);
  });

  it('does so three times in a row at most, and afresh after it ran for ten minutes', () => {
    expect(restartArguments([], 2, 1_000, wall)).toContain('--restarts=3');
    expect(restartArguments([], 3, 1_000, wall)).toBeNull();
    expect(restartArguments([], 3, 600_000, wall)).toContain('--restarts=1');
  });

  it('takes no view that leads out of the page', () => {
    for (const view of ['https://example.org', '//example.org/#/wall', '/other.html', '/#/wall" onload="'])
      expect(() => parseLaunchArguments([`--view=${view}`], '/')).toThrow('--view');
  });
});

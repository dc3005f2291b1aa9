import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseLaunchArguments } from '../../../electron/launch-arguments';

const here = path.resolve('/home/noc');

describe('how the app was asked to start', () => {
  it('asks for nothing when nothing is given', () => {
    expect(parseLaunchArguments([], here)).toEqual({
      inventoryFile: null,
      openFile: null,
      link: null,
      demo: false,
      hidden: false,
      demoArguments: [],
      onlyAtStart: [],
      userDataFolder: null,
      storePassword: null,
      restarts: 0,
      view: null,
      withoutKeychain: false,
    });
  });

  it('takes paths relative to the folder the person is in', () => {
    const given = parseLaunchArguments(['--inventory', 'edges.json', '--user-data=data'], here);
    expect(given.inventoryFile).toBe(path.join(here, 'edges.json'));
    expect(given.userDataFolder).toBe(path.join(here, 'data'));
  });

  it('passes on what the demo fleet is told', () => {
    const given = parseLaunchArguments(['--demo', '--demo-seed', '7', '--demo-script=none'], here);
    expect(given.demoArguments).toEqual(['--seed', '7', '--script', 'none']);
    expect(given.onlyAtStart).toEqual(['--demo-seed', '--demo-script']);
  });

  it('takes a heron:// link that leads somewhere, and leaves out one that does not', () => {
    expect(parseLaunchArguments(['heron://incident/12'], here).link).toEqual({ to: 'incident', id: 12 });
    expect(parseLaunchArguments(['heron://settings', '--demo'], here)).toMatchObject({
      link: null,
      demo: true,
    });
  });

  it('leaves Chromium its own switches', () => {
    const given = parseLaunchArguments(['--no-sandbox', '--remote-debugging-port=0', '--demo'], here);
    expect(given.demo).toBe(true);
  });

  it('takes a .heron or .sqlite file opened from a file manager as a history to look at', () => {
    for (const name of ['/data/site.heron', '/data/Copy.SQLITE']) {
      const given = parseLaunchArguments([name], here);
      expect(given.openFile).toBe(path.resolve(name));
      expect(given.inventoryFile).toBeNull();
    }
    expect(parseLaunchArguments(['/data/site.txt'], here).openFile).toBeNull();
  });

  it.each([
    [['--inventory'], /--inventory needs the name of a file/],
    [['--inventory='], /--inventory needs the name of a file/],
    [['--user-data'], /--user-data needs the name of a folder/],
    [['--demo-seed', 'x'], /--demo-seed needs a number/],
    [['--demo=yes'], /--demo takes no value/],
    [['--demo', '--inventory', 'a.json'], /either --demo or --inventory/],
  ])('says what is wrong with %j', (argv, words) => {
    expect(() => parseLaunchArguments(argv, here)).toThrow(words);
  });
});

import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../cli/common/command-line';
import { readWatchOptions } from '../../../../cli/watch/watch-options';

describe('readWatchOptions', () => {
  it('fills in defaults', () => {
    expect(readWatchOptions(['--inventory', 'a.json'])).toEqual({
      help: false,
      inventoryFile: 'a.json',
      historyFile: null,
      seconds: null,
      healthIntervalMs: 5000,
      roleIntervalMs: 1000,
      trapPort: null,
      proof: { signingKeyFile: null, anchorFile: null, anchorUrl: null },
      allowedVariables: [],
      alertsFile: null,
      metrics: null,
      vendor: null,
      quiet: false,
    });
  });

  it('takes everything', () => {
    const args =
      '--inventory a.json --db h.sqlite --seconds 2.5 --health-interval 10 --role-interval 0.5 --trap-port 10162 --signing-key k --anchor-file a --anchor-url https://audit.example/heron --allow-env NOC_AUTH --allow-env NOC_PRIV --quiet';
    expect(readWatchOptions(args.split(' '))).toEqual({
      help: false,
      inventoryFile: 'a.json',
      historyFile: 'h.sqlite',
      seconds: 2.5,
      healthIntervalMs: 10_000,
      roleIntervalMs: 500,
      trapPort: 10_162,
      proof: { signingKeyFile: 'k', anchorFile: 'a', anchorUrl: new URL('https://audit.example/heron') },
      allowedVariables: ['NOC_AUTH', 'NOC_PRIV'],
      alertsFile: null,
      metrics: null,
      vendor: null,
      quiet: true,
    });
  });

  it('knows the standard trap port by name', () => {
    expect(readWatchOptions(['--inventory', 'a.json', '--trap-port', 'standard']).trapPort).toBe('standard');
  });

  it('needs nothing else for help', () => {
    expect(readWatchOptions(['--help']).help).toBe(true);
  });

  it.each([
    [[], '--inventory FILE is missing'],
    [['a.json'], 'Everything for heron watch is an option'],
    [['--inventory'], "Option '--inventory <value>' argument missing"],
    [['--inventory', ''], '--inventory needs the name of a file'],
    [['--inventory', 'a', '--secconds', '3'], "Unknown option '--secconds'"],
    [['--inventory', 'a', '--seconds', '0'], '--seconds must be a number of seconds from 0.1'],
    [['--inventory', 'a', '--seconds', ''], '--seconds must be'],
    [['--inventory', 'a', '--seconds', 'NaN'], '--seconds must be'],
    [['--inventory', 'a', '--seconds', 'Infinity'], '--seconds must be'],
    [['--inventory', 'a', '--role-interval', '0.01'], '--role-interval must be'],
    [['--inventory', 'a', '--health-interval', '0.5'], '--health-interval must be'],
    [['--inventory', 'a', '--trap-port', '65536'], '--trap-port must be a port'],
    [['--inventory', 'a', '--anchor-file', 'b'], '--db FILE is missing: a temporary history is not signed'],
    [
      ['--inventory', 'a', '--db', 'h', '--anchor-url', 'http://audit.example'],
      '--anchor-url must be https:',
    ],
    [['--inventory', 'a', '--db', 'h', '--anchor-url', 'audit'], '--anchor-url is not a URL'],
    [['--inventory', 'a', '--trap-port', 'all'], '--trap-port must be a port'],
  ])('refuses %j in one line', (args, words) => {
    const refused = (): unknown => readWatchOptions(args);
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(words);
    expect(refused).not.toThrow(/\n/);
  });
});

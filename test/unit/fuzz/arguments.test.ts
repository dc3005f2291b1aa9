import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../../cli/audit/calendar-options';
import { readDoctorOptions } from '../../../cli/doctor/doctor-options';
import { UsageError } from '../../../cli/common/command-line';
import { printableLine } from '../../../monitor/base/printable';
import { utcTime } from '../../../cli/common/utc-time';
import { zonedTime } from '../../../cli/common/zoned-time';
import { readWallOptions } from '../../../cli/wall/wall-options';
import { readWatchOptions } from '../../../cli/watch/watch-options';
import { isHolidayList } from '../../../domain/calendar/calendar-text';
import { parseMoment } from '../../../domain/calendar/parse-moment';
import { parseLaunchArguments } from '../../../electron/launch-arguments';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, mutate } from '../../fixtures/fuzz/mutate';
import { pick, strangeValue, type Dice } from '../../fixtures/fuzz/mutate-json';
import { runFuzz } from '../../fixtures/fuzz/run-fuzz';

const nowMs = Date.UTC(2026, 10, 22, 14);

interface Reader {
  name: string;
  genuine: string[];
  read: (args: string[]) => unknown;
  /** Its error is one sentence for the terminal. */
  refusal: (fault: unknown) => boolean;
}
const isUsage = (fault: unknown): boolean => fault instanceof UsageError;

const readers: Reader[] = [
  {
    name: 'heron (the window)',
    genuine: [
      ...[
        '--inventory=a.json',
        '--demo',
        '--user-data',
        'folder',
        '--demo-seed',
        '7',
        '--demo-script',
        'none',
      ],
      ...['--store-password', 'name', '--without-keychain', 'a.heron', 'heron://wall', '--no-sandbox', '--'],
    ],
    read: (args) => parseLaunchArguments(args, '/somewhere'),
    refusal: (fault) => fault instanceof Error && fault.constructor === Error,
  },
  {
    name: 'heron watch',
    genuine: [
      ...['--inventory', 'a.json', '--db', 'a.sqlite', '--seconds', '5', '--health-interval=5', '--quiet'],
      ...[
        '--trap-port',
        'standard',
        '--anchor-url',
        'https://anchors.example/a',
        '--allow-env',
        'NAME',
        '-h',
      ],
    ],
    read: readWatchOptions,
    refusal: isUsage,
  },
  {
    name: 'heron wall',
    genuine: [
      ...['--inventory', 'a.json', '--db=a.sqlite', '--at', '2026-11-22 14:02', '--at=14:02', '--as', 'noc'],
      ...['--colours', '16', '--ascii', '--seconds', '9', '--clusters', '6', '--seed', '1', 'a.heron'],
    ],
    read: (args) => readWallOptions(args, nowMs),
    refusal: isUsage,
  },
  {
    name: 'heron doctor',
    genuine: [
      ...['edge-1', '--inventory', 'a.json', '--credential', 'noc', '--user', 'noc', '--auth', 'sha256'],
      ...['--auth-env', 'HERON_A', '--priv', 'aes128', '--priv-env=HERON_P', '--port', '161', '--json'],
    ],
    read: readDoctorOptions,
    refusal: isUsage,
  },
  {
    name: 'a time',
    genuine: [
      '2026-11-22T14:02:13Z',
      '2026-11-22 14:02',
      '14:02',
      '2026-11-22',
      '2026-11-22T14:02:13.5+01:00',
    ],
    read: ([text = '']) => [utcTime('at', text), zonedTime('at', text, 'Europe/Berlin')],
    refusal: isUsage,
  },
  {
    name: 'a moment, hours, holidays',
    genuine: ['14:02:13', '22.11. 14:02', 'Mon-Fri 08:00-18:00', '22:00-06:00', '2026-12-25, 01-01 New Year'],
    read: ([text = '']) => {
      const moment = parseMoment(text, 'utc', nowMs);
      return isHolidayList(text) ? calendarOf({ holidays: text }) : [moment, calendarOf({ hours: text })];
    },
    refusal: isUsage,
  },
];

function mutated(genuine: readonly string[], dice: Dice): string[] {
  const args: string[] = [];
  for (let count = Math.floor(dice() * 6); count >= 0; count -= 1) {
    const word = pick(genuine, dice);
    const roll = dice();
    if (roll < 0.55) args.push(word);
    else if (roll < 0.8) args.push(mutate(Buffer.from(word), dice).toString());
    else if (roll < 0.9) args.push(`${word}=${textOf(dice)}`);
    else args.push(textOf(dice));
  }
  return args;
}

/** An argument has no NUL: the system ends it there. */
function textOf(dice: Dice): string {
  const value = strangeValue(dice);
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.replaceAll('\u0000', '');
}

describe('mutated command lines', () => {
  it(
    'are read, or refused in one line that a terminal can show',
    async () => {
      const accepted = new Map<string, number>();
      const inputs = fuzzInputs(fuzzShares.arguments);
      await runFuzz({ target: 'arguments', inputs, stream: 93 }, (dice, input) => {
        const { name, genuine, read, refusal } = readers[input % readers.length]!;
        const args = mutated(genuine, dice);
        try {
          read(args);
          accepted.set(name, (accepted.get(name) ?? 0) + 1);
        } catch (fault) {
          if (!refusal(fault)) throw new Error(`${name} ${JSON.stringify(args)}`, { cause: fault });
          const words = printableLine((fault as Error).message);
          if (words.trim() === '' || words.includes('\n'))
            throw new Error(`${name}: refused without words`, { cause: fault });
        }
      });
      expect([...accepted.keys()].sort()).toEqual(readers.map(({ name }) => name).sort());
    },
    fuzzDeadlineMs,
  );
});

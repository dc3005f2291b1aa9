import { z } from 'zod';
import { failureOf } from '../../domain/contract/request-refused';
import { variableSchema } from '../../domain/inventory/inventory-text';
import { systemClock } from '../../monitor/base/clock';
import { Channels } from '../../monitor/channels/channels';
import { DeliveryFailure } from '../../monitor/channels/delivery-failure';
import { readChannelFile } from '../../monitor/channels/channel-file';
import { hostsAllowedHere } from '../common/hosts-allowed-here';
import { exitCode, readArguments, UsageError } from '../common/command-line';
import { commandSecrets } from '../common/command-secrets';
import { print, printError } from '../common/print';

export const alertsUsage = `heron alerts: the channels by which alerts reach people (docs/alerts.md).

  heron alerts check FILE          validates a file of channels
  heron alerts test FILE CHANNEL   sends a test by one of its channels, and prints what the receiver answered

  --allow-env NAME   let the file name this environment variable; without it only HERON_… is read; may be repeated

heron watch --alerts FILE delivers the alerts of the edges that it monitors. Exit codes: 0 done, 1 a problem, 2 wrong arguments.
`;

const schema = z.object({
  help: z.boolean().default(false),
  'allow-env': z.array(variableSchema).default([]),
  positionals: z.array(z.string()),
});

/** `heron alerts …`. @throws UsageError */
export async function runAlerts(args: string[]): Promise<number> {
  const given = readArguments(
    args,
    { help: { type: 'boolean', short: 'h' }, 'allow-env': { type: 'string', multiple: true } },
    schema,
  );
  const [command, file, channel, ...more] = given.positionals;
  if (given.help) {
    print(alertsUsage);
    return exitCode.done;
  }
  if (command === 'check' && file !== undefined && channel === undefined) return withWords(() => check(file));
  if (command === 'test' && file !== undefined && channel !== undefined && more.length === 0)
    return withWords(() => test(file, channel, given['allow-env']));
  throw new UsageError('Write: heron alerts check FILE, or: heron alerts test FILE CHANNEL.');
}

function check(file: string): Promise<number> {
  const { channels } = readChannelFile(file);
  print(`${file}: correct. Channels: ${channels.length}.\n`);
  return Promise.resolve(exitCode.done);
}

async function test(file: string, name: string, allowed: readonly string[]): Promise<number> {
  const channels = new Channels({
    settings: { channels: readChannelFile(file).channels.filter((channel) => channel.name === name) },
    secretsOf: () => commandSecrets(allowed),
    clock: systemClock,
    random: Math.random,
    outboxFile: null,
    isAllowedHost: hostsAllowedHere(),
    alerts: () => null,
    monitor: () => ({ state: 'starting', edgesPolled: 0, edgesAnswered: 0 }),
  });
  try {
    await channels.test(name);
    print(`${name}: delivered.\n`);
    return exitCode.done;
  } catch (fault) {
    if (!(fault instanceof DeliveryFailure)) throw fault;
    printError(`heron alerts: ${name}: not delivered: ${fault.words}.\n`);
    return exitCode.problem;
  } finally {
    await channels.stop();
  }
}

async function withWords(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (fault) {
    const failure = failureOf(fault);
    if (!failure) throw fault;
    printError(`heron alerts: ${failure.what} (${failure.where}) ${failure.todo}\n`);
    for (const line of failure.faults ?? []) printError(`  ${line}\n`);
    return exitCode.problem;
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BrowserWindow } from 'electron';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { contract } from '../../../domain/contract/contract';
import { requestChannel, type RequestReply } from '../../../domain/contract/ipc-json';
import { RequestRefused } from '../../../domain/contract/request-refused';
import { checkInventory } from '../../../domain/inventory/inventory-rules';
import { appUpdates } from '../../../electron/computer/app-updates';
import { makeDesk } from '../../../electron/app-desk';
import { appServices, type AppServices } from '../../../electron/app-services';
import { serveRequests } from '../../../electron/ipc/request-channel';
import { requestHandlers } from '../../../electron/ipc/request-handlers';
import { parseLaunchArguments } from '../../../electron/launch-arguments';
import { PreferencesFile } from '../../../electron/settings/preferences';
import { systemClock } from '../../../monitor/base/clock';
import { systemPolling } from '../../../monitor/start-monitor';
import { requestNames, type RequestHandlers } from '../../../monitor/usecases/answer-request';
import type { FakeElectron } from '../../fixtures/fuzz/fake-electron';
import { madeRequest, ownSender, type SentRequest } from '../../fixtures/fuzz/made-request';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares } from '../../fixtures/fuzz/mutate';
import { runFuzz } from '../../fixtures/fuzz/run-fuzz';
import { watchHours } from '../../fixtures/history/monitored-hours';
import { testSigner } from '../../fixtures/history/test-signer';
import { FakeSource } from '../../fixtures/sources/fake-source';

const place = vi.hoisted(() => ({
  folder: '',
  fake: { listeners: new Map(), saveTo: null, choose: null } as FakeElectron,
}));
vi.mock('electron', async () => {
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { fakeElectron } = await import('../../fixtures/fuzz/fake-electron');
  place.folder = mkdtempSync(`${tmpdir()}/heron-fuzz-requests-`);
  return fakeElectron(place.fake);
});
vi.mock('../../../electron/session/built-files', async () => {
  const { fileURLToPath } = await import('node:url');
  const out = fileURLToPath(new URL('../../../out', import.meta.url));
  return { builtFiles: { renderer: out, preload: out, cli: out, workers: `${out}/workers` } };
});
vi.mock('../../../electron/files/fork-utility', async () => {
  const { forkNode } = await import('../../../db/threads/fork-process');
  return { forkUtility: forkNode };
});
vi.mock('../../../electron/session/demo-process', () => ({
  startDemo: () =>
    Promise.reject(new RequestRefused({ what: 'There is no fleet here.', where: 'test', todo: 'None.' })),
}));

/** So often each handler is carried out; later calls are checked and counted only. */
const mostCalls = 500;
/** The same for those that start processes, replace what is monitored, or wait for an edge. */
const mostCostlyCalls = 4;
/** An edge or an engine would have to answer. */
const neverCalled: ReadonlySet<string> = new Set(['inventory.try', 'inventory.trySource']);
const costly =
  /^(demo\.start|inventory\.(import|change|undo)|file\.open|incident\.|history\.backup|proof\.(standing|exportAnchor|trust|distrust)|support\.bundle|traps\.set)/;

/** For each request that no input reached. */
const mostTries = 200;

const requests: Record<
  string,
  { args: { safeParse(value: unknown): { success: boolean; data?: unknown } } }
> = {
  ...contract.queries,
  ...contract.commands,
};
const sending = new AsyncLocalStorage<SentRequest>();
const reached = new Map<string, number>();
let unvalidated = 0;

/** Whether the schema itself accepts what was sent, and makes of it what the handler got. */
function isValidated(name: string, args: unknown): boolean {
  const sent = sending.getStore();
  if (sent === undefined || !sent.own || typeof sent.text !== 'string') return false;
  const request = JSON.parse(sent.text) as { name: unknown; args?: unknown };
  const checked = requests[name]?.args.safeParse(request.args);
  return request.name === name && checked?.success === true && isDeepStrictEqual(checked.data, args);
}

/** The handlers, each of which first counts how it was reached. */
function counted(handlers: RequestHandlers): RequestHandlers {
  const entries = Object.entries(handlers).map(([name, handler]) => [
    name,
    (args: unknown): unknown => {
      if (!isValidated(name, args)) unvalidated += 1;
      const times = (reached.get(name) ?? 0) + 1;
      reached.set(name, times);
      // A file that is open would refuse most of the others, so closing it is always carried out.
      const most = costly.test(name) ? mostCostlyCalls : mostCalls;
      if (neverCalled.has(name) || (name !== 'file.close' && times > most))
        throw new RequestRefused({ what: 'Tried often enough.', where: name, todo: 'None.' });
      return (handler as (args: unknown) => unknown)(args);
    },
  ]);
  return Object.fromEntries(entries) as RequestHandlers;
}

let services: AppServices;
const historyFile = (): string => path.join(place.folder, 'given.sqlite');

async function startServices(): Promise<void> {
  const exampleFile = new URL('../../fixtures/inventories/example.json', import.meta.url);
  const example = checkInventory(readFileSync(exampleFile, 'utf8'));
  if (!example.ok) throw new Error('The example inventory is refused.');
  services = appServices(place.folder, parseLaunchArguments([], place.folder), {
    ...systemPolling,
    pathProbe: null,
    readerOf: () => Object.assign(new FakeSource(systemClock), { engineOf: () => null }),
  });
  await services.session.startInventory(example.file, 'example.json');
  const preferences = new PreferencesFile(path.join(place.folder, 'preferences.json'), () => undefined);
  const desk = makeDesk(services, preferences, {
    folder: place.folder,
    isEnding: () => false,
    quitStopsChanged: () => undefined,
    quit: () => undefined,
  });
  serveRequests(() => ({ webContents: { id: ownSender.sender.id } }) as BrowserWindow, {
    handlers: counted(
      requestHandlers(services, preferences, appUpdates(services.policy.policy, false), desk),
    ),
    fileIsOpen: () => services.files.opened !== null,
    checkResults: true,
  });
}

describe('mutated requests on the channel of the window', () => {
  beforeAll(async () => {
    watchHours(historyFile(), 2, testSigner('genuine'));
    await startServices();
  });
  afterAll(async () => {
    await services.files.stop();
    await services.session.stop();
    await services.trapPort.set(null);
    rmSync(place.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  });

  it(
    'reach a handler only from the own window and with arguments of the contract, and none is a fault in Heron',
    async () => {
      const listener = place.fake.listeners.get(requestChannel)!;
      const { inventory } = await services.session.current();
      const make = madeRequest(inventory, [historyFile(), place.folder, '/dev/zero', '/nowhere']);
      const inputs = fuzzInputs(fuzzShares.requests);
      const send = async (sent: SentRequest): Promise<void> => {
        const reply = await sending.run(sent, () => listener(sent.event, sent.text));
        judge(reply as RequestReply<unknown>, sent);
      };
      const run = { target: 'requests', unvalidated: () => unvalidated };
      await runFuzz({ ...run, inputs, stream: 95 }, async (dice, input) => {
        const sent = make(dice);
        place.fake.saveTo = input % 3 === 0 ? null : path.join(place.folder, `saved-${input % 5}`);
        place.fake.choose = input % 2 === 0 ? historyFile() : null;
        await send(sent);
      });
      // Some requests may not have been among so few inputs, or not with arguments that their schema accepts.
      await runFuzz({ ...run, inputs: requestNames.length, stream: 96 }, async (dice, input) => {
        const name = requestNames[input];
        for (let turn = 0; name !== undefined && turn < mostTries && !reached.has(name); turn += 1) {
          await send(make(dice, 'file.close'));
          await send(make(dice, name));
        }
      });
      expect(unvalidated).toBe(0);
      expect([...reached.keys()].sort()).toEqual(Object.keys(requests).sort());
    },
    fuzzDeadlineMs,
  );
});

/** A fault in Heron, such as a result that is not as the contract says, is replied in these words. */
function judge(reply: RequestReply<unknown>, { text, own }: SentRequest): void {
  const shown = typeof text === 'string' ? text.slice(0, 2_000) : typeof text;
  if (reply.ok && !own) throw new Error(`Answered to a stranger: ${shown}`);
  if (reply.ok) return;
  const { what, where, todo } = reply.failure;
  if (/fault of its own/.test(what)) throw new Error(`A fault in Heron: ${shown}`);
  if ([what, where, todo].some((words) => typeof words !== 'string' || words === ''))
    throw new Error(`Refused without words: ${shown}`);
}

import { describe, expect, it, vi } from 'vitest';
import {
  answerRequest,
  mostRequestCharacters,
  requestNames,
  type RequestHandlers,
} from '../../../../monitor/usecases/answer-request';
import { RequestRefused } from '../../../../domain/contract/request-refused';

const about = {
  version: '1.0.0',
  mode: 'demo',
  source: 'demo fleet',
  electron: '33',
  historyFile: '/h',
  user: 'noc',
} as const;
const unused = (): never => {
  throw new Error('not asked for in this test');
};

/** Every handler of the contract; those that a test does not name throw. */
function handlers(own: Partial<RequestHandlers> = {}): RequestHandlers {
  const all = Object.fromEntries(requestNames.map((name) => [name, unused])) as unknown as RequestHandlers;
  return {
    ...all,
    'app.about': () => about,
    'history.events': () => [],
    'history.coverage': () => null,
    'text.copy': () => undefined,
    'cluster.acknowledge': () => undefined,
    'window.fullScreen': () => undefined,
    'appearance.set': () => undefined,
    ...own,
  };
}
const onFault = vi.fn();

/** Sends what the preload script sends: a JSON text. `own`: handlers in place of the usual ones. */
function send(
  request: unknown,
  {
    own = {},
    fileIsOpen = false,
    checkResults = true,
  }: { own?: Partial<RequestHandlers>; fileIsOpen?: boolean; checkResults?: boolean } = {},
) {
  const text = typeof request === 'object' ? JSON.stringify(request) : request;
  return answerRequest(text, {
    handlers: handlers(own),
    fileIsOpen: () => fileIsOpen,
    checkResults,
    onFault,
  });
}

describe('a request', () => {
  it('is answered with the handler’s result, as JSON text', async () => {
    expect(await send({ name: 'app.about' })).toEqual({ ok: true, text: JSON.stringify(about) });
  });

  it.each([
    ['history.events', undefined, /expected object/],
    ['history.events', { clusterId: null, types: null, beforeId: null, limit: 100_000 }, /limit/],
    ['history.events', { clusterId: 5, types: null, beforeId: null, limit: 10 }, /clusterId/],
    ['history.events', { clusterId: null, types: ['x'], beforeId: null, limit: 10 }, /types/],
    ['appearance.set', { theme: 'pink' }, /theme/],
    ['inventory.import', { file: 7 }, /file/],
    ['traps.set', { port: 70_000 }, /port/],
    ['app.about', { surprise: true }, /void|undefined/],
  ] as const)('%s with %j is refused in words, and no handler runs', async (name, args, words) => {
    const handler = vi.fn();
    const reply = await send({ name, args }, { own: { [name]: handler } });
    expect(reply).toMatchObject({ ok: false, failure: { where: name, what: expect.stringMatching(words) } });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each([
    ['an unknown name', { name: 'shell.run', args: 'ls' }, /no such request/],
    ['a name that every object has', { name: 'toString' }, /no such request/],
    ['a name that every object has', { name: '__proto__' }, /no such request/],
    ['the name of a notice', { name: 'snapshot.changed' }, /no such request/],
    ['no name', { args: {} }, /not JSON of a name/],
    ['a name that is no text', { name: 5 }, /not JSON of a name/],
    ['more than name and args', { name: 'app.about', sender: 'me' }, /not JSON of a name/],
    ['a text that is not JSON', '{"name":', /not JSON of a name/],
    ['the empty text', '', /not JSON of a name/],
    ['no text', undefined, /not a text/],
    ['a number', 7, /not a text/],
    [
      'too many characters',
      'x'.repeat(mostRequestCharacters + 1),
      /50000001 characters; 50000000 are allowed/,
    ],
  ])('with %s is refused with what, where and what to do', async (_what, request, words) => {
    const reply = await send(request);
    expect(reply).toMatchObject({
      ok: false,
      failure: {
        what: expect.stringMatching(words),
        where: expect.stringMatching(/./),
        todo: expect.stringMatching(/./),
      },
    });
  });

  it('with an enormous name is refused without repeating it all', async () => {
    const reply = await send({ name: 'x'.repeat(100_000) });
    expect(JSON.stringify(reply).length).toBeLessThan(500);
  });

  it.each(['inventory.get', 'edge.answers', 'demo.start', 'note.add', 'cluster.acknowledge', 'traps.set'])(
    '%s is refused while a file is open',
    async (name) => {
      const handler = vi.fn();
      const reply = await send({ name, args: {} }, { own: { [name]: handler }, fileIsOpen: true });
      expect(reply).toMatchObject({ ok: false, failure: { where: name } });
      expect(handler).not.toHaveBeenCalled();
    },
  );

  it('with a length that is no number, which makes zod throw, is refused', async () => {
    const strange = { length: { toString: 1 } };
    const text = JSON.stringify({
      name: 'audit.ask',
      args: { question: 'notes', clusterIds: strange, zone: strange },
    });
    const reply = await answerRequest(text, {
      handlers: handlers(),
      fileIsOpen: () => false,
      checkResults: true,
      onFault: unused,
    });
    expect(reply).toMatchObject({ ok: false, failure: { where: 'audit.ask' } });
  });

  it('that needs no monitoring is answered while a file is open', async () => {
    expect(await send({ name: 'app.about' }, { fileIsOpen: true })).toMatchObject({ ok: true });
  });

  it('passes on a refusal as it is', async () => {
    const failure = { what: 'No.', where: 'here', todo: 'Ask elsewhere.' };
    const own: Partial<RequestHandlers> = {
      'demo.start': () => {
        throw new RequestRefused(failure);
      },
    };
    expect(await send({ name: 'demo.start' }, { own })).toEqual({ ok: false, failure });
  });

  it('never repeats the text or the stack of an unexpected error, but logs it', async () => {
    const fault = new Error('password=swordfish at /home/somebody');
    const reply = await send({ name: 'demo.start' }, { own: { 'demo.start': () => Promise.reject(fault) } });
    expect(reply.ok).toBe(false);
    expect(JSON.stringify(reply)).not.toMatch(/swordfish|somebody|at /);
    expect(onFault).toHaveBeenCalledWith('demo.start', fault);
  });

  it('whose result does not match the contract fails where results are checked', async () => {
    const own = { 'app.about': () => ({ ...about, mode: 'else' as 'demo' }) };
    expect((await send({ name: 'app.about' }, { own })).ok).toBe(false);
    expect((await send({ name: 'app.about' }, { own, checkResults: false })).ok).toBe(true);
  });
});

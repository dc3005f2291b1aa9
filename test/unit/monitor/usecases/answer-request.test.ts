import { describe, expect, it, vi } from 'vitest';
import {
  answerRequest,
  requestNames,
  type RequestHandlers,
} from '../../../../monitor/usecases/answer-request';
import { RequestRefused } from '../../../../domain/contract/request-refused';
import { madeFileAnswers } from '../../../fixtures/fake-bridge/files';

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

function handlers(own: Partial<RequestHandlers> = {}): RequestHandlers {
  return {
    'snapshot.get': unused,
    'history.events': () => [],
    'history.share': unused,
    'history.snapshotAt': unused,
    'history.lanes': () => [],
    'history.spans': () => [],
    'history.series': unused,
    'history.availability': () => [],
    'history.gaps': () => [],
    'history.runs': () => [],
    'history.coverage': () => null,
    'app.about': () => about,
    'inventory.choose': () => null,
    'inventory.import': unused,
    'inventory.export': () => null,
    'inventory.get': unused,
    'inventory.try': unused,
    'inventory.change': unused,
    'inventory.undo': () => undefined,
    'password.remove': () => undefined,
    ...madeFileAnswers(),
    'history.backup': () => null,
    'cluster.acknowledge': () => undefined,
    'demo.start': () => undefined,
    'note.add': unused,
    'text.copy': () => undefined,
    'text.save': () => null,
    'window.fullScreen': () => undefined,
    'incidents.list': unused,
    'traps.status': unused,
    'traps.set': unused,
    'appearance.set': () => undefined,
    ...own,
  };
}
const onFault = vi.fn();
const strict = { checkResults: true, onFault };

describe('a request', () => {
  it('has a handler under every name of the contract', () => {
    expect(Object.keys(handlers()).sort()).toEqual([...requestNames].sort());
  });

  it('is answered with what the handler says', async () => {
    expect(await answerRequest(handlers(), 'app.about', undefined, strict)).toEqual({
      ok: true,
      value: about,
    });
  });

  it.each([
    ['history.events', undefined, /expected object/],
    ['history.events', { clusterId: null, types: null, beforeId: null, limit: 100_000 }, /limit/],
    ['history.events', { clusterId: 5, types: null, beforeId: null, limit: 10 }, /clusterId/],
    ['appearance.set', { theme: 'pink' }, /theme/],
    ['inventory.import', { file: 7 }, /file/],
    ['traps.set', { port: 70_000 }, /port/],
    ['app.about', { surprise: true }, /void|undefined/],
  ] as const)('%s with %j is refused in words, and no handler runs', async (name, args, words) => {
    const handler = vi.fn();
    const outcome = await answerRequest(handlers({ [name]: handler }), name, args, strict);
    expect(outcome).toMatchObject({
      ok: false,
      failure: { where: name, what: expect.stringMatching(words) },
    });
    expect(handler).not.toHaveBeenCalled();
  });

  it('passes on a refusal as it is', async () => {
    const failure = { what: 'No.', where: 'here', todo: 'Ask elsewhere.' };
    const refuses = handlers({
      'demo.start': () => {
        throw new RequestRefused(failure);
      },
    });
    expect(await answerRequest(refuses, 'demo.start', undefined, strict)).toEqual({ ok: false, failure });
  });

  it('never tells the text or the stack of an unexpected error, but logs it', async () => {
    const fault = new Error('password=swordfish at /home/somebody');
    const breaks = handlers({ 'demo.start': () => Promise.reject(fault) });
    const outcome = await answerRequest(breaks, 'demo.start', undefined, strict);
    expect(outcome.ok).toBe(false);
    expect(JSON.stringify(outcome)).not.toMatch(/swordfish|somebody|at /);
    expect(onFault).toHaveBeenCalledWith('demo.start', fault);
  });

  it('finds an answer that is not as agreed where results are checked', async () => {
    const wrong = handlers({ 'app.about': () => ({ ...about, mode: 'else' as 'demo' }) });
    expect((await answerRequest(wrong, 'app.about', undefined, strict)).ok).toBe(false);
    expect((await answerRequest(wrong, 'app.about', undefined, { ...strict, checkResults: false })).ok).toBe(
      true,
    );
  });
});

import { describe, expect, it, vi } from 'vitest';
import { findUpdate } from '../../../../monitor/updates/find-update';
import { UpdateError } from '../../../../monitor/updates/update-manifest';
import { UpdateService, type UpdateDependencies } from '../../../../monitor/updates/update-service';
import { manifestOf, UpdateServer } from '../../../fixtures/updates';

const newer = manifestOf('1.3.0');
const feed = { url: 'https://updates.example', publicKey: 'AAAA' };

function service(change: Partial<UpdateDependencies> = {}, wanted = true) {
  const find = vi.fn<UpdateDependencies['find']>(() => Promise.resolve(newer));
  const install = vi.fn<NonNullable<UpdateDependencies['install']>>(() => Promise.resolve());
  const given: UpdateDependencies = {
    ...{
      feed,
      current: '1.2.0',
      kind: 'appimage',
      policy: {},
      nowMs: () => 1000,
      find,
      install,
      log: () => undefined,
    },
    ...change,
  };
  return { find, install, updates: new UpdateService(given, wanted) };
}

describe('whether newer versions are looked for', () => {
  it('is the user’s choice without a policy', async () => {
    const { updates, find } = service({}, false);
    expect(await updates.check()).toMatchObject({ state: 'off', decidedBy: 'user', on: false });
    expect(find).not.toHaveBeenCalled();
    expect(updates.set(true)).toMatchObject({ state: 'idle', on: true });
    expect(await updates.check()).toMatchObject({ state: 'newer', version: '1.3.0', checkedMs: 1000 });
    expect(updates.set(false)).toMatchObject({ state: 'off', version: null, canInstall: false });
  });

  it('is the administrator’s with one', async () => {
    const { updates, find } = service({ policy: { updates: { mode: 'off' } } });
    expect(await updates.check()).toMatchObject({ state: 'off', decidedBy: 'administrator' });
    expect(find).not.toHaveBeenCalled();
    expect(() => updates.set(true)).toThrow(/not yours/);
  });

  it('is nobody’s where the package has nowhere to look', async () => {
    const { updates, find } = service({ feed: null });
    expect(await updates.check()).toMatchObject({ state: 'off', decidedBy: 'build' });
    expect(find).not.toHaveBeenCalled();
  });

  it('means the policy’s channel and mirror', async () => {
    const { updates, find } = service({
      policy: { updates: { channel: 'beta', url: 'https://mirror.example' } },
    });
    await updates.check();
    expect(find).toHaveBeenCalledWith(
      expect.objectContaining({
        channel: 'beta',
        feed: { url: 'https://mirror.example', publicKey: 'AAAA' },
      }),
    );
  });
});

describe('a newer version', () => {
  it('is installed by Heron only where it may, and once it was found', async () => {
    const { updates, install } = service();
    await expect(updates.install()).rejects.toThrow(/no newer version/);
    expect(await updates.check()).toMatchObject({ canInstall: true });
    expect(await updates.install()).toMatchObject({ state: 'ready', canInstall: false });
    expect(install).toHaveBeenCalledExactlyOnceWith(newer, feed.url);
  });

  it.each([
    [{ kind: 'deb', install: null } as const, /apt/],
    [{ kind: 'rpm', install: null } as const, /dnf/],
    [{ policy: { updates: { mode: 'notify' } } } as const, /administrator/],
  ])('is only named otherwise: %#', async (change, words) => {
    const { updates, install } = service(change);
    const status = await updates.check();
    expect(status).toMatchObject({ state: 'newer', canInstall: false });
    expect(status.words).toMatch(words);
    await expect(updates.install()).rejects.toThrow();
    expect(install).not.toHaveBeenCalled();
  });

  it('whose download fails is not installed, and can be looked for again', async () => {
    const { updates } = service({
      install: () => Promise.reject(new UpdateError('x is not the file that is signed.')),
    });
    await updates.check();
    const failed = await updates.install();
    expect(failed).toMatchObject({
      state: 'failed',
      words: expect.stringContaining('not the file that is signed'),
    });
    expect(await updates.check()).toMatchObject({ state: 'newer' });
  });

  it('is asked for once at a time', async () => {
    const { updates, find } = service();
    await Promise.all([updates.check(), updates.check(), updates.check()]);
    expect(find).toHaveBeenCalledOnce();
  });
});

it('a server that hangs delays nothing, and is named', async () => {
  const server = await UpdateServer.start();
  for (const end of ['', '.sig']) server.files.set(`/heron-update.json${end}`, null);
  const { updates } = service({
    feed: server.feed,
    find: (search) => findUpdate({ ...search, timeoutMs: 100 }),
  });
  expect(await updates.check()).toMatchObject({
    state: 'failed',
    words: expect.stringContaining('did not answer'),
  });
  await server.stop();
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findUpdate, type UpdateSearch } from '../../../../monitor/updates/find-update';
import { manifestOf, UpdateServer } from '../../../fixtures/updates';

let server: UpdateServer;
beforeEach(async () => {
  server = await UpdateServer.start();
});
afterEach(() => server.stop());

const search = (change: Partial<UpdateSearch> = {}) =>
  findUpdate({ feed: server.feed, channel: 'stable', current: '1.2.0', timeoutMs: 5_000, ...change });

describe('a newer version', () => {
  it.each([
    ['1.2.1', true],
    ['1.10.0', true],
    ['2.0.0', true],
    ['1.2.0', false],
    ['1.1.9', false],
    ['1.2.0-beta.1', false],
  ])('%s on 1.2.0: %s', async (version, isNewer) => {
    server.publish(manifestOf(version));
    expect((await search())?.version ?? null).toBe(isNewer ? version : null);
  });

  it('of the beta channel is another file', async () => {
    server.publish(manifestOf('1.3.0-beta.1'), 'heron-update-beta.json');
    expect((await search({ channel: 'beta' }))?.version).toBe('1.3.0-beta.1');
    await expect(search()).rejects.toThrow(/answered 404/);
  });
});

describe('what is found is not used', () => {
  it('when it is changed after it was signed', async () => {
    server.publish(manifestOf('1.3.0'));
    server.files.set('/heron-update.json', JSON.stringify(manifestOf('9.0.0')));
    await expect(search()).rejects.toThrow(/not signed by the key of this Heron/);
  });

  it('when another key signed it', async () => {
    const other = await UpdateServer.start();
    server.publish(manifestOf('1.3.0'));
    await expect(search({ feed: { ...server.feed, publicKey: other.publicKey } })).rejects.toThrow(
      /not signed/,
    );
    await other.stop();
  });

  it.each(['', 'AAAA', '\u0000', 'no base64 at all'])('with the signature %j', async (signature) => {
    server.publish(manifestOf('1.3.0'));
    server.files.set('/heron-update.json.sig', signature);
    await expect(search()).rejects.toThrow(/not signed/);
  });

  it.each([
    '',
    '[]',
    '{"version": "newest"}',
    JSON.stringify({ ...manifestOf('1.3.0'), page: 'http://x.example' }),
  ])('when it is signed and no manifest: %j', async (text) => {
    server.publish(text);
    await expect(search()).rejects.toThrow(/no list of a version's files/);
  });

  it('when it is larger than any manifest', async () => {
    server.publish(' '.repeat(2 << 20));
    await expect(search()).rejects.toThrow(/larger than 1 MB/);
  });
});

it('a server that never answers, or is not there, is named with the reason', async () => {
  for (const end of ['', '.sig']) server.files.set(`/heron-update.json${end}`, null);
  await expect(search({ timeoutMs: 200 })).rejects.toThrow(
    /^127\.0\.0\.1:\d+ did not answer within 0\.2 s\.$/,
  );
  const { feed } = server;
  await server.stop();
  await expect(search({ feed })).rejects.toThrow(/could not be reached/);
});

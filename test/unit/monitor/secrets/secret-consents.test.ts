import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { secretUses } from '../../../../domain/inventory/secret-uses';
import { SecretConsents } from '../../../../monitor/secrets/secret-consents';

let folder: string;
let file: string;
let consents: SecretConsents;
const base = { resolve: () => Promise.resolve({ found: true as const, value: 's3cret' }) };

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'heron-consents-'));
  file = path.join(folder, 'secret-consents.json');
  consents = new SecretConsents(file);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const v2c = (place: object) => ({ name: 'c', version: '2c', ...place });
const v3 = (user: string, place: object) => ({
  name: 'c',
  version: '3',
  user,
  auth: { protocol: 'sha1', ...place },
});

function inventory(credential: object, ...hosts: string[]): Inventory {
  const standaloneEdges = hosts.map((host, index) => ({
    name: `e${index}`,
    deployment: 'standalone',
    proxyIp: `10.0.0.${index + 1}`,
    snmp: { host, credential: 'c' },
  }));
  return identifyInventory(
    inventoryFileSchema.parse({ credentials: [credential], clusters: [], standaloneEdges }),
    null,
  );
}

describe('what an inventory may use', () => {
  it('is every variable of Heron’s, without asking', () => {
    expect(consents.review(inventory(v2c({ communityEnv: 'HERON_C' }), '10.9.9.9'))).toEqual([]);
  });

  it('is no other variable before it is allowed, once and for all', async () => {
    const foreign = inventory(v2c({ communityEnv: 'AWS_SECRET_ACCESS_KEY' }), '203.0.113.9');
    const guarded = consents.guard(base);
    expect(consents.review(foreign)).toEqual([
      { source: { env: 'AWS_SECRET_ACCESS_KEY' }, user: null, hosts: ['203.0.113.9'] },
    ]);
    const refused = await guarded.resolve({ env: 'AWS_SECRET_ACCESS_KEY' });
    expect(refused).toMatchObject({ found: false, words: expect.stringContaining('not allowed') });
    consents.allow(secretUses(foreign));
    expect(await guarded.resolve({ env: 'AWS_SECRET_ACCESS_KEY' })).toMatchObject({ found: true });
    expect(new SecretConsents(file).review(foreign)).toEqual([]);
    expect(new SecretConsents(file).mayRead('AWS_SECRET_ACCESS_KEY')).toBe(true);
  });

  it('is a stored password for the hosts and the user it was first used for', async () => {
    const secret = { passwordSecret: 'noc auth' };
    const guarded = consents.guard(base);
    expect(consents.review(inventory(v3('noc', secret), '10.0.0.1', '10.0.0.2'))).toEqual([]);
    expect(consents.review(inventory(v3('noc', secret), '10.0.0.2'))).toEqual([]);
    for (const other of [
      inventory(v3('noc', secret), '10.0.0.1', '203.0.113.9'),
      inventory(v3('other', secret), '10.0.0.1'),
      inventory(v2c({ communitySecret: 'noc auth' }), '10.0.0.1'),
    ]) {
      expect(consents.review(other)).toHaveLength(1);
      expect(await guarded.resolve({ secret: 'noc auth' })).toMatchObject({ found: false });
    }
    expect(consents.review(inventory(v3('noc', secret), '10.0.0.1'))).toEqual([]);
    expect(await guarded.resolve({ secret: 'noc auth' })).toMatchObject({ found: true });
  });

  it('grows by what the person allows, and is forgotten with the password', () => {
    const grown = inventory(v3('noc', { passwordSecret: 'p' }), '10.0.0.1', '10.0.0.3');
    consents.review(inventory(v3('noc', { passwordSecret: 'p' }), '10.0.0.1'));
    expect(consents.review(grown)).toHaveLength(1);
    consents.allow(secretUses(grown));
    expect(consents.review(grown)).toEqual([]);
    consents.forget('p');
    expect(consents.review(inventory(v3('x', { passwordSecret: 'p' }), '10.7.7.7'))).toEqual([]);
  });

  it.each(['', '{', '{"version":2}', '{"version":1,"variables":[],"secrets":{"__proto__":1}}'])(
    'is nothing more when its file is %j',
    (text) => {
      writeFileSync(file, text);
      expect(consents.review(inventory(v2c({ communityEnv: 'PATH' }), '10.0.0.1'))).toHaveLength(1);
    },
  );
});

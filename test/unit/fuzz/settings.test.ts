import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAnchor } from '../../../db/chain/anchor';
import { identifyInventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import { RequestRefused } from '../../../domain/contract/request-refused';
import { PreferencesFile } from '../../../electron/settings/preferences';
import { placeWindow } from '../../../electron/window/window-placement';
import { anchorSettings } from '../../../monitor/proof/anchor-settings';
import { KnownKeysStore } from '../../../monitor/proof/known-keys';
import { PasswordStore } from '../../../monitor/secrets/password-store';
import { SecretConsents } from '../../../monitor/secrets/secret-consents';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, mutate } from '../../fixtures/fuzz/mutate';
import { mutateJson, type Dice } from '../../fixtures/fuzz/mutate-json';
import { runFuzz } from '../../fixtures/fuzz/run-fuzz';

const inventory = identifyInventory(
  inventoryFileSchema.parse({
    credentials: [{ name: 'old', version: '2c', communitySecret: 'old' }],
    clusters: [],
    standaloneEdges: [
      { name: 'alone', deployment: 'standalone', proxyIp: '10.1.0.2', snmp: { credential: 'old' } },
    ],
  }),
  null,
);
const fingerprint = 'a'.repeat(64);

interface SettingsFile {
  name: string;
  genuine: unknown;
  /** Reads the file as Heron does at a start; throws nothing but refusals. */
  use: (file: string) => void;
}

const files: SettingsFile[] = [
  {
    name: 'preferences.json',
    genuine: {
      theme: 'dark',
      trapPort: 10_162,
      window: { x: 1, y: 2, width: 1_200, height: 700, maximized: false },
    },
    use(file) {
      const read = new PreferencesFile(file, () => undefined).get();
      if (!['system', 'dark', 'light', 'contrast'].includes(read.theme)) throw new Error('not a theme');
      const placed = placeWindow(read.window, [{ x: 0, y: 0, width: 1_920, height: 1_080 }]);
      if (!Object.values(placed).every(Number.isInteger)) throw new Error('not a place');
    },
  },
  {
    name: 'secret-consents.json',
    genuine: { version: 1, variables: ['NAME'], secrets: { old: [{ user: null, hosts: ['10.1.0.2'] }] } },
    use(file) {
      const consents = new SecretConsents(file);
      consents.review(inventory);
      consents.mayRead('NAME');
    },
  },
  {
    name: 'passwords.json',
    genuine: { version: 1, passwords: { old: { protection: 'keychain', encrypted: 'b2xk' } } },
    use(file) {
      const store = new PasswordStore(file, {
        protection: () => 'keychain',
        encrypt: (text) => Buffer.from(text),
        decrypt: (bytes) => bytes.toString(),
      });
      for (const name of ['old', '__proto__', 'constructor']) {
        const found = store.get(name);
        if (found.found && typeof found.value !== 'string') throw new Error('not a password');
        store.place(name);
      }
    },
  },
  {
    name: 'anchors.json',
    genuine: { file: '/mnt/vault/heron.json', url: 'https://anchors.example/heron' },
    use: (file) => void anchorSettings(file),
  },
  {
    name: 'trusted-keys.json',
    genuine: { version: 1, keys: [{ fingerprint, name: 'desk', from: 'noc', addedMs: 1 }] },
    use(file) {
      const keys = new KnownKeysStore(
        file,
        () => ({ signer: null, words: 'none' }),
        () => 0,
      );
      keys.names();
      keys.list();
    },
  },
];

function mutated(genuine: unknown, dice: Dice): Buffer {
  const roll = dice();
  if (roll < 0.3) return mutate(Buffer.from(JSON.stringify(genuine)), dice);
  return Buffer.from(JSON.stringify(mutateJson(genuine, dice)) ?? '');
}

describe('mutated settings files', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-fuzz-settings-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'are read as far as they are valid, or refused in words: Heron starts with each of them',
    async () => {
      let refused = 0;
      const inputs = fuzzInputs(fuzzShares.settings);
      await runFuzz({ target: 'settings', inputs, stream: 94 }, (dice, input) => {
        const { name, genuine, use } = files[input % files.length]!;
        const file = path.join(folder, name);
        writeFileSync(file, mutated(genuine, dice));
        try {
          use(file);
        } catch (fault) {
          if (!(fault instanceof RequestRefused)) throw new Error(name, { cause: fault });
          refused += 1;
        }
      });
      expect(refused).toBeGreaterThan(0);
    },
    fuzzDeadlineMs,
  );

  it('of anchors are anchors, or refused in words', () => {
    for (const text of ['', '{}', 'null', '[]', '{"format":"heron-anchor-1"}', '{'.repeat(50_000)])
      expect(() => parseAnchor(text)).toThrow(/./);
  });
});

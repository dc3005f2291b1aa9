import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allowsHost, policySchema, policyWords, strictestPolicy } from '../../../domain/policy/policy';
import { readPolicy } from '../../../monitor/policy/policy-file';
import { forbiddenAnchorFile, forbiddenAnchorUrl } from '../../../monitor/proof/anchor-policy';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, mutate } from '../../fixtures/fuzz/mutate';
import { mutateJson, pick, type Dice } from '../../fixtures/fuzz/mutate-json';
import { runFuzz } from '../../fixtures/fuzz/run-fuzz';

const genuine = [
  {
    updates: { mode: 'notify', channel: 'beta', url: 'https://mirror.example.com/heron' },
    anchors: { hosts: ['vault.example.com', '*.example.org'], folders: ['/mnt/vault', 'C:\\Vault'] },
    webhookHosts: ['*.example.com'],
  },
  { updates: { mode: 'off' }, anchors: { hosts: [], folders: [] }, webhookHosts: [] },
];

function mutated(dice: Dice): Buffer {
  const policy = pick(genuine, dice);
  const roll = dice();
  if (roll < 0.3)
    return mutate(Buffer.from(`// of the security team\n${JSON.stringify(policy, null, 2)}`), dice);
  const json = Buffer.from(JSON.stringify(mutateJson(policy, dice)) ?? '');
  return roll < 0.9 ? json : mutate(json, dice);
}

describe('mutated policy files', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-fuzz-policy-'));
  const file = path.join(folder, 'policy.json');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'are followed as they are, or count as the strictest policy with what to do about it',
    async () => {
      const counts = { followed: 0, strictest: 0, unvalidated: 0 };
      const inputs = fuzzInputs(fuzzShares.policy);
      const run = { target: 'policy', inputs, stream: 99, unvalidated: () => counts.unvalidated };
      await runFuzz(run, (dice) => {
        writeFileSync(file, mutated(dice), { mode: 0o644 });
        const { policy, fault } = readPolicy(file, process.getuid?.() ?? 0);
        if (!policySchema.safeParse(policy).success) counts.unvalidated += 1;
        if (fault === null) counts.followed += 1;
        else {
          counts.strictest += 1;
          if (policy !== strictestPolicy) throw new Error('A file with a fault is not the strictest policy.');
          if (fault.what === '' || fault.todo === '') throw new Error('A fault has no words.');
        }
        policyWords(policy);
        allowsHost(policy.webhookHosts, 'hooks.example.com');
        forbiddenAnchorUrl(new URL('https://vault.example.com/heron'), policy);
        forbiddenAnchorFile('/mnt/vault/heron.json', policy);
      });
      expect(counts.unvalidated).toBe(0);
      expect(Math.min(counts.followed, counts.strictest)).toBeGreaterThan(0);
    },
    fuzzDeadlineMs,
  );
});

import { describe, expect, it } from 'vitest';
import { allowsHost, policySchema, policyWords, strictestPolicy } from '../../../../domain/policy/policy';

describe('the hosts that a policy allows', () => {
  it.each([
    [undefined, 'vault.example', true],
    [[], 'vault.example', false],
    [['vault.example'], 'VAULT.example.', true],
    [['vault.example'], 'evil-vault.example', false],
    [['*.example.com'], 'a.b.example.com', true],
    [['*.example.com'], 'example.com', false],
    [['*.example.com'], 'example.com.evil.org', false],
    [['*.example.com'], 'notexample.com', false],
  ])('%j, host %s: %s', (patterns, host, allowed) => {
    expect(allowsHost(patterns, host)).toBe(allowed);
  });
});

describe('a policy', () => {
  it.each([
    { updates: { mode: 'never' } },
    { updates: { url: 'http://mirror.example' } },
    { anchors: { folders: ['vault'] } },
    { webhookHosts: ['https://hooks.example'] },
    { webhookHosts: ['*'] },
    { webhooks: [] },
  ])('with an error is refused: %j', (policy) => {
    expect(policySchema.safeParse(policy).success).toBe(false);
  });

  it('is put into words, each setting one sentence', () => {
    expect(policyWords({})).toEqual([]);
    expect(policyWords(strictestPolicy)).toEqual([
      'Heron does not look for newer versions.',
      'Hosts for anchors: none.',
      'Folders for anchors: none.',
      'Hosts for webhooks: none.',
    ]);
    expect(policyWords({ webhookHosts: ['*.example.com', 'b'] })).toEqual([
      'Hosts for webhooks: only *.example.com, b.',
    ]);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Edge } from '../../../domain/inventory/inventory';
import { tryEdge } from '../../../monitor/usecases/try-edge';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import { scriptedUser } from '../../fixtures/snmp/scripted-agent/agent-message';
import { startScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import { testSecrets, v3 } from '../../fixtures/sources/credentials';
import { startSnmpd, type RunningSnmpd } from '../../fixtures/sources/snmpd';

let agent: RunningSnmpd;
beforeAll(async () => {
  agent = await startSnmpd(['createUser noc SHA test-auth-words AES test-priv-words', 'rouser noc priv']);
});
afterAll(() => agent.stop());

const edgeWith = (credential: string): Edge => ({
  ...{ id: 'tried', clusterId: null, name: 'edge', status: 'enabled', deployment: 'standalone' },
  ...{ proxyIp: '127.0.0.1', snmp: { port: agent.port, credential } },
});

it.each([
  [v3('noc', 'sha256', 'aes128'), /accepted with SHA-1, not with SHA-256\. Write "protocol": "sha1"/],
  [v3('noc', 'sha1', 'aes128', 'WRONG'), /authentication password is wrong.*createUser noc SHA/],
  [v3('noc', 'sha1', 'aes128', 'AUTH', 'WRONG'), /SHA-1 are right\. The privacy password is wrong/],
  [v3('nobody', 'sha1', 'aes128'), /does not know the user "nobody".*rouser nobody priv/],
])('says which part of $name is wrong', { timeout: 30_000 }, async (credential, words) => {
  const { snmp } = await tryEdge(edgeWith(credential.name), credential, testSecrets);
  expect(snmp).toMatchObject({ outcome: 'failed', words: expect.stringMatching(words) as string });
});

it('examines nothing more where the edge answers', async () => {
  const credential = v3('noc', 'sha1', 'aes128');
  const { snmp, tookMs } = await tryEdge(edgeWith(credential.name), credential, testSecrets);
  expect(snmp.outcome).toBe('answered');
  expect(tookMs).toBeLessThan(5_000);
});

it('is not misled by an agent that refuses requests without a signature', { timeout: 40_000 }, async () => {
  const strict = await startScriptedAgent();
  const secrets = environmentSecrets(
    {
      AUTH: scriptedUser.auth,
      PRIV: scriptedUser.priv,
      WRONG: 'not-the-password',
    },
    {},
    () => true,
  );
  try {
    const words = async (credential: ReturnType<typeof v3>): Promise<string> => {
      const edge = { ...edgeWith(credential.name), snmp: { port: strict.port, credential: credential.name } };
      const { snmp } = await tryEdge(edge, credential, secrets);
      return snmp.outcome === 'failed' ? snmp.words : snmp.outcome;
    };
    expect(await words(v3('noc', 'sha1', 'aes128', 'WRONG'))).toContain('authentication password is wrong');
    expect(await words(v3('noc', 'sha1', 'aes128', 'AUTH', 'WRONG'))).toContain('privacy password is wrong');
    expect(await words(v3('noc', 'sha256', 'aes128'))).toContain('accepted with SHA-1, not with SHA-256');
  } finally {
    strict.close();
  }
});

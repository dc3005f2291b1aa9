import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Credential } from '../../../domain/inventory/inventory';
import type { Reading } from '../../../domain/model/reading';
import { EdgeReader } from '../../../monitor/poll/edge-reader';
import {
  levelUsers,
  protocolUsers,
  snmpdUsers,
  testPasswords,
  testSecrets,
  v2c,
  v3,
} from '../../fixtures/sources/credentials';
import { edgeAt } from '../../fixtures/sources/edges';
import { findSnmpd, startSnmpd, whySnmpdIsMissing, type RunningSnmpd } from '../../fixtures/sources/snmpd';

if (findSnmpd() === null) process.stderr.write(whySnmpdIsMissing);

const right = v3('sha1-aes128', 'sha1', 'aes128');

describe.runIf(findSnmpd() !== null)("Debian's snmpd", () => {
  let snmpd: RunningSnmpd;
  let folder: string;
  let credential: Credential = right;
  const reader = new EdgeReader({ credentialOf: () => credential, secrets: testSecrets });
  const edge = (id: string) => edgeAt(id, snmpd.port, 'any');
  const setRole = (role: string) =>
    writeFileSync(path.join(folder, 'role'), `carp: ${role} vhid 1 advbase 1 advskew 0\n`);

  const read = async (id: string, used: Credential, deadlineMs = 3000): Promise<Reading['snmp']> => {
    credential = used;
    const { snmp } = await reader.readHealth(edge(id), deadlineMs);
    expect(JSON.stringify(snmp, (_, value: unknown) => (typeof value === 'bigint' ? '' : value))).not.toMatch(
      new RegExp(Object.values(testPasswords).join('|')),
    );
    return snmp;
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'heron-role-'));
    setRole('BACKUP');
    snmpd = await startSnmpd([
      ...snmpdUsers,
      'sysName real-agent',
      'proc nosuchprocess',
      `extend -cacheTime 1 carp /bin/cat ${folder}/role`,
    ]);
  });
  afterAll(async () => {
    await reader.close();
    await snmpd.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(protocolUsers)('answers $user', async ({ user, auth, priv }) => {
    const snmp = await read(user, v3(user, auth, priv));
    expect(snmp).toMatchObject({
      outcome: 'answered',
      value: { reportedName: 'real-agent', unreadable: [] },
    });
  });

  it.each(levelUsers)('answers a user with $level', async ({ level, credential: used }) => {
    expect(await read(level, used)).toMatchObject({
      outcome: 'answered',
      value: { reportedName: 'real-agent', unreadable: [] },
    });
  });

  it('answers a community', async () => {
    expect(await read('v2c', v2c())).toMatchObject({
      outcome: 'answered',
      value: { reportedName: 'real-agent' },
    });
  });

  it.each<[string, Credential, string, RegExp]>([
    [
      'wrong password',
      v3('sha1-aes128', 'sha1', 'aes128', 'WRONG'),
      'wrong-password',
      /^authentication failed on/,
    ],
    [
      'wrong authentication protocol',
      v3('sha1-aes128', 'md5', 'aes128'),
      'wrong-password',
      /password or protocol/,
    ],
    [
      'wrong privacy password',
      v3('sha1-aes128', 'sha1', 'aes128', 'AUTH', 'WRONG'),
      'wrong-privacy',
      /privacy password/,
    ],
    [
      'wrong privacy protocol',
      v3('sha1-aes128', 'sha1', 'des'),
      'wrong-privacy',
      /privacy password or protocol/,
    ],
    ['unknown user', v3('nobody', 'sha1', 'aes128'), 'wrong-user', /user "nobody" is not known to the agent/],
    ['wrong community', v2c('WRONG'), 'wrong-password', /wrong community/],
    [
      'missing password',
      v3('sha1-aes128', 'sha1', 'aes128', 'NOT_SET'),
      'no-credential',
      /NOT_SET is not set/,
    ],
    ['no privacy', { ...right, priv: undefined } as Credential, 'wrong-user', /security level it demands/],
  ])('names the cause: %s', async (id, wrong, code, words) => {
    let snmp = await read(id, wrong, 1200);
    // A silent refusal is believed when it happens again and again: one may be a lost packet.
    for (let poll = 0; poll < 3 && snmp.outcome === 'unreachable' && snmp.code === 'unanswered'; poll += 1)
      snmp = await read(id, wrong, 1200);
    expect(snmp).toMatchObject({ outcome: 'unreachable', code });
    if (snmp.outcome === 'unreachable') expect(snmp.words).toMatch(words);
  });

  it('answers at once when the credential was corrected', async () => {
    expect(await read('mended', v3('sha1-aes128', 'sha1', 'aes128', 'WRONG'))).toMatchObject({
      code: 'wrong-password',
    });
    expect(await read('mended', right)).toMatchObject({ outcome: 'answered' });
  });

  it('reads failed processes with their message', async () => {
    const snmp = await read('watched', right);
    if (snmp.outcome !== 'answered') throw new Error('no answer');
    expect(snmp.value.watched).toContainEqual({
      table: 'process',
      name: 'nosuchprocess',
      failed: true,
      message: 'No nosuchprocess process running',
    });
  });

  it('sees a role change as soon as the agent runs its script again, and reports how old it may be', async () => {
    const role = async () => {
      credential = right;
      const { snmp } = await reader.readRole(edge('role'), 2000);
      return snmp.outcome === 'answered' ? snmp.value.roles[0] : undefined;
    };
    expect(await role()).toMatchObject({ witness: 'carp-extend', role: 'backup', vhid: 1, maxAgeMs: 1000 });
    setRole('MASTER');
    const changedAt = performance.now();
    while ((await role())?.role !== 'master') {
      expect(performance.now() - changedAt).toBeLessThan(1000 + 500);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  it('continues within the same read when the agent was restarted', async () => {
    expect(await read('restart', right)).toMatchObject({ outcome: 'answered' });
    await snmpd.restart(false);
    expect(await read('restart', right, 1500)).toMatchObject({ outcome: 'answered' });
  });

  it('continues within the same read when the agent lost its engine id and boots counter', async () => {
    await snmpd.restart(false);
    expect(await read('fresh', right)).toMatchObject({ outcome: 'answered' });
    await snmpd.restart(true);
    expect(await read('fresh', right, 1500)).toMatchObject({ outcome: 'answered' });
  });

  it('ends at the deadline when the agent hangs, and continues when it answers again', async () => {
    expect(await read('hang', right)).toMatchObject({ outcome: 'answered' });
    snmpd.freeze();
    const startedAt = performance.now();
    const hung = await read('hang', right, 700);
    snmpd.thaw();
    expect(performance.now() - startedAt).toBeLessThan(1100);
    expect(hung).toMatchObject({ outcome: 'unreachable', code: 'timeout' });
    expect(await read('hang', right)).toMatchObject({ outcome: 'answered' });
  });

  it('serves 300 sessions with two sockets', async () => {
    credential = right;
    const many = Array.from({ length: 300 }, (_, at) => edge(`many-${at}`));
    for (let at = 0; at < many.length; at += 30) {
      const readings = await Promise.all(many.slice(at, at + 30).map((one) => reader.readRole(one, 5000)));
      expect(readings.filter(({ snmp }) => snmp.outcome !== 'answered')).toEqual([]);
    }
    expect(reader.socketCount).toBeLessThanOrEqual(2);
    for (const one of many) reader.forget(one.id);
  });
});

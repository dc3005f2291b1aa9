import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { protocolUsers, testPasswords, v2c, v3 } from '../../fixtures/sources/credentials';
import { listenForTraps, type ListeningReceiver } from '../../fixtures/traps/receiver';

const installed = spawnSync('snmptrap', ['-V'], { stdio: 'ignore' }).status === 0;
if (!installed)
  process.stderr.write(
    'NOT RUN: traps of real senders need snmptrap (apt-get install -y --no-install-recommends snmp)\n',
  );

const engineHex = '80001f880465646765';
const engineId = Buffer.from(engineHex, 'hex');
const linkDown = [
  '.1.3.6.1.6.3.1.1.5.3',
  '.1.3.6.1.2.1.2.2.1.1.3',
  'i',
  '3',
  '.1.3.6.1.2.1.2.2.1.2.3',
  's',
  'vmx2',
];

let folder = '';
let open: ListeningReceiver[] = [];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'heron-traps-'));
});
afterEach(async () => {
  await Promise.all(open.map(({ receiver }) => receiver.close()));
  open = [];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function listen(...parts: Parameters<typeof listenForTraps>): Promise<ListeningReceiver> {
  const listening = await listenForTraps(...parts);
  open.push(listening);
  return listening;
}

/** Runs a sender of the distribution to its end. */
function send(
  program: 'snmptrap' | 'snmpinform',
  args: string[],
): Promise<{ code: number | null; said: string }> {
  const environment = { ...process.env, MIBS: '', SNMP_PERSISTENT_DIR: folder };
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

const authNames = {
  md5: 'MD5',
  sha1: 'SHA',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};
const privNames = { des: 'DES', aes128: 'AES', aes256: 'AES-256' };
type Protocols = Pick<(typeof protocolUsers)[number], 'user' | 'auth' | 'priv'>;
const noc: Protocols = { user: 'noc', auth: 'sha1', priv: 'aes128' };

function sender(
  { user, auth, priv }: Protocols,
  authPassword = testPasswords.AUTH,
  privPassword = testPasswords.PRIV,
) {
  const secrets = ['-a', authNames[auth], '-A', authPassword, '-x', privNames[priv], '-X', privPassword];
  return ['-v', '3', '-r', '1', '-t', '1', '-l', 'authPriv', '-u', user, ...secrets];
}
const to = ({ receiver }: ListeningReceiver): string => `127.0.0.1:${receiver.port}`;

describe.runIf(installed)('Debian’s snmptrap and snmpinform', () => {
  it.each(protocolUsers)('$user: a trap is evidence, an inform is acknowledged', async (protocols) => {
    const credential = v3(protocols.user, protocols.auth, protocols.priv);
    const here = await listen([credential], () => ({ engineId, boots: 1, time: 1, isAuthentic: true }));
    const trap = await send('snmptrap', [
      '-e',
      `0x${engineHex}`,
      '-Z',
      '1,1',
      ...sender(protocols),
      to(here),
      '42',
      ...linkDown,
    ]);
    expect(trap.code).toBe(0);
    expect(await here.next(({ notification }) => notification === 'trap')).toMatchObject({
      edgeId: 'e1',
      kind: 'link-down',
      words: 'link down on vmx2',
      interfaceIndex: 3,
      authenticated: true,
    });
    const inform = await send('snmpinform', [...sender(protocols), to(here), '42', ...linkDown]);
    expect(inform).toEqual({ code: 0, said: '' });
    expect(await here.next(({ notification }) => notification === 'inform')).toMatchObject({
      authenticated: true,
    });
    expect(here.words).toEqual([]);
  });

  it('v2c: trap and inform', async () => {
    const here = await listen([v2c()]);
    const args = ['-v', '2c', '-c', testPasswords.COMMUNITY, to(here), '42', ...linkDown];
    expect(await send('snmptrap', args)).toMatchObject({ code: 0 });
    expect(await send('snmpinform', args)).toEqual({ code: 0, said: '' });
    expect(await here.next(({ notification }) => notification === 'inform')).toMatchObject({
      authenticated: false,
    });
    expect(here.evidence).toHaveLength(2);
  });

  it('a wrong password is refused, and each side says so', async () => {
    const here = await listen([v3('noc', 'sha1', 'aes128')], () => ({
      engineId,
      boots: 1,
      time: 1,
      isAuthentic: true,
    }));
    const wrong = sender(noc, testPasswords.WRONG);
    const inform = await send('snmpinform', [...wrong, to(here), '42', ...linkDown]);
    expect(inform.code).not.toBe(0);
    expect(inform.said).toContain('Authentication failure');
    await send('snmptrap', ['-e', `0x${engineHex}`, ...wrong, to(here), '42', ...linkDown]);
    const private_ = await send('snmpinform', [
      ...sender(noc, undefined, testPasswords.WRONG),
      to(here),
      '42',
      ...linkDown,
    ]);
    expect(private_.code).not.toBe(0);
    const stranger = await send('snmpinform', [
      ...sender({ ...noc, user: 'eve' }),
      to(here),
      '42',
      ...linkDown,
    ]);
    expect(stranger.said).toContain('Unknown user name');
    // Something right comes last: then what was wrong has been judged.
    expect(await send('snmpinform', [...sender(noc), to(here), '42', ...linkDown])).toMatchObject({
      code: 0,
    });
    expect(here.evidence).toHaveLength(1);
    const said = here.words.join('\n');
    expect(said).toMatch(/inform from 127\.0\.0\.1, user "noc", was refused: authentication failed/);
    expect(said).toMatch(/trap from e1 \(127\.0\.0\.1\), user "noc", was refused: authentication failed/);
    expect(said).toMatch(/cannot be decrypted: wrong privacy password/);
    expect(said).not.toContain(testPasswords.AUTH);
    expect(here.receiver.counts()).toMatchObject({ wrongPassword: 2, wrongPrivacy: 1, unknownUser: 1 });
  });

  it('a trap from outside the engine’s time window is refused', async () => {
    const here = await listen([v3('noc', 'sha1', 'aes128')], () => ({
      engineId,
      boots: 5,
      time: 10_000,
      isAuthentic: true,
    }));
    const at = (boots: number, time: number) =>
      send('snmptrap', [
        '-e',
        `0x${engineHex}`,
        '-Z',
        `${boots},${time}`,
        ...sender(noc),
        to(here),
        '42',
        ...linkDown,
      ]);
    await at(5, 9_000);
    await at(4, 20_000);
    await at(5, 9_950);
    await here.next(() => true);
    expect(here.evidence).toHaveLength(1);
    expect(here.receiver.counts()).toMatchObject({ notInTimeWindow: 2, traps: 1 });
    expect(here.words).toEqual([expect.stringContaining('behind the one that polling read')]);
  });
});

import { createSocket, type Socket } from 'node:dgram';
import { afterAll, describe, expect, it } from 'vitest';
import { EdgeReader } from '../../../monitor/poll/edge-reader';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, mutate, random } from '../../fixtures/fuzz/mutate';
import { reportFuzz } from '../../fixtures/fuzz/run-fuzz';
import { snmpdUsers, testSecrets, v2c, v3 } from '../../fixtures/sources/credentials';
import { edgeAt } from '../../fixtures/sources/edges';
import { findSnmpd, startSnmpd, whySnmpdIsMissing } from '../../fixtures/sources/snmpd';

if (findSnmpd() === null) process.stderr.write(whySnmpdIsMissing);

const packets = fuzzInputs(fuzzShares.answersOnSockets);

describe('mutated answers', () => {
  const ends: (() => Promise<void> | void)[] = [];
  afterAll(async () => {
    for (const end of ends) await end();
  });

  /** Stands before an agent and sends each of its answers mutated `copies` times, then perhaps as it was. */
  async function before(
    agentPort: number,
    copies: number,
    dice: () => number,
  ): Promise<{ port: number; sent(): number }> {
    const front = createSocket('udp4');
    const sockets: Socket[] = [front];
    ends.push(() => sockets.forEach((socket) => socket.close()));
    let sent = 0;
    const backs = new Map<number, Socket>();
    front.on('message', (request, from) => {
      let back = backs.get(from.port);
      if (!back) {
        back = createSocket('udp4');
        backs.set(from.port, back);
        sockets.push(back);
        back.on('message', (answer) => {
          for (let copy = 0; copy < copies; copy += 1) {
            sent += 1;
            front.send(mutate(answer, dice), from.port, from.address);
          }
          if (dice() < 0.7) front.send(answer, from.port, from.address);
        });
      }
      back.send(request, agentPort, '127.0.0.1');
    });
    await new Promise<void>((resolve) => front.bind(0, '127.0.0.1', resolve));
    return { port: front.address().port, sent: () => sent };
  }

  it.runIf(findSnmpd() !== null).each([
    ['v3', v3('sha1-aes128', 'sha1', 'aes128')],
    ['v2c', v2c()],
  ])(
    '%s: every read ends in a reading with sound values or with words, in time',
    async (version, credential) => {
      const snmpd = await startSnmpd([
        ...snmpdUsers,
        'extend -cacheTime 1 carp /bin/echo "carp: MASTER vhid 1"',
      ]);
      ends.push(() => snmpd.stop());
      const reader = new EdgeReader({ credentialOf: () => credential, secrets: testSecrets });
      ends.push(() => reader.close());
      const dice = random(71);
      const { port, sent } = await before(snmpd.port, 12, dice);
      const outcomes = new Map<string, number>();
      for (let round = 0; sent() < packets / 2 && round < packets; round += 1) {
        const edges = Array.from({ length: 4 }, (_, at) => edgeAt(`fuzzed-${at}`, port, version));
        const startedAt = performance.now();
        const readings = await Promise.all(
          edges.map((edge) => (dice() < 0.5 ? reader.readHealth(edge, 300) : reader.readRole(edge, 300))),
        );
        // On a machine with other work; a read that waits for more than its own time-out waits for seconds.
        expect(performance.now() - startedAt).toBeLessThan(300 + 4_700);
        for (const { snmp } of readings) {
          const name = snmp.outcome === 'unreachable' ? snmp.code : snmp.outcome;
          outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
          if (snmp.outcome === 'unreachable') expect(snmp.words.length).toBeGreaterThan(10);
          else JSON.stringify(snmp, (_, value: unknown) => expectSound(value));
        }
        if (round % 5 === 4) for (const edge of edges) reader.forget(edge.id);
      }
      reportFuzz('answers-socket', { inputs: sent(), crashes: outcomes.get('failed') ?? 0 });
      expect(sent()).toBeGreaterThanOrEqual(packets / 2);
      expect(outcomes.get('answered') ?? 0).toBeGreaterThan(0);
      expect([...outcomes.keys()]).not.toContain('failed');
      // Nothing is broken for good: the agent itself answers.
      const clean = await reader.readHealth(edgeAt('clean', snmpd.port, version), 3000);
      expect(clean.snmp.outcome).toBe('answered');
    },
    fuzzDeadlineMs,
  );
});

function expectSound(value: unknown): unknown {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  if (typeof value !== 'bigint') return value;
  expect(value >= 0n && value < 2n ** 64n).toBe(true);
  return String(value);
}

import { describe, expect, it } from 'vitest';
import { SnmpFailure } from '../../../../../monitor/snmp/client/failure';
import { ObjectReader } from '../../../../../monitor/snmp/client/object-reader';
import { maxObjectsPerPacket } from '../../../../../monitor/snmp/client/request-size';
import { asnType, type Varbind } from '../../../../../monitor/snmp/codec/varbind';

const ping = '1.3.6.1.2.1.1.3.0';
const oids = Array.from({ length: 60 }, (_, at) => `1.3.6.1.4.1.${at + 1}`);
const one = (oid: string): Varbind => ({ oid, type: asnType.integer, value: 1 });
const answer = (asked: readonly string[]): Promise<Varbind[]> => Promise.resolve(asked.map(one));
const less = (refused: string | null) => new SnmpFailure('bad-answer', 'genErr', 'ask-less', refused);

type Respond = (asked: readonly string[]) => Promise<Varbind[]> | 'silent';

/** A reader of an agent that answers at once or not at all, and the sizes of its requests. */
function readerOf(respond: Respond) {
  const sizes: number[] = [];
  const agent = { respond };
  const get = (asked: readonly string[], deadlineAt: number): Promise<Varbind[]> => {
    sizes.push(asked.length);
    const result = agent.respond(asked);
    if (result !== 'silent') return result;
    const leftMs = Math.max(1, deadlineAt - performance.now());
    return new Promise((_, reject) => {
      setTimeout(() => reject(new SnmpFailure('timeout', 'nothing answered')), leftMs);
    });
  };
  const reader = new ObjectReader({ get, roundTrip: { timeoutMs: 10 } }, ping);
  const read = (asked: readonly string[] = oids) => reader.read(asked, performance.now() + 1_000);
  return { read, sizes, agent };
}

describe('ObjectReader', () => {
  it('asks for all in packets of a size that fits a frame', async () => {
    const { read, sizes } = readerOf(answer);
    const found = await read();
    expect(sizes).toEqual([maxObjectsPerPacket, 20]);
    expect(found.values.size).toBe(60);
    expect(found).toMatchObject({ missing: false, unanswered: new Map() });
  });

  it('halves what the agent finds too big, and remembers the size', async () => {
    const { read, sizes } = readerOf((asked) =>
      asked.length > 7 ? Promise.reject(less(null)) : answer(asked),
    );
    expect((await read()).values.size).toBe(60);
    sizes.length = 0;
    expect((await read()).values.size).toBe(60);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(7);
  });

  it('leaves out what its user may not read, and rejects where that is everything', async () => {
    const denied = new SnmpFailure('wrong-user', 'does not let user read', 'ask-less', oids[30] ?? '');
    const { read, agent } = readerOf((asked) =>
      asked.includes(oids[30] ?? '') ? Promise.reject(denied) : answer(asked),
    );
    const found = await read();
    expect(oids.filter((oid) => found.values.has(oid))).toHaveLength(59);
    expect([...found.unanswered]).toEqual([[oids[30], 'does not let user read']]);
    agent.respond = () => Promise.reject(denied);
    await expect(read()).rejects.toBe(denied);
    await expect(read()).rejects.toBe(denied);
  });

  it('leaves out an object the agent cannot answer, named or not, and says so', async () => {
    const bad = oids[30] ?? '';
    for (const named of [bad, null]) {
      const { read } = readerOf((asked) =>
        asked.includes(bad) ? Promise.reject(less(named)) : answer(asked),
      );
      const found = await read();
      expect(found.values.size).toBe(59);
      expect([...found.unanswered]).toEqual([[bad, 'genErr']]);
    }
  });

  it('gives up when everything is refused', async () => {
    const { read } = readerOf(() => Promise.reject(less(null)));
    await expect(read(oids.slice(0, 2))).rejects.toThrow('genErr');
  });

  it('takes only what was asked for, the first of duplicates, and asks again for what is missing', async () => {
    const { read } = readerOf((asked) => {
      const [first = ''] = asked;
      return Promise.resolve([one(first), { ...one(first), value: 2 }, one('1.3.9')]);
    });
    const found = await read(oids.slice(0, 2));
    expect([...found.values.values()].map(({ value }) => value)).toEqual([1, 1]);
  });

  it('says which object an answer never has', async () => {
    const { read } = readerOf((asked) => answer(asked.filter((oid) => oid !== oids[1])));
    const found = await read(oids.slice(0, 3));
    expect(found.values.size).toBe(2);
    expect([...found.unanswered.keys()]).toEqual([oids[1]]);
  });

  it('says of an agent that answers nothing that it is silent, at the deadline', async () => {
    const { read } = readerOf(() => 'silent');
    const startedAt = performance.now();
    await expect(read()).rejects.toThrow('nothing answered');
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });

  it('finds the objects that hang, asks for the others without them, and retries them', async () => {
    const bad = new Set([oids[3], oids[44]]);
    const { read, sizes, agent } = readerOf((asked) =>
      asked.some((oid) => bad.has(oid)) ? 'silent' : answer(asked),
    );
    const found = await read();
    expect(found.values.size).toBe(59);
    expect([...found.unanswered.keys()].sort()).toEqual([...bad].sort());
    for (let poll = 0; poll < 3; poll += 1) await read();
    sizes.length = 0;
    expect((await read()).unanswered.size).toBe(2);
    expect(sizes).toEqual([maxObjectsPerPacket, 18]);
    agent.respond = answer;
    await expect.poll(async () => (await read()).unanswered.size, { timeout: 10_000 }).toBe(0);
  }, 15_000);

  it('shrinks its requests when large answers get lost, and loses no object by it', async () => {
    const { read, sizes } = readerOf((asked) => (asked.length > 9 ? 'silent' : answer(asked)));
    const largest = async (): Promise<number> => {
      sizes.length = 0;
      const { values, unanswered } = await read();
      expect(values.size).toBeGreaterThanOrEqual(60);
      expect(unanswered.size).toBe(0);
      return Math.max(...sizes);
    };
    await expect.poll(largest, { timeout: 5_000 }).toBeLessThanOrEqual(9);
  });

  it('does not shrink its requests for packets that are lost by chance', async () => {
    const lost = new Set<string>();
    const { read, sizes } = readerOf((asked) => {
      // The first of each two equal requests of several objects is lost.
      const key = asked.join();
      return asked.length > 5 && !lost.delete(key) && lost.add(key) ? 'silent' : answer(asked);
    });
    for (let poll = 0; poll < 8; poll += 1) expect((await read()).unanswered.size).toBe(0);
    expect(sizes.slice(-30)).toContain(maxObjectsPerPacket);
  });

  it('passes failures on that concern the credential', async () => {
    const { read } = readerOf(() => Promise.reject(new SnmpFailure('wrong-user', 'who?')));
    await expect(read()).rejects.toThrow('who?');
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDemo, type TestDemo } from './demo-client';

let running: TestDemo;
let token = '';

beforeAll(async () => {
  running = await startTestDemo();
  token = readFileSync(running.demo.tokenPath, 'utf8');
});
afterAll(() => running.demo.stop());

interface Asked {
  token?: string | undefined;
  body?: string;
}

async function ask(
  method: string,
  where: string,
  asked: Asked = {},
): Promise<{ status: number; body: object }> {
  const given = 'token' in asked ? asked.token : token;
  const response = await fetch(running.demo.control.url + where, {
    method,
    headers: given === undefined ? {} : { authorization: `Bearer ${given}` },
    body: asked.body,
  });
  return { status: response.status, body: (await response.json()) as object };
}

const fault = (body: object): Promise<{ status: number; body: object }> =>
  ask('POST', '/faults', { body: JSON.stringify(body) });

describe('the control API', () => {
  it.each([
    ['GET', '/fleet'],
    ['GET', '/truth'],
    ['POST', '/faults'],
    ['DELETE', '/faults'],
  ])('refuses %s %s without the token or with another', async (method, where) => {
    for (const wrong of [undefined, '', `${token}x`, token.slice(1)]) {
      const answer = await ask(method, where, { token: wrong });
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ error: expect.stringMatching(/token/) as string });
    }
    expect(running.truth).toEqual([]);
  });

  it.each([
    [{ kind: 'explode', cluster: 'fra-01' }, 400, /kind/],
    [{ kind: 'lb-dies' }, 400, /cluster/],
    [{ kind: 'lb-dies', cluster: 'fra-01', forSeconds: -1 }, 400, /forSeconds/],
    [{ kind: 'lb-dies', cluster: 'fra-01', colour: 'red' }, 400, /colour/],
    [{ kind: 'lb-dies', cluster: 'nowhere' }, 422, /fra-01, gru-01/],
    [{ kind: 'lb-dies', cluster: 'fra-01', edge: 'nobody' }, 422, /fra-01-01/],
  ])('refuses %j', async (body, status, words) => {
    const answer = await fault(body);
    expect(answer.status).toBe(status);
    expect((answer.body as { error: string }).error).toMatch(words);
  });

  it('refuses a body that is not JSON, is too large, or goes elsewhere', async () => {
    expect(await ask('POST', '/faults', { body: '{' })).toMatchObject({ status: 400 });
    expect(await ask('POST', '/faults', { body: 'x'.repeat(20_000) })).toMatchObject({ status: 413 });
    expect(await ask('GET', '/faults')).toMatchObject({ status: 404 });
    expect(await ask('GET', '/truth?since=yesterday')).toMatchObject({ status: 400 });
  });

  it('causes a fault, reports its truth, and restores it', async () => {
    const before = Date.now();
    const caused = await fault({ kind: 'split', cluster: 'gru-01', forSeconds: 600 });
    expect(caused).toMatchObject({ status: 200, body: { faults: [{ kind: 'split', cluster: 'gru-01' }] } });
    const truth = (await ask('GET', `/truth?since=${before - 1000}`)).body as {
      nowMs: number;
      faults: { fault: string; phase: string; atMs: number }[];
      masters: Record<string, string[]>;
      active: object[];
    };
    expect(truth.faults).toMatchObject([{ fault: 'split', phase: 'begin' }]);
    expect(Math.abs(truth.faults[0]!.atMs - before)).toBeLessThan(2000);
    expect(truth.active).toHaveLength(1);
    expect(Object.keys(truth.masters)).toEqual(['fra-01', 'gru-01']);
    expect((await ask('GET', `/truth?since=${Math.ceil(truth.nowMs) + 60_000}`)).body).toMatchObject({
      faults: [],
    });
    expect(await ask('DELETE', '/faults')).toMatchObject({ body: { restored: [{ kind: 'split' }] } });
    expect(running.demo.fleet.activeFaults()).toEqual([]);
  });

  it('describes the fleet with ports, roles and conditions', async () => {
    const { body } = await ask('GET', '/fleet');
    const { clusters } = body as {
      clusters: { name: string; edges: { role: string | null; ports: object }[] }[];
    };
    expect(clusters.map((cluster) => cluster.name)).toEqual(['fra-01', 'gru-01', 'mad-trial']);
    expect(clusters[0]!.edges.filter((edge) => edge.role === 'master')).toHaveLength(1);
    expect(clusters[2]!.edges[0]!.role).toBeNull();
  });
});

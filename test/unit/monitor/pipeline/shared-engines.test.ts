import { describe, expect, it } from 'vitest';
import { allEdges, identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { SharedEngines } from '../../../../monitor/pipeline/shared-engines';

const credentials = [{ name: 'noc', version: '2c', communityEnv: 'C' }];
const standaloneEdges = [1, 2, 3, 4, 5, 6, 7].map((number) => ({
  name: `e${number}`,
  proxyIp: `10.0.0.${number}`,
  // The last two are one agent that was entered twice.
  managementIp: `10.0.1.${Math.min(number, 6)}`,
  snmp: { credential: 'noc' },
}));
const edges = allEdges(identifyInventory(inventoryFileSchema.parse({ credentials, standaloneEdges }), null));
const engine = (hex: string, isAuthentic = true) => {
  return { engineId: Buffer.from(hex, 'hex'), boots: 1, time: 1, isAuthentic };
};
const edge = (number: number) => edges[number - 1]!;

describe('shared engine IDs', () => {
  it('are reported once for each edge that has one, naming the others and the remedy', () => {
    const engines = new SharedEngines();
    const [same, other] = [engine('80aa'), engine('80bb')];
    expect(engines.observe(edge(1), same)).toEqual([]);
    expect(engines.observe(edge(2), other)).toEqual([]);
    const found = engines.observe(edge(3), engine('80aa'));
    expect(found.map(({ edgeId }) => edgeId)).toEqual([edge(1).id, edge(3).id]);
    expect(found[0]?.reason).toMatchObject({
      code: 'shared-engine-id',
      fact: 'e1 reports the same SNMP engine ID as e3 (0x80aa): cloned?',
      detail: expect.stringContaining('oldEngineID') as string,
    });
    expect(engines.observe(edge(1), same)).toEqual([]);
    expect(engines.observe(edge(4), engine('80aa')).map(({ edgeId }) => edgeId)).toEqual([edge(4).id]);
  });

  it('are not reported of one agent that is polled for two edges, nor where nothing is authenticated', () => {
    const engines = new SharedEngines();
    expect([6, 7].flatMap((number) => engines.observe(edge(number), engine('80aa')))).toEqual([]);
    expect([1, 2].flatMap((number) => engines.observe(edge(number), engine('80bb', false)))).toEqual([]);
    expect(engines.observe(edge(3), null)).toEqual([]);
  });

  it('are forgotten with the edge, and when its engine gets an ID of its own', () => {
    const engines = new SharedEngines();
    engines.observe(edge(1), engine('80aa'));
    engines.forget(edge(1).id);
    expect(engines.observe(edge(2), engine('80aa'))).toEqual([]);
    engines.observe(edge(2), engine('80cc'));
    expect(engines.observe(edge(3), engine('80aa'))).toEqual([]);
    expect(engines.observe(edge(4), engine('80aa'))).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { identifyInventory, type Cluster } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { probeTargetInWords, probeTargetOf } from '../../../../domain/inventory/probe-target';

type EdgeInput = Record<string, unknown>;

function cluster(more: Record<string, unknown> = {}, edges: EdgeInput[] = [{}, {}]): Cluster {
  const file = inventoryFileSchema.parse({
    clusters: [
      {
        name: 'Frankfurt',
        clusterIp: '10.20.3.100',
        subnetMask: '255.255.254.0',
        defaultGateway: '10.20.2.1',
        edges: edges.map((edge, n) => ({ name: `e${n}`, proxyIp: `10.20.3.${n + 1}`, ...edge })),
        ...more,
      },
    ],
  });
  return identifyInventory(file, null).clusters[0]!;
}

const portOf = (edges: EdgeInput[], probe?: object): number | undefined =>
  probeTargetOf(cluster(probe ? { probe } : {}, edges))?.port;

describe('what is probed for a cluster', () => {
  it('is the cluster IP by TCP once a second, with nobody at the address of its subnet', () => {
    const target = probeTargetOf(cluster());
    expect(target).toEqual({
      kind: 'tcp',
      address: '10.20.3.100',
      port: 443,
      path: '/index.html?=100',
      intervalMs: 1_000,
      gateway: '10.20.2.1',
      nobody: '10.20.2.0',
    });
    expect(target && probeTargetInWords(target)).toBe('10.20.3.100:443');
  });

  it('is the port at which all edges are polled, where that is one', () => {
    const [https, http] = [{ url: 'https://10.20.3.1/health' }, { url: 'http://10.20.3.1:8080/health' }];
    expect(portOf([{ http: {} }, { http: {} }])).toBe(3128);
    expect(portOf([{ http }, { http }])).toBe(8080);
    expect(portOf([{ http: https }, { http: https }])).toBe(443);
    expect(portOf([{ http: { url: 'http://[fd00::1]/x' } }])).toBe(80);
    expect(portOf([{ tcp: { port: 8443 }, http }, { tcp: { port: 8443 } }])).toBe(8443);
    expect(portOf([{ tcp: { port: 8443 } }, { tcp: { port: 8444 } }])).toBe(443);
    expect(portOf([{ http }, {}])).toBe(443);
    expect(portOf([{ http }, { status: 'disabled' }])).toBe(8080);
    expect(portOf([{}, {}], { kind: 'http' })).toBe(3128);
    expect(portOf([{ http }, { http }], { port: 25 })).toBe(25);
  });

  it('is nothing where it is switched off, or nothing is monitored', () => {
    expect(probeTargetOf(cluster({ probe: { kind: 'off' } }))).toBeNull();
    expect(probeTargetOf(cluster({ status: 'disabled' }))).toBeNull();
    expect(probeTargetOf(cluster({}, [{ status: 'disabled' }]))).toBeNull();
  });

  it('takes no path that is more than a path, and no hasty interval', () => {
    const isTaken = (probe: object): boolean => {
      try {
        return probeTargetOf(cluster({ probe })) !== null;
      } catch {
        return false;
      }
    };
    expect(isTaken({ path: '/health?x=1', intervalMs: 250 })).toBe(true);
    for (const path of ['health', '', '/a b', '/a\r\nHost: evil', `/${'x'.repeat(1_024)}`, '/\u00e9'])
      expect(isTaken({ path }), path).toBe(false);
    for (const probe of [{ intervalMs: 100 }, { port: 0 }, { port: 65_536 }, { kind: 'icmp' }, { ports: 1 }])
      expect(isTaken(probe), JSON.stringify(probe)).toBe(false);
  });
});

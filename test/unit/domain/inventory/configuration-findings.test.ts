import { describe, expect, it } from 'vitest';
import { configurationFindings } from '../../../../domain/inventory/configuration-findings';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';

const good = (number: number, more: object = {}) => ({
  name: `edge-${number}`,
  proxyIp: `10.20.0.1${number}`,
  lbIp: `10.20.0.2${number}`,
  managementIp: `10.20.0.3${number}`,
  subscription: `SUB-${number}`,
  sku: 'LARGE',
  snmp: { credential: 'noc' },
  ...more,
});
const password = { protocol: 'sha1', passwordEnv: 'A' };
const privacy = { protocol: 'aes128', passwordEnv: 'P' };
const noc = { name: 'noc', version: '3', user: 'noc', auth: password, priv: privacy };

/** Codes found, each with whom it is about. */
function found(
  edges: object[],
  { credentials = [noc] as object[], standaloneEdges = [] as object[] } = {},
): string[] {
  const cluster = {
    name: 'C',
    clusterIp: '10.20.0.100',
    subnetMask: '255.255.255.0',
    defaultGateway: '10.20.0.1',
    edges,
  };
  const file = inventoryFileSchema.parse({ credentials, clusters: [cluster], standaloneEdges });
  return configurationFindings(identifyInventory(file, null)).map(
    ({ clusterName, edgeName, reason }) => `${reason.code} ${edgeName ?? clusterName ?? '-'}`,
  );
}

describe('configurationFindings', () => {
  it('finds nothing in a good cluster', () => {
    expect(found([good(1), good(2)])).toEqual([]);
  });

  it.each<[object, string[]]>([
    [{ lbIp: undefined }, ['no-load-balancer-address edge-2']],
    [{ subscription: undefined, sku: undefined }, ['no-subscription edge-2']],
    [{ subscription: ' ', sku: undefined }, ['no-subscription edge-2']],
    [{ subscription: undefined, sku: 'LARGE' }, []],
    [{ sku: 'SMALL' }, ['sku-not-large edge-2']],
    [{ sku: undefined }, []],
    [{ snmp: undefined }, ['no-source edge-2']],
    [{ snmp: undefined, http: {} }, []],
    [{ status: 'disabled', snmp: undefined }, ['fewer-than-two-edges C']],
  ])('looks at each edge: %j', (change, findings) => {
    expect(found([good(1), good(2, change)])).toEqual(findings);
  });

  it('takes a cluster without any LB address for one with an external LB, and says it once', () => {
    expect(found([good(1, { lbIp: undefined }), good(2, { lbIp: undefined })])).toEqual([
      'external-load-balancer C',
    ]);
  });

  it('finds a cluster with one edge', () => {
    expect(found([good(1)])).toEqual(['fewer-than-two-edges C']);
  });

  it('finds a standalone edge in production', () => {
    const alone = (deploymentStatus: string) => ({
      name: 'alone',
      proxyIp: '10.30.0.1',
      deploymentStatus,
      http: {},
    });
    const edges = [good(1), good(2)];
    expect(found(edges, { standaloneEdges: [alone('in-production')] })).toEqual([
      'standalone-in-production alone',
    ]);
    expect(found(edges, { standaloneEdges: [alone('trial')] })).toEqual([]);
  });

  it('finds weak credentials, but only those in use', () => {
    const old = { name: 'old', version: '2c', communityEnv: 'C' };
    const codes = (credential: object) => found([good(1), good(2)], { credentials: [credential, old] });
    expect(codes(noc)).toEqual([]);
    expect(codes({ ...noc, priv: undefined })).toEqual(['snmp-not-encrypted -']);
    expect(codes({ ...noc, priv: undefined, auth: undefined })).toEqual(['snmp-not-authenticated -']);
    expect(codes({ ...old, name: 'noc' })).toEqual(['snmp-not-authenticated -']);
    const weak = { auth: { protocol: 'md5', passwordEnv: 'A' }, priv: { protocol: 'des', passwordEnv: 'P' } };
    expect(codes({ ...noc, ...weak })).toEqual(['snmp-weak-auth -', 'snmp-weak-priv -']);
  });
});

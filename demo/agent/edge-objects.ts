import type { DemoCluster } from '../fleet/demo-cluster';
import type { DemoEdge } from '../fleet/demo-edge';
import { carpObjects } from './carp-objects';
import type { SnmpEngine } from './engine';
import { interfaceObjects } from './interface-objects';
import { ObjectTable } from './object-table';
import { systemObjects } from './system-objects';
import { ucdObjects } from './ucd-objects';
import { vendorObjects } from './vendor-objects';

const maxMessageOctets = 65_507;

/** All objects of one edge's agent. `untouched`: it was not configured to publish its CARP role. */
export function edgeObjectTable(
  cluster: DemoCluster,
  edge: DemoEdge,
  engine: SnmpEngine,
  untouched = false,
): ObjectTable {
  const { plan } = cluster;
  return new ObjectTable([
    ...systemObjects(edge, plan.site.city),
    ...interfaceObjects(edge, plan.subnetMask),
    ...ucdObjects(edge),
    ...vendorObjects(edge),
    ...(untouched ? [] : carpObjects(edge, plan.vhid)),
    ...engine.objects(maxMessageOctets),
  ]);
}

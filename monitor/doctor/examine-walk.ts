import { objectKeys, type DoctorFacts, type ObjectFacts } from '../../domain/doctor/facts';
import { decodeHealth } from '../snmp/agent/decode-reading';
import { healthBases, planHealth } from '../snmp/agent/plan';
import { isUnder, type Varbind } from '../snmp/codec/varbind';
import { deviceModules } from '../snmp/devices/modules';
import { emptyFacts } from './empty-facts';
import { addressesOf, objectBases, objectIdOf } from './find-objects';

/** What a recorded walk shows of an edge that is in no inventory. `atMs`: when it was examined, UTC. */
export function examineWalk(name: string, rows: ReadonlyMap<string, Varbind>, atMs: number): DoctorFacts {
  const edge = {
    id: name,
    clusterId: null,
    name,
    status: 'enabled',
    deployment: 'cluster',
    proxyIp: '',
  } as const;
  const empty = { credentials: [], clusters: [], standaloneEdges: [] };
  const all = [...rows.values()];
  const oids = [...rows.keys()];
  const objects = objectKeys.map((key): ObjectFacts => {
    const isPresent = oids.some((oid) => isUnder(oid, objectBases[key]));
    return { key, outcome: isPresent ? 'present' : 'absent', words: '' };
  });
  const bases = healthBases(deviceModules);
  const walked = new Map([...rows].filter(([oid]) => bases.some((base) => isUnder(oid, base))));
  const plan = planHealth(deviceModules, walked, { managementIp: null, proxyIp: '', lbIp: null });
  return {
    ...emptyFacts(edge, empty, false, atMs),
    isRecorded: true,
    objects,
    objectId: objectIdOf(rows.get('1.3.6.1.2.1.1.2.0')),
    agentAddresses: addressesOf(all),
    reading: decodeHealth(plan, rows),
  };
}

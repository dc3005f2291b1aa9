import { describe, expect, it } from 'vitest';
import { decodeHealth } from '../../../../monitor/snmp/agent/decode-reading';
import { planHealth } from '../../../../monitor/snmp/agent/plan';
import { isUnder, type Varbind } from '../../../../monitor/snmp/codec/varbind';
import { deviceModules } from '../../../../monitor/snmp/devices/modules';
import { columns, columnsByMetric } from '../../../../monitor/prometheus/columns';
import { EdgeMetrics } from '../../../../monitor/prometheus/edge-metrics';
import { metricRow } from '../../../../monitor/prometheus/metric-rows';
import { exportedSamples } from '../../../fixtures/prometheus/exported';
import { readWalk } from '../../../fixtures/walks/read-walk';

const walks = ['vendor-edge', 'net-snmp-generic', 'openbsd-carp', 'keepalived', 'keepalived-two-groups'];
const addresses = { managementIp: null, proxyIp: '', lbIp: null };

const samplesOf = (rows: ReadonlyMap<string, Varbind>) => exportedSamples(rows, 'e');

describe('metrics of an edge', () => {
  it.each(walks)('%s: make the reading that its walk makes', (name) => {
    const rows = readWalk(name);
    const isRead = (oid: string): boolean => columns.some((column) => isUnder(oid, column.oid));
    const walked = new Map([...rows].filter(([oid]) => isRead(oid)));
    const expected = decodeHealth(planHealth(deviceModules, walked, addresses), walked);

    const metrics = new EdgeMetrics(addresses, 'p, which scrapes it every 15 s');
    const found = samplesOf(rows).flatMap((sample) => metricRow(sample) ?? []);
    const isLearned = ({ row }: (typeof found)[number]): boolean =>
      columns.some(({ oid, use }) => use === 'learned' && isUnder(row.oid, oid));
    metrics.learn(found.filter(isLearned).map(({ row }) => row));
    metrics.begin();
    for (const one of found.filter((row) => !isLearned(row))) metrics.add(one);

    const roles = expected.roles.map((role) => ({ ...role, through: 'p, which scrapes it every 15 s' }));
    expect(roles.length + expected.interfaces.length).toBeGreaterThan(0);
    // The vendor's own name has no number of its own, so no metric: the agent's name is read instead.
    const reportedName = name === 'vendor-edge' ? expect.any(String) : expected.reportedName;
    const unreadable = name === 'vendor-edge' ? [] : expected.unreadable;
    expect(metrics.reading()).toEqual({ ...expected, roles, reportedName, unreadable });
  });

  it('report a witness as lost that an agent no longer has', () => {
    const metrics = new EdgeMetrics(addresses, 'p');
    const all = samplesOf(readWalk('openbsd-carp')).flatMap((sample) => metricRow(sample) ?? []);
    for (const one of all) metrics.add(one);
    expect(metrics.reading()?.lostWitnesses).toBeUndefined();
    metrics.begin();
    const carp = columnsByMetric.get('heron_snmp_carp_mib_state')!;
    for (const one of all) if (!isUnder(one.row.oid, carp.oid)) metrics.add(one);
    expect(metrics.reading()?.lostWitnesses).toEqual(['carp-mib']);
  });

  it.each<Record<string, string>>([
    { __name__: 'heron_snmp_if_oper_status', edge: 'e', row: '1.2' },
    { __name__: 'heron_snmp_if_oper_status', edge: 'e', row: '' },
    { __name__: 'heron_snmp_if_oper_status', row: '1' },
    { __name__: 'up', edge: 'e', row: '1' },
    { __name__: 'heron_snmp_if_address_if_index', edge: 'e', address: '::1' },
  ])('ignore %j', (labels) => {
    expect(metricRow({ labels, value: 1 })).toBeNull();
  });

  it.each([NaN, Infinity, 1.5])('ignore the value %d', (value) => {
    expect(
      metricRow({ labels: { __name__: 'heron_snmp_if_oper_status', edge: 'e', row: '1' }, value }),
    ).toBeNull();
  });
});

import { expect, it } from 'vitest';
import { ClusterMonitor } from '../../../../domain/cluster/cluster-monitor';
import type { HeronEvent } from '../../../../domain/model/event';
import type { LbRole } from '../../../../domain/model/role';
import { device } from '../../../fixtures/cluster/edge-readings';
import { lbCluster, lbReading } from '../../../fixtures/cluster/lb-readings';

const without = device.interfaces.map((one) => (one.index === 3 ? { ...one, operUp: false } : one));

/** The events when a loses the role to b at 10 s, as `after` says, and is read in full without a link at 12 s. */
function events(after: LbRole): HeronEvent[] {
  const { cluster, edges } = lbCluster(['a', 'b']);
  const monitor = new ClusterMonitor(cluster, edges);
  return Array.from({ length: 40 }, (_, poll) => poll * 500).flatMap((atMs) =>
    edges.flatMap((edge, index) => {
      const old = atMs < 10_000 ? 'master' : atMs < 12_000 ? after : 'init';
      const other = atMs < 10_500 ? 'backup' : 'master';
      const full = atMs === 0 || atMs === 12_000;
      const reading = lbReading({
        edgeId: edge.id,
        kind: full ? 'health' : 'role',
        fromMs: atMs + 50 * index,
        toMs: atMs + 50 * index + 20,
        role: edge.id === 'a' ? old : other,
        device: atMs === 12_000 && edge.id === 'a' ? { interfaces: without } : {},
      });
      const context = {
        nowMs: reading.finishedAtMs,
        rolePollIntervalMs: 500,
        traps: () => [],
        answeredElsewhereMs: null,
      };
      return monitor.apply(edge, reading, context).events;
    }),
  );
}

const causes = (all: readonly HeronEvent[]): string[] =>
  all.flatMap((event) =>
    event.type === 'failover' || event.type === 'cause-corrected' ? [event.cause.kind] : [],
  );

it('a link that is lost after the LB was read as BACKUP does not explain why it had stepped down', () => {
  expect(causes(events('backup'))).toEqual(['unknown']);
});

it('a link that is lost explains an LB that was read as INIT', () => {
  expect(causes(events('init'))).toEqual(['unknown', 'link-cut']);
});

/** What a, which loses the role to b at 10.5 s, is and has as LB interface from each time on (milliseconds). */
type Course = readonly (readonly [fromMs: number, role: LbRole, lb: 'linked' | 'without' | 'disabled'])[];

const disabled = device.interfaces.map((one) => (one.index === 3 ? { ...one, adminUp: false } : one));
const interfacesOf = { linked: device.interfaces, without, disabled };

/** The events of that course; both are read in full every 2.5 s, and b takes over at `risesMs`. */
function eventsOf(course: Course, risesMs: number): HeronEvent[] {
  const { cluster, edges } = lbCluster(['a', 'b']);
  const monitor = new ClusterMonitor(cluster, edges);
  return Array.from({ length: 80 }, (_, poll) => poll * 500).flatMap((atMs) =>
    edges.flatMap((edge, index) => {
      const [, role, lb] = course.findLast(([fromMs]) => fromMs <= atMs) ?? [0, 'master', 'linked'];
      const reading = lbReading({
        edgeId: edge.id,
        kind: atMs % 2_500 === 0 ? 'health' : 'role',
        fromMs: atMs + 50 * index,
        toMs: atMs + 50 * index + 20,
        role: edge.id === 'a' ? role : atMs < risesMs ? 'backup' : 'master',
        device: edge.id === 'a' ? { interfaces: interfacesOf[lb] } : {},
      });
      const context = {
        nowMs: reading.finishedAtMs,
        rolePollIntervalMs: 500,
        traps: () => [],
        answeredElsewhereMs: null,
      };
      return monitor.apply(edge, reading, context).events;
    }),
  );
}

it('what fails after the LB ran again does not explain why it had lost the role', () => {
  const course: Course = [
    [10_500, 'init', 'linked'],
    [12_000, 'backup', 'linked'],
    [20_000, 'init', 'disabled'],
  ];
  expect(causes(eventsOf(course, 10_500))).toEqual(['unknown']);
});

it('a link that was lost explains it although it is back when the other LB takes over', () => {
  const course: Course = [
    [10_500, 'init', 'without'],
    [16_000, 'backup', 'linked'],
  ];
  const found = eventsOf(course, 19_000);
  expect(causes(found)).toEqual(['link-cut']);
  const failover = found.find(({ type }) => type === 'failover');
  expect(failover).toMatchObject({ cause: { evidence: ['vmx2 of a, its LB interface, had no link.'] } });
});

it('a demotion that the next full reading shows explains why an LB had stepped down', () => {
  const found = (readMs: number): string[] => {
    const { cluster, edges } = lbCluster(['a', 'b']);
    const monitor = new ClusterMonitor(cluster, edges);
    const events = Array.from({ length: 80 }, (_, poll) => poll * 500).flatMap((atMs) =>
      edges.flatMap((edge, index) => {
        const isOld = edge.id === 'a';
        const reading = lbReading({
          edgeId: edge.id,
          kind: atMs === 0 || atMs === readMs ? 'health' : 'role',
          fromMs: atMs + 50 * index,
          toMs: atMs + 50 * index + 20,
          role: isOld === atMs < 10_000 ? 'master' : 'backup',
          advskew: isOld ? 0 : 100,
        });
        if (isOld && atMs >= readMs && reading.snmp.outcome === 'answered')
          reading.snmp.value.roles = reading.snmp.value.roles.map((one) => ({ ...one, demotion: 240 }));
        const context = {
          nowMs: reading.finishedAtMs,
          rolePollIntervalMs: 500,
          traps: () => [],
          answeredElsewhereMs: null,
        };
        return monitor.apply(edge, reading, context).events;
      }),
    );
    return causes(events);
  };
  expect(found(13_000)).toEqual(['unknown', 'demoted']);
  // Whatever failed half a minute later was not why.
  expect(found(35_000)).toEqual(['unknown']);
});

import { withCorrectedCause } from '../../../../domain/incidents/corrected-cause';
import type { CauseCorrection } from '../../../../domain/model/event';
import { incidentSchema } from '../../../../domain/model/incident';
import { describe, expect, it } from 'vitest';
import { relatedIncidents } from '../../../../domain/incidents/related-incidents';
import { incidentsOf } from '../../../../domain/incidents/incident-record';
import { EventRecord } from '../../../fixtures/incidents/event-record';

const at = (seconds: number): number => EventRecord.at(seconds);
const later = at(100_000);

/** A healthy cluster `a`: an LB dies at 100 s, comes back at 130 s and takes its role again. */
function aFailover(): EventRecord {
  return new EventRecord()
    .start(0)
    .edge(2, 'a-1', 'unknown', 'up')
    .cluster(3, 'a', 'unknown', 'up')
    .role(100, 'a-1', 'master', 'init')
    .cluster(101, 'a', 'up', 'no-active-lb', 'no-active-lb')
    .move(103, 'a-1', 'a-2')
    .role(103, 'a-2', 'backup', 'master')
    .edge(104, 'a-1', 'up', 'degraded', 'lb-stopped')
    .cluster(104, 'a', 'no-active-lb', 'degraded')
    .edge(130, 'a-1', 'degraded', 'up')
    .cluster(130, 'a', 'degraded', 'up')
    .move(134, 'a-2', 'a-1', 'preemption', { atLeast: 0, atMost: 900 });
}

const corrections = ({ events }: EventRecord): CauseCorrection[] =>
  events.flatMap(({ event }) => (event.type === 'cause-corrected' ? [event] : []));

describe('incidents', () => {
  it('puts a failover together with its cause, its consequences and its recovery', () => {
    const [incident, ...more] = incidentsOf(aFailover().events, later);
    expect(more).toEqual([]);
    expect(incidentSchema.parse(incident)).toEqual({
      id: 4,
      kind: 'failover',
      worst: 'no-active-lb',
      startMs: at(100),
      endMs: at(134),
      observedUntilMs: null,
      clusters: [{ id: 'a', name: 'a' }],
      edges: [
        { id: 'a-1', name: 'a-1' },
        { id: 'a-2', name: 'a-2' },
      ],
      moves: 2,
      withoutActiveLbMs: { atLeast: 900, atMost: 3_100 },
      cause: { kind: 'lb-stopped', evidence: ['a-1: lb-stopped'] },
      rollingUpdate: false,
      eventIds: [4, 5, 6, 7, 8, 9, 10, 11, 12],
    });
  });

  it('ends when nothing is wrong any more, is observed for two minutes, and reopens meanwhile', () => {
    const record = aFailover();
    const { events } = record;
    const endOf = (nowMs: number) => {
      const [incident] = incidentsOf(events, nowMs);
      return [incident?.endMs, incident?.observedUntilMs];
    };
    expect(endOf(at(134 + 119))).toEqual([at(134), at(134 + 120)]);
    expect(endOf(at(134 + 121))).toEqual([at(134), null]);
    record.edge(134 + 110, 'a-1', 'up', 'down').cluster(134 + 110, 'a', 'up', 'degraded');
    expect(endOf(at(134 + 111))).toEqual([null, null]);
    const unwell = events.filter(({ event }) => !(event.type === 'cluster-state' && event.to === 'up'));
    expect(incidentsOf(unwell, at(9_000))[0]?.endMs).toBeNull();
  });

  it('keeps clusters apart, and disturbances of one cluster that were quiet for long enough in between', () => {
    const { events } = aFailover()
      .move(140, 'b-1', 'b-2', 'edge-died')
      .move(250, 'a-1', 'a-2')
      .move(500, 'a-2', 'a-1', 'edge-died');
    const found = incidentsOf(events, later);
    expect(found.map(({ clusters, moves }) => [clusters[0]?.id, moves])).toEqual([
      ['a', 1],
      ['b', 1],
      ['a', 3],
    ]);
  });

  it('makes none of a start, of recoveries, or of an LB that fell silent for a moment', () => {
    const { events } = new EventRecord()
      .start(0)
      .edge(1, 'a-1', 'unknown', 'up')
      .role(2, 'a-1', 'unknown', 'master')
      .cluster(3, 'a', 'unknown', 'up')
      .role(50, 'a-1', 'master', 'unknown')
      .role(53, 'a-1', 'unknown', 'master')
      .gap(60, 70, 'suspended');
    expect(incidentsOf(events, later)).toEqual([]);
  });

  it('names the worst that happened, and measures how long nobody was active where no failover ended it', () => {
    const { events } = new EventRecord()
      .cluster(10, 'a', 'up', 'no-active-lb', 'no-active-lb')
      .noActive(10, 'a')
      .role(70, 'a-1', 'init', 'master')
      .cluster(70, 'a', 'no-active-lb', 'up');
    const [incident] = incidentsOf(events, later);
    expect(incident).toMatchObject({ kind: 'no-active-lb', worst: 'no-active-lb', endMs: at(70) });
    expect(incident?.withoutActiveLbMs).toEqual({ atLeast: 58_600, atMost: 61_000 });
  });

  it('is open while no LB is active, though nothing else was recorded', () => {
    const record = new EventRecord().noActive(10, 'a');
    expect(incidentsOf(record.events, at(1_000))).toMatchObject([{ kind: 'no-active-lb', endMs: null }]);
    record.role(1_000, 'a-1', 'init', 'master');
    expect(incidentsOf(record.events, at(1_001))).toMatchObject([
      { endMs: at(1_000), observedUntilMs: at(1_120) },
    ]);
  });

  it('lets nobody be without an LB for sure while nobody watched', () => {
    const { events } = new EventRecord()
      .cluster(10, 'a', 'up', 'no-active-lb', 'no-active-lb')
      .noActive(10, 'a')
      .gap(30, 900, 'suspended')
      .role(905, 'a-1', 'init', 'master');
    expect(incidentsOf(events, later)[0]?.withoutActiveLbMs).toEqual({ atLeast: 20_000, atMost: 896_000 });
  });

  it('goes on over a restart of Heron, or ends at it when nothing more is heard of its cluster', () => {
    const before = new EventRecord().edge(10, 'a-1', 'up', 'down').cluster(10, 'a', 'up', 'degraded');
    before.edge(12, 'b-1', 'up', 'down').cluster(12, 'b', 'up', 'degraded');
    const { events } = before.start(3_600).cluster(3_610, 'a', 'unknown', 'degraded');
    const [b, a] = incidentsOf(events, later);
    expect(a).toMatchObject({ startMs: at(10), endMs: null, eventIds: [1, 2, 6] });
    expect(b).toMatchObject({ startMs: at(12), endMs: at(12), cause: { kind: 'edge-unreachable' } });
  });

  it('has one incident for all clusters that were lost from sight together, apart from what truly happened', () => {
    const { events } = new EventRecord()
      .edge(10, 'a-1', 'up', 'unknown', 'all-silent')
      .cluster(10, 'a', 'up', 'unknown', 'all-silent')
      .cluster(12, 'b', 'up', 'unknown', 'own-network')
      .gap(8, 60, 'own-network')
      .cluster(60, 'a', 'unknown', 'up')
      .edge(60, 'a-1', 'unknown', 'up')
      .cluster(61, 'b', 'unknown', 'degraded')
      .edge(61, 'b-1', 'up', 'down');
    const [b, seen] = incidentsOf(events, later);
    expect(seen).toMatchObject({ kind: 'not-seen', worst: 'unknown', startMs: at(8), endMs: at(60) });
    expect(seen?.clusters.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(b).toMatchObject({ kind: 'edge-down', clusters: [{ id: 'b' }], eventIds: [7, 8], endMs: null });
  });

  it('does not put what is lost from sight days later to a cluster that has been lost all the time', () => {
    const { events } = new EventRecord()
      .cluster(10, 'a', 'up', 'unknown', 'all-silent')
      .cluster(90_000, 'b', 'up', 'unknown', 'all-silent');
    expect(incidentsOf(events, later).map(({ clusters }) => clusters.map(({ id }) => id))).toEqual([
      ['b'],
      ['a'],
    ]);
  });

  it('says of every incident of a rolling update that it is part of one, also of those that ended before it was found', () => {
    const away = (edge: string, fromSeconds: number, toSeconds: number) => ({
      ...{ edgeId: edge, edgeName: edge },
      ...{ fromMs: at(fromSeconds), toMs: at(toSeconds) },
    });
    const { events } = new EventRecord()
      .edge(100, 'a-1', 'up', 'down')
      .move(103, 'a-1', 'a-2', 'edge-died')
      .edge(160, 'a-1', 'down', 'up')
      .edge(3_700, 'a-2', 'up', 'down')
      .edge(3_760, 'a-2', 'down', 'up')
      .rolling(3_765, 'a', [away('a-1', 100, 160), away('a-2', 3_700, 3_760)])
      .edge(50_000, 'a-2', 'up', 'down');
    const found = incidentsOf(events, later);
    expect(found.map(({ rollingUpdate }) => rollingUpdate)).toEqual([false, true, true]);
    expect(found[2]?.cause).toEqual({
      kind: 'edge-died',
      evidence: [
        'a-1: edge-died',
        'Part of a rolling update: a-1 (12:01:40 to 12:02:40), a-2 (13:01:40 to 13:02:40) UTC, one after another.',
      ],
    });
  });

  it('has the corrected cause of its first failover, with what was known before, and ends when it ended', () => {
    const record = new EventRecord()
      .edge(100, 'a-1', 'up', 'down')
      .move(103, 'a-1', 'a-2', 'edge-unreachable')
      .move(150, 'a-2', 'a-3', 'unknown')
      .edge(160, 'a-1', 'down', 'up');
    const before = incidentsOf(record.events, later)[0];
    record.correct(30_000, 103, 'a-1', 'a-2', 'cut-off').correct(30_001, 150, 'a-2', 'a-3', 'link-cut');
    const [incident, ...others] = incidentsOf(record.events, later);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      cause: { kind: 'cut-off', evidence: ['a-1 then: cut-off', 'a-1: edge-unreachable'] },
      startMs: before?.startMs,
      endMs: before?.endMs,
      eventIds: [...(before?.eventIds ?? []), 5, 6],
    });
    expect(record.events.map(({ event }) => withCorrectedCause(event, corrections(record)))[1]).toMatchObject(
      {
        cause: { kind: 'cut-off', evidence: ['a-1 then: cut-off', 'a-1: edge-unreachable'] },
      },
    );
  });

  it('has the cause of its first failover, not of the failback after it nor of a later failover', () => {
    const unknown = new EventRecord()
      .move(100, 'a-1', 'a-2', 'unknown')
      .edge(101, 'a-1', 'up', 'degraded', 'lb-stopped')
      .move(130, 'a-2', 'a-1', 'preemption')
      .move(150, 'a-1', 'a-2', 'edge-died');
    expect(incidentsOf(unknown.events, later)[0]).toMatchObject({
      kind: 'failover',
      cause: { kind: 'unknown', evidence: ['a-1: unknown'] },
    });
    const after = new EventRecord()
      .move(100, 'a-2', 'a-1', 'preemption')
      .move(130, 'a-1', 'a-2', 'edge-died');
    expect(incidentsOf(after.events, later)[0]?.cause.kind).toBe('edge-died');
    const alone = new EventRecord().move(100, 'a-2', 'a-1', 'preemption');
    expect(incidentsOf(alone.events, later)[0]).toMatchObject({
      kind: 'failback',
      cause: { kind: 'preemption' },
    });
  });

  it('keeps faults of different edges apart though they overlap', () => {
    const { events } = new EventRecord()
      .edge(10, 'a-1', 'up', 'degraded', 'cpu-high')
      .cluster(10, 'a', 'up', 'degraded', 'cpu-high')
      .edge(200, 'a-2', 'up', 'down', 'proxy-no-link')
      .edge(400, 'a-3', 'up', 'down', 'silent')
      .edge(500, 'a-3', 'down', 'up')
      .edge(600, 'a-1', 'degraded', 'up')
      .edge(700, 'a-2', 'down', 'up')
      .cluster(700, 'a', 'degraded', 'up');
    const found = incidentsOf(events, later);
    expect(found.map(({ edges, startMs, endMs }) => [edges[0]?.id, startMs, endMs])).toEqual([
      ['a-3', at(400), at(500)],
      ['a-2', at(200), at(700)],
      ['a-1', at(10), at(600)],
    ]);
    expect(incidentsOf(events.slice(0, 6), at(650)).map(({ endMs }) => endMs)).toEqual([
      at(500),
      null,
      at(600),
    ]);
  });

  it('is related to those of its cluster that overlap it or are close to it', () => {
    const { events } = new EventRecord()
      .edge(10, 'a-1', 'up', 'down', 'cpu-high')
      .edge(50, 'a-1', 'down', 'up')
      .edge(20, 'b-1', 'up', 'down')
      .edge(300, 'a-2', 'up', 'down', 'proxy-no-link')
      .edge(310, 'a-2', 'down', 'up')
      .edge(2_000, 'a-3', 'up', 'down', 'silent');
    const found = incidentsOf(events, at(3_000));
    const [late, second, other, first] = found;
    if (!late || !second || !other || !first) throw new Error('there are four');
    const idsOf = (of: typeof first): number[] => relatedIncidents(of, found, at(3_000)).map(({ id }) => id);
    expect([idsOf(first), idsOf(second), idsOf(other), idsOf(late)]).toEqual([
      [second.id],
      [first.id],
      [],
      [],
    ]);
  });

  it('is one where the same happens to several edges at once, and where an edge takes the LB with it', () => {
    const { events } = new EventRecord()
      .edge(10, 'a-1', 'up', 'down', 'proxy-no-link')
      .edge(12, 'a-2', 'up', 'down', 'proxy-no-link')
      .role(13, 'a-1', 'master', 'init')
      .move(14, 'a-1', 'a-3', 'link-cut')
      .cluster(14, 'a', 'up', 'degraded');
    expect(incidentsOf(events, at(20))).toMatchObject([{ kind: 'failover', eventIds: [1, 2, 3, 4, 5] }]);
  });

  it('keeps a split brain apart from an edge that fails during it', () => {
    const { events } = new EventRecord()
      .cluster(10, 'a', 'up', 'split-brain', 'split-brain')
      .split(10, 'a', ['a-1', 'a-2'])
      .edge(200, 'a-3', 'up', 'down')
      .cluster(240, 'a', 'split-brain', 'degraded')
      .edge(300, 'a-3', 'down', 'up')
      .cluster(300, 'a', 'degraded', 'up');
    expect(incidentsOf(events, later)).toMatchObject([
      { kind: 'edge-down', edges: [{ id: 'a-3' }], cause: { kind: 'edge-unreachable' } },
      {
        kind: 'split-brain',
        cause: { kind: 'unknown', evidence: ['a-1 and a-2 were MASTER at the same time.'] },
      },
    ]);
  });

  describe('a split brain', () => {
    const aSplit = (): EventRecord =>
      new EventRecord()
        .role(30, 'a-2', 'backup', 'master')
        .split(30, 'a', ['a-1', 'a-2'])
        .cluster(34, 'a', 'up', 'split-brain', 'split-brain');

    it('lasts until one of its masters yields', () => {
      const { events } = aSplit().role(150, 'a-2', 'master', 'backup').cluster(150, 'a', 'split-brain', 'up');
      expect(incidentsOf(events, later)).toMatchObject([
        { kind: 'split-brain', startMs: at(30), endMs: at(150) },
      ]);
    });

    it('leaves its end to itself while another LB is silent, and what then is left to the silent one', () => {
      const { events } = aSplit()
        .role(90, 'a-3', 'backup', 'unknown')
        .edge(93, 'a-3', 'up', 'down')
        .role(150, 'a-2', 'master', 'backup')
        .cluster(150, 'a', 'split-brain', 'degraded')
        .role(240, 'a-3', 'unknown', 'backup')
        .edge(240, 'a-3', 'down', 'up')
        .cluster(240, 'a', 'degraded', 'up');
      expect(incidentsOf(events, later)).toMatchObject([
        { kind: 'edge-down', worst: 'degraded', startMs: at(90), endMs: at(240), edges: [{ id: 'a-3' }] },
        { kind: 'split-brain', startMs: at(30), endMs: at(150) },
      ]);
    });

    it('is not one of a master that falls silent in it, and reopens when that answers as a master again', () => {
      const { events } = aSplit()
        .role(90, 'a-2', 'master', 'unknown')
        .cluster(90, 'a', 'split-brain', 'up')
        .edge(93, 'a-2', 'up', 'down')
        .cluster(93, 'a', 'up', 'degraded')
        .role(131, 'a-2', 'unknown', 'master')
        .edge(131, 'a-2', 'down', 'up')
        .cluster(131, 'a', 'degraded', 'up')
        .split(131, 'a', ['a-1', 'a-2'])
        .cluster(134, 'a', 'up', 'split-brain', 'split-brain')
        .role(200, 'a-2', 'master', 'backup')
        .cluster(200, 'a', 'split-brain', 'up');
      expect(incidentsOf(events, later)).toMatchObject([
        { kind: 'edge-down', worst: 'degraded', startMs: at(90), endMs: at(131) },
        { kind: 'split-brain', startMs: at(30), endMs: at(200) },
      ]);
    });
  });

  it('has one incident for clusters that are down together, with its true length and time without an edge', () => {
    const record = new EventRecord().edge(5, 'b-1', 'up', 'degraded', 'cpu-high');
    for (const [index, name] of ['a', 'b', 'c'].entries())
      record
        .edge(100 + index, `${name}-1`, name === 'b' ? 'degraded' : 'up', 'down')
        .edge(101 + index, `${name}-2`, 'up', 'down')
        .cluster(102 + index, name, 'up', 'down');
    record.edge(103, 'lone', 'up', 'down');
    for (const [index, name] of ['a', 'b', 'c'].entries())
      record.edge(130 + index, `${name}-1`, 'down', 'up').cluster(131 + index, name, 'down', 'no-redundancy');
    for (const name of ['a', 'b', 'c'])
      record.edge(140, `${name}-2`, 'down', 'up').cluster(140, name, 'no-redundancy', 'up');
    record.edge(140, 'lone', 'down', 'up');
    const [down, ...others] = incidentsOf(record.events, at(150));
    expect(down).toMatchObject({
      kind: 'cluster-down',
      worst: 'down',
      startMs: at(100),
      endMs: at(140),
      clusters: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      withoutActiveLbMs: { atLeast: 24_000, atMost: 34_000 },
    });
    expect(down?.cause.evidence[0]).toBe(
      '3 clusters and 1 standalone edge were reported lost within 4 s: probably one cause.',
    );
    // The CPU of b-1 is another matter, until the edge itself is lost.
    expect(others).toMatchObject([{ kind: 'degraded', edges: [{ id: 'b-1' }], endMs: at(101) }]);
  });

  it('keeps what was over before its cluster was lost apart, and what turns out to be down with it', () => {
    const record = new EventRecord()
      .role(20, 'a-1', 'master', 'init')
      .move(22, 'a-1', 'a-2')
      .role(22, 'a-2', 'backup', 'master')
      .edge(23, 'a-1', 'up', 'degraded', 'lb-stopped')
      .cluster(23, 'a', 'up', 'degraded', 'lb-stopped')
      .edge(40, 'a-1', 'degraded', 'up')
      .cluster(40, 'a', 'degraded', 'up')
      .role(44, 'a-2', 'master', 'backup')
      .move(44, 'a-2', 'a-1', 'preemption')
      .role(65, 'a-2', 'backup', 'unknown')
      .edge(65, 'a-2', 'up', 'unknown', 'agent-gone')
      .edge(66, 'a-1', 'up', 'unknown', 'agent-gone')
      .cluster(68, 'a', 'up', 'unknown', 'all-silent')
      .edge(70, 'a-1', 'unknown', 'down')
      .edge(70, 'a-2', 'unknown', 'down')
      .cluster(71, 'a', 'unknown', 'down');
    expect(incidentsOf(record.events, at(90))).toMatchObject([
      { kind: 'cluster-down', endMs: null, startMs: at(65), eventIds: [10, 11, 12, 13, 14, 15, 16] },
      { kind: 'failover', endMs: at(44), moves: 2 },
    ]);
  });

  it('is no edge that is down when redundancy is gone because an LB is stopped', () => {
    const kindOf = (code: string): string | undefined =>
      incidentsOf(new EventRecord().cluster(10, 'a', 'up', 'no-redundancy', code).events, later)[0]?.kind;
    expect(kindOf('no-redundancy')).toBe('degraded');
    expect(kindOf('capacity-lost')).toBe('edge-down');
  });

  it('judges a standalone edge by itself', () => {
    const { events } = new EventRecord().edge(10, 'lone', 'up', 'down').edge(50, 'lone', 'down', 'up');
    expect(incidentsOf(events, later)).toMatchObject([
      { kind: 'edge-down', worst: 'down', clusters: [], edges: [{ id: 'lone' }], endMs: at(50) },
    ]);
  });
});

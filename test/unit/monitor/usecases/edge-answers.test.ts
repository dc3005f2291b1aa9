import { describe, expect, it } from 'vitest';
import { edgeAnswersSchema } from '../../../../domain/contract/edge-answers';
import { newEdgeTrack, observeEdge, type EdgeTrack } from '../../../../domain/cluster/observe/edge-track';
import { edgeAnswersOf } from '../../../../monitor/usecases/edge-answers';
import { reading } from '../../../fixtures/cluster/edge-readings';

type Change = Parameters<typeof reading>[0];

const after = (...changes: Change[]): EdgeTrack =>
  changes.reduce((track, change) => observeEdge(track, reading(change)), newEdgeTrack('e1'));

describe('What an edge answers', () => {
  it('is nothing before the first poll', () => {
    expect(edgeAnswersOf(newEdgeTrack('e1'))).toEqual({
      sources: (['snmp', 'http', 'tcp'] as const).map((source) => ({
        source,
        state: 'not-asked',
        answeredMs: null,
        latencyMs: null,
        words: '',
      })),
      parts: [],
      readMs: null,
      objects: [],
      leftOut: 0,
    });
  });

  it('has the age of each kind, and the objects with where they are read', () => {
    const track = after({ http: 200 });
    const answers = edgeAnswersOf(track);
    expect(edgeAnswersSchema.parse(answers)).toEqual(answers);
    expect(answers.sources.map(({ source, state }) => [source, state])).toEqual([
      ['snmp', 'answers'],
      ['http', 'answers'],
      ['tcp', 'not-asked'],
    ]);
    expect(answers.readMs).toBe(track.lastPollMs);
    expect(answers.parts.map(({ answeredMs }) => answeredMs)).toEqual(Array(3).fill(track.lastPollMs));
    expect(answers.objects).toContainEqual({
      group: 'Device',
      name: 'CPU',
      oids: ['1.3.6.1.4.1.46262.4.2.1.12.1', '1.3.6.1.4.1.2021.11.11'],
      value: '40 %',
    });
    expect(answers.objects).toContainEqual({
      group: 'Interface vmx1 (proxy)',
      name: 'ifHCInOctets',
      oids: ['1.3.6.1.2.1.31.1.1.1.6.2'],
      value: '0',
    });
  });

  it('keeps the age of the last answer while a source is silent, and says why', () => {
    const well = after({});
    const answers = edgeAnswersOf(observeEdge(well, reading({ snmp: 'timeout' })));
    expect(answers.sources[0]).toMatchObject({
      state: 'silent',
      answeredMs: well.lastPollMs,
      latencyMs: null,
    });
    expect(answers.sources[0]?.words).not.toBe('');
    expect(answers.readMs).toBe(well.lastPollMs);
  });

  it('cuts what an attacker makes long, and counts what it leaves out', () => {
    const watched = Array.from({ length: 700 }, (_, n) => ({
      table: 'process' as const,
      name: `p${n} ${'x'.repeat(5000)}`,
      failed: true,
      message: 'y'.repeat(5000),
    }));
    const { objects, leftOut } = edgeAnswersOf(after({ snmp: { watched } }));
    expect(objects).toHaveLength(500);
    expect(leftOut).toBeGreaterThan(200);
    expect(
      Math.max(...objects.flatMap(({ name, value }) => [name.length, value.length])),
    ).toBeLessThanOrEqual(301);
  });
});

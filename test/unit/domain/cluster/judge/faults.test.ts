import { describe, expect, it } from 'vitest';
import { faultsOf, newFaults, remainingFaults } from '../../../../../domain/cluster/judge/faults';
import type { Health } from '../../../../../domain/model/health';
import type { ClusterView, EdgeView } from '../../../../../domain/model/snapshot';
import { madeCluster } from '../../../../fixtures/fake-bridge/cluster';

const reason = (code: string, fact = code) => ({ code, fact, detail: '' });
const healths: Health[] = ['down', 'degraded'];

/** A cluster of three edges, of which some have these reasons; its own reasons repeat them. */
function cluster(
  health: Health,
  edges: Record<number, [Health, ...string[]]>,
  ...own: string[]
): ClusterView {
  const made = madeCluster('fra', 3, 0, { health });
  const views = made.edges.map((edge, index): EdgeView => {
    const [state, ...codes] = edges[index] ?? ['up'];
    return { ...edge, health: state, reasons: codes.map((code) => reason(code, `${edge.name} ${code}`)) };
  });
  const ofEdges = views
    .filter(({ health: state }) => healths.includes(state))
    .flatMap(({ reasons }) => reasons);
  return { ...made, edges: views, reasons: [...own.map((code) => reason(code)), ...ofEdges] };
}
const acknowledging = (row: ClusterView) => ({
  ...{ by: 'noc', words: '', atMs: 0, health: row.health },
  faults: faultsOf(row).map(({ edgeId, code }) => ({ edgeId, code })),
});

const downAndBusy = cluster('degraded', { 1: ['down', 'silent'], 2: ['degraded', 'cpu-high'] });
const down = cluster('degraded', { 1: ['down', 'silent'] });
const busy = cluster('degraded', { 2: ['degraded', 'cpu-high'] });

describe('an acknowledgement of faults', () => {
  it('covers what was wrong, however its reasons change, and nothing else', () => {
    const acknowledged = acknowledging(down);
    expect(newFaults(down, acknowledged)).toEqual([]);
    expect(newFaults(cluster('degraded', { 1: ['down', 'silent', 'proxy-silent'] }), acknowledged)).toEqual(
      [],
    );
    expect(newFaults(downAndBusy, acknowledged)).toEqual([`${busy.edges[2]!.name} cpu-high`]);
    expect(
      newFaults(cluster('down', { 0: ['down', 'silent'], 1: ['down', 'silent'] }), acknowledged),
    ).toHaveLength(1);
  });

  it('covers an LB that is out of service, whatever evidence of it comes next', () => {
    const failed = cluster('degraded', { 1: ['degraded', 'process-flag', 'lb-process-failed'] });
    const stopped = cluster('degraded', { 1: ['degraded', 'lb-stopped', 'process-flag', 'lb-no-link'] });
    const acknowledged = acknowledging(failed);
    expect(newFaults(stopped, acknowledged)).toEqual([]);
    expect(remainingFaults(stopped, acknowledged.faults)).toEqual(acknowledged.faults);
    const other = cluster('degraded', { 0: ['degraded', 'lb-stopped', 'lb-no-link'] });
    expect(newFaults(other, acknowledged)).toEqual([`${other.edges[0]!.name} lb-stopped`]);
  });

  it('does not cover a worse state of the whole cluster', () => {
    const acknowledged = acknowledging(down);
    for (const code of ['no-redundancy', 'no-active-lb', 'split-brain'] as const)
      expect(newFaults(cluster(code, { 1: ['down', 'silent'] }, code), acknowledged)).toEqual([code]);
  });

  it('does not cover the same fault of another edge', () => {
    expect(newFaults(cluster('degraded', { 0: ['degraded', 'cpu-high'] }), acknowledging(busy))).toHaveLength(
      1,
    );
  });

  it('of an earlier version covers everything', () => {
    expect(newFaults(downAndBusy, { by: 'noc', words: '', atMs: 0, health: 'degraded' })).toEqual([]);
    expect(newFaults(downAndBusy, null)).toEqual([]);
  });

  it('keeps of what it covered what is not over, and what cannot be told', () => {
    const { faults } = acknowledging(downAndBusy);
    expect(remainingFaults(downAndBusy, faults)).toEqual(faults);
    expect(remainingFaults(busy, faults).map(({ code }) => code)).toEqual(['cpu-high']);
    expect(remainingFaults(cluster('up', {}), faults)).toEqual([]);
    const silent = cluster(
      'unknown',
      { 0: ['unknown', 'all-silent'], 1: ['unknown', 'all-silent'], 2: ['unknown', 'all-silent'] },
      'all-silent',
    );
    expect(remainingFaults(silent, faults)).toEqual(faults);
    expect(newFaults(silent, acknowledging(downAndBusy))).toEqual(['all-silent']);
  });

  it('has nothing new where nothing was read yet', () => {
    const waiting = cluster('unknown', { 0: ['unknown', 'not-read-yet'] }, 'not-read-yet');
    expect(newFaults(waiting, acknowledging(down))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { faultRequestSchema } from '../../../demo/faults/fault';
import { randomFor } from '../../../demo/random/seed';
import { faultKinds } from '../../lab/fault-kinds';
import { deal, demoKinds, demoSequence, labKinds, labSequence } from '../../bench/detection/sequences';

const edges = ['a-01', 'a-02', 'a-03'];

describe('sequences of faults', () => {
  it('are the same for the same seed, and others for another', () => {
    const all = (seed: number) => demoKinds.map((kind) => demoSequence(kind, randomFor(seed, 'x'), edges));
    expect(all(1)).toEqual(all(1));
    expect(all(1)).not.toEqual(all(2));
  });

  it.each(demoKinds)('%s is what the demo can do, in order, and ends well', (kind) => {
    for (let seed = 0; seed < 20; seed++) {
      const { steps } = demoSequence(kind, randomFor(seed, kind), edges);
      for (const { kind: fault, edge, forSeconds } of steps) {
        expect(() => faultRequestSchema.parse({ kind: fault, cluster: 'a', edge, forSeconds })).not.toThrow();
      }
      expect(steps.map(({ atMs }) => atMs)).toEqual(steps.map(({ atMs }) => atMs).sort((a, b) => a - b));
      const last = steps.at(-1)!;
      expect(['restore', 'heal'].includes(last.kind) || last.forSeconds !== undefined).toBe(true);
    }
  });

  it.each(labKinds)('%s is what the lab can do', (kind) => {
    const { steps } = labSequence(kind, randomFor(1, kind), edges);
    for (const { kind: fault } of steps) expect([...faultKinds, 'restore']).toContain(fault);
    expect(steps.at(-1)!.kind).toBe('restore');
  });

  it('are dealt so that each kind comes as often as the others', () => {
    const dealt = deal(['a', 'b', 'c'], 8, randomFor(1, 'deal'));
    const counts = ['a', 'b', 'c'].map((kind) => dealt.filter((one) => one === kind).length);
    expect(counts.sort()).toEqual([2, 3, 3]);
  });

  it('that nobody knows are refused with what there is', () => {
    expect(() => demoSequence('earthquake', randomFor(1, ''), edges)).toThrow(/earthquake.*lb-dies/);
  });
});

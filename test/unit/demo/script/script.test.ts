import { describe, expect, it } from 'vitest';
import { rollingUpdateSeconds } from '../../../../demo/faults/fault';
import { defaultScript, parseScript, ScriptError, type ScriptStep } from '../../../../demo/script/script';

const clusters = [8, 4, 6, 16, 12, 2].map((edges, i) => ({ name: `${'abcdef'[i]!}-01`, edges }));

function take(count: number, seed: number, names = clusters): ScriptStep[] {
  const steps: ScriptStep[] = [];
  for (const step of defaultScript(seed, names)) {
    steps.push(step);
    if (steps.length === count) break;
  }
  return steps;
}

describe('the default script', () => {
  it('begins with the death of the first cluster’s active LB at 15 s, restored later', () => {
    expect(take(1, 1)[0]).toEqual({
      atSeconds: 15,
      request: { kind: 'lb-dies', cluster: 'a-01', edge: '@master', forSeconds: 45 },
    });
  });

  it('is the same for a seed and another for another', () => {
    expect(take(40, 3)).toEqual(take(40, 3));
    expect(take(40, 3)).not.toEqual(take(40, 4));
  });

  it('goes forward, leaves most of the wall calm, and uses every kind sooner or later', () => {
    const steps = take(300, 9);
    const kinds = new Set(steps.map((step) => step.request.kind));
    expect(kinds.size).toBe(11);
    steps.forEach((step, i) => {
      if (i > 0) expect(step.atSeconds).toBeGreaterThan(steps[i - 1]!.atSeconds);
      const lasts = (other: ScriptStep): number => {
        const size = clusters.find((cluster) => cluster.name === other.request.cluster)!.edges;
        const seconds = other.request.forSeconds!;
        return other.request.kind === 'rolling-update' ? rollingUpdateSeconds(size, seconds) : seconds;
      };
      const underWay = steps.filter(
        (other) => other.atSeconds <= step.atSeconds && other.atSeconds + lasts(other) > step.atSeconds,
      );
      expect(underWay.length).toBeLessThanOrEqual(2);
      expect(new Set(underWay.map((one) => one.request.cluster)).size).toBe(underWay.length);
      expect(step.request.forSeconds).toBeGreaterThan(0);
    });
  });

  it('goes on with a single cluster', () => {
    expect(take(20, 1, [{ name: 'a-01', edges: 8 }]).every((step) => step.request.cluster === 'a-01')).toBe(
      true,
    );
  });
});

describe('a script file', () => {
  it('comes back in order of time', () => {
    const text = JSON.stringify({
      steps: [
        { atSeconds: 20, kind: 'restore', cluster: 'a-01' },
        { atSeconds: 5, kind: 'lb-dies', cluster: 'a-01', edge: '@master', forSeconds: 3 },
      ],
    });
    expect(parseScript(text).map((step) => [step.atSeconds, step.request.kind])).toEqual([
      [5, 'lb-dies'],
      [20, 'restore'],
    ]);
  });

  it.each([
    ['{', /not JSON/],
    ['{"steps":[{"atSeconds":1,"kind":"explode","cluster":"a"}]}', /steps\.0\.kind/],
    ['{"steps":[{"atSeconds":-1,"kind":"split","cluster":"a"}]}', /steps\.0\.atSeconds/],
    ['{"steps":[{"atSeconds":1,"kind":"split","cluster":"a","colour":"red"}]}', /steps\.0/],
    ['{"stepz":[]}', /steps/],
  ])('%s is refused with its place', (text, words) => {
    expect(() => parseScript(text)).toThrow(ScriptError);
    expect(() => parseScript(text)).toThrow(words);
  });
});

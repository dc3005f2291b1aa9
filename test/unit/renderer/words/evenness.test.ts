import { describe, expect, it } from 'vitest';
import { evennessFacts } from '../../../../renderer/words/evenness';
import { silenceWords } from '../../../../renderer/ui/charts/silence-words';
import { shareLabels } from '../../../../renderer/ui/share/share-labels';
import { sharesOverTime } from '../../../../renderer/ui/share/share-over-time';

const minute = 60_000;
const over = (evenness: number | null, lengthMs = 10 * minute, knownMs = lengthMs) => ({
  fromMs: 0,
  toMs: lengthMs,
  knownMs,
  evenness,
});
const told = (before: ReturnType<typeof over>, after: ReturnType<typeof over>) =>
  evennessFacts({ before, after }, 'failover').map(({ fact, aside }) => `${fact} ${aside}`.trim());

describe('evenness beside a failover, in words', () => {
  it('gives both figures and their difference in points', () => {
    expect(told(over(0.984), over(0.971, 3 * minute))).toEqual([
      '98.4 % even over 10 m 0 s',
      '97.1 % even over 3 m 0 s',
      '−1.3 points',
    ]);
  });

  it('says why a figure is unknown, and then tells no difference', () => {
    expect(told(over(null, 10 * minute, 2 * minute), over(null, 20_000))).toEqual([
      'unknown 2 m 0 s of 10 m 0 s known',
      'unknown not enough time after it',
    ]);
  });
});

describe('labels at the end of the share chart', () => {
  const colours = {
    series: Array.from({ length: 16 }, (_, index) => `c${index + 1}`),
    surface: '',
    text: '',
    soft: '',
    quiet: '',
    line: '',
    hatch: '',
    down: '',
    degraded: '',
    area: '',
    areaLine: '',
    ink: '',
    tip: '',
  };
  const series = {
    fromMs: 0,
    toMs: 40_000,
    stepMs: 10_000,
    times: [0, 10_000, 20_000, 30_000],
    edges: ['fra-01', 'fra-02', 'fra-03'].map((edgeName, index) => ({
      edgeId: edgeName,
      edgeName,
      number: index + 1,
      bitsPerSecond: index === 2 ? [1, null, null, null] : [1, 1, 1, 1],
    })),
  };
  const spans = ['fra-01', 'fra-02', 'fra-03'].map((subjectId) => ({
    kind: 'edge-health' as const,
    subjectId,
    state: 'up',
    fromMs: 0,
    toMs: subjectId === 'fra-03' ? 10_000 : null,
    reasons: null,
  }));
  const shares = sharesOverTime(series, spans);
  const of = (mode: 'share' | 'off') =>
    shareLabels(shares, mode, { clusterName: 'fra', activeLbName: 'fra-02' }, colours, 'utc');

  it('stand in the middle of the bands, and say until when an edge was there', () => {
    expect(of('share').map(({ words, middle }) => [words, middle])).toEqual([
      ['-01', 0.25],
      ['-02 active', 0.75],
      ['-03 to 00:00', 1],
    ]);
  });

  it('stand where the differences end, with their figure', () => {
    expect(of('off').map(({ words, middle, strong }) => [words, middle, strong])).toEqual([
      ['-01 0.0', 0.5, false],
      ['-02 0.0', 0.5, true],
    ]);
  });
});

describe('a silence on the chart', () => {
  const silence = { fromMs: 10_000, toMs: 70_000 };
  it('tells a gap from the time before monitoring and from missing readings', () => {
    expect(silenceWords(silence, [{ fromMs: 12_000, toMs: 63_000 }], 0)).toEqual(['Not monitored', '51 s']);
    expect(silenceWords(silence, [], 68_000)).toEqual(['Before monitoring began']);
    expect(silenceWords(silence, [], 5000)).toEqual(['No readings', '1 m 0 s']);
  });
});

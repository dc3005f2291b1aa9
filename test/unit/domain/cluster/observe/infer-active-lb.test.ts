import { describe, expect, it } from 'vitest';
import { inferActiveLb, type LbTraffic } from '../../../../../domain/cluster/observe/infer-active-lb';
import { newIngressTrack } from '../../../../../domain/cluster/observe/ingress-track';
import { trafficReport } from '../../../../../domain/cluster/observe/traffic-witness';

const nowMs = 100_000;
const lb = (name: string, bitsPerSecond: number | null, more: Partial<LbTraffic> = {}): LbTraffic => ({
  edgeId: name,
  name,
  seenPassive: false,
  track:
    bitsPerSecond === null
      ? newIngressTrack
      : {
          ...newIngressTrack,
          ingress: { bitsPerSecond, fromMs: nowMs - 2_000, toMs: nowMs - 500, elapsedMs: 1_000 },
        },
  ...more,
});
const repeated = (edgeId: string) => ({ edgeId, count: 5 });
const infer = (lbs: LbTraffic[]) => inferActiveLb(lbs, nowMs, lbs[0]?.edgeId ?? '', repeated('a'));

describe('who carries the ingress', () => {
  it('is the LB with nearly all of it, in words with figures', () => {
    const found = infer([lb('a', 96e6), lb('b', 2e6), lb('c', 0)]);
    expect(found.first?.name).toBe('a');
    expect(found.confidence).toBeGreaterThan(0.9);
    expect(trafficReport(found, 'a', 0).said).toBe('carries 98 % of the cluster’s LB ingress, 96 Mb/s');
    expect(trafficReport(found, 'b', 0)).toMatchObject({
      role: 'backup',
      said: 'carries 2 % of the cluster’s LB ingress, 2.0 Mb/s; a carries 98 %',
    });
    expect(trafficReport(found, 'c', 0).said).toContain('almost none');
  });

  it.each([
    ['two carry much', [lb('a', 60e6), lb('b', 40e6)]],
    ['everybody hears everything (a promiscuous port)', [lb('a', 60e6), lb('b', 60e6), lb('c', 60e6)]],
    ['an LB is missing and this one was never seen idle', [lb('a', 60e6), lb('b', 0), lb('c', null)]],
    ['there is only just traffic, and noise', [lb('a', 51_000), lb('b', 3_000)]],
  ])('is not sure where %s', (_, lbs) => {
    const found = infer(lbs);
    expect(found.confidence).toBeLessThan(0.8);
    expect(found.words).not.toBe('');
  });

  it('is sure beside a silent LB when this one was seen idle before', () => {
    const found = infer([lb('a', 60e6, { seenPassive: true }), lb('b', 0), lb('c', null)]);
    expect(found.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it('is less sure of a figure that was not repeated, and of old ones', () => {
    const lbs = [lb('a', 60e6), lb('b', 0)];
    const once = inferActiveLb(lbs, nowMs, 'a', null).confidence;
    expect(once).toBeLessThan(infer(lbs).confidence);
    expect(inferActiveLb(lbs, nowMs + 6_000, 'a', repeated('a')).confidence).toBeLessThan(0.8);
    expect(inferActiveLb(lbs, nowMs + 60_000, 'a', repeated('a')).first).toBeNull();
  });

  it.each([
    ['Too little traffic', [lb('a', 900), lb('b', 0)]],
    ['Not enough readings yet: 0 of 2 LB interfaces', [lb('a', null), lb('b', null)]],
    ['no other LB to compare', [lb('a', 60e6)]],
    [
      'b cannot be measured: LB and proxy share one interface',
      [lb('a', 0), lb('b', null, { track: { ...newIngressTrack, why: 'LB and proxy share one interface' } })],
    ],
    [
      'b cannot be measured: it does not answer',
      [lb('a', 0), lb('b', 9e6, { track: { ...newIngressTrack, lost: true } })],
    ],
  ])('says in words why it names nobody: %s', (words, lbs) => {
    const found = infer(lbs);
    expect(found.first).toBeNull();
    expect(found.words).toContain(words);
    expect(trafficReport(found, 'a', 0)).toMatchObject({ role: 'unknown', confidence: 0, said: found.words });
  });
});

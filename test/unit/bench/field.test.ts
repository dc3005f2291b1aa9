import type { Reading } from '../../../domain/model/reading';
import { describe, expect, it } from 'vitest';
import type { TruthEntry } from '../../../demo/fleet/truth';
import { AgentFaults } from '../../bench/detection/field/agent-faults';
import { runField } from '../../bench/detection/field/field-run';
import { judgeCauses } from '../../bench/detection/field/judge-causes';
import { AnswerLog, falseStates } from '../../bench/detection/field/judge-states';

describe('faults of the group beside those of agents and of the network', () => {
  it('are reported as they truly happened', { timeout: 180_000 }, async () => {
    const { figures, story } = await runField({ seed: 1, sequences: 20, clusters: 5, roleIntervalMs: 1_000 });
    expect(story).toEqual([]);
    expect(figures).toMatchObject({ runs: 20, missed: 0, invented: 0, falseStates: 0, causesFirmer: 0 });
    expect(figures.moves).toBeGreaterThan(10);
  });
});

const startMs = Date.UTC(2026, 10, 30, 12, 0, 0);
const iso = (atMs: number): string => new Date(startMs + atMs).toISOString();

describe('the judge of causes', () => {
  const fault = { kind: 'fault', id: 1, cluster: 'x', edge: 'x-1', fault: 'lb-dies' } as const;
  const truth: TruthEntry[] = [
    { ...fault, phase: 'begin', atMs: startMs + 10_000 },
    { ...fault, phase: 'end', atMs: startMs + 30_000 },
  ];
  const failover = (cause: string) => ({
    atMs: startMs + 13_000,
    line: {
      type: 'failover',
      time: iso(13_000),
      recordedAt: iso(13_000),
      cluster: 'x',
      from: 'x-1',
      to: 'x-2',
      bracket: { lastOld: iso(9_500), firstNew: iso(13_000) },
      cause: { kind: cause, evidence: [] },
    },
  });

  it.each([
    ['lb-stopped', true, false],
    ['link-cut', false, true],
    ['unknown', false, false],
  ])('finds %s right: %s, firmer than the evidence: %s', (cause, right, firmer) => {
    expect(judgeCauses([failover(cause)], truth, new AgentFaults())).toMatchObject([{ right, firmer }]);
  });

  it('grants unknown where the agent was hidden, and takes the last correction', () => {
    const agents = new AgentFaults();
    agents.add({ kind: 'hang', cluster: 'x', edge: 'x-1', fromMs: startMs + 9_000, toMs: startMs + 14_000 });
    expect(judgeCauses([failover('unknown')], truth, agents)).toMatchObject([{ right: true }]);
    const corrected = {
      atMs: startMs + 18_000,
      line: {
        ...failover('lb-stopped').line,
        type: 'cause-corrected',
        failover: { time: iso(13_000), from: 'x-1', to: 'x-2' },
      },
    };
    expect(judgeCauses([failover('unknown'), corrected], truth, new AgentFaults())).toMatchObject([
      { right: true },
    ]);
  });
});

describe('the judge of states', () => {
  const down = {
    atMs: startMs + 10_000,
    line: {
      type: 'edge-state',
      time: iso(8_000),
      recordedAt: iso(10_000),
      edge: 'x-1',
      to: 'down',
      reasons: [{ code: 'silent' }],
    },
  };
  const answered = (...times: number[]): AnswerLog => {
    const log = new AnswerLog();
    for (const atMs of times) {
      const snmp = { outcome: 'unreachable', latencyMs: 1, code: 'timeout', words: '' } as const;
      const http: Reading['http'] = {
        outcome: 'answered',
        latencyMs: 1,
        value: { status: 200, bodyBytes: 1, bodyAsExpected: true, roles: [] },
      };
      const at = {
        startedAtMs: 0,
        startedMonotonicMs: 0,
        finishedMonotonicMs: 0,
        finishedAtMs: startMs + atMs,
      };
      log.add('x-1', { edgeId: 'e', kind: 'health', ...at, snmp, http, tcp: { outcome: 'not-asked' } });
    }
    return log;
  };

  it('finds an edge that is down although it answered just now, and one that stays down although it answers', () => {
    expect(falseStates([down], answered(7_000), startMs + 20_000)).toEqual([]);
    expect(falseStates([down], answered(9_900), startMs + 20_000)).toHaveLength(1);
    expect(falseStates([down], answered(7_000, 12_000), startMs + 20_000)).toHaveLength(1);
  });
});

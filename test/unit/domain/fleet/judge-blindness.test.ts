import { describe, expect, it } from 'vitest';
import { blindnessOf } from '../../../../domain/fleet/judge-blindness';
import type { ClusterView, EdgeView, Snapshot } from '../../../../domain/model/snapshot';
import { utcTimeOfDay } from '../../../../domain/words/time';
import { blindChecks, blindConsequence, blindSteps, blindTitle } from '../../../../domain/words/blindness';
import { madeCluster, madeSnapshot } from '../../../fixtures/fake-bridge/cluster';

const atMs = Date.UTC(2026, 10, 29, 21, 31, 7);
const lastMs = Date.UTC(2026, 10, 29, 21, 29, 13);

type Change = Partial<EdgeView> | null;

/** A cluster whose edges are unknown by this reason code; up where it is null. */
function row(
  name: string,
  code: string | null,
  more: Parameters<typeof madeCluster>[3] = {},
  edge: Change = {},
): ClusterView {
  const made = madeCluster(name, 4, atMs, more);
  if (code === null) return made;
  const reason = { code, fact: 'It cannot be read.', detail: 'wrong password of user noc' };
  const edges = made.edges.map((view, index): EdgeView => ({
    ...view,
    health: 'unknown',
    sinceMs: lastMs + 2_000,
    lastAnswerMs: lastMs - index * 400,
    reasons: [reason],
    ...edge,
  }));
  const reasons = [{ code: 'all-silent', fact: 'No reading from any of 4 edges.', detail: '' }];
  return { ...made, health: 'unknown', edgesUp: null, reasons, edges };
}
const snapshot = (clusters: ClusterView[], monitor: Partial<Snapshot['monitor']> = {}): Snapshot => {
  const made = madeSnapshot(clusters, atMs);
  return { ...made, monitor: { ...made.monitor, ...monitor } };
};
const titles = (shown: Snapshot): string[] =>
  blindnessOf(shown).map((blind) => blindTitle(blind, utcTimeOfDay));

describe('what Heron does not see', () => {
  it('is nothing while clusters are seen, or one cluster alone is silent', () => {
    expect(blindnessOf(snapshot([row('a', null), row('b', null)]))).toEqual([]);
    expect(
      blindnessOf(snapshot([row('a', 'all-silent', { site: 'A' }), row('b', null, { site: 'B' })])),
    ).toEqual([]);
    expect(blindnessOf(snapshot([]))).toEqual([]);
  });

  it('is everything when all clusters are silent, and the common cause is named once', () => {
    const shown = snapshot(['a', 'b', 'c'].map((name) => row(name, 'all-silent')));
    const [blind, another] = blindnessOf(shown);
    expect(another).toBeUndefined();
    expect(blind).toMatchObject({
      isTotal: true,
      cause: { kind: 'silent' },
      edges: 12,
      ofEdges: 12,
      sinceMs: lastMs,
    });
    expect(titles(shown)).toEqual(['Heron sees nothing: all 3 clusters silent since 21:29:13']);
    expect(blindConsequence(blind!, [])).toEqual({
      fact: 'Whether users are served is not known.',
      detail: 'All 12 edges fell silent within 1.2 s, so this computer’s network is suspected first.',
    });
  });

  it('is not hidden by a disabled cluster, and not everything while one cluster is seen', () => {
    const disabled = { ...row('d', null), health: 'disabled' as const };
    expect(blindnessOf(snapshot([row('a', 'all-silent'), row('b', 'all-silent'), disabled]))).toHaveLength(1);
    const [part] = blindnessOf(snapshot([row('a', 'all-silent'), row('b', 'all-silent'), row('c', null)]));
    expect(part?.isTotal ?? false).toBe(false);
  });

  it('is a credential that every edge refuses, and where to correct it', () => {
    const shown = snapshot([row('a', 'refused'), row('b', 'refused')]);
    const [blind] = blindnessOf(shown);
    expect(titles(shown)).toEqual([
      'Heron sees nothing: all 2 clusters refuse credential noc since 21:29:15',
    ]);
    expect(blindSteps(blind!)[0]).toMatchObject({
      action: 'credentials',
    });
    expect(blindChecks(blind!, shown)[0]).toMatchObject({
      result: 'failed',
      fact: 'Credential noc is refused.',
    });
  });

  it('is the edges of one credential, of a site or of a subnet', () => {
    const other = row('c', null, {}, null);
    const elsewhere = { ...other, edges: other.edges.map((edge) => ({ ...edge, credential: 'lab' })) };
    expect(titles(snapshot([row('a', 'refused'), row('b', 'refused'), elsewhere]))).toEqual([
      'Heron is blind to credential noc, 8 edges since 21:29:15',
    ]);
    const site = { site: 'Frankfurt' };
    expect(
      titles(snapshot([row('a', 'all-silent', site), row('b', 'all-silent', site), row('c', null)])),
    ).toEqual(['Heron is blind to Frankfurt, 2 clusters since 21:29:13']);
    const shown = snapshot([
      row('a', 'all-silent', { block: 7 }),
      row('b', 'all-silent', { block: 7 }),
      row('c', null),
    ]);
    expect(titles(shown)).toEqual(['Heron is blind to 10.20.7.0/24, 2 clusters since 21:29:13']);
  });

  it('is an interface of this computer, or the end of the demo fleet', () => {
    const words = 'eth1 of this computer is down: no edge can be asked.';
    const trouble = { kind: 'own-interface' as const, sinceMs: lastMs - 5_000 };
    const cutOff = snapshot([row('a', 'own-network'), row('b', 'own-network')], {
      state: 'blind',
      words,
      trouble,
    });
    expect(titles(cutOff)).toEqual(['Heron sees nothing: this computer’s network is down since 21:29:08']);
    expect(blindChecks(blindnessOf(cutOff)[0]!, cutOff)[0]).toMatchObject({
      result: 'failed',
      aside: 'most likely',
    });
    const ended = snapshot([row('a', null), row('b', null)], {
      state: 'blind',
      trouble: { kind: 'demo-ended', sinceMs: lastMs },
    });
    expect(titles(ended)).toEqual(['Heron sees nothing: the demo fleet ended at 21:29:13']);
    expect(blindSteps(blindnessOf(ended)[0]!)[0]).toMatchObject({ action: 'restart-demo' });
  });

  it('is a fleet that never answered, that runs no agent, or whose names are unknown', () => {
    const never = snapshot([
      row('a', 'all-silent', {}, { lastAnswerMs: null }),
      row('b', 'all-silent', {}, { lastAnswerMs: null }),
    ]);
    expect(titles(never)).toEqual(['Heron sees nothing: all 2 clusters silent since monitoring began']);
    expect(titles(snapshot([row('a', 'agent-gone'), row('b', 'agent-gone')]))).toEqual([
      'Heron sees nothing: no SNMP agent runs on all 2 clusters since 21:29:15',
    ]);
    expect(blindnessOf(snapshot([row('a', 'refused'), row('b', 'all-silent')]))[0]?.cause.kind).toBe('mixed');
    expect(blindnessOf(snapshot([row('a', 'name-unknown'), row('b', 'name-unknown')]))[0]?.cause.kind).toBe(
      'names',
    );
  });

  it('is not judged before the first readings', () => {
    expect(
      blindnessOf(snapshot([row('a', 'not-read-yet'), row('b', 'not-read-yet')], { state: 'starting' })),
    ).toEqual([]);
  });

  it('tests the path beyond the edges: gateways that answer clear it', () => {
    const gateway = (state: 'answers' | 'silent') => ({
      users: { target: '10.0.0.1:443', state: 'served' as const, sinceMs: lastMs, words: '', gateway: state },
    });
    const check = (state: 'answers' | 'silent') => {
      const shown = snapshot([
        row('a', 'all-silent', gateway(state)),
        row('b', 'all-silent', gateway(state)),
      ]);
      return blindChecks(blindnessOf(shown)[0]!, shown);
    };
    expect(check('silent')[0]).toMatchObject({
      result: 'failed',
      fact: 'None of 2 gateways of the clusters answers either.',
    });
    expect(check('answers').map(({ fact }) => fact)).toContain('2 of 2 gateways of the clusters answer.');
    expect(check('answers').at(-1)).toMatchObject({ result: 'passed', detail: 'Users are served there.' });
  });
});

import { describe, expect, it } from 'vitest';
import { blindnessOf } from '../../../../domain/fleet/judge-blindness';
import type { HostGateway, HostLink } from '../../../../domain/model/host';
import type { ClusterView, EdgeView, Snapshot } from '../../../../domain/model/snapshot';
import { utcTimeOfDay } from '../../../../domain/words/time';
import { blindReport } from '../../../../domain/words/blind-report';
import { blindChecks } from '../../../../domain/words/blind-checks';
import { blindSteps } from '../../../../domain/words/blind-steps';
import { blindConsequence, blindTitle } from '../../../../domain/words/blindness';
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

  it('is what a metrics source has that cannot be read, whole or in part', () => {
    const failure = 'Source "prom-1" refuses access (401). Check its token or password, and the tenant.';
    const source = { name: 'prom-1', edges: 8, scrapeIntervalMs: 15_000 };
    const stale = [row('a', 'stale'), row('b', 'stale')];
    const all = snapshot(stale, { sources: [{ ...source, failure }] });
    expect(titles(all)).toEqual(['Heron sees nothing: no current metrics of all 2 clusters since 21:29:13']);
    const [blind] = blindnessOf(all);
    expect(blind && blindConsequence(blind, all.clusters).detail).toBe(failure);
    expect(blind && blindSteps(blind).map(({ fact }) => fact)).toEqual([
      'Check prom-1.',
      'Or let Heron poll the edges itself.',
    ]);
    expect(blind && blindChecks(blind, all, utcTimeOfDay)[0]).toMatchObject({
      result: 'failed',
      fact: 'No current metrics from prom-1.',
    });
    const part = snapshot([...stale, row('c', null)], { sources: [{ ...source, failure }] });
    expect(titles(part)).toEqual(['Heron is blind to prom-1, 2 clusters since 21:29:13']);
    // A source that answers, without current metrics of some edges, is no common cause.
    expect(
      blindnessOf(snapshot([...stale, row('c', null)], { sources: [{ ...source, failure: null }] })),
    ).toEqual([]);
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

  it('counts a standalone edge apart from the clusters', () => {
    const alone = { ...row('edge-1', 'all-silent'), kind: 'standalone' as const };
    expect(titles(snapshot([row('a', 'all-silent'), row('b', 'all-silent'), alone]))).toEqual([
      'Heron sees nothing: all 2 clusters + 1 standalone edge silent since 21:29:13',
    ]);
    expect(titles(snapshot([alone]))).toEqual(['Heron sees nothing: the only edge silent since 21:29:13']);
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
    const words = 'eth1 of this computer is down: no edge can be polled.';
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

  it('names this computer’s gateway and interface among what was tested, in order', () => {
    const silent = (gateway: HostGateway | null, changed: HostLink['changed'] = null): Snapshot =>
      snapshot([row('a', 'all-silent'), row('b', 'all-silent')], {
        host: { links: [{ name: 'eth0', address: '10.9.0.41', changed }], gateway },
      });
    const gateway = { address: '10.9.0.1', interfaceName: 'eth0', lastAnswerMs: lastMs } as const;
    const facts = (shown: Snapshot): string[] =>
      blindChecks(blindnessOf(shown)[0]!, shown).map(({ result, fact, detail }) =>
        `${result}: ${fact} ${detail}`.trim(),
      );

    const down = silent({ ...gateway, state: 'silent' });
    expect(facts(down).slice(0, 2)).toEqual([
      'failed: Gateway 10.9.0.1 of this computer does not answer. Last answer 21:29:13.',
      'passed: Network interface eth0 is up. Address 10.9.0.41, unchanged.',
    ]);
    expect(blindSteps(blindnessOf(down)[0]!, down.monitor.host).at(-1)?.detail).toContain('from 10.9.0.41');

    const answering = silent({ ...gateway, state: 'answers' });
    expect(facts(answering)).toContain(
      'passed: Gateway 10.9.0.1 of this computer answers. So its own network works.',
    );
    expect(blindConsequence(blindnessOf(answering)[0]!, []).detail).toContain(
      'this computer’s gateway answers: the path beyond it is suspected first',
    );
    expect(blindSteps(blindnessOf(answering)[0]!)[0]?.fact).toContain('beyond 10.9.0.1');

    // One that leads elsewhere, or never answered, says nothing.
    expect(facts(silent({ ...gateway, interfaceName: 'wlan0', state: 'silent' })).join()).not.toContain(
      'Gateway',
    );
    expect(facts(silent({ ...gateway, state: 'untested' }))[0]).toMatch(/^passed/);
    expect(facts(silent({ ...gateway, state: 'gone' }))[0]).toMatch(
      /^failed: This computer has no default gateway/,
    );
    expect(facts(silent(null, { from: '10.9.0.7', atMs: lastMs }))[0]).toBe(
      'failed: Network interface eth0 has another address. 10.9.0.41; until 21:29:13 it was 10.9.0.7.',
    );
  });

  it('is handed on as a text that names what was tested, what to do, and every edge with its last answer', () => {
    const shown = snapshot([row('a', 'all-silent'), row('b', 'all-silent')], {
      host: { links: [{ name: 'eth0', address: '10.9.0.41', changed: null }], gateway: null },
    });
    const before = snapshot([row('a', null), row('b', null)]);
    const text = blindReport(blindnessOf(shown)[0]!, shown, before, '1.2.3');
    expect(text).toMatch(/^Heron sees nothing: all 2 clusters silent since 2026-11-29 21:29:13 UTC\n/);
    expect(text).toContain(
      'Written by Heron 1.2.3 at 2026-11-29 21:31:07 UTC.\nFrom this computer: 10.9.0.41 (eth0).',
    );
    expect(text).toContain('- works: Network interface eth0 is up.');
    expect(text).toContain('1. Check VPN, cable or Wi-Fi of this computer.');
    expect(text).toMatch(/- a, .*last known state Up/);
    expect(text.match(/: last answer 2026-11-29 21:29:1\d UTC/g)).toHaveLength(8);
  });
});

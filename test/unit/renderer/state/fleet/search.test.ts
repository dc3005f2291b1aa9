import { describe, expect, it } from 'vitest';
import { clusterMatches, searchTerms } from '../../../../../renderer/state/fleet/search';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';

const fleet = fleetInAllStates(Date.UTC(2026, 10, 24, 14));
const found = (typed: string): string[] =>
  fleet.filter((cluster) => clusterMatches(cluster, searchTerms(typed))).map((cluster) => cluster.name);

describe('search', () => {
  it.each([
    ['name', 'gru-01', ['gru-01']],
    ['site without its accents', 'sao paulo', ['gru-01']],
    ['site with accents', 'São', ['gru-01']],
    ['cluster IP', '10.20.65.10', ['sin-02']],
    ['an edge’s name', 'nrt-01-07', ['nrt-01']],
    ['an edge’s proxy IP', '10.20.32.23', ['fra-02']],
    ['an edge’s LB IP', '10.20.32.63', ['fra-02']],
    ['an edge’s management IP', '10.20.32.103', ['fra-02']],
    ['a state’s word', 'split brain', ['sin-02']],
    ['a reason', 'forged standalone', []],
    ['words in any order', 'frankfurt degraded', ['fra-02']],
    ['a configured status', 'status disabled', []],
    ['nothing there', 'zzz', []],
  ])('finds by %s', (_what, typed, names) => {
    expect(found(typed)).toEqual(names);
  });

  it('finds everything when nothing is typed', () => {
    expect(found('   ')).toHaveLength(fleet.length);
  });
});

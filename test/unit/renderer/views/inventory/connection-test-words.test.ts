import { describe, expect, it } from 'vitest';
import type { TryResult } from '../../../../../domain/contract/inventory-contract';
import { readyWords, testOutcome } from '../../../../../renderer/views/inventory/connection-test-words';

const answered: TryResult['snmp'] = {
  outcome: 'answered',
  latencyMs: 20,
  systemName: 'fra-01-01',
  uptimeMs: 1000,
  engine: null,
  interfaces: [],
  roles: [],
  unreadable: [],
} as unknown as TryResult['snmp'];
const failed = { outcome: 'failed', words: 'No answer.', latencyMs: 2000 } as const;
const http = (status: number): TryResult['http'] =>
  ({
    outcome: 'answered',
    status,
    bodyBytes: 100,
    asExpected: status === 200,
    latencyMs: 5,
  }) as TryResult['http'];
const result = (snmp: TryResult['snmp'], page: TryResult['http']): TryResult => ({
  snmp,
  http: page,
  tcp: { outcome: 'not-asked' },
  edgeName: 'fra-01-01',
  tookMs: 30,
  atMs: 0,
});

describe('the result of a connection test', () => {
  it('tells SNMP from HTTP', () => {
    const said = (snmp: TryResult['snmp'], page: TryResult['http']): string[] => {
      const { health, headline } = testOutcome(result(snmp, page));
      return [health, headline];
    };
    expect(said(answered, http(200))).toEqual(['up', 'answers']);
    expect(said(answered, failed)).toEqual(['degraded', 'answers SNMP, the health page does not']);
    expect(said(failed, http(200))).toEqual(['degraded', 'answers HTTP, SNMP does not']);
    expect(said(answered, http(404))).toEqual(['degraded', 'answers SNMP, the health page answers HTTP 404']);
    expect(said(failed, http(404))[1]).toContain('the health page answers HTTP 404');
    expect(said(failed, failed)).toEqual(['down', 'does not answer']);
  });

  it('stays beside what is ready to be saved', () => {
    expect(readyWords(false, 0)).toBe('No changes yet.');
    expect(readyWords(true, 0)).toBe('Ready.');
    expect(readyWords(true, 2)).toBe('Ready, but 2 edges did not answer fully.');
  });
});

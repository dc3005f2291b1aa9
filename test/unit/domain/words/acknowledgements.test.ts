import { describe, expect, it } from 'vitest';
import type { Outage } from '../../../../domain/model/outage';
import { acknowledgementWords, isUnacknowledged } from '../../../../domain/words/acknowledgements';

const outage: Outage = {
  kind: 'no-active-lb',
  fromMs: 1_000,
  toMs: 4_000,
  lastedMs: { atLeast: 1_800, atMost: 3_000 },
  times: 1,
};
const acknowledged = { by: 'NOC EU', atMs: 500, words: '' };

describe('the words of an acknowledgement', () => {
  it('count an outage that began and ended after it as new', () => {
    const row = { health: 'degraded', acknowledged, newFaults: [], unacknowledgedOutages: [] } as const;
    expect(acknowledgementWords({ ...row, newFaults: [], unacknowledgedOutages: [] })).toBe(
      'Acknowledged by NOC EU',
    );
    const cutOff = { ...row, newFaults: [], unacknowledgedOutages: [outage] };
    expect(isUnacknowledged(cutOff)).toBe(true);
    expect(acknowledgementWords(cutOff)).toBe('+1 new since NOC EU acknowledged');
    expect(acknowledgementWords({ ...cutOff, newFaults: ['fra-01-02 is down.'] })).toBe(
      '+2 new since NOC EU acknowledged',
    );
  });
});

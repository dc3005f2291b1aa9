import { afterEach, describe, expect, it, vi } from 'vitest';
import { guardedFaults } from '../../../../../monitor/log/guard';
import { startChecking, stopChecking, type Waiting } from '../../../../../monitor/snmp/client/request-timer';

describe('the timer of requests', () => {
  const started: Waiting[] = [];
  const start = (check: () => void): void => {
    const one = { check };
    started.push(one);
    startChecking(one);
  };
  afterEach(() => started.splice(0).forEach(stopChecking));

  it('checks the others, again and again, beside one whose check throws', async () => {
    let checks = 0;
    start(() => {
      throw new Error('planted');
    });
    start(() => (checks += 1));
    await vi.waitFor(() => expect(checks).toBeGreaterThan(3));
    expect(guardedFaults()['the check of an SNMP request']).toBeGreaterThan(2);
  });
});

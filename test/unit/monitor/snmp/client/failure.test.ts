import { describe, expect, it } from 'vitest';
import {
  refusal,
  reportFailure,
  systemFailure,
  type RequestTarget,
} from '../../../../../monitor/snmp/client/failure';
import { usmStatsOid } from '../../../../../monitor/snmp/codec/usm-stats';

const target: RequestTarget = { where: '10.0.0.1:161', level: 'authPriv', userName: 'noc' };
const system = (code: string) => Object.assign(new Error(`send ${code} auth-s3cret-words`), { code });

describe('failures', () => {
  it.each([
    [
      reportFailure(usmStatsOid.unknownUser, target),
      'wrong-user',
      'user "noc" is not known to the agent on 10.0.0.1:161',
    ],
    [reportFailure(usmStatsOid.wrongDigest, target), 'wrong-password', 'authentication failed'],
    [reportFailure(usmStatsOid.decryption, target), 'wrong-privacy', 'wrong privacy password or protocol'],
    [reportFailure(usmStatsOid.unsupportedLevel, target), 'unsupported', 'authPriv'],
    [reportFailure(usmStatsOid.notInTimeWindow, target), 'not-in-time-window', 'time window'],
    [reportFailure(usmStatsOid.unknownEngine, target), 'bad-answer', 'engine id'],
    [reportFailure('1.3.6.1.6.3.12.1.5.0', target), 'bad-answer', '1.3.6.1.6.3.12.1.5.0'],
    [refusal('1.3.6.1', 16, target), 'wrong-user', 'access rules'],
    [refusal('1.3.6.1.2', 5, target), 'bad-answer', 'genErr for 1.3.6.1.2'],
    [systemFailure(system('EHOSTUNREACH'), target.where), 'no-route', 'no route to 10.0.0.1:161'],
    [systemFailure(system('ENETDOWN'), target.where), 'own-network', 'own network'],
    [systemFailure(system('EWHATEVER'), target.where), 'failed', 'EWHATEVER'],
    [systemFailure('not even an error', target.where), 'failed', 'could not be queried'],
  ])('%s', (failure, code, words) => {
    expect(failure.code).toBe(code);
    expect(failure.words).toContain(words);
    expect(JSON.stringify([failure.words, failure.message, failure.stack])).not.toContain('s3cret');
  });

  it('only what another request can mend is asked again', () => {
    const next = (counter: string) => reportFailure(counter, target).next;
    expect(next(usmStatsOid.notInTimeWindow)).toBe('resynchronise');
    expect(next(usmStatsOid.unknownEngine)).toBe('resynchronise');
    expect(next(usmStatsOid.wrongDigest)).toBe('give-up');
  });
});

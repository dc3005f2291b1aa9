import snmp from 'net-snmp';
import { describe, expect, it } from 'vitest';
import { toFailure, type Asked } from '../../../../../monitor/snmp/client/failure';

const asked: Asked = {
  where: '10.0.0.1:161',
  security: {
    kind: 'v3',
    user: { name: 'noc', level: 3, authKey: 'auth-s3cret-words', privKey: 'priv-s3cret-words' },
    userName: 'noc',
    level: 'authPriv',
  },
};
const invalid = (message: string, code: number) => new snmp.ResponseInvalidError(message, code);
const system = (code: string) => Object.assign(new Error(`send ${code} auth-s3cret-words`), { code });

describe('toFailure', () => {
  it.each([
    [invalid('Unknown User Name', 5), 'wrong-user', 'user "noc" is not known to the agent on 10.0.0.1:161'],
    [
      invalid('Wrong Digest (incorrect password, community or key)', 5),
      'wrong-password',
      'authentication failed',
    ],
    [invalid('Decryption Error', 5), 'wrong-privacy', 'wrong privacy password or protocol'],
    [invalid('Unsupported Security Level', 5), 'unsupported', 'authPriv'],
    [invalid('Not In Time Window', 5), 'not-in-time-window', 'time window'],
    [
      invalid('Authentication digest ab received in message does not match', 5),
      'bad-answer',
      'damaged or forged',
    ],
    [invalid('Failed to decrypt PDU: RangeError', 4), 'bad-answer', 'damaged or forged'],
    [invalid('Requested OIDs do not match response OIDs', 6), 'bad-answer', 'does not fit the request'],
    [new snmp.RequestTimedOutError('Request timed out'), 'timeout', 'nothing answered on 10.0.0.1:161'],
    [new snmp.RequestFailedError('AuthorizationError: 1.3.6.1', 16), 'wrong-user', 'access rules'],
    [new snmp.RequestFailedError('GeneralError: 1.3.6.1.2', 5), 'bad-answer', 'genErr for 1.3.6.1.2'],
    [system('EHOSTUNREACH'), 'no-route', 'no route to 10.0.0.1:161'],
    [system('ENETDOWN'), 'own-network', 'own network'],
    [system('EWHATEVER'), 'failed', 'EWHATEVER'],
    ['not even an error', 'failed', 'could not be asked'],
  ])('%s is %s', (error, code, words) => {
    const failure = toFailure(error, asked);
    expect(failure.code).toBe(code);
    expect(failure.words).toContain(words);
    expect(JSON.stringify([failure.words, failure.message, failure.stack])).not.toContain('s3cret');
  });
});

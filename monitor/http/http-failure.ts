import { errors } from 'undici';
import { networkError } from '../base/network-errors';
import type { UnreachableCode } from '../../domain/model/reading';

/** Why an HTTP request failed: a stable code and an actionable sentence. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';

  constructor(
    readonly code: UnreachableCode,
    readonly words: string,
  ) {
    super(words);
  }
}

type Words = [UnreachableCode, (where: string) => string];

const known: Record<string, Words> = {
  ECONNREFUSED: ['refused', (where) => `connection refused: nothing listens on ${where}`],
  ENOTFOUND: ['no-address', (where) => `the name in ${where} cannot be resolved`],
  ETIMEDOUT: ['timeout', (where) => `nothing answered on ${where}`],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', (where) => `nothing answered on ${where}`],
  ECONNRESET: ['failed', (where) => `${where} closed the connection before it answered`],
  EPIPE: ['failed', (where) => `${where} closed the connection before it answered`],
  UND_ERR_SOCKET: ['failed', (where) => `${where} closed the connection before its answer was complete`],
  UND_ERR_HEADERS_OVERFLOW: [
    'too-large',
    (where) => `${where} sends larger headers than any health page has`,
  ],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: [
    'bad-answer',
    (where) => `${where} sent another length than it announced`,
  ],
  UND_ERR_RES_EXCEEDED_MAX_SIZE: ['too-large', (where) => `${where} answered with more than was asked for`],
  CERT_HAS_EXPIRED: ['tls', (where) => `the certificate of ${where} has expired`],
  CERT_NOT_YET_VALID: ['tls', (where) => `the certificate of ${where} is not valid yet: check both clocks`],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'tls',
    (where) => `the certificate of ${where} is self-signed: no authority confirms it`,
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'tls',
    (where) => `the certificate of ${where} comes from an authority not trusted here`,
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'tls',
    (where) =>
      `the certificate of ${where} comes without its issuer's, or from an authority not trusted here`,
  ],
  UNABLE_TO_GET_ISSUER_CERT: [
    'tls',
    (where) => `the certificate of ${where} comes from an authority not trusted here`,
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'tls',
    (where) => `the certificate of ${where} comes from an authority not trusted here`,
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls', (where) => `the certificate of ${where} is made out to another name`],
  ERR_SSL_WRONG_VERSION_NUMBER: [
    'tls',
    (where) => `${where} does not speak TLS: its URL may have to begin with http://`,
  ],
};

/** An error of undici, Node or TLS as a failure in words. */
export function toHttpFailure(error: unknown, where: string): HttpFailure {
  if (error instanceof HttpFailure) return error;
  if (error instanceof errors.HTTPParserError) {
    return new HttpFailure('bad-answer', `${where} answers, but not with HTTP`);
  }
  for (const code of codesOf(error)) {
    const words = known[code];
    if (words) return new HttpFailure(words[0], words[1](where));
    const system = networkError(code, where);
    if (system) return new HttpFailure(system.code, system.words);
    if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO') {
      return new HttpFailure('tls', `TLS with ${where} failed (${code})`);
    }
  }
  const code = codesOf(error)[0];
  return new HttpFailure('failed', `${where} could not be queried${code === undefined ? '' : ` (${code})`}`);
}

/** The codes of an error and of what caused it, nearest first. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
    if (at instanceof AggregateError) codes.push(...at.errors.flatMap(codesOf));
  }
  return codes;
}

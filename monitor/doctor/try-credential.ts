import type { CredentialFacts, ProbeResult } from '../../domain/doctor/facts';
import { authProtocols, privProtocols } from '../../domain/inventory/inventory-file';
import type { Credential } from '../../domain/inventory/inventory';
import type { SecretResolver } from '../secrets/secret-resolver';
import { SnmpFailure } from '../snmp/client/failure';
import { missingCrypto, resolveSecurity, type SnmpSecurity } from '../snmp/client/resolve-security';
import { SnmpSession } from '../snmp/client/session';
import type { Peer, SharedSockets } from '../snmp/client/shared-sockets';
import type { UsmUser } from '../snmp/codec/usm-keys';
import { isAbsent } from '../snmp/codec/varbind';

/** sysUpTime, which every agent has. */
export const sysUpTime = '1.3.6.1.2.1.1.3.0';
/** How long one request waits at least, and how many times silence is tested: agents drop what they cannot decrypt. */
const minProbeMs = 1_500;
/** A request in a session of its own takes a discovery and an answer, each of which may get lost once. */
const answersPerProbe = 4;
const silentTries = 2;

const notAsked: ProbeResult = { outcome: 'not-asked', words: '' };

/** Where requests of the doctor go. */
export interface Target {
  peer: Peer;
  /** Address and port, for display. */
  where: string;
  sockets: SharedSockets;
  /** How long the agent needed to answer a discovery; null: it answered none. */
  answerMs: number | null;
}

export interface TriedCredential {
  facts: CredentialFacts;
  /** Null: the agent does not accept it. */
  security: SnmpSecurity | null;
}

/**
 * Finds out which parts of a credential an agent accepts: the user name alone, then signed, then encrypted. Where a password is refused,
 * the same password is tried with the other protocols; no other credential's password is sent. Never throws.
 */
export async function tryCredential(
  target: Target,
  credential: Credential,
  secrets: SecretResolver,
  hasEngine: boolean,
): Promise<TriedCredential> {
  const facts = emptyFacts(credential);
  const resolved = await resolveSecurity(credential, secrets);
  if (!resolved.ok) return { facts: { ...facts, unusable: resolved.words }, security: null };
  const { security } = resolved;
  if (security.kind === 'v2c') {
    facts.fullProbe = await probe(target, security);
  } else if (hasEngine) {
    await tryUser(target, security.user, facts);
  }
  const isAccepted = facts.fullProbe.outcome === 'accepted';
  return { facts, security: isAccepted ? security : null };
}

async function tryUser(target: Target, user: UsmUser, facts: CredentialFacts): Promise<void> {
  const { name } = user;
  facts.fullProbe = await probe(target, { kind: 'v3', user });
  if (facts.fullProbe.outcome === 'accepted') return;
  facts.userProbe = await probe(target, {
    kind: 'v3',
    user: { name, level: 'noAuthNoPriv', auth: null, priv: null },
  });
  if (facts.userProbe.outcome === 'unknown-user' || !user.auth) return;
  const signed: UsmUser = { name, level: 'authNoPriv', auth: user.auth, priv: null };
  facts.authProbe = await probe(target, { kind: 'v3', user: signed });
  // An agent may refuse all lower levels: then only the whole credential shows whether the signature is right.
  if (facts.fullProbe.outcome === 'wrong-digest') facts.authProbe = facts.fullProbe;
  if (facts.authProbe.outcome === 'wrong-digest') return tryOtherAuth(target, user, facts);
  const isSigned = ['accepted', 'not-authorized', 'unsupported-level'].includes(facts.authProbe.outcome);
  const isUndecrypted =
    facts.fullProbe.outcome === 'silent' || facts.fullProbe.outcome === 'decryption-error';
  if (isSigned && isUndecrypted && user.priv) await tryOtherPriv(target, user, user.priv, facts);
}

async function tryOtherAuth(target: Target, user: UsmUser, facts: CredentialFacts): Promise<void> {
  const { auth, priv, name } = user;
  if (!auth) return;
  const signs = async (
    password: string,
    protocol: typeof auth.protocol,
    privPassword: string,
  ): Promise<boolean> => {
    const signed: UsmUser = { name, level: 'authNoPriv', auth: { protocol, password }, priv: null };
    let { outcome } = await probe(target, { kind: 'v3', user: signed });
    if (outcome === 'unsupported-level' && priv) {
      const whole: UsmUser = { ...user, auth: signed.auth, priv: { ...priv, password: privPassword } };
      ({ outcome } = await probe(target, { kind: 'v3', user: whole }));
    }
    return outcome === 'accepted' || outcome === 'not-authorized' || outcome === 'decryption-error';
  };
  const privPassword = priv?.password ?? '';
  if (priv && priv.password !== auth.password && (await signs(priv.password, auth.protocol, auth.password))) {
    facts.isSwapped = true;
    return;
  }
  for (const protocol of authProtocols) {
    if (protocol === auth.protocol || isUnsupported(protocol, null)) continue;
    if (await signs(auth.password, protocol, privPassword)) {
      facts.otherAuthProtocol = protocol;
      return;
    }
  }
}

async function tryOtherPriv(
  target: Target,
  user: UsmUser,
  priv: NonNullable<UsmUser['priv']>,
  facts: CredentialFacts,
): Promise<void> {
  for (const protocol of privProtocols) {
    if (protocol === priv.protocol || isUnsupported('sha1', protocol)) continue;
    const tried: UsmUser = { ...user, priv: { ...priv, protocol } };
    const { outcome } = await probe(target, { kind: 'v3', user: tried });
    if (outcome !== 'accepted' && outcome !== 'not-authorized') continue;
    facts.otherPrivProtocol = protocol;
    return;
  }
}

/** Whether this build lacks a protocol. */
function isUnsupported(
  auth: (typeof authProtocols)[number],
  priv: (typeof privProtocols)[number] | null,
): boolean {
  const password = { passwordEnv: 'X' };
  const credential: Credential = {
    ...{ name: '', version: '3', user: 'x', auth: { protocol: auth, ...password } },
    ...(priv === null ? {} : { priv: { protocol: priv, ...password } }),
  };
  return missingCrypto(credential) !== null;
}

/** Sends one small request, again while there is silence. */
async function probe(target: Target, security: SnmpSecurity): Promise<ProbeResult> {
  let result: ProbeResult = notAsked;
  for (let attempt = 0; attempt < silentTries; attempt += 1) {
    result = await probeOnce(target, security);
    if (result.outcome !== 'silent') return result;
  }
  return result;
}

async function probeOnce(
  { peer, where, sockets, answerMs }: Target,
  security: SnmpSecurity,
): Promise<ProbeResult> {
  const session = new SnmpSession(peer, where, security, sockets);
  const waitMs = Math.max(minProbeMs, answersPerProbe * (answerMs ?? 0));
  try {
    const [row] = await session.get([sysUpTime], performance.now() + waitMs);
    return { outcome: 'accepted', words: row && isAbsent(row) ? 'it has no sysUpTime' : '' };
  } catch (error) {
    if (!(error instanceof SnmpFailure)) throw error;
    return { outcome: outcomeOf(error), words: error.words };
  } finally {
    session.end();
  }
}

function outcomeOf({ code, words, refusedOid }: SnmpFailure): ProbeResult['outcome'] {
  switch (code) {
    case 'wrong-user':
      return words.includes('is not known') ? 'unknown-user' : 'not-authorized';
    case 'wrong-password':
      return words.startsWith('authentication failed') ? 'wrong-digest' : 'silent';
    case 'wrong-privacy':
      return 'decryption-error';
    case 'unsupported':
      return 'unsupported-level';
    case 'timeout':
    case 'unanswered':
      return 'silent';
    default:
      return refusedOid === null ? 'failed' : 'not-authorized';
  }
}

function emptyFacts(credential: Credential): CredentialFacts {
  const isV3 = credential.version === '3';
  const level = !isV3
    ? 'v2c'
    : credential.priv
      ? 'authPriv'
      : credential.auth
        ? 'authNoPriv'
        : 'noAuthNoPriv';
  return {
    name: credential.name,
    version: credential.version,
    user: isV3 ? credential.user : null,
    level,
    authProtocol: isV3 ? (credential.auth?.protocol ?? null) : null,
    privProtocol: isV3 ? (credential.priv?.protocol ?? null) : null,
    unusable: null,
    ...{ userProbe: notAsked, authProbe: notAsked, fullProbe: notAsked },
    ...{ otherAuthProtocol: null, otherPrivProtocol: null, isSwapped: false },
  };
}

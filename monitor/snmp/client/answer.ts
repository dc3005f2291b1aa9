import { isAuthentic, messageFlag, type Message, type V3Message } from '../codec/message';
import { pduType, readPdu, readScopedPdu, type Pdu } from '../codec/pdu';
import { decrypt } from '../codec/privacy';
import type { Question } from '../codec/question';
import type { UsmKeys } from '../codec/usm-keys';

/** What a session secures its requests with. */
export type RequestSecurity =
  | { version: 2; community: Buffer }
  /** `flags`: the level of security of a request, which its response must have too. */
  | { version: 3; keys: UsmKeys; flags: number };

/** What a message with a request's ID turned out to be. */
export type Answer =
  | { kind: 'response'; pdu: Pdu; boots: number; time: number }
  /** `counter`: the OID of the counter the report names. */
  | { kind: 'report'; counter: string; authentic: boolean; engineId: Buffer; boots: number; time: number }
  /** Not from the queried engine and user, or its digest is wrong: it proves nothing. */
  | { kind: 'forged' }
  /** Authentic, but no response to the request. */
  | { kind: 'unreadable' };

const maxVarbinds = 2_000;
const securityFlags = messageFlag.auth | messageFlag.priv;
const forged: Answer = { kind: 'forged' };
const unreadable: Answer = { kind: 'unreadable' };

/** Verifies, decrypts and reads the answer to the request `id` about `question`. Never throws. */
export function readAnswer(message: Message, id: number, question: Question, sent: RequestSecurity): Answer {
  if (message.id !== id || message.version !== sent.version) return forged;
  if (message.version === 2) {
    const pdu = readPdu(message.pdu, maxVarbinds, question);
    // Anyone could have sent it: what cannot be read proves nothing about the agent.
    return pdu?.type === pduType.response ? { kind: 'response', pdu, boots: 0, time: 0 } : forged;
  }
  return sent.version === 3 ? readV3Answer(message, question, sent) : forged;
}

/**
 * Whether an answer counts although it came from another address or port than was asked, as multi-homed agents send them. An
 * authentic one does. Others count by what only somebody who saw the request can know: an ID drawn at random, and with SNMPv2c the
 * community; whoever saw it could forge the address as well.
 */
export function countsFromElsewhere(message: Message, answer: Answer, sent: RequestSecurity): boolean {
  if (message.version === 2) return sent.version === 2 && message.community.equals(sent.community);
  if (sent.version !== 3 || answer.kind === 'forged') return false;
  return sent.flags === 0 || (message.flags & messageFlag.auth) !== 0;
}

/** RFC 3412 section 7.2 and RFC 3414 section 3.2. */
function readV3Answer(
  message: V3Message,
  question: Question,
  { keys, flags }: Extract<RequestSecurity, { version: 3 }>,
): Answer {
  const level = message.flags & securityFlags;
  const fromAgent = message.engineId.equals(keys.engineId) && message.user.equals(keys.user);
  const authentic = (level & messageFlag.auth) !== 0;
  if (authentic && !(fromAgent && isAuthentic(message, keys))) return forged;
  const plain = (level & messageFlag.priv) !== 0 ? decrypt(message, keys) : message.payload;
  const scoped = plain && readScopedPdu(plain, maxVarbinds, question);
  const pdu = scoped?.pdu;
  const { engineId, boots, time } = message;
  if (pdu?.type === pduType.report) {
    return { kind: 'report', counter: pdu.varbinds[0]?.oid ?? '', authentic, engineId, boots, time };
  }
  // Only a report may have a lower level than the request (RFC 3412 section 7.2 step 6).
  // Values of another context are another device's (RFC 3412 section 7.2 step 12).
  const isResponse =
    pdu?.type === pduType.response && pdu.requestId === message.id && scoped?.contextName.length === 0;
  if (isResponse && fromAgent && level === flags) return { kind: 'response', pdu, boots, time };
  return authentic ? unreadable : forged;
}

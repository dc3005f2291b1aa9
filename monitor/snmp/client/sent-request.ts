import { encodeCommunityMessage, encodeMessage, levelFlags, messageFlag } from '../codec/message';
import { pduType } from '../codec/pdu';
import { encodeQuestion, type Question } from '../codec/question';
import { retainedKeys, unsecuredKeys, usmKeys, type UsmUser } from '../codec/usm-keys';
import type { RequestSecurity } from './answer';
import { EngineClock } from './engine-clock';

/** A request as it is sent, and what its answer is read with. */
export interface SentRequest {
  id: number;
  packet: Buffer;
  question: Question;
  security: RequestSecurity;
}

export interface Operation {
  type: number;
  /** Non-repeaters of GETBULK, else 0. */
  second: number;
  /** Max-repetitions of GETBULK, else 0. */
  third: number;
}

export const getOperation: Operation = { type: pduType.get, second: 0, third: 0 };
export const getNextOperation: Operation = { type: pduType.getNext, second: 0, third: 0 };

/** An agent's engine that was discovered: the user's keys for it, and its clock. */
export interface KnownEngine {
  security: Extract<RequestSecurity, { version: 3 }>;
  clock: EngineClock;
}

/** What a user needs to send requests to an engine. */
export function knownEngine(user: UsmUser, engineId: Buffer, boots: number, time: number): KnownEngine {
  const keys = retainedKeys(usmKeys(user, engineId));
  const flags = levelFlags[user.level];
  return {
    security: { version: 3, keys, flags },
    clock: new EngineClock(keys.engineId, boots, time, (flags & messageFlag.auth) !== 0),
  };
}

const noContext = Buffer.alloc(0);
const discoveryQuestion = encodeQuestion([]);
const discoverySecurity = {
  version: 3 as const,
  keys: unsecuredKeys(Buffer.alloc(0), Buffer.alloc(0)),
  flags: 0,
};

/** A request that any SNMPv3 agent answers with a report that has its engine's ID, boots and time (RFC 3414 section 4). */
export function discoveryRequest(id: number): SentRequest {
  const pdu = { ...getOperation, requestId: id, varbinds: discoveryQuestion.varbinds };
  const context = { contextEngineId: noContext, contextName: noContext };
  const message = { id, flags: messageFlag.reportable, boots: 0, time: 0, ...context, pdu };
  const packet = encodeMessage(message, discoverySecurity.keys);
  return { id, packet, question: discoveryQuestion, security: discoverySecurity };
}

/** A request to a known engine, with the level of security of its user. */
export function engineRequest(
  id: number,
  { security, clock }: KnownEngine,
  question: Question,
  { type, second, third }: Operation,
): SentRequest {
  const { keys, flags } = security;
  const message = {
    id,
    flags: flags | messageFlag.reportable,
    boots: clock.boots,
    time: clock.time,
    contextEngineId: keys.engineId,
    contextName: noContext,
    pdu: { type, requestId: id, second, third, varbinds: question.varbinds },
  };
  return { id, packet: encodeMessage(message, keys), question, security };
}

/** An SNMPv2c request. */
export function communityRequest(
  id: number,
  community: string,
  question: Question,
  operation: Operation,
): SentRequest {
  const pdu = { ...operation, requestId: id, varbinds: question.varbinds };
  const bytes = Buffer.from(community, 'utf8');
  return {
    id,
    packet: encodeCommunityMessage(bytes, pdu),
    question,
    security: { version: 2, community: bytes },
  };
}

import type { HeronEvent } from './event';
import { ownFinding } from './own-finding';

type Finding = Extract<HeronEvent, { type: 'finding' }>;

const faultCode = 'fault-in-heron';
const endingFaultCode = 'ended-by-fault';

/** The finding that records an error in Heron itself. `ends`: monitoring ends because of it. `words`: what failed, without a full stop. */
export function faultEvent(words: string, ends: boolean, nowMs: number): Finding {
  const report = 'Please report it, with a support file.';
  const reason = ends
    ? { code: endingFaultCode, fact: `Heron ended because of an error in itself: ${words}.`, detail: report }
    : {
        code: faultCode,
        fact: `An error in Heron itself: ${words}.`,
        detail: `Monitoring goes on. ${report}`,
      };
  return ownFinding(reason, nowMs);
}

/** Why Heron ended, as a sentence; null: the event is not the finding that ended a run. */
export function endingFault(event: HeronEvent): string | null {
  return event.type === 'finding' && event.reason.code === endingFaultCode ? event.reason.fact : null;
}

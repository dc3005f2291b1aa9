import type { HeronEvent } from './event';

type Finding = Extract<HeronEvent, { type: 'finding' }>;

const faultCode = 'fault-in-heron';
const endingFaultCode = 'ended-by-fault';

/** The finding that records an error in Heron itself. `ends`: monitoring ends because of it. `words`: what failed, without a full stop. */
export function faultEvent(words: string, ends: boolean, nowMs: number): Finding {
  return {
    type: 'finding',
    timeMs: nowMs,
    recordedAtMs: nowMs,
    clusterId: null,
    clusterName: null,
    edgeId: null,
    edgeName: null,
    reason: {
      code: ends ? endingFaultCode : faultCode,
      fact: ends
        ? `Heron ended because of an error in itself: ${words}.`
        : `An error in Heron itself: ${words}.`,
      detail: ends
        ? 'Please report it, with a support file.'
        : 'Monitoring goes on. Please report it, with a support file.',
    },
  };
}

/** Why Heron ended, as a sentence; null: the event is not the finding that ended a run. */
export function endingFault(event: HeronEvent): string | null {
  return event.type === 'finding' && event.reason.code === endingFaultCode ? event.reason.fact : null;
}

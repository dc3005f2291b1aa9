import type { AlertNotice } from '../../domain/model/alert';

/** A notice for a person who tests a channel. It is about no alert. */
export function testNotice(nowMs: number): AlertNotice {
  return {
    id: `test-${nowMs}`,
    groupId: 'test',
    kind: 'opened',
    isLoud: true,
    atMs: nowMs,
    severity: 'info',
    title: 'This is a test',
    text: 'Heron sends this because someone tests the channel. Nothing is wrong.',
    link: 'heron://clusters',
    alerts: [],
    alertCount: 0,
    clusterCount: 0,
    suppressed: 0,
  };
}

import type { AnswerPart } from '../observe/answer-parts';
import type { EdgeTrack } from '../observe/edge-track';
import { lbInterface } from '../observe/lb-down';
import type { Bracket, Cause } from '../../model/event';
import { thresholds } from '../../model/thresholds';
import { utcMoment } from '../../words/time';
import type { RoleChange } from './role-change';

/**
 * Why the active LB changed, from what was read of the edge that lost the role. Each cause names its evidence; without evidence it is
 * unknown. An edge that fell silent is unreachable: whether it died or was cut off shows when it answers again (causeOnReturn).
 */
export function causeOf(move: RoleChange, oldName: string, nextName: string, old: EdgeTrack): Cause {
  if (move.kind === 'failback') {
    return {
      kind: 'preemption',
      evidence: [`${nextName} has a better priority; ${oldName} stepped down to BACKUP and is healthy.`],
    };
  }
  const notReachable = [old.snmp, old.http].find(({ lastFailure }) => lastFailure?.code === 'own-network');
  // A fault of the local network explains nothing about the edge.
  if (notReachable) return unknownCause(`${oldName}: ${notReachable.lastFailure?.words ?? ''}`);
  if (old.snmp.failures > 0 && move.oldRoleAfter === 'unknown' && !move.oldStoppedReporting) {
    const sources = [old.snmp, old.http, old.tcp].filter(({ asked }) => asked);
    const words = sources.flatMap(({ lastFailure }) => lastFailure?.words ?? []);
    return { kind: 'edge-unreachable', evidence: words.map((said) => `${oldName}: ${said}`) };
  }
  // One that was BACKUP after its loss was running then: what was read later happened later.
  const untilMs = Math.min(move.oldYieldedMs ?? Infinity, move.oldRanAgainMs ?? Infinity);
  // A restart before the LB was last seen as master does not explain its loss.
  if (old.rebootedAtMs !== null && old.rebootedAtMs >= move.bracket.lastOldMs && old.rebootedAtMs <= untilMs)
    return { kind: 'edge-rebooted', evidence: [`${oldName} restarted: its uptime fell.`] };
  const link = linkCause(old, oldName, move.bracket.lastOldMs, untilMs);
  if (link) return link;
  if (move.oldDemoted)
    return {
      kind: 'demoted',
      evidence: [
        `The LB of ${oldName} ${move.oldDemoted}, and stepped down to BACKUP: ${nextName} is preferred.`,
      ],
    };
  return stoppedCause(move, oldName, old);
}

/** The LB's interface was read to be disabled or without a link at `sinceMs` or later, and not only after `untilMs`. */
function linkCause({ lbDown }: EdgeTrack, oldName: string, sinceMs: number, untilMs: number): Cause | null {
  if (!lbDown || lbDown.lastMs < sinceMs || lbDown.firstMs > untilMs) return null;
  const lb = `${lbDown.name} of ${oldName}, its LB interface,`;
  const [is, has] = lbDown.continues ? ['is', 'has'] : ['was', 'had'];
  return lbDown.why === 'disabled'
    ? { kind: 'administrator-disabled', evidence: [`${lb} ${is} administratively down.`] }
    : { kind: 'link-cut', evidence: [`${lb} ${has} no link.`] };
}

/** The LB's process failed, or the LB reports that it does not run, and not for want of a link. */
function stoppedCause(
  { oldRoleAfter, oldLostSeenMs, oldStoppedReporting, oldRanAgainMs = Infinity, bracket }: RoleChange,
  oldName: string,
  old: EdgeTrack,
): Cause {
  const isStopped = oldRoleAfter === 'init' || oldRoleAfter === 'fault';
  const role = isStopped ? [`The LB of ${oldName} reports ${oldRoleAfter.toUpperCase()}.`] : [];
  const stopped = oldStoppedReporting ? [stoppedWords(oldName, oldStoppedReporting)] : [];
  const watched = hasRead(old, 'watched', bracket.lastOldMs) ? old.device?.watched : [];
  const flags = (watched ?? []).filter(
    ({ table, name, failed }) =>
      table === 'process' &&
      failed &&
      (old.processFailedMs.get(name) ?? -Infinity) >= bracket.lastOldMs - thresholds.processBeforeLossMs &&
      (old.processFailedMs.get(name) ?? -Infinity) <= oldRanAgainMs,
  );
  if (flags.length > 0) {
    const words = flags.map(({ message, name }) => `${oldName}: ${message || name}`);
    return { kind: 'lb-stopped', evidence: [...stopped, ...role, ...words] };
  }
  if (stopped.length > 0) return { kind: 'lb-stopped', evidence: stopped };
  if (!isStopped) return unknownCause();
  // FreeBSD's carp(4) reports INIT without a link, too, and keepalived FAULT: the link has to be read after that.
  const lb = old.device ? lbInterface(old.device) : undefined;
  const isReadThen =
    (old.deviceMs ?? 0) <= oldRanAgainMs && hasRead(old, 'interfaces', oldLostSeenMs ?? Infinity);
  if (lb?.operUp === true && isReadThen)
    return { kind: 'lb-stopped', evidence: [...role, `${lb.name} of ${oldName} has a link.`] };
  return typeof lb?.operUp === 'boolean' ? unknownCause(...role) : { kind: 'lb-stopped', evidence: role };
}

/** Whether a kind of answer was read at `sinceMs` or later. Only what was read after the loss can explain it. */
function hasRead({ parts }: EdgeTrack, part: AnswerPart, sinceMs: number): boolean {
  return (parts[part].answeredMs ?? -Infinity) >= sinceMs;
}

function unknownCause(...evidence: string[]): Cause {
  return { kind: 'unknown', evidence };
}

function stoppedWords(name: string, { lastOldMs, firstNewMs }: Bracket): string {
  const between = `between ${utcMoment(lastOldMs).slice(11)} and ${utcMoment(firstNewMs, 'up').slice(11)} UTC`;
  return `${name}: its LB service stopped reporting ${between}, while its agent went on answering.`;
}

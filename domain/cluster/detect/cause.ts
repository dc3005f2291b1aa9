import type { EdgeTrack } from '../observe/edge-track';
import type { Bracket, Cause } from '../../model/event';
import type { InterfaceReading } from '../../model/reading';
import { utcMoment } from '../../words/time';
import type { RoleChange } from './role-change';

/**
 * Why the active LB changed, from the last reading of the edge that lost the role. Each cause names its evidence; without evidence
 * it is unknown.
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
  if (notReachable)
    return { kind: 'unknown', evidence: [`${oldName}: ${notReachable.lastFailure?.words ?? ''}`] };
  const snmpSilent = old.snmp.failures > 0;
  if (snmpSilent && move.oldRoleAfter === 'unknown') {
    const words = [`${oldName}: ${old.snmp.lastFailure?.words ?? 'SNMP silent'}`];
    const service = [old.http, old.tcp].filter((source) => source.asked);
    words.push(
      ...service.flatMap(({ lastFailure }) => (lastFailure ? `${oldName}: ${lastFailure.words}` : [])),
    );
    const died = service.every(({ failures }) => failures > 0);
    return { kind: died ? 'edge-died' : 'edge-unreachable', evidence: words };
  }
  const stopped = move.oldStoppedReporting ? [stoppedWords(oldName, move.oldStoppedReporting)] : [];
  const device = old.device;
  // Only what was read after the loss can explain it.
  if (!device || old.deviceMs === null || old.deviceMs < move.bracket.lastOldMs)
    return { kind: stopped.length > 0 ? 'lb-stopped' : 'unknown', evidence: stopped };
  // A restart before the LB was last seen as master does not explain its loss.
  if (old.rebootedAtMs !== null && old.rebootedAtMs >= move.bracket.lastOldMs) {
    return { kind: 'edge-rebooted', evidence: [`${oldName} restarted: its uptime fell.`] };
  }
  const loadBalancer = device.interfaces.find((one) => one.index === device.interfaceUse.loadBalancer);
  const proxy = device.interfaces.find((one) => one.index === device.interfaceUse.proxy);
  const byHand = [loadBalancer, proxy].filter((one): one is InterfaceReading => one?.adminUp === false);
  if (byHand.length > 0) {
    return {
      kind: 'administrator-disabled',
      evidence: byHand.map((one) => `${one.name} of ${oldName} is administratively down.`),
    };
  }
  const cut = [loadBalancer, proxy].filter((one): one is InterfaceReading => one?.operUp === false);
  if (cut.length > 0) {
    return { kind: 'link-cut', evidence: cut.map((one) => `${one.name} of ${oldName} has no link.`) };
  }
  const flags = device.watched.filter((row) => row.table === 'process' && row.failed);
  if (
    stopped.length > 0 ||
    flags.length > 0 ||
    move.oldRoleAfter === 'init' ||
    move.oldRoleAfter === 'fault'
  ) {
    const role =
      stopped.length > 0 || move.oldRoleAfter === 'backup'
        ? stopped
        : [`The LB of ${oldName} reports ${move.oldRoleAfter.toUpperCase()}.`];
    return {
      kind: 'lb-stopped',
      evidence: [...role, ...flags.map((row) => `${oldName}: ${row.message || row.name}`)],
    };
  }
  return { kind: 'unknown', evidence: [] };
}

function stoppedWords(name: string, { lastOldMs, firstNewMs }: Bracket): string {
  const between = `between ${utcMoment(lastOldMs).slice(11)} and ${utcMoment(firstNewMs, 'up').slice(11)} UTC`;
  return `${name}: its LB service stopped reporting ${between}, while its agent went on answering.`;
}

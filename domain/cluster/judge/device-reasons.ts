import { sentence } from '../../words/sentence';
import type { Reason } from '../../model/health';
import type { Edge } from '../../inventory/inventory';
import { generalLimits, type LoadLimits } from '../../inventory/overrides';
import type { InterfaceReading, SnmpReading } from '../../model/reading';
import { thresholds } from '../../model/thresholds';

const caWords: Record<number, string> = {
  0: 'not authenticated',
  1: 'authentication bypassed',
  2: 'bypassed with probe',
  4: 'edge down',
};
const loggingWords: Record<number, string> = { 2: 'initiated', 3: 'waiting', 6: 'closing', 7: 'closed' };

/** What an answering edge reports to be wrong with it, worst first. Thresholds and codes: the vendor's help pages and VSE-MIB. */
export function deviceReasons(edge: Edge, device: SnmpReading, limits: LoadLimits = generalLimits): Reason[] {
  return [...linkReasons(edge, device), ...cloudReasons(edge, device), ...loadReasons(edge, device, limits)];
}

/**
 * A machine that started recently, which is no fault in itself. `uptimeMs` is the machine's: sysUpTime only dates its agent's start.
 */
export function rebootReasons(edgeName: string, uptimeMs: number | null): Reason[] {
  if (uptimeMs === null || uptimeMs >= thresholds.recentRebootMs) return [];
  const minutes = Math.floor(uptimeMs / 60_000);
  const fact = `${edgeName} started ${minutes < 1 ? 'less than a minute' : `${minutes} min`} ago.`;
  return [{ code: 'rebooted-recently', fact, detail: 'Its counters were reset then.' }];
}

function linkReasons(edge: Edge, device: SnmpReading): Reason[] {
  const find = (index: number | null): InterfaceReading | undefined =>
    device.interfaces.find((one) => one.index === index);
  const proxy = find(device.interfaceUse.proxy);
  const loadBalancer = find(device.interfaceUse.loadBalancer);
  const without = (one: InterfaceReading | undefined): boolean => one?.operUp === false;
  if (without(proxy)) {
    const both = without(loadBalancer) && loadBalancer?.index !== proxy?.index;
    const fact = both
      ? `Proxy and LB interfaces of ${edge.name} have no link.`
      : `The proxy interface of ${edge.name} has no link.`;
    const names = [proxy?.name, both ? loadBalancer?.name : undefined].filter(Boolean).join(' and ');
    return [
      {
        code: 'proxy-no-link',
        fact,
        detail: `${names}: check the cable or the port group. Management answers.`,
      },
    ];
  }
  if (!without(loadBalancer) || !loadBalancer) return [];
  const byHand = loadBalancer.adminUp === false;
  return [
    {
      code: byHand ? 'lb-disabled' : 'lb-no-link',
      fact: byHand
        ? `The LB interface of ${edge.name} was disabled by an administrator.`
        : `The LB interface of ${edge.name} has no link.`,
      detail: `${loadBalancer.name}: its LB cannot take over.`,
    },
  ];
}

function cloudReasons(edge: Edge, device: SnmpReading): Reason[] {
  const reasons: Reason[] = [];
  const ca = device.caConnectivity;
  if (ca === thresholds.caEdgeDown) {
    const fact = `${edge.name} reports to the Central Authority that it is down.`;
    reasons.push({ code: 'ca-edge-down', fact, detail: 'ca_connectivity is 4.' });
  } else if (ca !== null && !(thresholds.caConnected as readonly number[]).includes(ca)) {
    const fact = `${edge.name} is not connected to the Central Authority.`;
    reasons.push({
      code: 'ca-not-connected',
      fact,
      detail: `ca_connectivity is ${ca}: ${caWords[ca] ?? 'not known'}.`,
    });
  }
  const logging = device.loggingConnectivity;
  if (logging !== null && !(thresholds.loggingConnected as readonly number[]).includes(logging)) {
    const fact = `${edge.name} is not connected to logging.`;
    const detail = `smsm_connectivity is ${logging}: ${loggingWords[logging] ?? 'not known'}.`;
    reasons.push({ code: 'logging-not-connected', fact, detail });
  }
  return reasons;
}

/** Processes without which an LB does not serve: the vendor's, keepalived, ucarp, FRR's VRRP. */
const lbProcesses = /^(smlb|keepalived|ucarp|vrrpd)$/i;

function lbProcessFailed(edgeName: string, process: string): Reason {
  const fact = `The LB of ${edgeName} cannot take over: its process ${process} does not run.`;
  return {
    code: 'lb-process-failed',
    fact,
    detail: 'In CARP it may still be BACKUP, and even become MASTER.',
  };
}

function loadReasons(edge: Edge, device: SnmpReading, limits: LoadLimits): Reason[] {
  const reasons: Reason[] = [];
  if (device.cpuPercent !== null && device.cpuPercent > limits.cpuPercent) {
    const fact = `CPU of ${edge.name} is at ${device.cpuPercent.toFixed(0)} %.`;
    reasons.push({ code: 'cpu-high', fact, detail: `Above ${limits.cpuPercent} % is an alert.` });
  }
  if (device.swapPercent !== null && device.swapPercent > limits.swapPercent) {
    const fact = `Swap of ${edge.name} is at ${device.swapPercent.toFixed(0)} %.`;
    reasons.push({ code: 'swap-high', fact, detail: `Above ${limits.swapPercent} % is an alert.` });
  }
  for (const row of device.watched) {
    if (!row.failed) continue;
    const fact = `The ${row.table} ${row.name} of ${edge.name} is in error.`;
    reasons.push({ code: `${row.table}-flag`, fact, detail: sentence(row.message) });
    if (row.table === 'process' && lbProcesses.test(row.name))
      reasons.push(lbProcessFailed(edge.name, row.name));
  }
  return reasons;
}

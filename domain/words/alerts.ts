import type { AlertMatcher, AlertRule, AlertSeverity } from '../model/alert-rule';
import type { AlertEvent } from '../model/event';

/** Names of the rules. */
export const alertRuleNames: Readonly<Record<AlertRule, string>> = {
  blind: 'Heron is blind',
  'cluster-down': 'Cluster down',
  'no-active-lb': 'No active LB',
  'split-brain': 'Split brain',
  unknown: 'Unknown',
  history: 'History not written',
  'no-redundancy': 'No redundancy',
  flapping: 'Flapping',
  'edge-down': 'Edge down',
  'lb-stopped': 'LB stopped',
  failover: 'Failover',
  'ca-lost': 'CA lost',
  'logging-lost': 'Logging lost',
  imbalance: 'Imbalance',
  cpu: 'CPU high',
  swap: 'Swap high',
  disk: 'Disk full',
  'edge-degraded': 'Edge degraded',
  lag: 'Heron is behind',
  clock: 'Clock stepped',
  configuration: 'Configuration',
};

/** Names of the severities. */
export const alertSeverityNames: Readonly<Record<AlertSeverity, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Info',
};

/** What an alert is about: an edge, a cluster, or Heron itself. */
export function alertSubject({
  clusterName,
  edgeName,
}: Pick<AlertEvent, 'clusterName' | 'edgeName'>): string {
  return edgeName ?? clusterName ?? 'Heron';
}

/** An alert's event as a title. */
export function alertEventTitle(event: AlertEvent): string {
  const name = `${alertRuleNames[event.rule]}: ${alertSubject(event)}`;
  switch (event.type) {
    case 'alert':
      return `Alert, ${name}`;
    case 'alert-changed':
      if (event.phase === 'escalated') return `Alert escalated, ${name}`;
      return event.phase === 'severity'
        ? `Alert is ${alertSeverityNames[event.severity].toLowerCase()} now, ${name}`
        : `Alert has new evidence, ${name}`;
    case 'alert-cleared':
      if (event.ended === 'absorbed') return `Alert is part of another one, ${name}`;
      return event.ended === 'recovered' ? `Alert cleared, ${name}` : `Alert ended, not monitored, ${name}`;
  }
}

/** What a matcher matches, in words. */
export function matcherWords({ cluster, site, edge, rule }: AlertMatcher): string {
  const parts = [
    ...(rule === undefined ? [] : [`rule ${rule}`]),
    ...(cluster === undefined ? [] : [`cluster ${cluster}`]),
    ...(edge === undefined ? [] : [`edge ${edge}`]),
    ...(site === undefined ? [] : [`site ${site}`]),
  ];
  return parts.length === 0 ? 'everything' : parts.join(', ');
}

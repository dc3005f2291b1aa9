import type { LbRole, RoleWitness, WitnessKind } from '../model/role';

/** What a role means, for tooltips. */
export const roleTips: Readonly<Record<LbRole, string>> = {
  init: 'CARP has not started, or its interface has no link. Check the LB service and its interface.',
  backup: 'Passive: takes over when the active LB stops advertising.',
  master: 'Active: holds the cluster IP and distributes user traffic.',
  fault: 'keepalived reports a failed check or interface. Read its log on the edge.',
  unknown: 'No witness reports the role. Check that the edge answers and publishes its role.',
  'not-applicable': 'A standalone edge has no LB.',
};

/** Roles as CARP writes them. */
export const roleWords: Readonly<Record<LbRole, string>> = {
  init: 'INIT',
  backup: 'BACKUP',
  master: 'MASTER',
  fault: 'FAULT',
  unknown: 'unknown',
  'not-applicable': 'no LB',
};

/** Names of the witnesses of a role. */
export const witnessWords: Readonly<Record<WitnessKind, string>> = {
  'carp-extend': 'SNMP script',
  'carp-mib': 'CARP MIB',
  'keepalived-mib': 'keepalived MIB',
  'http-json': 'HTTP',
  traffic: 'traffic',
};

/** What a witness sent, and the metrics source that read it where Heron did not: "MASTER, read by prom-1, which scrapes it every 15 s". */
export function saidThrough({ said, through }: Pick<RoleWitness, 'said' | 'through'>): string {
  return [said, through === undefined ? '' : `read by ${through}`].filter((part) => part !== '').join(', ');
}

import type { RoleWitness, WitnessKind } from '../model/role';
import { isViewTooNarrow } from './answer-steps';
import type { DoctorFacts } from './facts';
import { failed, note, notAsked, ok, quoted, step, warning, type DoctorStep, type Finding } from './report';

const title = 'Role';

const witnessNames: Readonly<Record<WitnessKind, string>> = {
  'carp-extend': 'extend "carp"',
  'carp-mib': 'OPENBSD-CARP-MIB',
  'keepalived-mib': 'KEEPALIVED-MIB',
  'http-json': 'the health page',
  traffic: 'traffic',
};

/** How old a reported role may be before its brackets are noticeably wider, milliseconds: one role poll. */
const freshEnoughMs = 1_000;

/** The roles that an edge reported itself, by SNMP and by its health page. */
export function reportedRoles({ reading, http }: DoctorFacts): RoleWitness[] {
  return [...(reading?.roles ?? []), ...(http.outcome === 'answered' ? http.value.roles : [])];
}

/** Who reports which load balancer is active. */
export function roleStep(facts: DoctorFacts): DoctorStep {
  const { edge, reading, http } = facts;
  if (edge.isInCluster === false)
    return notAsked('role', title, 'A standalone edge has no load balancer role.');
  if (!reading && http.outcome !== 'answered') return notAsked('role', title, 'The edge was not read.');
  const roles = reportedRoles(facts);
  if (roles.length === 0 && isViewTooNarrow(facts))
    return notAsked(
      'role',
      title,
      'The view of the credential may hide the objects that report it (see Objects).',
    );
  const findings = roles.flatMap(witnessFindings);
  if (reading?.lostWitnesses?.length)
    findings.push(
      failed(
        'A witness reported a role a moment ago and no longer does.',
        'Look whether the LB service runs.',
      ),
    );
  if (!roles.some(({ role }) => role !== 'unknown')) findings.push(noRole(roles.length > 0));
  return step('role', title, [...findings, ...groupFindings(roles, edge)]);
}

function noRole(isUnreadable: boolean): Finding {
  if (isUnreadable)
    return failed(
      'A witness answers, but no role can be read from what it says.',
      'Let extend "carp" print CARP lines of ifconfig, or a bare state such as MASTER (see below).',
    );
  const words =
    'No object reports the role: neither extend "carp", nor OPENBSD-CARP-MIB, nor KEEPALIVED-MIB, nor the health page. Heron then infers the active LB from traffic, later and with less certainty.';
  return warning(words, 'If this edge is a load balancer, publish its role (see below).');
}

function witnessFindings(one: RoleWitness): Finding[] {
  const details = [
    one.label === undefined ? null : `group ${quoted(one.label, 64)}`,
    one.vhid === null ? null : `VHID ${one.vhid}`,
    one.advbase === null ? null : `advbase ${one.advbase}`,
    one.advskew === null ? null : `advskew ${one.advskew}`,
    one.priority === undefined ? null : `priority ${one.priority}`,
    one.basePriority === undefined || one.basePriority === one.priority
      ? null
      : `configured priority ${one.basePriority}`,
    one.demotion === undefined ? null : `demotion ${one.demotion}`,
    one.preempt === undefined ? null : one.preempt ? 'preempts' : 'does not preempt',
    one.virtualIps ? `addresses ${one.virtualIps}` : null,
  ].filter((detail) => detail !== null);
  const name = witnessNames[one.witness];
  const also = details.length > 0 ? ` (${details.join(', ')})` : '';
  const findings: Finding[] = [
    one.role === 'unknown'
      ? note(`${capital(name)} answers ${quoted(one.said)}, which is no role.`)
      : ok(`${capital(name)} reports ${one.role.toUpperCase()}${also}. It answered ${quoted(one.said)}.`),
  ];
  if (one.role !== 'unknown' && one.maxAgeMs > freshEnoughMs) {
    const words = `${capital(name)} may be ${one.maxAgeMs / 1000} s old: the agent caches it, which makes the times of failovers less certain.`;
    findings.push(warning(words, 'Let the agent refresh it every second (see below).'));
  }
  if ((one.demotion ?? 0) > 0)
    findings.push(
      warning(
        `The demotion counter is ${one.demotion}: this LB considers itself sick and gives way to others.`,
        'Find out what demoted it (FreeBSD: sysctl net.inet.carp.demotion, and the kernel log).',
      ),
    );
  if (one.role === 'fault' || one.role === 'init')
    findings.push(
      warning(
        `The LB is in the state ${one.role.toUpperCase()}: it cannot take over.`,
        'Look at its interface and its checks.',
      ),
    );
  return findings;
}

/** Several groups on one edge: which is the cluster's. */
function groupFindings(roles: readonly RoleWitness[], { vhid, clusterIp }: DoctorFacts['edge']): Finding[] {
  const groups = new Set(roles.flatMap((one) => (one.vhid === null ? [] : [one.vhid])));
  if (vhid !== null && groups.size > 0 && !groups.has(vhid))
    return [
      warning(
        `The inventory says group (vhid) ${vhid}, but the edge reports ${[...groups].join(', ')}.`,
        'Correct vhid in the inventory, or the group on the edge.',
      ),
    ];
  if (groups.size < 2 || vhid !== null) return [];
  const byAddress = clusterIp !== null && roles.some((one) => one.virtualIps?.split(' ').includes(clusterIp));
  return byAddress
    ? [ok(`Of ${groups.size} groups the cluster's is the one with the cluster IP ${clusterIp}.`)]
    : [
        warning(
          `The edge reports ${groups.size} groups, and none has the cluster IP.`,
          'Write the vhid of the cluster in the inventory.',
        ),
      ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

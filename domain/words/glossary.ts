/** A term of the field or of Heron, explained. */
export interface Term {
  term: string;
  meaning: string;
}

/** The terms on screen that a newcomer may not know, in the order in which they explain each other. */
export const glossary = {
  edge: {
    term: 'Virtual Service Edge (edge)',
    meaning:
      'A virtual machine that proxies user traffic. All edges of a cluster serve users at the same time.',
  },
  lb: {
    term: 'Load balancer (LB)',
    meaning:
      'Part of every edge. One LB of a cluster is active: it receives the users’ requests and spreads them over all edges. The others wait to take over.',
  },
  'cluster-ip': {
    term: 'Cluster IP',
    meaning: 'The address users connect to. The active LB holds it; no interface owns it.',
  },
  carp: {
    term: 'CARP',
    meaning:
      'Common Address Redundancy Protocol: how the LBs elect the active one. Roles are MASTER (active), BACKUP (passive) and INIT (not taking part).',
  },
  vhid: {
    term: 'VHID',
    meaning: 'Number of a CARP group, 1 to 255. LBs with the same VHID elect one MASTER among them.',
  },
  advskew: {
    term: 'advbase, advskew',
    meaning:
      'How often an LB announces itself: every advbase + advskew/256 seconds. The lowest wins the election, so advskew is its rank.',
  },
  failover: {
    term: 'Failover, failback',
    meaning:
      'Failover: another LB became active because the old one stopped. Failback: an LB with a better rank took the role back by itself.',
  },
  bracket: {
    term: 'Bracket [ ]',
    meaning:
      'A change happened between the last reading before it and the first reading after it. Heron shows both ends and never a guess between them.',
  },
  'split-brain': {
    term: 'Split brain',
    meaning: 'Two or more LBs are MASTER at the same time, so requests go to whichever answers first.',
  },
  flapping: { term: 'Flapping', meaning: 'An LB loses and regains its role again and again.' },
  dsr: {
    term: 'Direct server return (DSR)',
    meaning:
      'Responses go from the edge directly to the user and bypass the LB. So the active LB’s interface carries requests only.',
  },
  share: {
    term: 'Share, even split',
    meaning:
      'An edge’s part of its cluster’s traffic. The even split is 1 / healthy edges; small ticks mark it in a share bar.',
  },
  evenness: {
    term: 'Evenness',
    meaning:
      '100 % minus half the sum of the edges’ deviations from the even split. 100 % means that every edge carries the same.',
  },
  spare: {
    term: 'Spare',
    meaning:
      'How many edges the cluster can lose and still serve its users: by the traffic of the last 24 hours where the capacity of an edge is set, otherwise by count.',
  },
  witness: {
    term: 'Source (witness)',
    meaning:
      'What reports an LB’s role: an SNMP script, a CARP or VRRP MIB, a health page, or the traffic of its interface. Sources are compared, never averaged.',
  },
  gap: {
    term: 'Gap',
    meaning: 'A time in which Heron did not monitor. It counts as unknown, never as up or down.',
  },
  seal: {
    term: 'Seal, anchor',
    meaning:
      'A seal is a digest over recorded data that shows later changes. An anchor is a copy of it elsewhere, which a change of this file cannot reach.',
  },
} as const satisfies Record<string, Term>;

export type TermId = keyof typeof glossary;

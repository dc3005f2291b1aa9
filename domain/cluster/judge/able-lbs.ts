import type { Health } from '../../model/health';
import type { LbRole } from '../../model/role';

/** How many LBs of a cluster can be the active one: surely so many, possibly so many. */
export interface AbleLbs {
  atLeast: number;
  atMost: number;
}

/** One edge's state and the role of its LB, both as shown. */
export interface AskedLb {
  health: Health;
  role: LbRole;
}

/**
 * How many LBs can be active: those that say MASTER or BACKUP. INIT and FAULT cannot, nor can an LB that is not heard on an edge
 * that is down (carp(4), keepalived's states). Any other whose role is not known may be able or not. Null: no LB says its role.
 */
export function ableLbs(edges: readonly AskedLb[]): AbleLbs | null {
  const watched = edges.filter(({ health }) => health !== 'disabled');
  if (!watched.some(({ role }) => isAble(role) || isUnable(role))) return null;
  const atLeast = watched.filter(({ role }) => isAble(role)).length;
  const open = watched.filter(({ health, role }) => !isAble(role) && !isUnable(role) && health !== 'down');
  return { atLeast, atMost: atLeast + open.length };
}

function isAble(role: LbRole): boolean {
  return role === 'master' || role === 'backup';
}

/** Whether an LB in this role can take over for nobody. */
export function isUnable(role: LbRole): boolean {
  return role === 'init' || role === 'fault';
}

import type { Health } from '../../model/health';
import type { LbRole } from '../../model/role';

/** How many LBs of a cluster can become the active one. */
export interface AbleLbs {
  atLeast: number;
  atMost: number;
}

/** An edge's state and its LB's role, as shown. */
export interface LbStatus {
  health: Health;
  role: LbRole;
}

/**
 * How many LBs can be active: those that report MASTER or BACKUP. INIT and FAULT cannot, nor can an LB with an unknown role on an edge
 * that is down (carp(4), keepalived's states). Any other LB with an unknown role may or may not. Null: no LB reports its role.
 */
export function ableLbs(edges: readonly LbStatus[]): AbleLbs | null {
  const enabled = edges.filter(({ health }) => health !== 'disabled');
  if (!enabled.some(({ role }) => isAble(role) || isUnable(role))) return null;
  const atLeast = enabled.filter(({ role }) => isAble(role)).length;
  const possible = enabled.filter(
    ({ health, role }) => !isAble(role) && !isUnable(role) && health !== 'down',
  );
  return { atLeast, atMost: atLeast + possible.length };
}

function isAble(role: LbRole): boolean {
  return role === 'master' || role === 'backup';
}

/** Whether an LB in this role cannot take over. */
export function isUnable(role: LbRole): boolean {
  return role === 'init' || role === 'fault';
}

import type { Health, Reason } from '../../model/health';
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
  /** The edge's reasons: an LB whose own interface has no link cannot take over. */
  reasons?: readonly Reason[];
}

/**
 * How many LBs can be active: those that report MASTER or BACKUP. INIT and FAULT cannot, nor can an LB with an unknown role on an edge
 * that is down (carp(4), keepalived's states), nor one whose own interface has no link or whose process failed. Any other LB with an unknown role may or may not. Null: no LB reports its role.
 */
export function ableLbs(edges: readonly LbStatus[]): AbleLbs | null {
  const enabled = edges.filter(({ health }) => health !== 'disabled');
  if (!enabled.some(({ role }) => isAble(role) || isUnable(role))) return null;
  const atLeast = enabled.filter((edge) => isAble(edge.role) && !isCutOff(edge)).length;
  const possible = enabled.filter(
    (edge) => !isAble(edge.role) && !isUnable(edge.role) && edge.health !== 'down' && !isCutOff(edge),
  );
  return { atLeast, atMost: atLeast + possible.length };
}

function isAble(role: LbRole): boolean {
  return role === 'master' || role === 'backup';
}

/** What an edge reports where users cannot reach its LB, or its LB does not run whatever CARP's role is. */
const cutOffCodes = new Set(['lb-no-link', 'lb-disabled', 'proxy-no-link', 'lb-process-failed']);

function isCutOff({ reasons = [] }: LbStatus): boolean {
  return reasons.some(({ code }) => cutOffCodes.has(code));
}

/** Whether an LB in this role cannot take over. */
export function isUnable(role: LbRole): boolean {
  return role === 'init' || role === 'fault';
}

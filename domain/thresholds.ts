/** Every number that judging and detecting use, with where it comes from. Durations in milliseconds, loads in percent. */
export const thresholds = {
  /** Vendor's help page: an alert above 90 % CPU and above 50 % swap. */
  cpuPercent: 90,
  swapPercent: 50,
  /** VSE-MIB ca_connectivity: 3 is connected, 4 says the edge is down. */
  caConnected: [3],
  caEdgeDown: 4,
  /** VSE-MIB smsm_connectivity: 4 and 5 are connected. */
  loggingConnected: [4, 5],

  /** So many failed polls in a row, over at least so long, are silence; fewer are lost packets. */
  silentPolls: 3,
  silentRolePolls: 2,
  /** A poll that was under way when the path broke may have begun so long before. */
  sureOutageMs: 1_000,
  /** How long it may take to tell whether an edge alone is silent or everything is. */
  suspicionMs: 5_000,
  silentMs: 1_800,
  /** An old master that was seen beside the new one, or that may just have been preempted: lost packets are likelier. */
  silentPollsInDoubt: 5,

  /** HTTP pages that failed in a row before the proxy is said not to answer. */
  httpFailures: 2,

  /**
   * CARP shows two masters for 1 to 2 s while it takes over or heals (measured with ucarp and FreeBSD's carp(4)): only a
   * longer sure overlap, seen in repeated readings of each, is a split brain.
   */
  splitOverlapMs: 3_000,
  splitReadings: 3,

  /**
   * A take-over lasts three missed advertisements plus skew (carp(4)): a time without an active LB that is longer than
   * this allowance on top is an event of its own, a shorter one is the gap of the failover it ends in.
   */
  takeOverAllowanceMs: 2_500,
  defaultAdvbaseSeconds: 1,

  /** So many failovers and failbacks within the window are flapping. */
  flappingMoves: 5,
  flappingWindowMs: 5 * 60_000,

  /** Shares that stray further than this from even, on a cluster with traffic, are an imbalance (points of 100 %). */
  imbalancePoints: 15,
} as const;

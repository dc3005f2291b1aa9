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
  /** Not heard for longer than this, with polls unanswered: what was said before does not go on to what is said after. */
  bridgedSilenceMs: 5_000,
  /** Silence of so long is silence, however often polls are lost. */
  longSilenceMs: 8_000,
  /** An old master that was seen beside the new one, or that may just have been preempted: lost packets are likelier. */
  silentPollsInDoubt: 5,

  /** HTTP pages that failed in a row before the proxy is said not to answer. */
  httpFailures: 2,
  /** Connections that failed in a row before the port is said to be closed. */
  tcpFailures: 2,

  /**
   * CARP shows two masters for 1 to 2 s while it takes over or heals (measured with ucarp and FreeBSD's carp(4)): only a
   * longer sure overlap, seen in repeated readings of each, is a split brain.
   */
  splitOverlapMs: 3_000,
  splitReadings: 3,

  /**
   * An agent's word may be behind its LB: what a script tells has first to be written (the real lab, ucarp's scripts on a
   * busy machine: 0.1 s, at a load of 10 up to 0.3 s). The old may have ended so long before the question that still brought it.
   */
  agentLagMs: 400,

  /**
   * A take-over lasts three missed advertisements plus skew (carp(4)): a time without an active LB that is longer than
   * this allowance on top is an event of its own, a shorter one is the gap of the failover it ends in.
   */
  takeOverAllowanceMs: 2_500,
  /** Backups that take over together do so within a few tenths of a second (measured with ucarp); with room for a poll. */
  rivalsMs: 600,
  /** Between the old master's report and the new one's no active LB is known: for this long that is a take-over, not unknown. */
  takeOverUndecidedMs: 2_500,
  /** An LB in INIT for less than this is restarting or taking over, not stopped. */
  lbStoppedMs: 3_000,
  defaultAdvbaseSeconds: 1,

  /** So many failovers and failbacks within the window are flapping. */
  flappingMoves: 5,
  flappingWindowMs: 5 * 60_000,

  /**
   * Answers without a word on the role, so many over so long: what the LB does now is unknown. Longer than an agent caches
   * its counters, for between two of its values the traffic says nothing.
   */
  unreportedAnswers: 3,
  unreportedMs: 8_000,

  /** A witness whose word decides: inference with less confidence is shown and decides nothing. */
  enoughConfidence: 0.8,
  /**
   * Ingress of an LB that is not active: CARP's advertisements (70 octets each), ARP, answers to the LB's own health
   * checks. It is taken off before shares are made; octets come on top because they arrive in bursts.
   */
  idleIngressBitsPerSecond: 5_000,
  idleIngressOctets: 2_000,
  /** Less than this on all LB interfaces together is no users' traffic. */
  trafficBitsPerSecond: 50_000,
  /** net-snmp repeats its interface counters for about 3 s (measured): an unchanged counter that is younger says nothing. */
  counterCacheMs: 4_000,
  /** A rise over less or more time than this says too little about who is active now. */
  shortestIngressMs: 200,
  longestIngressMs: 30_000,

  /**
   * Witnesses that contradict each other in so many readings, for longer than the older of their words may be behind and
   * this allowance on top, disagree; shorter, one of them was late. No such reading for a minute: nothing is known of it.
   */
  disagreeReadings: 3,
  disagreeMs: 3_000,
  agreeReadings: 2,
  disagreementKeptMs: 60_000,

  /** Full SNMP readings in a row that took longer than this are high latency; as many below the second end it. */
  slowAnswerMs: 500,
  quickAnswerMs: 300,
  slowReadings: 3,

  /**
   * An incident ends when all has been well for so long and nothing more happened: what comes sooner (the failback after a
   * reboot) belongs to it. Longer than the first round of polls of a large fleet, so that a restart of Heron ends none.
   */
  incidentQuietMs: 120_000,
  /** Clusters that cannot be seen any more within so long of each other have one reason. */
  notSeenTogetherMs: 30_000,

  /**
   * A rolling update: edges of one cluster away one after another, each back before the next goes (the vendor advises an hour
   * between two). So long an edge may be away, and so long nobody may be: the longer pause between two that were away on purpose
   * as far as can be seen (another version, disabled in the inventory), the shorter where one merely restarted, as a fault makes it.
   */
  rollingAbsenceMs: 60 * 60_000,
  rollingPauseMs: 4 * 60 * 60_000,
  rollingRestartPauseMs: 5 * 60_000,
  /** So many edges in turn: two where each was seen to have restarted or changed its version, else three. */
  rollingEdges: 2,
  rollingEdgesUnproven: 3,

  /** A machine that started less than this ago is said to have been restarted. */
  recentRebootMs: 15 * 60_000,

  /**
   * Shares that stray further than this from even (points of 100 %), for so long, on a cluster with this much traffic, are
   * an imbalance; as long below the second figure ends it.
   */
  imbalancePoints: 15,
  balancedPoints: 10,
  imbalanceMs: 60_000,
  imbalanceBitsPerSecond: 1_000_000,

  /**
   * Evenness before and after a failover: over so long on each side, a while after it left out (connections that were cut come
   * back, and a rate is a difference of two polls). Less than the third is too little to call a figure.
   */
  evennessWindowMs: 10 * 60_000,
  evennessSettleMs: 30_000,
  evennessLeastMs: 60_000,
} as const;

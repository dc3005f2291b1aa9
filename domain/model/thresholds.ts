/** All thresholds of assessment and detection, with their sources. Durations in milliseconds, loads in percent. */
export const thresholds = {
  /** Vendor's help page: an alert above 90 % CPU and above 50 % swap. */
  cpuPercent: 90,
  swapPercent: 50,
  /** VSE-MIB ca_connectivity: 3 is connected, 4 means the edge is down. */
  caConnected: [3],
  caEdgeDown: 4,
  /** VSE-MIB smsm_connectivity: 4 and 5 are connected. */
  loggingConnected: [4, 5],

  /** Failed polls in a row, and minimum duration (`silentMs`), before an edge counts as unreachable. */
  silentPolls: 3,
  silentRolePolls: 2,
  /** A poll in progress when the path broke may have started up to this long before. */
  sureOutageMs: 1_000,
  /** Maximum time to determine whether only one edge is unreachable or all are. */
  suspicionMs: 5_000,
  silentMs: 1_800,
  /** The longest time that a poll waits for its answers. */
  pollDeadlineMs: 2_000,
  /**
   * The intervals between full polls and between role polls that are assumed where an event of an earlier version does not record them:
   * the longest that an inventory can set.
   */
  unrecordedHealthIntervalMs: 60_000,
  unrecordedRoleIntervalMs: 10_000,
  /** After a longer time without answers, the role before is not assumed to have lasted until the role after. */
  bridgedSilenceMs: 5_000,
  /** An edge that has not answered for this long is unreachable, however many packets are lost. */
  longSilenceMs: 8_000,
  /** Failed polls before an old master counts as unreachable if it was seen next to the new one or may have been preempted. */
  silentPollsInDoubt: 5,

  /**
   * Polls in a row without one kind of answer, from an agent that answers others, before it is lost and its values no longer apply:
   * as many as make an edge silent. Answers in a row that end this.
   */
  lostAnswers: 3,
  regainedAnswers: 2,
  /**
   * An edge keeps changing its state when it changed this often within the window. It is steady again after the same state for
   * `steadyMs`; for `longSteadyMs` where it also changed too often within the long window. Both bound its events to 12 an hour.
   */
  unsteadyChanges: 8,
  unsteadyWindowMs: 5 * 60_000,
  steadyMs: 2 * 60_000,
  unsteadyLongChanges: 12,
  unsteadyLongWindowMs: 60 * 60_000,
  longSteadyMs: 10 * 60_000,

  /** Failed requests in a row before the proxy counts as not answering. */
  httpFailures: 2,
  /** Failed connections in a row before the port counts as closed. */
  tcpFailures: 2,

  /**
   * Failed probes of the cluster IP in a row, and minimum duration, before users count as not served. After a failure the next
   * probe follows at once, so the number alone would be a moment.
   */
  probeFailures: 3,
  probeOutageMs: 1_000,
  /** Users who are not served for this long make the cluster down: longer than a CARP take-over with its allowance. */
  userOutageMs: 6_000,
  /** A cluster IP that has not answered any probe for this long since the first one is a finding, not an outage. */
  probeNeverMs: 30_000,
  probeNeverFailures: 5,
  /** Between probes further apart than this, and than three intervals, service may have returned unseen. */
  probePauseMs: 20_000,
  /** How long probes are remembered to bound the gap of a failover that is detected later. */
  probeMemoryMs: 60_000,
  /** An agent may report the loss of a role later than users notice it. */
  usersGapSlackMs: 1_000,
  /** Failed probes in a row before a gateway that has answered before is silent. */
  gatewayFailures: 3,

  /**
   * CARP has two masters for 1 to 2 s during a take-over or when a split heals (measured with ucarp and FreeBSD's carp(4)):
   * only a longer certain overlap, in repeated readings of each, is a split brain.
   */
  splitOverlapMs: 3_000,
  splitReadings: 3,

  /**
   * An agent may report a role this long after it ended, because a script has to write it first (measured in the lab with
   * ucarp's scripts: 0.1 s, up to 0.3 s at a load of 10).
   */
  agentLagMs: 400,

  /**
   * A take-over lasts three missed advertisements plus skew (carp(4)). A time without an active LB that exceeds it by more than
   * this allowance is an event of its own; a shorter one is the gap of a failover.
   */
  takeOverAllowanceMs: 2_500,
  /** Backups that take over simultaneously do so within a few tenths of a second (measured with ucarp), plus one poll. */
  rivalsMs: 600,
  /** For this long, no known active LB counts as a take-over in progress and not as unknown. */
  takeOverUndecidedMs: 2_500,
  /** An LB in INIT for a shorter time is restarting or taking over, not stopped. */
  lbStoppedMs: 3_000,
  defaultAdvbaseSeconds: 1,

  /**
   * So many changes of the active LB within the window are flapping: failovers, failbacks, and times when an LB lost the role and
   * regained it. It has ended when fewer than half as many are left in the window. A CARP LB changes when its edge is restarted or
   * updated, edges of a cluster one after another (vendor's help pages): not five times in five minutes, nor twelve in an hour.
   */
  flappingMoves: 5,
  flappingWindowMs: 5 * 60_000,
  slowFlappingMoves: 12,
  slowFlappingWindowMs: 60 * 60_000,
  /** So many of these changes of one LB within the window: it may have had the role while a single poll was not answered. */
  alternatingChanges: 3,
  alternatingWindowMs: 60_000,
  /** While the role is flapping, a longer time between two reports of MASTER may hide a time without it: two role polls. */
  flappingUnseenMs: 2_000,

  /**
   * Answers without a role, and minimum duration, before the role is unknown. Longer than an agent caches its counters,
   * because traffic gives no role between two updates.
   */
  unreportedAnswers: 3,
  unreportedMs: 8_000,
  /**
   * Answers that lack the witness of a role which the same agent offered before, until the role is unknown: with one role poll a
   * second a stopped service is known two polls later. A single one may be a row that is being replaced.
   */
  lostSourceAnswers: 2,
  /** How often a cluster's CARP configuration is checked; what two checks find is reported. */
  carpCheckMs: 10_000,
  /**
   * A move of another group is reported once the cluster's group had time to move with it (a take-over, and its polls), and not if it
   * did so within the second value.
   */
  groupMoveSettleMs: 8_000,
  groupMoveTogetherMs: 10_000,

  /** Minimum confidence at which a witness decides the role; below it, its report is only shown. */
  enoughConfidence: 0.8,
  /**
   * Ingress of an LB that is not active: CARP's advertisements (70 octets each), ARP, answers to the LB's own health
   * checks. It is subtracted before shares are computed; the octets are added because they arrive in bursts.
   */
  idleIngressBitsPerSecond: 5_000,
  idleIngressOctets: 2_000,
  /** A lower sum over all LB interfaces is not user traffic. */
  trafficBitsPerSecond: 50_000,
  /** net-snmp caches its interface counters for about 3 s (measured): within this time an unchanged counter is not evidence. */
  counterCacheMs: 4_000,
  /** A rate over a shorter or longer time is too unreliable to infer the active LB. */
  shortestIngressMs: 200,
  longestIngressMs: 30_000,

  /**
   * Witnesses disagree when they contradict each other in this many readings, for longer than their reports may be delayed plus
   * this allowance. A disagreement not seen for `disagreementKeptMs` is dropped.
   */
  disagreeReadings: 3,
  disagreeMs: 3_000,
  agreeReadings: 2,
  disagreementKeptMs: 60_000,

  /** Full SNMP readings in a row that are slower than this mean high latency; as many below the second value end it. */
  slowAnswerMs: 500,
  quickAnswerMs: 300,
  slowReadings: 3,

  /**
   * An incident in which nothing is wrong any more reopens if something happens within this long (the failback after a reboot).
   * Longer than the first round of polls of a large fleet, so that a restart of Heron ends none.
   */
  incidentQuietMs: 120_000,
  /** Clusters that are down or become unreachable within this long of each other are one incident. */
  lostTogetherMs: 30_000,
  /** The same fault on several edges of a cluster within this long is one incident. */
  likeFaultsMs: 10_000,
  /** For how long a change of the active LB, or of the cluster's state, may be the consequence of an edge's fault. */
  consequenceMs: 60_000,
  /** Incidents of a cluster that overlap, or are no further apart than this, are shown as related. */
  relatedIncidentMs: 5 * 60_000,

  /**
   * A rolling update: edges of one cluster out of service one after another, each back before the next goes (the vendor advises
   * an hour between two). Maximum time out of service, maximum pause between two edges with evidence of an update (another
   * version, disabled in the inventory), and maximum pause where an edge merely restarted, which a fault can cause as well.
   */
  rollingAbsenceMs: 60 * 60_000,
  rollingPauseMs: 4 * 60 * 60_000,
  rollingRestartPauseMs: 5 * 60_000,
  /** Minimum number of edges: two where each restarted or changed its version, otherwise three. */
  rollingEdges: 2,
  rollingEdgesUnproven: 3,

  /** A machine that started less than this ago is reported as restarted. */
  recentRebootMs: 15 * 60_000,

  /**
   * An imbalance: an edge carries at most the first or at least the second part of its even share (percent; 1/healthy is 100), for
   * this long. The cluster's traffic and that of an edge, on average, have to be at least this: fewer users do not spread evenly.
   */
  imbalanceBelowPercent: 50,
  imbalanceAbovePercent: 150,
  imbalanceMs: 60_000,
  imbalanceBitsPerSecond: 1_000_000,
  imbalanceEdgeBitsPerSecond: 250_000,
  /** It ends when the distance from even has been less than this part of the limit's, for `imbalanceMs`; for longer if it recurs. */
  nearEvenPart: 0.5,
  imbalanceMemoryMs: 10 * 60_000,
  /** A longer time without a check is not evidence that shares were uneven meanwhile. */
  imbalancePauseMs: 90_000,
  /** How long an edge that serves again is not compared: users keep their connections, so the LB fills it gradually. */
  rampUpMs: 5 * 60_000,

  /**
   * Evenness before and after a failover: window on each side, time left out after the failover (clients reconnect, and a rate
   * is the difference of two polls), and minimum known time.
   */
  evennessWindowMs: 10 * 60_000,
  evennessSettleMs: 30_000,
  evennessLeastMs: 60_000,

  /** A run without a recorded end is assumed to have monitored for this long after its last write: few edges rarely write. */
  runningGraceMs: 30_000,

  /** How long a notification counts as evidence, and how many are retained per edge. */
  trapEvidenceMs: 60_000,
  maxTrapEvidence: 24,
  /** A notification may precede the last reading of the old LB by the duration of a poll, and still explain a failover. */
  trapBeforeBracketMs: 3_000,
  /** A process that failed this long before its LB lost the role, or later, may have stopped it; an older failure did not. */
  processBeforeLossMs: 60_000,
  /** For how long after a failover new readings and traps may still name a cause that was unknown. */
  causeWaitMs: 60_000,
  /** A demotion read within two full polls after an LB stepped down may be the cause. */
  demotionReadMs: 10_000,
  /** Accuracy of a boot time computed from an uptime. */
  bootTimeErrorMs: 10_000,
  /** An uptime this much lower than before means a restart. */
  uptimeToleranceMs: 2_000,
  /** Maximum difference between the speeds of two computers' clocks; far above what NTP accepts (500 ppm). */
  clockDrift: 0.01,
  /** An agent starts after its machine: an uptime of the agent that exceeds the machine's by more means that the latter wrapped. */
  agentOutlivesMs: 60_000,
  /** 400 Gb/s: no interface of an edge is faster, so a higher rate is a counter reset. */
  maxInterfaceOctetsPerSecond: 50_000_000_000,
  /** A rate that exceeds the interface's speed by up to this factor is the speed: polls and counters are not exactly simultaneous. */
  speedTolerance: 1.1,
  /** net-snmp's NOMINAL_LINK_SPEED: it reports 10 Mb/s where a virtual interface's driver reports no speed. */
  nominalSpeedBitsPerSecond: 10_000_000,
  /** A counter that fell has wrapped only if its rate is then at most this many times the one before, or below the second value. */
  wrapRateFactor: 2,
  wrapOctetsPerSecond: 125_000,
  /** A rate over a longer time is not the present one; a 32-bit counter may have wrapped several times in the second. */
  longestRateMs: 5 * 60_000,
  longestRate32Ms: 60_000,
  /**
   * Every poll arrives on the management interface. If no interface has counted an octet for this long (twice net-snmp's cache),
   * the counters do not count.
   */
  frozenCountersMs: 10_000,
  /** How often shares are checked for imbalance, which has to last far longer. */
  imbalanceCheckMs: 2_000,

  /** Factor by which each poll reduces the weight of older ones in the estimate of packet loss. */
  packetLossDecay: 0.98,
  /** As many unanswered polls in a row are an unreachable LB and not lost packets. */
  maxPacketLossRun: 6,
  /**
   * All edges of a cluster are silent when lost packets explain their failed polls with less than this probability: from the first round
   * without answers where there are many. An edge without measured loss is assumed to lose as many as the second value.
   */
  togetherChance: 1e-6,
  unmeasuredLoss: 0.02,
  /** In a fleet of fewer edges one round without answers may be lost packets. */
  minFleetEdges: 5,
  /** Unanswered polls count as lost packets while their probability is higher than this. */
  packetLossChance: 1e-4,

  /** After the end of a maintenance window what was worked on may take as long as this to be up again. */
  maintenanceGraceMs: 5 * 60_000,

  /** An LB with a lower share of the ingress, while another one has the traffic, is passive. */
  passiveIngressShare: 0.01,
  /** Share of the cluster's LB ingress that is reported as negligible. */
  negligibleIngressShare: 0.001,
  /** Confidence of an inference that no second one confirms. */
  unrepeatedConfidence: 0.9,
  /** Confidence while an LB is not measured and the named one was never idle: it may receive another LB's traffic (promiscuous port). */
  unprovenConfidence: 0.7,
  /** A rate is fresh for this many times the interval it covers, which counts as at least the second value. */
  freshIngressFactor: 1.5,
  minFreshIngressMs: 3_000,
  /** This multiple of the minimum traffic is ample; the minimum alone reduces the confidence by a fifth. */
  ampleTrafficFactor: 4,
} as const;

const secondMs = 1_000;
const minuteMs = 60_000;

/**
 * Alerts. `forMs`: how long a condition must last before it raises an alert; `clearMs`: how long it must be gone before the alert clears.
 * What detection has confirmed already (no active LB, split brain, failover) raises an alert at once; what a restart repairs by itself waits.
 */
export const alertDefaults = {
  blind: { severity: 'critical', forMs: 2 * secondMs, clearMs: 5 * secondMs },
  'cluster-down': { severity: 'critical', forMs: 0, clearMs: 5 * secondMs },
  'no-active-lb': { severity: 'critical', forMs: 0, clearMs: 5 * secondMs },
  'split-brain': { severity: 'critical', forMs: 0, clearMs: 5 * secondMs },
  unknown: { severity: 'warning', forMs: 15 * secondMs, clearMs: 5 * secondMs },
  history: { severity: 'warning', forMs: 10 * secondMs, clearMs: 30 * secondMs },
  'no-redundancy': { severity: 'warning', forMs: 20 * secondMs, clearMs: 30 * secondMs },
  flapping: { severity: 'warning', forMs: 0, clearMs: 60 * secondMs },
  'edge-down': { severity: 'warning', forMs: 30 * secondMs, clearMs: 30 * secondMs },
  'lb-stopped': { severity: 'warning', forMs: 60 * secondMs, clearMs: 30 * secondMs },
  failover: { severity: 'info', forMs: 0, clearMs: 30 * secondMs },
  'ca-lost': { severity: 'warning', forMs: 60 * secondMs, clearMs: 60 * secondMs },
  'logging-lost': { severity: 'warning', forMs: 60 * secondMs, clearMs: 60 * secondMs },
  imbalance: { severity: 'warning', forMs: minuteMs, clearMs: 2 * minuteMs },
  cpu: { severity: 'warning', forMs: 2 * minuteMs, clearMs: minuteMs },
  swap: { severity: 'warning', forMs: 5 * minuteMs, clearMs: minuteMs },
  disk: { severity: 'warning', forMs: minuteMs, clearMs: minuteMs },
  'edge-degraded': { severity: 'info', forMs: 2 * minuteMs, clearMs: minuteMs },
  lag: { severity: 'warning', forMs: minuteMs, clearMs: minuteMs },
  clock: { severity: 'info', forMs: 0, clearMs: minuteMs },
  configuration: { severity: 'info', forMs: 0, clearMs: 0 },
} as const;

export const alertTimes = {
  /** Without the event that confirms it, as after a restart of Heron, no active LB raises an alert after this long. */
  unconfirmedNoActiveLbMs: 8 * secondMs,
  /** So many failovers of a cluster within the window are a warning. */
  repeatedFailovers: 3,
  repeatedWindowMs: 60 * minuteMs,
  /** A critical alert that is not acknowledged for this long is escalated, where nothing else is set. */
  escalateMs: 5 * minuteMs,
  /** Alerts that open within this long of each other are one notification; those of clusters that are lost as a whole longer. */
  togetherMs: 10 * secondMs,
  /** What opens in the same row within this long of the last change of a notification belongs to it. */
  sameRowMs: 2 * minuteMs,
  /** A notification is updated no more often than this, unless it becomes worse. */
  updateMs: 5 * secondMs,
  /** For how long after its last step a recognised rolling update holds back changes of LBs and edges. */
  rollingHoldMs: 10 * minuteMs,
  /** For how long after it opened new symptoms of an alert are no new fact for its acknowledgement. */
  settleMs: 60 * secondMs,
} as const;

/** Bounds of what the inventory may override of a rule, milliseconds. */
export const alertOverridable = {
  forMs: { min: 0, max: 24 * 60 * minuteMs },
  clearMs: { min: 0, max: 24 * 60 * minuteMs },
  escalateMs: { min: 0, max: 24 * 60 * minuteMs },
} as const;

/**
 * What the inventory may override per cluster and edge, with bounds. Intervals: where the command line or the app sets none, full polls
 * are 5 s apart and role polls 1 s; longer ones than these would leave shown states without evidence.
 */
export const overridable = {
  cpuPercent: { min: 1, max: 100 },
  swapPercent: { min: 1, max: 100 },
  imbalanceBelowPercent: { min: 1, max: 95 },
  imbalanceAbovePercent: { min: 105, max: 1_600 },
  healthIntervalMs: { min: 1_000, max: 60_000 },
  roleIntervalMs: { min: 200, max: 10_000 },
} as const;

/** Times of notifications and sounds on this computer. */
export const deskTimes = {
  /** How often a sound is repeated until its alert is acknowledged. */
  repeatCriticalMs: 15 * secondMs,
  repeatWarningMs: 60 * secondMs,
  /** How long "Mute" mutes sounds. */
  muteMs: 10 * minuteMs,
  /** A person is away after this long without input, */
  idleAwayMs: 5 * minuteMs,
  /** or after this long with the window hidden or the screen locked. */
  hiddenAwayMs: 30 * secondMs,
  /** How often presence, tray and sounds are examined. */
  examineMs: 2 * secondMs,
} as const;

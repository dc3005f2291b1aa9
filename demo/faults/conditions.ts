/** What a fault changes in an edge while it lasts. Several faults add up: one cause is enough for a thing to be down. */
export interface EdgeConditions {
  /** False: silent on every interface, management too. */
  powered: boolean;
  /** The LB process runs. */
  lbRunning: boolean;
  /** The LB interface is switched on by the administrator. */
  lbAdminUp: boolean;
  /** Proxy and LB interfaces have a link. */
  linksUp: boolean;
  /** The LB interface's own link; `linksUp` is the proxy's and the LB's. */
  lbLinkUp: boolean;
  /** The management interface has a link: without it nobody can ask, and the service goes on. */
  managementUp: boolean;
  /** The proxy process runs. */
  proxyRunning: boolean;
  cpuHigh: boolean;
  /** Share of the users relative to an even one. */
  weight: number;
  /** carp(4) demotion counter. */
  demotion: number;
}

export const healthy: EdgeConditions = {
  powered: true,
  lbRunning: true,
  lbAdminUp: true,
  linksUp: true,
  lbLinkUp: true,
  managementUp: true,
  proxyRunning: true,
  cpuHigh: false,
  weight: 1,
  demotion: 0,
};

/** The conditions under several effects at once. */
export function combine(effects: readonly Partial<EdgeConditions>[]): EdgeConditions {
  return effects.reduce<EdgeConditions>(
    (sum, effect) => ({
      powered: sum.powered && effect.powered !== false,
      lbRunning: sum.lbRunning && effect.lbRunning !== false,
      lbAdminUp: sum.lbAdminUp && effect.lbAdminUp !== false,
      linksUp: sum.linksUp && effect.linksUp !== false,
      lbLinkUp: sum.lbLinkUp && effect.lbLinkUp !== false,
      managementUp: sum.managementUp && effect.managementUp !== false,
      proxyRunning: sum.proxyRunning && effect.proxyRunning !== false,
      cpuHigh: sum.cpuHigh || effect.cpuHigh === true,
      weight: sum.weight * (effect.weight ?? 1),
      demotion: sum.demotion + (effect.demotion ?? 0),
    }),
    healthy,
  );
}

/** CARP can run: the machine, the LB process, the interface's switch and its link are all there. */
export function carpInterfaceUp(conditions: EdgeConditions): boolean {
  return conditions.powered && conditions.lbRunning && conditions.lbAdminUp && lbLinked(conditions);
}

/** The LB interface has a link. */
export function lbLinked({ linksUp, lbLinkUp }: EdgeConditions): boolean {
  return linksUp && lbLinkUp;
}

/** The proxy can be reached and serves. */
export function proxyServing(conditions: EdgeConditions): boolean {
  return conditions.powered && conditions.linksUp && conditions.proxyRunning;
}

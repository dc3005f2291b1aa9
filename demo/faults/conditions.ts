/** What a fault changes in an edge while it lasts. Faults combine: one of them is enough for a part to be down. */
export interface EdgeConditions {
  /** False: no answer on any interface, management included. */
  powered: boolean;
  /** The LB process runs. */
  lbRunning: boolean;
  /** The LB interface is switched on by the administrator. */
  lbAdminUp: boolean;
  /** Proxy and LB interfaces have a link. */
  linksUp: boolean;
  /** The LB interface's own link; `linksUp` is the proxy's and the LB's. */
  lbLinkUp: boolean;
  /** The management interface has a link: without it the edge cannot be polled, and the service continues. */
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

/** CARP can run: the machine and the LB process run, and the interface is enabled and has a link. */
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

import { DeliveryQueue } from './delivery-queue';
import {
  addressNumber,
  advertisementIntervalMs,
  demotedAdvskew,
  masterDownMs,
  outranks,
  type Advertisement,
  type CarpMemberSettings,
  type CarpRole,
} from './member';

/** A role that changed, at its exact time. `reason` is worded as in FreeBSD's kernel log. */
export interface RoleChange {
  name: string;
  from: CarpRole;
  to: CarpRole;
  atMs: number;
  reason: string;
}

/** Receives the election's events, each before anything later happens. */
export interface ElectionListener {
  roleChanged(change: RoleChange): void;
  /** An advertisement left `from` and will reach `receivers`. */
  advertised(from: string, receivers: readonly string[], atMs: number): void;
}

export interface ElectionSettings {
  members: readonly CarpMemberSettings[];
  /** carp(4) `net.inet.carp.preempt`: a host with a better priority preempts the master. */
  preempt: boolean;
  /** Transit time of an advertisement, milliseconds. */
  latencyMs: number;
  startMs: number;
}

interface Member extends CarpMemberSettings {
  addressOrder: number;
  role: CarpRole;
  interfaceUp: boolean;
  demotion: number;
  /** When the next advertisement leaves (master). */
  advertiseAtMs: number;
  /** When the absence of advertisements has lasted long enough (backup). */
  masterDownAtMs: number;
}

/**
 * One CARP group, simulated event by event after FreeBSD's sys/netinet/ip_carp.c (carp_setrun, carp_input_c,
 * carp_master_down, carp_send_ad, carp_sc_state). Time is an argument: nothing happens until `advanceTo`.
 * Members begin in INIT with their interface down; `setInterfaceUp` starts them.
 */
export class CarpElection {
  private readonly members = new Map<string, Member>();
  private readonly ordered: Member[];
  private readonly underWay = new DeliveryQueue();
  private passes: (from: string, to: string) => boolean = () => true;
  private nowMs: number;

  constructor(
    private readonly settings: ElectionSettings,
    private readonly listener: ElectionListener,
  ) {
    this.nowMs = settings.startMs;
    this.ordered = settings.members.map((member) => ({
      ...member,
      addressOrder: addressNumber(member.address),
      role: 'init',
      interfaceUp: false,
      demotion: 0,
      advertiseAtMs: Infinity,
      masterDownAtMs: Infinity,
    }));
    for (const member of this.ordered) this.members.set(member.name, member);
  }

  /** The role of a member now. Throws for a name that is not in the group. */
  role(name: string): CarpRole {
    return this.member(name).role;
  }

  /** Names of all members that hold MASTER, in the group's order. */
  masters(): string[] {
    return this.ordered.filter((member) => member.role === 'master').map((member) => member.name);
  }

  /** The skew a member advertises now, demotion included. */
  effectiveAdvskew(name: string): number {
    const member = this.member(name);
    return demotedAdvskew(member.advskew, member.demotion);
  }

  /** When the next event is due; Infinity when none is. */
  nextDueMs(): number {
    let due = this.underWay.nextDueMs();
    for (const member of this.ordered) due = Math.min(due, member.advertiseAtMs, member.masterDownAtMs);
    return due;
  }

  /** Processes all events due until `toMs`, in order. Going back in time does nothing. */
  advanceTo(toMs: number): void {
    for (let due = this.nextDueMs(); due <= toMs; due = this.nextDueMs()) {
      this.nowMs = Math.max(this.nowMs, due);
      this.step(due);
    }
    this.nowMs = Math.max(this.nowMs, toMs);
  }

  /** Takes an interface up (INIT, then BACKUP) or down (INIT). No change: nothing happens. */
  setInterfaceUp(name: string, up: boolean, atMs: number): void {
    this.advanceTo(atMs);
    const member = this.member(name);
    if (member.interfaceUp === up) return;
    member.interfaceUp = up;
    member.advertiseAtMs = Infinity;
    member.masterDownAtMs = Infinity;
    this.become(member, 'init', up ? 'hardware interface up' : 'hardware interface down');
    if (!up) return;
    this.become(member, 'backup', 'initialization complete');
    this.listen(member);
  }

  /** Sets the demotion counter (`net.inet.carp.demotion`) of one host. */
  setDemotion(name: string, demotion: number, atMs: number): void {
    this.advanceTo(atMs);
    this.member(name).demotion = demotion;
  }

  /** Sets which advertisements pass from now on, those in transit included. */
  setPasses(passes: (from: string, to: string) => boolean, atMs: number): void {
    this.advanceTo(atMs);
    this.passes = passes;
  }

  private member(name: string): Member {
    const member = this.members.get(name);
    if (!member) throw new Error(`No member "${name}" in this CARP group`);
    return member;
  }

  private step(due: number): void {
    const delivery = this.underWay.takeDue(due);
    if (delivery) {
      const { to, advertisement } = delivery;
      if (this.passes(advertisement.from, to)) this.receive(this.member(to), advertisement);
      return;
    }
    const advertiser = this.ordered.find((member) => member.advertiseAtMs <= due);
    if (advertiser) return this.advertise(advertiser);
    const silent = this.ordered.find((member) => member.masterDownAtMs <= due);
    if (silent) this.takeOver(silent, 'master timed out');
  }

  private receive(member: Member, advertisement: Advertisement): void {
    const advskew = demotedAdvskew(member.advskew, member.demotion);
    const theirsMs = advertisementIntervalMs(advertisement.advbase, advertisement.advskew);
    if (member.role === 'master') {
      if (!outranks(advertisement, member.advbase, advskew, member.addressOrder)) return;
      member.advertiseAtMs = Infinity;
      this.become(member, 'backup', 'more frequent advertisement received');
      this.listen(member);
    } else if (member.role === 'backup') {
      const oursMs = advertisementIntervalMs(member.advbase, advskew);
      if (this.settings.preempt && oursMs < theirsMs) this.takeOver(member, 'preempting a slower master');
      else if (advertisementIntervalMs(member.advbase * 3, advskew) < theirsMs)
        this.takeOver(member, 'master will time out');
      else this.listen(member);
    }
  }

  private takeOver(member: Member, reason: string): void {
    member.masterDownAtMs = Infinity;
    this.become(member, 'master', reason);
    this.advertise(member);
  }

  private advertise(member: Member): void {
    const advskew = demotedAdvskew(member.advskew, member.demotion);
    member.advertiseAtMs = this.nowMs + advertisementIntervalMs(member.advbase, advskew);
    const receivers = this.ordered
      .filter((other) => other !== member && other.interfaceUp && this.passes(member.name, other.name))
      .map((other) => other.name);
    const { name: from, addressOrder: address, advbase } = member;
    const advertisement = { from, address, advbase, advskew };
    const atMs = this.nowMs + this.settings.latencyMs;
    for (const to of receivers) this.underWay.add({ atMs, to, advertisement });
    this.listener.advertised(member.name, receivers, this.nowMs);
  }

  /** Restarts a backup's timer: at a start, and at each advertisement of a master that it accepts. */
  private listen(member: Member): void {
    member.masterDownAtMs = this.nowMs + masterDownMs(member.advbase, member.advskew);
  }

  private become(member: Member, to: CarpRole, reason: string): void {
    if (member.role === to) return;
    const change = { name: member.name, from: member.role, to, atMs: this.nowMs, reason };
    member.role = to;
    this.listener.roleChanged(change);
  }
}

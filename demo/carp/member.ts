/** The roles of CARP. */
export type CarpRole = 'init' | 'backup' | 'master';

/** One host's settings in a CARP group: ifconfig(8) `advbase` and `advskew`, carp(4). */
export interface CarpMemberSettings {
  name: string;
  /** The host's own IPv4 address, from which it advertises. */
  address: string;
  /** Whole seconds between advertisements, 1..255. */
  advbase: number;
  /** 1/256ths of a second added to them, 0..254. Lower wins. */
  advskew: number;
}

/** An advertisement's content: the base, and the skew with the demotion included. */
export interface Advertisement {
  from: string;
  address: number;
  advbase: number;
  advskew: number;
}

/** carp(4): a demoted host's skew stops here (CARP_MAXSKEW in FreeBSD's ip_carp.c). */
export const maxAdvskew = 240;

/** The skew a host advertises: its own plus the demotion counter, within 0..240 (DEMOTE_ADVSKEW in ip_carp.c). */
export function demotedAdvskew(advskew: number, demotion: number): number {
  return Math.min(maxAdvskew, Math.max(0, advskew + demotion));
}

/** Milliseconds between two advertisements: advbase seconds and advskew/256ths of one. */
export function advertisementIntervalMs(advbase: number, advskew: number): number {
  return advbase * 1000 + (advskew * 1000) / 256;
}

/**
 * Milliseconds of silence after which a backup takes over: 3 * advbase seconds and advskew/256ths of one. FreeBSD's
 * carp_setrun() takes the configured skew here, not the demoted one.
 */
export function masterDownMs(advbase: number, advskew: number): number {
  return 3 * advbase * 1000 + (advskew * 1000) / 256;
}

/** An IPv4 address as a number, for ordering. */
export function addressNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/**
 * Whether `other` outranks a host that advertises `advbase` and `advskew` from `address`: it advertises more often, or
 * as often from a lower address. The address decides as in ucarp; FreeBSD yields to the first advertisement received, which in a
 * simulation without jitter would let two equals yield to each other for ever.
 */
export function outranks(other: Advertisement, advbase: number, advskew: number, address: number): boolean {
  const theirs = advertisementIntervalMs(other.advbase, other.advskew);
  const ours = advertisementIntervalMs(advbase, advskew);
  return theirs < ours || (theirs === ours && other.address < address);
}

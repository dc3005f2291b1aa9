/** How a step went. `not-asked`: the inventory does not ask for it, or an earlier step failed. */
export type StepStatus = 'ok' | 'warning' | 'failed' | 'not-asked';

/** One thing that was found. `note`: worth knowing, and nothing to do about. */
export interface Finding {
  status: 'ok' | 'note' | 'warning' | 'failed';
  words: string;
  /** What to do; null: nothing. */
  todo: string | null;
}

export const stepKeys = [
  'name',
  'reach',
  'engine',
  'credential',
  'answers',
  'objects',
  'role',
  'interfaces',
  'services',
  'traps',
] as const;
export type StepKey = (typeof stepKeys)[number];

export interface DoctorStep {
  key: StepKey;
  title: string;
  status: StepStatus;
  findings: Finding[];
}

/** Lines for a configuration file that would fix something. */
export interface Remedy {
  /** Such as snmpd.conf. */
  file: string;
  why: string;
  lines: string[];
}

/** The result of examining one edge. */
export interface DoctorReport {
  edge: string;
  /** UTC milliseconds. */
  atMs: number;
  tookMs: number;
  /** The worst of the steps. */
  status: 'ok' | 'warning' | 'failed';
  steps: DoctorStep[];
  /** What Heron cannot show of this edge, and why. */
  missing: string[];
  remedies: Remedy[];
}

export const ok = (words: string): Finding => ({ status: 'ok', words, todo: null });
export const note = (words: string, todo: string | null = null): Finding => ({ status: 'note', words, todo });
export const warning = (words: string, todo: string): Finding => ({ status: 'warning', words, todo });
export const failed = (words: string, todo: string): Finding => ({ status: 'failed', words, todo });

/** A step with the status of its worst finding. */
export function step(key: StepKey, title: string, findings: Finding[]): DoctorStep {
  const has = (status: Finding['status']) => findings.some((finding) => finding.status === status);
  return { key, title, status: has('failed') ? 'failed' : has('warning') ? 'warning' : 'ok', findings };
}

/** A step that was not examined, and why. */
export function notAsked(key: StepKey, title: string, why: string): DoctorStep {
  return { key, title, status: 'not-asked', findings: [note(why)] };
}

/** Text of an agent, which may hold anything, as a part of a sentence. */
export function quoted(text: string, maxLength = 160): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `"${line.length > maxLength ? `${line.slice(0, maxLength)}…` : line}"`;
}

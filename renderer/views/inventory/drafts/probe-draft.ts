import type { Cluster } from '../../../../domain/inventory/inventory';

type Probe = NonNullable<Cluster['probe']>;

/** The typed values of the probe of a cluster IP; empty: the general one. */
export interface ProbeDraft {
  kind: '' | Probe['kind'];
  port: string;
  path: string;
  intervalSeconds: string;
}

const msPerSecond = 1000;

export function draftOfProbe(probe: Cluster['probe']): ProbeDraft {
  return {
    kind: probe?.kind ?? '',
    port: probe?.port?.toString() ?? '',
    path: probe?.path ?? '',
    intervalSeconds: probe?.intervalMs === undefined ? '' : String(probe.intervalMs / msPerSecond),
  };
}

/** The field of an inventory entry; nothing where nothing was typed. */
export function probeOfDraft(draft: ProbeDraft): { probe?: Probe } {
  const [port, path, seconds] = [draft.port, draft.path, draft.intervalSeconds].map((text) => text.trim());
  if (draft.kind === '' && !port && !path && !seconds) return {};
  return {
    probe: {
      kind: draft.kind === '' ? 'tcp' : draft.kind,
      ...(port ? { port: Number(port) } : {}),
      ...(path ? { path } : {}),
      ...(seconds ? { intervalMs: Math.round(Number(seconds.replace(',', '.')) * msPerSecond) } : {}),
    },
  };
}

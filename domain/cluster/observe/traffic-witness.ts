import { thresholds } from '../../model/thresholds';
import type { RoleWitness } from '../../model/role';
import { percent, type Inference } from './infer-active-lb';

/**
 * The role inferred for one LB. `maxAgeMs`: how long before the request its measurements start. An LB that carries nothing is only
 * known not to be active: it counts as BACKUP, even where it is stopped.
 */
export function trafficReport(inference: Inference, edgeId: string, maxAgeMs: number): RoleWitness {
  const { first, confidence, totalBitsPerSecond, words } = inference;
  const own = inference.bitsPerSecond.get(edgeId) ?? null;
  const word = {
    witness: 'traffic' as const,
    vhid: null,
    advbase: null,
    advskew: null,
    confidence,
    maxAgeMs: Math.ceil(maxAgeMs),
  };
  if (!first || own === null) return { ...word, role: 'unknown', confidence: 0, said: words };
  const share = own / totalBitsPerSecond;
  const ingress = 'of the cluster’s LB ingress';
  const said =
    share < thresholds.negligibleIngressShare
      ? `carries almost none ${ingress}`
      : `carries ${percent(share)} ${ingress}, ${amount(own)}`;
  return first.edgeId === edgeId
    ? { ...word, role: 'master', said }
    : { ...word, role: 'backup', said: `${said}; ${first.name} carries ${percent(shareOf(inference))}` };
}

function shareOf({ first, bitsPerSecond, totalBitsPerSecond }: Inference): number {
  return (bitsPerSecond.get(first?.edgeId ?? '') ?? 0) / totalBitsPerSecond;
}

function amount(bitsPerSecond: number): string {
  if (bitsPerSecond >= 1e9) return `${(bitsPerSecond / 1e9).toFixed(1)} Gb/s`;
  if (bitsPerSecond >= 1e6) return `${(bitsPerSecond / 1e6).toFixed(bitsPerSecond < 1e7 ? 1 : 0)} Mb/s`;
  return `${(bitsPerSecond / 1e3).toFixed(0)} kb/s`;
}

import type { DeepLink } from '../../domain/model/deep-link';

/** The page of the window that a link opens. A link has no other effect. */
export function pageOf(link: DeepLink): string {
  switch (link.to) {
    case 'cluster':
      return `/#/cluster/${encodeURIComponent(link.id)}${link.atMs === null ? '' : `?t=${link.atMs}`}`;
    case 'incident':
      return `/#/incident/${link.id}`;
    case 'timeline':
      return `/#/timeline?from=${link.fromMs}&to=${link.toMs}`;
    case 'wall':
      return '/#/wall';
  }
}

import type { ClusterView } from '../../../domain/model/snapshot';

/** The first name of a row that was renamed since, from which its id was made; empty: it was not renamed. */
export function firstNameOf({ id, name, kind }: Pick<ClusterView, 'id' | 'name' | 'kind'>): string {
  const own = kind === 'standalone' ? id.replace(/^edge:/, '') : id;
  // Where two had the same name, or a name that cannot be an id, the id has a number.
  const first = own.replace(/~\d+$/, '');
  return first === name || own === name ? '' : first;
}

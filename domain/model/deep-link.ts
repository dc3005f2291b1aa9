import { z } from 'zod';
import { momentSchema } from './moment';

/** A view that a link opens. Times are UTC milliseconds; a cluster without one is shown live. */
export type DeepLink =
  | { to: 'cluster'; id: string; atMs: number | null }
  | { to: 'incident'; id: number }
  | { to: 'timeline'; fromMs: number; toMs: number }
  | { to: 'wall' };

/** A name of 64 characters, each of them percent-encoded, fits. */
const longestLink = 1_000;
const time = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .pipe(momentSchema);
/** Made from the cluster's first name, which is one line of printable characters; a present name is looked up, too. */
const clusterId = z
  .string()
  // It ends the checks: what follows throws on a lone surrogate, which \p{C} covers.
  .regex(/^(?!.*\.\.)[^\p{C}]{1,200}$/u, { abort: true })
  .refine((id) => encodeURIComponent(id).length <= longestLink - 100);
const incidentId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);

/** A link as a second instance passes it to the first. */
export const deepLinkSchema = z.discriminatedUnion('to', [
  z.object({ to: z.literal('cluster'), id: clusterId, atMs: momentSchema.nullable() }),
  z.object({ to: z.literal('incident'), id: z.number().int().min(1) }),
  z.object({ to: z.literal('timeline'), fromMs: momentSchema, toMs: momentSchema }),
  z.object({ to: z.literal('wall') }),
]);

/** Reads `heron://cluster/ID?t=ISO`, `heron://incident/ID`, `heron://timeline?from=ISO&to=ISO`, `heron://wall`. Null: none of them. */
export function parseDeepLink(text: string): DeepLink | null {
  const match = /^heron:\/\/([a-z]+)\/?([^?#]*)(?:\?([^#]*))?$/.exec(text.slice(0, longestLink + 1));
  if (!match || text.length > longestLink) return null;
  const [, to, rawId = '', query = ''] = match;
  const given = queryOf(query);
  const id = decoded(rawId);
  if (id === null) return null;
  switch (to) {
    case 'cluster': {
      const read = clusterId.safeParse(id);
      const at = given.has('t') ? time.safeParse(given.get('t')) : null;
      if (!read.success || at?.success === false) return null;
      return { to, id: read.data, atMs: at?.data ?? null };
    }
    case 'incident': {
      const read = incidentId.safeParse(id);
      return read.success ? { to, id: read.data } : null;
    }
    case 'timeline': {
      const read = z.object({ from: time, to: time }).safeParse(Object.fromEntries(given));
      if (!read.success || read.data.to <= read.data.from || id !== '') return null;
      return { to, fromMs: read.data.from, toMs: read.data.to };
    }
    case 'wall':
      return id === '' && given.size === 0 ? { to } : null;
    default:
      return null;
  }
}

/** The link as text, to be copied. */
export function deepLinkText(link: DeepLink): string {
  const iso = (ms: number): string => new Date(ms).toISOString();
  switch (link.to) {
    case 'cluster':
      return `heron://cluster/${encodeURIComponent(link.id)}${link.atMs === null ? '' : `?t=${iso(link.atMs)}`}`;
    case 'incident':
      return `heron://incident/${link.id}`;
    case 'timeline':
      return `heron://timeline?from=${iso(link.fromMs)}&to=${iso(link.toMs)}`;
    case 'wall':
      return 'heron://wall';
  }
}

function queryOf(query: string): Map<string, string> {
  return new Map(
    query.split('&').flatMap((part): [string, string][] => {
      const [name, value] = part.split('=', 2);
      return name && value !== undefined ? [[name, decoded(value) ?? value]] : [];
    }),
  );
}

/** Null: the percent-encoding is invalid. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

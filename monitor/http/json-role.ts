import { z } from 'zod';
import { lbRoleSchema, type RoleWitness } from '../../domain/model/role';

const maxGroups = 16;
const maxSaidLength = 200;

const small = z.number().int().min(0).max(255).nullish().catch(null);
const role = z
  .string()
  .max(40)
  .transform((text) => text.trim().toLowerCase())
  .pipe(lbRoleSchema.extract(['init', 'backup', 'master', 'fault']));
const group = z.object({ role, vhid: small, advbase: small, advskew: small });
const page = z.union([
  group.transform((one) => [one]),
  z.object({ roles: z.array(group).min(1).max(maxGroups) }).transform(({ roles }) => roles),
]);

/**
 * Roles from a page that answers JSON: `{"role": "MASTER", "vhid": 1, "advbase": 1, "advskew": 0}` (all but the role may
 * be left out), or `{"roles": [...]}` with one entry per group. Anything else is no witness: an empty list.
 */
export function rolesFromJson(text: string): RoleWitness[] {
  const start = text.trimStart();
  if (!start.startsWith('{')) return [];
  let value: unknown;
  try {
    value = JSON.parse(start);
  } catch {
    return [];
  }
  const parsed = page.safeParse(value);
  if (!parsed.success) return [];
  return parsed.data.map((one) => ({
    witness: 'http-json',
    role: one.role,
    vhid: one.vhid ?? null,
    advbase: one.advbase ?? null,
    advskew: one.advskew ?? null,
    confidence: 1,
    maxAgeMs: 0,
    said: JSON.stringify(one).slice(0, maxSaidLength),
  }));
}

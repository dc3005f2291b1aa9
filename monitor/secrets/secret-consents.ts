import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Inventory } from '../../domain/inventory/inventory';
import { isHeronVariable, secretUses, type SecretUse } from '../../domain/inventory/secret-uses';
import { writeFileDurablySync } from '../base/write-file';
import type { SecretResolver } from './secret-resolver';

const useSchema = z.object({ user: z.string().nullable(), hosts: z.array(z.string()) });
const fileSchema = z.object({
  version: z.literal(1),
  /** Environment variables outside HERON_ that may be read. */
  variables: z.array(z.string()),
  /** By the name of a stored password: for whom and where it may be used. */
  secrets: z.record(z.string(), z.array(useSchema)),
});
type ConsentFile = z.infer<typeof fileSchema>;

/**
 * Which passwords may be sent where, as the person confirmed. An inventory file can name any variable and any stored password, and any host to
 * send it to; what it names beyond that stays unresolved until the person allows it. A password that was stored without an inventory belongs
 * to the first one that uses it.
 */
export class SecretConsents {
  /** Uses of the current inventory that wait for the person. */
  private waiting: SecretUse[] = [];

  constructor(private readonly file: string) {}

  /** Compares an inventory with what is allowed. Returns what has to be asked, and withholds that until it is allowed. */
  review(inventory: Inventory): SecretUse[] {
    const stored = this.read();
    const first = secretUses(inventory).filter(
      ({ source }) => 'secret' in source && !Object.hasOwn(stored.secrets, source.secret),
    );
    if (first.length > 0) this.allow(first);
    const allowed = first.length > 0 ? this.read() : stored;
    this.waiting = secretUses(inventory).filter((use) => !isAllowed(use, allowed));
    return this.waiting;
  }

  /** Allows these uses, because the person confirmed them or typed them into a form. */
  allow(uses: readonly SecretUse[]): void {
    const { variables, secrets } = this.read();
    const next: ConsentFile = { version: 1, variables: [...variables], secrets: { ...secrets } };
    for (const { source, user, hosts } of uses) {
      if ('env' in source) {
        if (!isHeronVariable(source.env)) next.variables = [...new Set([...next.variables, source.env])];
        continue;
      }
      const known = Object.hasOwn(next.secrets, source.secret) ? (next.secrets[source.secret] ?? []) : [];
      const same = known.find((use) => use.user === user);
      const others = known.filter((use) => use !== same);
      const all = [...new Set([...(same?.hosts ?? []), ...hosts])].sort();
      next.secrets[source.secret] = [...others, { user, hosts: all }];
    }
    writeFileDurablySync(this.file, JSON.stringify(next), { replace: true });
    this.waiting = this.waiting.filter((use) => !isAllowed(use, next));
  }

  /** Whether the person allowed this use. */
  allows(use: SecretUse): boolean {
    return isAllowed(use, this.read());
  }

  /** Forgets what a stored password was for: it was removed, or another one is stored under its name. */
  forget(secret: string): void {
    const { [secret]: _forgotten, ...secrets } = this.read().secrets;
    writeFileDurablySync(this.file, JSON.stringify({ ...this.read(), secrets }), { replace: true });
  }

  /** Whether a variable outside HERON_ may be read. */
  mayRead(variable: string): boolean {
    return this.read().variables.includes(variable);
  }

  /** The resolver that withholds what waits for the person. */
  guard(resolver: SecretResolver): SecretResolver {
    return {
      resolve: (source) => {
        const withheld = this.waiting.some((use) => isSameSource(use.source, source));
        return withheld
          ? Promise.resolve({ found: false, words: withheldWords(source) })
          : resolver.resolve(source);
      },
    };
  }

  private read(): ConsentFile {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.file, 'utf8')));
    } catch {
      // Without the file, or when it cannot be read, nothing is allowed beyond the rules.
      return { version: 1, variables: [], secrets: {} };
    }
  }
}

function isAllowed({ source, user, hosts }: SecretUse, { variables, secrets }: ConsentFile): boolean {
  if ('env' in source) return isHeronVariable(source.env) || variables.includes(source.env);
  const uses = Object.hasOwn(secrets, source.secret) ? (secrets[source.secret] ?? []) : [];
  const allowed = uses.find((use) => use.user === user);
  return allowed !== undefined && hosts.every((host) => allowed.hosts.includes(host));
}

function isSameSource(one: SecretUse['source'], other: SecretUse['source']): boolean {
  return 'env' in one
    ? 'env' in other && one.env === other.env
    : 'secret' in other && one.secret === other.secret;
}

function withheldWords(source: SecretUse['source']): string {
  return 'env' in source
    ? `the environment variable ${source.env} is not one of Heron's (HERON_…), and reading it was not allowed`
    : `the stored password "${source.secret}" was stored for another user or other hosts, and this use was not allowed`;
}

import { RequestRefused } from '../../domain/contract/request-refused';
import type { Inventory } from '../../domain/inventory/inventory';
import { secretUses } from '../../domain/inventory/secret-uses';
import { placeOf, secretOf, type MetricsSource } from '../../domain/inventory/metrics-source';

/** The name of the stored token or password of a source; null: it names none. */
export function storedSecretOf(source: MetricsSource): string | null {
  const place = secretOf(source);
  return place && 'secret' in place ? place.secret : null;
}

/** A stored secret goes only where an inventory sends it already. `typed`: it was typed just now. @throws RequestRefused */
export function refuseForeignPlace(
  source: MetricsSource,
  typed: boolean,
  inventories: readonly Inventory[],
): void {
  if (storedSecretOf(source) === null || typed || isKnownPlace(source, inventories)) return;
  throw new RequestRefused({
    what: `A stored ${secretWord(source)} is not sent to an address that it was not typed for.`,
    where: source.url,
    todo: 'Type it again.',
  });
}

/** A test sends the value of a variable only where an inventory sends it already. @throws RequestRefused */
export function refuseForeignVariable(source: MetricsSource, inventories: readonly Inventory[]): void {
  const place = secretOf(source);
  if (place === null || !('env' in place) || isKnownPlace(source, inventories)) return;
  throw new RequestRefused({
    what: 'The value of an environment variable is not sent to an address that no source has yet.',
    where: source.url,
    todo: `Save the source first and test it then, or type the ${secretWord(source)}.`,
  });
}

/** Whether an inventory has a source with the same secret at this place. */
function isKnownPlace(source: MetricsSource, inventories: readonly Inventory[]): boolean {
  const key = secretAtPlace(source);
  return inventories.some(({ sources = [] }) => sources.some((one) => secretAtPlace(one) === key));
}

function secretAtPlace(source: MetricsSource): string {
  const { host, isEncrypted } = placeOf(source);
  return JSON.stringify([secretOf(source), host, isEncrypted]);
}

function secretWord({ user }: MetricsSource): string {
  return user === undefined ? 'token' : 'password';
}

/** The stored secrets of sources before a change that no inventory names after it. */
export function unusedSecrets(before: Inventory, after: readonly Inventory[]): string[] {
  const used = new Set(
    after.flatMap(secretUses).map(({ source }) => ('secret' in source ? source.secret : null)),
  );
  return (before.sources ?? []).flatMap((source) => {
    const secret = storedSecretOf(source);
    return secret === null || used.has(secret) ? [] : [secret];
  });
}

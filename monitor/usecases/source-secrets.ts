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
  const secret = storedSecretOf(source);
  if (secret === null || typed) return;
  const { host, isEncrypted } = placeOf(source);
  const isKnown = inventories
    .flatMap(({ sources = [] }) => sources)
    .some((one) => {
      const place = placeOf(one);
      return storedSecretOf(one) === secret && place.host === host && place.isEncrypted === isEncrypted;
    });
  if (isKnown) return;
  throw new RequestRefused({
    what: `A stored ${source.user === undefined ? 'token' : 'password'} is not sent to an address that it was not typed for.`,
    where: source.url,
    todo: 'Type it again.',
  });
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

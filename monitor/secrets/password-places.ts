import type { PasswordPlace } from '../../domain/contract/inventory-contract';
import type { Credential, Inventory } from '../../domain/inventory/inventory';
import { secretOf } from '../../domain/inventory/metrics-source';

/** Where a password is stored. `none`: none is stored under that name. */
export type StoredPlace = 'stored' | 'stored-open' | 'until-closing' | 'none';

/** The places of all passwords that an inventory names. Their values are not read. */
export function passwordPlaces(
  inventory: Inventory,
  storedPlace: (secret: string) => StoredPlace,
  isSet: (variable: string) => boolean,
): PasswordPlace[] {
  return inventory.credentials.flatMap((credential) =>
    passwordParts(credential).map(({ part, env, secret }) => ({
      credential: credential.name,
      part,
      place: placeOf(env, secret, storedPlace, isSet),
    })),
  );
}

/** Where the token or the password of each source is that has one. */
export function sourceSecretPlaces(
  { sources = [] }: Inventory,
  storedPlace: (secret: string) => StoredPlace,
  isSet: (variable: string) => boolean,
): { source: string; place: PasswordPlace['place'] }[] {
  return sources.flatMap((source) => {
    const place: { env?: string; secret?: string } | null = secretOf(source);
    return place
      ? [{ source: source.name, place: placeOf(place.env, place.secret, storedPlace, isSet) }]
      : [];
  });
}

/** The passwords of a credential: which they are and where they come from. */
export function passwordParts(
  credential: Credential,
): { part: PasswordPlace['part']; env: string | undefined; secret: string | undefined }[] {
  if (credential.version === '2c') {
    return [{ part: 'community', env: credential.communityEnv, secret: credential.communitySecret }];
  }
  const { auth, priv } = credential;
  return [
    ...(auth ? [{ part: 'auth' as const, env: auth.passwordEnv, secret: auth.passwordSecret }] : []),
    ...(priv ? [{ part: 'priv' as const, env: priv.passwordEnv, secret: priv.passwordSecret }] : []),
  ];
}

function placeOf(
  env: string | undefined,
  secret: string | undefined,
  storedPlace: (secret: string) => StoredPlace,
  isSet: (variable: string) => boolean,
): PasswordPlace['place'] {
  if (env !== undefined) return isSet(env) ? 'environment' : 'environment-unset';
  const place = secret === undefined ? 'none' : storedPlace(secret);
  return place === 'none' ? 'missing' : place;
}

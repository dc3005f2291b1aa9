import type { PasswordPlace } from '../../domain/contract/inventory-contract';
import type { Credential, Inventory } from '../../domain/inventory/inventory';

/** Where a stored password is. `none`: nothing is kept under that name. */
export type KeptPlace = 'stored' | 'stored-open' | 'until-closing' | 'none';

/** The places of all passwords that an inventory names. Values are not looked at and cannot be told. */
export function passwordPlaces(
  inventory: Inventory,
  keptPlace: (secret: string) => KeptPlace,
  isSet: (variable: string) => boolean,
): PasswordPlace[] {
  return inventory.credentials.flatMap((credential) =>
    passwordParts(credential).map(({ part, env, secret }) => ({
      credential: credential.name,
      part,
      place: placeOf(env, secret, keptPlace, isSet),
    })),
  );
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
  keptPlace: (secret: string) => KeptPlace,
  isSet: (variable: string) => boolean,
): PasswordPlace['place'] {
  if (env !== undefined) return isSet(env) ? 'environment' : 'environment-unset';
  const place = secret === undefined ? 'none' : keptPlace(secret);
  return place === 'none' ? 'missing' : place;
}

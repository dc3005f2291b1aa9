import { demoPasswords } from '../secrets/demo-passwords';
import { environmentSecrets } from '../secrets/environment-secrets';
import type { SecretResolver } from '../secrets/secret-resolver';
import type { PasswordStore } from './password-store';

/** Passwords for the sources: from the environment, or from the encrypted store. */
export function appSecrets(
  environment: Readonly<Record<string, string | undefined>>,
  store: PasswordStore,
): SecretResolver {
  const fromEnvironment = environmentSecrets(environment, demoPasswords);
  return {
    resolve: (source) =>
      'env' in source ? fromEnvironment.resolve(source) : Promise.resolve(store.get(source.secret)),
  };
}

import { demoPasswords } from './demo-passwords';
import { environmentSecrets } from './environment-secrets';
import type { SecretResolver } from './secret-resolver';
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

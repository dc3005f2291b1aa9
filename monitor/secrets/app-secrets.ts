import { demoPasswords } from './demo-passwords';
import type { SecretConsents } from './secret-consents';
import { environmentSecrets } from './environment-secrets';
import type { SecretResolver } from './secret-resolver';
import type { PasswordStore } from './password-store';

/** Passwords for the sources, from the environment or the encrypted store, limited to the uses that were allowed. */
export function appSecrets(
  environment: Readonly<Record<string, string | undefined>>,
  store: PasswordStore,
  consents: Pick<SecretConsents, 'mayRead' | 'guard'>,
): SecretResolver {
  const fromEnvironment = environmentSecrets(environment, demoPasswords, (name) => consents.mayRead(name));
  return consents.guard({
    resolve: (source) =>
      'env' in source ? fromEnvironment.resolve(source) : Promise.resolve(store.get(source.secret)),
  });
}

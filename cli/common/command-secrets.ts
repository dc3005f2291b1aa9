import { demoPasswords } from '../../monitor/secrets/demo-passwords';
import { environmentSecrets } from '../../monitor/secrets/environment-secrets';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';

/** Passwords of a command: variables that begin with HERON_, and those that its arguments allow. */
export function commandSecrets(allowed: readonly string[]): SecretResolver {
  return environmentSecrets(process.env, demoPasswords, (name) => allowed.includes(name));
}

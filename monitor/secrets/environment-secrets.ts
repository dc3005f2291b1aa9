import { isHeronVariable } from '../../domain/inventory/secret-uses';
import type { SecretResolver, SecretResult } from './secret-resolver';

/**
 * Passwords from environment variables, for plain Node. `publicPasswords` are used where the variable is unset: the demo
 * fleet's, which are no secret. Variables outside HERON_ are read only where `mayRead` has them: an inventory from elsewhere could name any
 * variable, and the host that gets its value.
 */
export function environmentSecrets(
  environment: Readonly<Record<string, string | undefined>>,
  publicPasswords: Readonly<Record<string, string>> = {},
  mayRead: (variable: string) => boolean = () => false,
): SecretResolver {
  return {
    resolve: (source) =>
      Promise.resolve('env' in source ? fromEnvironment(source.env) : noStore(source.secret)),
  };

  function fromEnvironment(name: string): SecretResult {
    if (!isHeronVariable(name) && !mayRead(name)) return { found: false, words: foreignWords(name) };
    const value = ownValue(environment, name) ?? ownValue(publicPasswords, name);
    if (value === undefined) return { found: false, words: `the environment variable ${name} is not set` };
    if (value === '') return { found: false, words: `the environment variable ${name} is empty` };
    return { found: true, value };
  }
}

function ownValue(record: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function foreignWords(name: string): string {
  return (
    `the environment variable ${name} is not one of Heron's (HERON_…): ` +
    `rename it, or allow it with --allow-env ${name}`
  );
}

function noStore(name: string): SecretResult {
  const words =
    `the password "${name}" is in the desktop app's encrypted store, which cannot be opened here: ` +
    'name an environment variable (passwordEnv) instead';
  return { found: false, words };
}

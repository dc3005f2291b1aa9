import type { Credential } from '../../domain/inventory/inventory';
import type { SecretResolver, SecretSource } from '../../monitor/secrets/secret-resolver';

/** The passwords that are missing, one sentence each: of which credential, why, and what to do. Never contains a password. */
export async function missingPasswords(
  credentials: readonly Credential[],
  secrets: SecretResolver,
): Promise<string[]> {
  const asked = credentials.flatMap((credential) =>
    placesOf(credential).map(async ({ what, source }) => {
      const found = await secrets.resolve(source);
      return found.found
        ? []
        : [
            `The ${what} of credential "${credential.name}" is missing: ${found.words}. Its edges cannot be polled.`,
          ];
    }),
  );
  return (await Promise.all(asked)).flat();
}

function placesOf(credential: Credential): { what: string; source: SecretSource }[] {
  const place = (what: string, env: string | undefined, secret: string | undefined) =>
    env !== undefined
      ? [{ what, source: { env } }]
      : secret !== undefined
        ? [{ what, source: { secret } }]
        : [];
  if (credential.version === '2c')
    return place('community', credential.communityEnv, credential.communitySecret);
  const { auth, priv } = credential;
  return [
    ...place('authentication password', auth?.passwordEnv, auth?.passwordSecret),
    ...place('privacy password', priv?.passwordEnv, priv?.passwordSecret),
  ];
}

import { allEdges, isPolledHere, type Credential, type Inventory } from '../../domain/inventory/inventory';
import { secretOf } from '../../domain/inventory/metrics-source';
import type { SecretResolver, SecretSource } from '../../monitor/secrets/secret-resolver';

/**
 * The passwords that are missing, one sentence each: whose, why, and what to do. Never contains a password. Those of edges that a metrics
 * source polls are not Heron's.
 */
export async function missingPasswords(inventory: Inventory, secrets: SecretResolver): Promise<string[]> {
  const isHere = isPolledHere(inventory);
  const elsewhere = new Set(
    allEdges(inventory).flatMap((edge) => (isHere(edge) ? [] : (edge.snmp?.credential ?? []))),
  );
  const here = new Set(
    allEdges(inventory).flatMap((edge) => (isHere(edge) ? (edge.snmp?.credential ?? []) : [])),
  );
  const used = inventory.credentials.filter(({ name }) => here.has(name) || !elsewhere.has(name));
  const asked = [
    ...used.flatMap((credential) =>
      placesOf(credential).map(({ what, source }) => ({
        source,
        sentence: (words: string) =>
          `The ${what} of credential "${credential.name}" is missing: ${words}. Its edges cannot be polled.`,
      })),
    ),
    ...(inventory.sources ?? []).flatMap((one) => {
      const source = secretOf(one);
      const what = one.user === undefined ? 'token' : 'password';
      const sentence = (words: string): string =>
        `The ${what} of source "${one.name}" is missing: ${words}. What is read through it stays unknown.`;
      return source ? [{ source, sentence }] : [];
    }),
  ];
  const found = await Promise.all(asked.map(({ source }) => secrets.resolve(source)));
  return found.flatMap((result, at) => (result.found ? [] : (asked[at]?.sentence(result.words) ?? [])));
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

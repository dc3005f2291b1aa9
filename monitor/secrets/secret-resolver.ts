/** Where a password is: an environment variable, or a named entry of the encrypted store. */
export type SecretSource = { env: string } | { secret: string };

/** A password, or why there is none, in words that name the place and never the value. */
export type SecretResult = { found: true; value: string } | { found: false; words: string };

/** The seam to passwords. Never throws; values go to the sources only, never to logs, errors or readings. */
export interface SecretResolver {
  resolve(source: SecretSource): Promise<SecretResult>;
}

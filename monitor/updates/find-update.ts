import { gt } from 'semver';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { readManifest, UpdateError, type UpdateFeed, type UpdateManifest } from './update-manifest';

export type UpdateChannel = 'stable' | 'beta';

/** A manifest has one line a file. */
const mostBytes = 1 << 20;
const manifestNames: Record<UpdateChannel, string> = {
  stable: 'heron-update.json',
  beta: 'heron-update-beta.json',
};

/** Where to look, for what, and for how long. */
export interface UpdateSearch {
  feed: UpdateFeed;
  channel: UpdateChannel;
  /** The version that runs. */
  current: string;
  timeoutMs: number;
}

/** The newer version that there is, or null. An older or equal one is none, whoever signed it. @throws UpdateError */
export async function findUpdate({
  feed,
  channel,
  current,
  timeoutMs,
}: UpdateSearch): Promise<UpdateManifest | null> {
  const address = `${feed.url.replace(/\/$/, '')}/${manifestNames[channel]}`;
  const signal = AbortSignal.timeout(timeoutMs);
  const dispatcher = new EnvHttpProxyAgent();
  try {
    const [text, signature] = await Promise.all([
      download(address, signal, dispatcher),
      download(`${address}.sig`, signal, dispatcher),
    ]);
    const manifest = readManifest(text, signature, feed.publicKey);
    return gt(manifest.version, current) ? manifest : null;
  } catch (fault) {
    if (fault instanceof UpdateError) throw fault;
    throw new UpdateError(`${new URL(address).host} ${networkErrorWords(fault, timeoutMs)}`);
  } finally {
    await dispatcher.destroy();
  }
}

async function download(
  address: string,
  signal: AbortSignal,
  dispatcher: EnvHttpProxyAgent,
): Promise<string> {
  const response = await fetch(address, { signal, dispatcher });
  if (!isSafe(new URL(response.url)))
    throw new UpdateError(`It leads to ${new URL(response.url).origin}, which is not encrypted.`);
  if (!response.ok)
    throw new UpdateError(`${new URL(address).host} answered ${response.status} for ${address}.`);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new UpdateError(`${address} is larger than ${mostBytes >> 20} MB.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Encrypted, or on this computer. */
function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
}

/** What failed, after the name of the host: "could not be reached: …". */
function networkErrorWords(fault: unknown, timeoutMs: number): string {
  if (fault instanceof Error && fault.name === 'TimeoutError')
    return `did not answer within ${timeoutMs / 1000} s.`;
  const cause = fault instanceof Error && fault.cause instanceof Error ? fault.cause : fault;
  return `could not be reached: ${cause instanceof Error ? cause.message : String(cause)}.`;
}

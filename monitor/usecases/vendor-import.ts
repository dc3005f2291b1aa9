import type { Dispatcher } from 'undici';
import { RequestRefused } from '../../domain/contract/request-refused';
import { mostRemovedShare } from '../../domain/vendor/import-preview';
import type { VendorInventory } from '../../domain/vendor/vendor-objects';
import type { VendorAddresses, VendorSource } from '../../domain/vendor/vendor-source';
import type { Clock } from '../base/clock';
import type { SecretResolver } from '../secrets/secret-resolver';
import type { ProgressStore } from '../vendor/import-progress';
import { readVendorInventory, type ReadVendorOptions } from '../vendor/read-vendor-inventory';
import { VendorFailure } from '../vendor/vendor-failure';

/** Where to read the vendor's inventory, and with what. */
export interface VendorReading extends Pick<
  ReadVendorOptions,
  'onProgress' | 'onWait' | 'signal' | 'reusesComplete'
> {
  source: VendorSource;
  addresses: VendorAddresses;
  secrets: SecretResolver;
  progress: ProgressStore;
  clock: Clock;
  random: () => number;
  dispatcher?: Dispatcher;
}

/** Reads what the vendor has, with the client secret that the source names. @throws VendorFailure */
export async function readFromVendor(reading: VendorReading): Promise<VendorInventory> {
  return readVendorInventory({ ...reading, client: await clientOf(reading) });
}

/** The API client of a source, its secret resolved. @throws VendorFailure */
export async function clientOf({
  source,
  secrets,
}: Pick<VendorReading, 'source' | 'secrets'>): Promise<{ id: string; secret: string }> {
  const secret = await secrets.resolve(
    source.clientSecretEnv === undefined
      ? { secret: source.clientSecretSecret ?? '' }
      : { env: source.clientSecretEnv },
  );
  if (secret.found) return { id: source.clientId, secret: secret.value };
  const what = `There is no client secret: ${secret.words}.`;
  throw new VendorFailure(what, 'the source', 'Set it and import again.', false);
}

/** Refuses to remove most of what was imported unless a person agreed. `todo`: how to agree. @throws RequestRefused */
export function refuseMassRemoval(removedShare: number, isAllowed: boolean, todo: string): void {
  if (removedShare <= mostRemovedShare || isAllowed) return;
  throw new RequestRefused({
    what: `${Math.round(removedShare * 100)} % of what was imported earlier is gone at the vendor. Nothing was written.`,
    where: 'The import',
    todo,
  });
}

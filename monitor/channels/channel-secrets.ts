import type { ChannelSecret } from '../../domain/alerts/delivery/channel-settings';
import type { SecretResolver } from '../secrets/secret-resolver';
import { DeliveryFailure } from './delivery-failure';

/** The value of a secret; null where the channel names none. A secret may be set later, so its absence is no final failure. */
export async function secretOf(
  source: ChannelSecret | undefined,
  secrets: SecretResolver,
): Promise<string | null> {
  if (source === undefined) return null;
  const result = await secrets.resolve(source);
  if (!result.found) throw new DeliveryFailure(result.words, true);
  return result.value;
}

import { z } from 'zod';
import { vendorAddresses, vendorSourceSchema, type VendorAddresses } from './vendor-source';
import { vendorUrlSchema } from './vendor-url';

/** Most hours between two scheduled readings. */
export const mostHoursBetween = 168;

/** When Heron reads the vendor's inventory by itself, and whether it then changes its own. */
export const vendorScheduleSchema = z.strictObject({
  /** Hours between two readings; null: only when a person asks. */
  everyHours: z.int().min(1).max(mostHoursBetween).nullable(),
  /** Applies what it read. False: it proposes. */
  appliesItself: z.boolean(),
});
export type VendorSchedule = z.infer<typeof vendorScheduleSchema>;

/** Where the app's inventory comes from at the vendor, and how often. Names its secret and never contains it. */
export const vendorSettingsSchema = z.strictObject({
  source: vendorSourceSchema,
  /** Other addresses than those of the cloud; null: the documented ones. */
  addresses: z.strictObject({ tokenUrl: vendorUrlSchema, apiUrl: vendorUrlSchema }).nullable(),
  schedule: vendorScheduleSchema,
});
export type VendorSettings = z.infer<typeof vendorSettingsSchema>;

/** The addresses that these settings lead to. */
export function addressesOf({
  source,
  addresses,
}: Pick<VendorSettings, 'source' | 'addresses'>): VendorAddresses {
  return addresses ?? vendorAddresses(source);
}

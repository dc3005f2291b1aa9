import { z } from 'zod';

/** An address of the vendor's services: https, or http on this computer, because a client secret is sent there. */
export const vendorUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .regex(
    /^(?:https:\/\/[^/?#@\\]+|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?)(?:\/[^?#@\\]*)?$/i,
    'must be https, because a client secret is sent there',
  )
  .transform((text) => text.replace(/\/$/, ''));

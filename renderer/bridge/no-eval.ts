import { z } from 'zod';

// The page's Content-Security-Policy forbids eval. Zod would try it once and fall back; told so, it does not even try,
// and the console stays free of a violation that is none. Must run before the first schema is made.
z.config({ jitless: true });

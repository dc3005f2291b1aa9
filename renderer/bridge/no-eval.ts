import { z } from 'zod';

// The page's Content-Security-Policy forbids eval. Zod would try it once, which logs a violation, and fall back. Must run
// before the first schema is created.
z.config({ jitless: true });

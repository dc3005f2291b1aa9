/** Written to standard error before a process ends itself because of its memory. */
export const memoryLimitWords = 'heron: memory limit reached';

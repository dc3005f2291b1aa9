/** Whose edges are watched: the demo fleet's, or those of the person's own inventory. */
export type WatchingMode = 'demo' | 'inventory';

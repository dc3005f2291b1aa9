/** A part of the app as the page's own Vue holds it, for functions that are sent into the page. */
export interface PageApp {
  config: {
    globalProperties: {
      $pinia: { _s: Map<string, unknown> };
      $router: { push(to: string): Promise<unknown> };
    };
  };
}

/** A part of its store of time. */
export interface TimeStore {
  windowMs: number;
  past: { atMs: number } | null;
  travelTo(ms: number): void;
  goLive(): void;
}

import 'vue';

declare module 'vue' {
  interface HTMLAttributes {
    /** Vue's own types leave data-* out; strict templates would refuse it. */
    [attribute: `data-${string}`]: string | number | undefined;
  }
}

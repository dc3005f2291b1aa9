import 'vue';

declare module 'vue' {
  interface HTMLAttributes {
    /** Vue's own types leave data-* out; strict templates would refuse it. */
    [attribute: `data-${string}`]: string | number | undefined;
  }

  /** Attributes that any component passes on to its root element. */
  interface ComponentCustomProps {
    'aria-label'?: string;
    title?: string;
    onKeydown?: (event: KeyboardEvent) => void;
    onFocusin?: (event: FocusEvent) => void;
  }
}

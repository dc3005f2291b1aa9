import { useDevicePixelRatio, useElementSize } from '@vueuse/core';
import { onBeforeUnmount, watch, type Ref } from 'vue';

/** Draws a canvas at most once per frame, on request or after a resize, at the screen's pixel ratio. */
export function useCanvas(
  canvas: Ref<HTMLCanvasElement | null>,
  box: Ref<HTMLElement | null>,
  draw: (pen: CanvasRenderingContext2D, widthPx: number, heightPx: number) => void,
) {
  const { width, height } = useElementSize(box);
  const { pixelRatio } = useDevicePixelRatio();
  let frame: number | null = null;

  function paint(): void {
    frame = null;
    const target = canvas.value;
    const pen = target?.getContext('2d');
    if (!target || !pen || width.value === 0) return;
    const [w, h] = [Math.round(width.value * pixelRatio.value), Math.round(height.value * pixelRatio.value)];
    if (target.width !== w || target.height !== h) {
      target.width = w;
      target.height = h;
    }
    pen.setTransform(pixelRatio.value, 0, 0, pixelRatio.value, 0, 0);
    draw(pen, width.value, height.value);
  }

  function request(): void {
    frame ??= requestAnimationFrame(paint);
  }

  watch([width, height, pixelRatio], request);
  onBeforeUnmount(() => {
    if (frame !== null) cancelAnimationFrame(frame);
  });
  return { width, height, request };
}

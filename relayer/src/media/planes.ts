/** A stored picture: its brightness, then its two colours, which may have fewer samples (W3C WebCodecs, pixel formats). */
export type Planes = {
  data: Uint8Array;
  format: keyof typeof SUBSAMPLING;
  width: number;
  height: number;
  /** What its numbers mean: which standard's colours, and whether they use all values of a byte. */
  colours: { isBt709: boolean; isFullRange: boolean };
};

/** How many pixels share a sample of colour, across and down. */
const SUBSAMPLING = { I420: [2, 2], I422: [2, 1], I444: [1, 1] } as const;
/** No colour at all, and what stays where a picture of greys brings none. */
export const GREY = 128;

export const isPlanar = (format: string | null): format is Planes["format"] =>
  format !== null && Object.hasOwn(SUBSAMPLING, format);

/** Bytes of a picture's planes, one after the other. */
export function planeBytes(format: Planes["format"], width: number, height: number): number {
  const [across, down] = SUBSAMPLING[format];
  return width * height + 2 * Math.ceil(width / across) * Math.ceil(height / down);
}

/**
 * Red, green, blue and alpha of a picture scaled down: every pixel is the mean of those that it stands for (ITU-R BT.601
 * and BT.709).
 */
export function shrink({ data, format, width, height, colours }: Planes, w: number, h: number): Uint8ClampedArray {
  const [across, down] = SUBSAMPLING[format];
  const [thin, low] = [Math.ceil(width / across), Math.ceil(height / down)];
  const luma = meansOf(data, width, height, w, h);
  const blue = meansOf(data.subarray(width * height), thin, low, w, h);
  const red = meansOf(data.subarray(width * height + thin * low), thin, low, w, h);
  const [kr, kb] = colours.isBt709 ? [0.2126, 0.0722] : [0.299, 0.114];
  const kg = 1 - kr - kb;
  const [black, white, reach] = colours.isFullRange ? [0, 255, 255] : [16, 235, 224];
  const pixels = new Uint8ClampedArray(w * h * 4);
  for (let at = 0; at < w * h; at += 1) {
    const y = (((luma[at] ?? 0) - black) * 255) / (white - black);
    const cb = (((blue[at] ?? 0) - GREY) * 2 * 255) / reach;
    const cr = (((red[at] ?? 0) - GREY) * 2 * 255) / reach;
    pixels[at * 4] = y + (1 - kr) * cr;
    pixels[at * 4 + 1] = y - (kb * (1 - kb) * cb + kr * (1 - kr) * cr) / kg;
    pixels[at * 4 + 2] = y + (1 - kb) * cb;
    pixels[at * 4 + 3] = 255;
  }
  return pixels;
}

/** The mean of each of `w` by `h` equal fields of a plane; where it has fewer samples, the nearest one. */
function meansOf(plane: Uint8Array, width: number, height: number, w: number, h: number): Float32Array {
  const means = new Float32Array(w * h);
  for (let y = 0; y < h; y += 1) {
    const top = Math.floor((y * height) / h);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / h));
    for (let x = 0; x < w; x += 1) {
      const left = Math.floor((x * width) / w);
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / w));
      let sum = 0;
      for (let row = top; row < bottom; row += 1) {
        for (let at = row * width + left; at < row * width + right; at += 1) sum += plane[at] ?? 0;
      }
      means[y * w + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return means;
}

/** Coefficients of a second-order filter, the first of the denominator being 1. */
type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

/** A Butterworth low- or high-pass of 12 dB an octave, after Robert Bristow-Johnson's Audio EQ Cookbook. */
export function pass(kind: "low" | "high", hertz: number, sampleRate: number): Biquad {
  const angle = (2 * Math.PI * Math.min(hertz, sampleRate * 0.49)) / sampleRate;
  const cosine = Math.cos(angle);
  const alpha = Math.sin(angle) / Math.SQRT2;
  const scale = 1 + alpha;
  const edge = kind === "low" ? (1 - cosine) / 2 : (1 + cosine) / 2;
  const middle = kind === "low" ? 1 - cosine : -(1 + cosine);
  return [edge / scale, middle / scale, edge / scale, (-2 * cosine) / scale, (1 - alpha) / scale];
}

/** The samples after the filters, one after the other. */
export function filtered(samples: Float32Array, ...filters: readonly Biquad[]): Float32Array {
  return filters.reduce((input, [b0, b1, b2, a1, a2]) => {
    const output = new Float32Array(input.length);
    let x1 = 0;
    let x2 = 0;
    let y1 = 0;
    let y2 = 0;
    for (let at = 0; at < input.length; at += 1) {
      const x = input[at] ?? 0;
      const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      output[at] = y;
    }
    return output;
  }, samples);
}

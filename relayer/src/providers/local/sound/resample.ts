/** Zero crossings of the sinc on each side: more is a steeper filter. */
const CROSSINGS = 16;
/** Of the narrower half band what passes; the rest is where the filter falls. */
const PASS = 0.94;

/**
 * The samples as they would be with `ratio` times as many of them in the same time: Whittaker-Shannon interpolation
 * with a Blackman-windowed sinc, band-limited to what both rates can hold.
 */
export function resample(samples: Float32Array, ratio: number): Float32Array {
  if (ratio === 1) return samples;
  const cutoff = PASS * Math.min(1, ratio);
  const reach = CROSSINGS / cutoff;
  const kernel = tabulate(cutoff, reach);
  return Float32Array.from({ length: Math.round(samples.length * ratio) }, (_, index) => {
    const centre = index / ratio;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(samples.length - 1, Math.floor(centre + reach));
    let sum = 0;
    for (let at = first; at <= last; at += 1) sum += (samples[at] ?? 0) * kernel(Math.abs(at - centre));
    return sum;
  });
}

const STEPS = 512;

/** The windowed sinc by its distance from the centre in samples, read from a table between whose values it is linear. */
function tabulate(cutoff: number, reach: number): (distance: number) => number {
  const count = Math.ceil(reach * STEPS) + 2;
  const table = Float64Array.from({ length: count }, (_, index) => {
    const distance = index / STEPS;
    if (distance >= reach) return 0;
    const angle = Math.PI * cutoff * distance;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    const turn = (Math.PI * distance) / reach;
    return cutoff * sinc * (0.42 + 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn));
  });
  return (distance) => {
    const place = distance * STEPS;
    const index = Math.floor(place);
    const low = table[index] ?? 0;
    return low + ((table[index + 1] ?? 0) - low) * (place - index);
  };
}

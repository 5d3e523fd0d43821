import type { Canvas } from "@napi-rs/canvas";
import { fractal } from "../chance.ts";
import type { Studio } from "../studio.ts";

/**
 * The last thing before a picture is done: the surface it is on, its grain, and a little less light in the corners.
 * @param grain from 0, smooth, to 1, coarse.
 */
export function texture(studio: Studio, picture: Canvas, grain: number): void {
  const { line } = studio;
  const { width, height } = picture;
  const unit = studio.unit * studio.scale;
  const pen = picture.getContext("2d");
  const image = pen.getImageData(0, 0, width, height);
  const { data } = image;
  const noise = studio.noise("surface");
  const surface = { painted: 7, ink: 9, paper: 11, print: 5 }[line] * (0.4 + grain);
  const speckle = { painted: 9, ink: 7, paper: 6, print: 12 }[line] * grain * 2;
  const corner = line === "painted" ? 0.2 : 0.1;
  const cell = Math.max(1, Math.round(unit * 2));
  const columns = Math.ceil(width / cell) + 1;
  const fibre = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 1) }, (_, index) => {
    const x = ((index % columns) * cell) / unit;
    const y = (Math.floor(index / columns) * cell) / unit;
    return fractal(noise, x / 9, y / (line === "paper" ? 22 : 9), 3, 0.7);
  });
  let state = studio.brief.seed | 1;
  for (let y = 0; y < height; y += 1) {
    const fromMiddle = ((y / height - 0.5) * 2) ** 2;
    for (let x = 0; x < width; x += 1) {
      const index = y * width + x;
      const at = index * 4;
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const dust = ((state >>> 0) / 4_294_967_296 - 0.5) * speckle;
      const weave = (fibre[Math.floor(y / cell) * columns + Math.floor(x / cell)] ?? 0) * surface;
      const far = fromMiddle + ((x / width - 0.5) * 2) ** 2;
      const dim = 1 - corner * Math.max(0, far - 0.55) * 0.6;
      const lift = dust + weave;
      data[at] = (data[at] ?? 0) * dim + lift;
      data[at + 1] = (data[at + 1] ?? 0) * dim + lift;
      data[at + 2] = (data[at + 2] ?? 0) * dim + lift * 0.94;
    }
  }
  pen.putImageData(image, 0, 0);
}

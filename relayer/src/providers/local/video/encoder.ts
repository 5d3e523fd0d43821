import { createRequire } from "node:module";
import type { H264MP4Encoder } from "h264-mp4-encoder";
import { tidyMovie } from "./mp4.ts";

// The package is CommonJS whose names Node cannot see from outside.
const { createH264MP4Encoder } = createRequire(import.meta.url)("h264-mp4-encoder") as {
  createH264MP4Encoder(): Promise<H264MP4Encoder>;
};

export type MovieOptions = {
  /** Even, as the format's half-size colours need it. */
  width: number;
  height: number;
  frameRate: number;
  /** From 10, the finest, to 51. */
  coarseness: number;
};

/** Writes frames one after the other into an H.264 movie. `end` gives the file and frees the encoder; call it once. */
export async function openMovie({ width, height, frameRate, coarseness }: MovieOptions) {
  const encoder = await createH264MP4Encoder();
  encoder.width = width;
  encoder.height = height;
  encoder.frameRate = frameRate;
  encoder.quantizationParameter = coarseness;
  encoder.groupOfPictures = frameRate * 2;
  encoder.speed = 5;
  encoder.initialize();
  return {
    /** Red, green, blue and alpha of every pixel. */
    add(frame: Uint8Array | Uint8ClampedArray): void {
      encoder.addFrameRgba(frame);
    },
    end(): Uint8Array {
      encoder.finalize();
      const bytes = encoder.FS.readFile(encoder.outputFilename);
      encoder.delete();
      return tidyMovie(bytes);
    },
  };
}

/** Writes the film that its argument asks for to standard output: {@link foreignVideo} runs it. */
import { writeSync } from "node:fs";
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
} from "mediabunny";
import { codecs } from "../src/media/decode.ts";
import { addSilence, drawing, type ForeignVideo } from "./media.ts";

const NOBODY = 65_534;

const {
  codec: [codec, kind],
  width,
  height,
  seconds,
  rotation = 0,
} = JSON.parse(process.argv[2] ?? "") as ForeignVideo;
await codecs();
// The encoder of AV1, run as root, makes its thread one that waits for nobody, which then waits for its own others for ever.
if (process.getuid?.() === 0) process.setuid?.(NOBODY);
const output = new Output({ format: new Mp4OutputFormat(), target: new BufferTarget() });
const pictures = new EncodedVideoPacketSource(kind);
const sound = new EncodedAudioPacketSource("opus");
output.addVideoTrack(pictures, { rotation });
output.addAudioTrack(sound);
await output.start();
const packets: [EncodedVideoChunk, EncodedVideoChunkMetadata | undefined][] = [];
const encoder = new VideoEncoder({
  output: (chunk, said) => packets.push([chunk, said]),
  error: (error) => {
    throw error;
  },
});
encoder.configure({ codec, width, height, bitrate: 2_000_000, framerate: 12 });
for (let index = 0; index < seconds * 12; index += 1) {
  const { data } = drawing(width, height, index).getContext("2d").getImageData(0, 0, width, height);
  const at = { timestamp: Math.round((index * 1e6) / 12), duration: Math.round(1e6 / 12) };
  const frame = new VideoFrame(data, { format: "RGBA", codedWidth: width, codedHeight: height, ...at });
  encoder.encode(frame, { keyFrame: index === 0 });
  frame.close();
}
await encoder.flush();
encoder.close();
for (const [chunk, said] of packets) {
  const data = new Uint8Array(chunk.byteLength);
  chunk.copyTo(data);
  const decoderConfig = { codec, codedWidth: width, codedHeight: height, ...said?.decoderConfig };
  await pictures.add(new EncodedPacket(data, chunk.type, chunk.timestamp / 1e6, 1 / 12), { decoderConfig });
}
await addSilence(sound, seconds * 50);
await output.finalize();
const film = Buffer.from(output.target.buffer ?? new ArrayBuffer(0));
for (let written = 0; written < film.length; ) written += writeSync(1, film, written);
// What the codecs started goes on for ever.
process.exit(0);

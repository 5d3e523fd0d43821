import type { AudioSample, Input, InputVideoTrack } from "mediabunny";
import { GREY, isPlanar, type Planes, planeBytes } from "./planes.ts";
import type { Probed } from "./probe.ts";

/** Thrown when nothing here can decode what a file holds: its codec is not known, or what it says is not true. */
export class UndecodableError extends Error {
  constructor(cause: unknown) {
    super(`cannot be decoded: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = "UndecodableError";
  }
}

/** A picture of a film as it is stored. */
export type Frame = Planes & {
  /** By how much it is turned clockwise to be seen, in degrees. */
  rotation: 0 | 90 | 180 | 270;
  /** How many of these pictures a second are seen. */
  rate: number;
};

/** Sound in one channel, its samples from -1 to 1. */
export type Mono = { sampleRate: number; samples: Float32Array };

/** The most pixels that a stored picture of a film may have: 8K. */
const MAX_PIXELS = 7_680 * 4_320;
/** No beginning of a file that can be deposited takes this long. */
const DECODING_MS = 30_000;
/** From this many lines on a film that says nothing has the colours of BT.709. */
const HD_HEIGHT = 720;
/** How long after a picture those may be stored that are seen before it. */
const REORDERED_SECONDS = 1;
/** How many packets tell how many pictures a second there are. */
const PACKETS_COUNTED = 60;

/**
 * The pictures that are seen in the first seconds of an MP4 (H.264, H.265, VP9, AV1), evenly spaced. They last no longer
 * than that, but are one at least.
 * @param most How many a second at most; a film with fewer gives as many as it has.
 * @throws UndecodableError
 */
export async function* framesOf(bytes: Uint8Array, seconds: number, most: number): AsyncGenerator<Frame> {
  let input: Input | undefined;
  try {
    const { BufferSource, Input, MP4 } = await codecs();
    input = new Input({ formats: [MP4], source: new BufferSource(bytes) });
    const track = await input.getPrimaryVideoTrack();
    if (track === null) throw new RangeError("there are no pictures");
    const { averagePacketRate } = await track.computePacketStats(PACKETS_COUNTED);
    const rate = Math.min(most, Math.max(1, Math.round(averagePacketRate)));
    const first = await track.getFirstTimestamp();
    const times = Array.from({ length: Math.max(1, Math.floor(seconds * rate)) }, (_, at) => first + (at + 0.5) / rate);
    const facts = { colours: await coloursOf(track), rotation: await track.getRotation(), rate };
    let at = 0;
    for await (const { frame, until } of inTime(decodedFrames(track, times.at(-1) ?? first))) {
      let planes: Planes | undefined;
      for (; at < times.length && (times[at] ?? 0) < until; at += 1) {
        planes ??= await planesOf(frame, facts.colours);
        yield { ...planes, ...facts };
      }
      frame.close();
      if (at === times.length) return;
    }
    if (at === 0) throw new RangeError("nothing comes of it");
  } catch (cause) {
    throw new UndecodableError(cause);
  } finally {
    input?.dispose();
  }
}

/** Every picture of a track up to a time, in the order in which they are seen, and when the next one is. */
async function* decodedFrames(
  track: InputVideoTrack,
  end: number,
): AsyncGenerator<{ frame: VideoFrame; until: number }> {
  const { EncodedPacketSink } = await codecs();
  const config = await track.getDecoderConfig();
  if (config === null) throw new RangeError("its codec is not known");
  const frames: VideoFrame[] = [];
  let failure: unknown;
  const decoder = new VideoDecoder({
    output: (frame) => frames.push(frame),
    error: (error) => {
      failure = error;
    },
  });
  // They come in the order of their times, but are not told which is whose: those of the packets are, then.
  const times: number[] = [];
  const ready = function* () {
    if (failure !== undefined) throw failure;
    for (const frame of frames.splice(0)) {
      times.sort((one, other) => one - other).shift();
      yield { frame, until: times[0] ?? Number.POSITIVE_INFINITY };
    }
  };
  try {
    // In this thread, so that no more pictures are there than are taken.
    decoder.configure({ ...config, useWorkerThread: false } as VideoDecoderConfig);
    for await (const packet of new EncodedPacketSink(track).packets()) {
      if (packet.timestamp > end + REORDERED_SECONDS) break;
      times.push(packet.timestamp);
      decoder.decode(packet.toEncodedVideoChunk());
      yield* ready();
    }
    await decoder.flush();
    yield* ready();
  } finally {
    for (const frame of frames) frame.close();
    if (decoder.state !== "closed") decoder.close();
  }
}

/**
 * The first seconds of an MP3, a FLAC or an Ogg (Opus, Vorbis), all channels mixed into one.
 * @throws UndecodableError
 */
export async function soundOf(
  bytes: Uint8Array,
  type: Exclude<Extract<Probed["mediaType"], `audio/${string}`>, "audio/wav">,
  seconds: number,
): Promise<Mono> {
  let input: Input | undefined;
  try {
    const { AudioSampleSink, BufferSource, FLAC, Input, MP3, OGG } = await codecs();
    const format = { "audio/mpeg": MP3, "audio/flac": FLAC, "audio/ogg": OGG }[type];
    input = new Input({ formats: [format], source: new BufferSource(bytes) });
    const track = await input.getPrimaryAudioTrack();
    if (track === null) throw new RangeError("there is no sound");
    const sampleRate = await track.getSampleRate();
    const samples = new Float32Array(Math.floor(seconds * sampleRate));
    let count = 0;
    for await (const sample of inTime(new AudioSampleSink(track).samples(0, seconds))) {
      const mixed = mixOf(sample);
      const { sampleRate: own } = sample;
      sample.close();
      if (own !== sampleRate) throw new RangeError(`${own} samples a second instead of ${sampleRate}`);
      samples.set(mixed.subarray(0, samples.length - count), count);
      count = Math.min(samples.length, count + mixed.length);
      if (count === samples.length) break;
    }
    if (count === 0) throw new RangeError("there are no samples");
    return { sampleRate, samples: samples.subarray(0, count) };
  } catch (cause) {
    throw new UndecodableError(cause);
  } finally {
    input?.dispose();
  }
}

/**
 * Codecs behind the interface that browsers have for them (W3C WebCodecs), and what reads files. Their package is an
 * optional dependency: where it has no build for the platform, nothing can be decoded.
 */
export async function codecs() {
  // Only its own build, whose licence is known, and never an FFmpeg that happens to be installed.
  process.env.NODE_WEBCODECS_FORCE = "static";
  await import("node-webcodecs/register");
  const mediabunny = await import("mediabunny");
  mediabunny.Logging.level = mediabunny.LogLevel.Silent;
  return mediabunny;
}

/** What is decoded, until that takes too long. */
async function* inTime<T>(decoded: AsyncGenerator<T>): AsyncGenerator<T> {
  const end = performance.now() + DECODING_MS;
  const { promise: timeUp, reject } = Promise.withResolvers<never>();
  timeUp.catch(() => {});
  const tooLong = new RangeError("it takes too long");
  const timer = setTimeout(() => reject(tooLong), DECODING_MS);
  try {
    for (;;) {
      const { done, value } = await Promise.race([decoded.next(), timeUp]);
      if (done) return;
      // What never waits lets no timer run.
      if (performance.now() > end) throw tooLong;
      yield value;
    }
  } finally {
    clearTimeout(timer);
    // Not waited for: what took too long may never answer.
    void decoded.return(undefined).catch(() => {});
  }
}

/** As the file says; else as they are with its size. */
async function coloursOf(track: InputVideoTrack): Promise<Planes["colours"]> {
  const { matrix, fullRange } = await track.getColorSpace();
  const isBt709 = matrix === "bt709" || (matrix == null && (await track.getCodedHeight()) >= HD_HEIGHT);
  return { isBt709, isFullRange: fullRange === true };
}

/** Copied as it is stored: the library's own way to red, green and blue fails with films that use all values. */
async function planesOf(frame: VideoFrame, colours: Planes["colours"]): Promise<Planes> {
  const { codedWidth: width, codedHeight: height, format } = frame;
  if (!isPlanar(format)) throw new RangeError(`pictures of the format ${format}`);
  if (width * height > MAX_PIXELS) throw new RangeError(`${width} by ${height} pixels`);
  const data = new Uint8Array(planeBytes(format, width, height)).fill(GREY);
  await frame.copyTo(data);
  return { data, format, width, height, colours };
}

function mixOf(sample: AudioSample): Float32Array {
  const { numberOfChannels, numberOfFrames } = sample;
  const mixed = new Float32Array(numberOfFrames);
  const channel = new Float32Array(numberOfFrames);
  for (let planeIndex = 0; planeIndex < numberOfChannels; planeIndex += 1) {
    sample.copyTo(channel, { planeIndex, format: "f32-planar" });
    for (let at = 0; at < numberOfFrames; at += 1) mixed[at] = (mixed[at] ?? 0) + (channel[at] ?? 0) / numberOfChannels;
  }
  return mixed;
}

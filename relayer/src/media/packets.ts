import type { Input, InputTrack } from "mediabunny";
import { cut, malformed } from "./faults.ts";

/** Containers whose packets are read, and written again without encoding them anew. */
export type PacketType = "video/mp4" | "audio/flac" | "audio/ogg";

/** What such a file says of itself. */
export type PacketFacts = {
  seconds: number;
  width?: number;
  height?: number;
  sampleRate?: number;
  channels?: number;
};

/** Loaded when the first such file comes: it is large. */
async function library() {
  const mediabunny = await import("mediabunny");
  mediabunny.Logging.level = mediabunny.LogLevel.Silent;
  return mediabunny;
}

/**
 * Reads every packet of a file's tracks.
 * @throws ProviderError when one is missing, or there is no track of the kind.
 */
export function readPackets(bytes: Uint8Array, type: PacketType): Promise<PacketFacts> {
  return within(bytes, type, async (input) => {
    const seconds = Math.max(...(await Promise.all((await input.getTracks()).map(endOf))));
    if (type === "video/mp4") {
      const track = await input.getPrimaryVideoTrack();
      if (track === null) throw malformed("an MP4 without pictures");
      return { seconds, width: await track.getDisplayWidth(), height: await track.getDisplayHeight() };
    }
    const track = await input.getPrimaryAudioTrack();
    if (track === null) throw malformed(`an ${type} without sound`);
    return { seconds, sampleRate: await track.getSampleRate(), channels: await track.getNumberOfChannels() };
  });
}

/** When a track's last packet ends, having read them all. */
async function endOf(track: InputTrack): Promise<number> {
  const { EncodedPacketSink } = await library();
  const sink = new EncodedPacketSink(track);
  let count = 0;
  let end = 0;
  for await (const packet of sink.packets()) {
    count += 1;
    end = Math.max(end, packet.timestamp + packet.duration);
  }
  // A packet that lies outside of the file ends the reading without a word.
  const claimed = await track.computePacketStats(undefined, { metadataOnly: true });
  if (count < claimed.packetCount) throw cut(`${count} of ${claimed.packetCount} packets are there`);
  return end;
}

/** The first seconds of a file in whole packets; the index of an MP4 comes first, so that it plays while it loads. */
export function cutPackets(bytes: Uint8Array, type: PacketType, seconds: number): Promise<Uint8Array> {
  return within(bytes, type, async (input) => {
    const { BufferTarget, Conversion, FlacOutputFormat, Mp4OutputFormat, OggOutputFormat, Output } = await library();
    const format =
      type === "video/mp4"
        ? new Mp4OutputFormat({ fastStart: "in-memory" })
        : type === "audio/flac"
          ? new FlacOutputFormat()
          : new OggOutputFormat();
    const output = new Output({ format, target: new BufferTarget() });
    const conversion = await Conversion.init({
      input,
      output,
      trim: { start: 0, end: seconds },
      copy: { mode: "forced" },
      tags: {},
      showWarnings: false,
    });
    await conversion.execute();
    const { buffer } = output.target;
    if (buffer === null) throw malformed("nothing could be cut");
    return new Uint8Array(buffer);
  });
}

/** Works on an opened file; what the library does not like about it makes it malformed. */
async function within<T>(bytes: Uint8Array, type: PacketType, work: (input: Input) => Promise<T>): Promise<T> {
  const { BufferSource, FLAC, Input, MP4, OGG } = await library();
  const format = { "video/mp4": MP4, "audio/flac": FLAC, "audio/ogg": OGG }[type];
  const input = new Input({ formats: [format], source: new BufferSource(bytes) });
  try {
    return await work(input);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause) throw cause;
    throw malformed(`a ${type} that cannot be read`, cause);
  } finally {
    input.dispose();
  }
}

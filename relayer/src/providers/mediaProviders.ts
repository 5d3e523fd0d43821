import type { Config } from "../config.ts";
import type { Workshop } from "../generations/workshop/index.ts";
import { localProvider } from "./local/media.ts";
import type { MadeModality, MediaProvider } from "./media.ts";
import { OpenAIImages } from "./openai/images.ts";
import type { OpenAIMediaOptions } from "./openai/mediaUpstream.ts";
import { OpenAISpeech } from "./openai/speech.ts";
import { OpenAIVideos } from "./openai/videos.ts";

/** What makes each modality here. */
export type MediaProviders = Readonly<Record<MadeModality, MediaProvider>>;

type Make = (config: Config, workshop: Workshop) => MediaProvider;

/** By the word of the configuration. Another one is a file and a line here. */
const PROVIDERS = {
  Image: {
    local: (_config, workshop) => localProvider("Image", workshop),
    openai: (config) => new OpenAIImages(upstreamOf(config, "OPENAI_IMAGE_MODEL")),
  },
  Video: {
    local: (_config, workshop) => localProvider("Video", workshop),
    openai: (config) => new OpenAIVideos(upstreamOf(config, "OPENAI_VIDEO_MODEL")),
  },
  Voice: {
    local: (_config, workshop) => localProvider("Voice", workshop),
    openai: (config) => new OpenAISpeech(upstreamOf(config, "OPENAI_SPEECH_MODEL")),
  },
  Music: { local: (_config, workshop) => localProvider("Music", workshop) },
} satisfies Record<MadeModality, Record<string, Make>>;

/** The upstream that the configuration names, with its model for one modality. */
function upstreamOf(
  config: Config,
  model: "OPENAI_IMAGE_MODEL" | "OPENAI_VIDEO_MODEL" | "OPENAI_SPEECH_MODEL",
): OpenAIMediaOptions {
  const name = config[model];
  // loadConfig has refused this.
  if (config.OPENAI_BASE_URL === undefined || name === undefined) throw new RangeError(`${model} is needed`);
  return {
    baseUrl: config.OPENAI_BASE_URL,
    model: name,
    bytesLimit: config.MEDIA_BYTES_LIMIT,
    makeTimeoutMs: config.GENERATION_TIMEOUT_SECONDS * 1_000,
    connectTimeoutMs: config.UPSTREAM_CONNECT_TIMEOUT_MS,
    idleTimeoutMs: config.UPSTREAM_IDLE_TIMEOUT_MS,
    ...(config.OPENAI_API_KEY === undefined ? {} : { apiKey: config.OPENAI_API_KEY }),
  };
}

/** The providers that the configuration names. */
export function mediaProvidersFrom(config: Config, workshop: Workshop): MediaProviders {
  const make = (modality: MadeModality, word: string): MediaProvider => {
    const makers: Readonly<Record<string, Make>> = PROVIDERS[modality];
    const maker = makers[word];
    if (maker === undefined) throw new RangeError(`no provider ${word} makes ${modality.toLowerCase()}`);
    return maker(config, workshop);
  };
  return {
    Image: make("Image", config.IMAGE_PROVIDER),
    Video: make("Video", config.VIDEO_PROVIDER),
    Voice: make("Voice", config.VOICE_PROVIDER),
    Music: make("Music", config.MUSIC_PROVIDER),
  };
}

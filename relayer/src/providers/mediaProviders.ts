import type { Config } from "../config.ts";
import type { Workshop } from "../generations/workshop/index.ts";
import { localProvider } from "./local/media.ts";
import type { MadeModality, MediaProvider } from "./media.ts";

/** What makes each modality here. */
export type MediaProviders = Readonly<Record<MadeModality, MediaProvider>>;

type Make = (config: Config, workshop: Workshop) => MediaProvider;

/** By the word of the configuration. Another one is a file and a line here. */
const PROVIDERS = {
  Image: { local: (_config, workshop) => localProvider("Image", workshop) },
  Video: { local: (_config, workshop) => localProvider("Video", workshop) },
  Voice: { local: (_config, workshop) => localProvider("Voice", workshop) },
  Music: { local: (_config, workshop) => localProvider("Music", workshop) },
} satisfies Record<MadeModality, Record<string, Make>>;

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

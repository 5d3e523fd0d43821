/** What the bytes behind an address say, as screens may show it. */
import { type Card, cardSchema, type WorkMetadata, type WorkPreview, workMetadataSchema } from "@stelai/sdk/wire";
import { cidOf } from "./cid.ts";
import { oneLine, parseClean } from "./clean.ts";

/** What a preview may be: nothing that holds a script. */
const SHOWN = /^(image\/(png|jpeg|webp|gif|avif)|video\/(mp4|webm)|audio\/(mpeg|wav|ogg|flac|mp4))$/;

/** A work's metadata; null when the bytes are none. */
export function readMetadata(bytes: Uint8Array): WorkMetadata | null {
  const metadata = read(bytes, workMetadataSchema);
  if (metadata === null || !isShown(metadata.preview)) return null;
  const { poster, ...rest } = metadata;
  return {
    ...rest,
    title: oneLine(metadata.title),
    tags: [...new Set(metadata.tags)],
    ...(poster && isShown(poster) ? { poster } : {}),
  };
}

/** A character's card; null when the bytes are none. */
export function readCard(bytes: Uint8Array): Card | null {
  const card = read(bytes, cardSchema);
  if (card === null) return null;
  const { image, ...rest } = card;
  return {
    ...rest,
    name: oneLine(card.name),
    tagline: oneLine(card.tagline),
    tags: [...new Set(card.tags.map(oneLine))].filter((tag) => tag !== ""),
    ...(image && cidOf(image) ? { image } : {}),
  };
}

function read<Output>(bytes: Uint8Array, schema: { safeParse(value: unknown): { data?: Output | undefined } }) {
  try {
    return schema.safeParse(parseClean(bytes)).data ?? null;
  } catch {
    return null;
  }
}

function isShown({ uri, mediaType }: WorkPreview): boolean {
  return cidOf(uri) !== undefined && SHOWN.test(mediaType);
}

import type { Address } from "viem";
import type { CharacterRegistry } from "../chain/characters.ts";
import type { Config } from "../config.ts";
import { BlockedError } from "../errors.ts";
import type { Minds } from "../inference/minds.ts";
import type { Probed } from "../media/probe.ts";
import { CharacterSuspendedError, ModelNotFoundError } from "../metering/errors.ts";
import { keccak256 } from "../metering/keccak.ts";
import type { Moderation } from "../people/moderation.ts";
import { UpstreamMalformedError } from "../providers/errors.ts";
import type { MediaProvider } from "../providers/media.ts";
import type { MediaProviders } from "../providers/mediaProviders.ts";
import type { Allowance } from "./allowance.ts";
import { type EncryptedFiles, newFileKey } from "./files.ts";
import { costOf, requestOf } from "./rows.ts";
import type { Secrets } from "./secrets.ts";
import type { GenerationRow } from "./types.ts";
import type { Workshop } from "./workshop/index.ts";
import type { Limits } from "./workshop/messages.ts";

export type MakerOptions = {
  config: Pick<
    Config,
    "MEDIA_BYTES_LIMIT" | "IMAGE_PIXELS_LIMIT" | "VIDEO_PIXELS_LIMIT" | "VIDEO_SECONDS_LIMIT" | "MUSIC_SECONDS_LIMIT"
  >;
  media: MediaProviders;
  workshop: Workshop;
  characters: Pick<CharacterRegistry, "get">;
  minds: Pick<Minds, "styleOf">;
  blocklist: Pick<Moderation, "isAccountBlocked" | "isCharacterBlocked">;
  allowance: Allowance;
  files: EncryptedFiles;
  secrets: Secrets;
};

/** What a try leaves to be written into its row. */
export type Made = Pick<GenerationRow, "fileKey" | "file" | "preview">;

/** One try at a generation: made, measured by its bytes, encrypted, stored. Nothing of it is in the database yet. */
export class Maker {
  readonly #options: MakerOptions;

  constructor(options: MakerOptions) {
    this.#options = options;
  }

  /**
   * @throws ProviderError, ContentStoreError, the signal's reason; or why the tool is not served any more.
   */
  async make(row: GenerationRow, signal: AbortSignal, onProgress: (done: number) => void): Promise<Made> {
    const { media, workshop, files, secrets, config } = this.#options;
    const { id, modality } = row;
    const provider = media[modality];
    const bytes = await this.#bytes(provider, row, signal, onProgress);
    if (bytes.length > config.MEDIA_BYTES_LIMIT) {
      throw new UpstreamMalformedError(provider.name, `${bytes.length} bytes`);
    }
    const { probed, preview, contentHash } = await workshop.examine(bytes, modality, this.#limits(modality), signal);
    requireCost(provider, row, probed);
    const key = newFileKey();
    const cid = await files.put(key, bytes);
    const previewCid = await files.put(key, preview.bytes).catch(async (error: unknown) => {
      await files.remove(cid).catch(() => {});
      throw error;
    });
    return {
      fileKey: secrets.seal(id, "key", Buffer.from(key).toString("base64")),
      file: { ...probed, bytes: bytes.length, contentHash, cid },
      preview: { cid: previewCid, mediaType: preview.mediaType, bytes: preview.bytes.length },
    };
  }

  /** Counts what was stored and nobody paid: a day's allowance is used up by it, and never cut short. */
  async count({ reservation, payment, requester }: GenerationRow, { file, preview }: Made): Promise<void> {
    if (reservation !== null || payment !== null) return;
    await this.#options.allowance.count(requester, (file?.bytes ?? 0) + (preview?.bytes ?? 0));
  }

  /** Lets go of what was stored for a generation that nobody waits for any more. */
  async discard({ file, preview }: Pick<GenerationRow, "file" | "preview">): Promise<void> {
    for (const stored of [file, preview]) if (stored !== null) await this.#options.files.remove(stored.cid);
  }

  async #bytes(
    provider: MediaProvider,
    row: GenerationRow,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<Uint8Array> {
    const character = await this.#options.characters.get(row.characterId);
    if (character === undefined) throw new ModelNotFoundError(`stelai-${row.characterId}`);
    if (character.suspended) throw new CharacterSuspendedError();
    await this.#requireServed(row);
    const style = await this.#options.minds.styleOf(character);
    const request = requestOf(row, this.#options.secrets.open(row.id, "prompt", row.prompt), style);
    signal.throwIfAborted();
    // One that does not listen to the signal holds nobody up.
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    const user = opaque(row);
    return Promise.race([provider.make(request, { signal, onProgress, user }), aborted]);
  }

  /** What was asked when it was admitted, again: it may have waited for long. */
  async #requireServed({ characterId, account, reservation, payment, requester }: GenerationRow): Promise<void> {
    const { blocklist, allowance } = this.#options;
    if (await blocklist.isCharacterBlocked(characterId)) throw new BlockedError();
    if (account !== null && (await blocklist.isAccountBlocked(account as Address))) {
      throw new BlockedError("This operator does not serve this account.");
    }
    if (reservation === null && payment === null) await allowance.require(requester);
  }

  #limits(modality: GenerationRow["modality"]): Limits {
    const { config } = this.#options;
    // Upstreams round up to what they can do; what was not asked for is not charged.
    if (modality === "Image") return { pixels: 2 * config.IMAGE_PIXELS_LIMIT };
    if (modality === "Video") return { pixels: 2 * config.VIDEO_PIXELS_LIMIT, seconds: 2 * config.VIDEO_SECONDS_LIMIT };
    return modality === "Music" ? { seconds: 2 * config.MUSIC_SECONDS_LIMIT } : {};
  }
}

/** Before anything of it is stored. @throws UpstreamMalformedError */
function requireCost({ name }: MediaProvider, row: GenerationRow, probed: Probed): void {
  try {
    costOf(row, probed);
  } catch (cause) {
    throw new UpstreamMalformedError(name, "nothing says how extensive it is", { cause });
  }
}

/** Who asks, as an upstream may know it: the same for all of one requester's, and nothing else. */
function opaque({ requester, tabId }: GenerationRow): string {
  if (tabId !== null) return `tab-${tabId}`;
  const hash = keccak256(Buffer.from(requester, "utf8"));
  return `requester-${hash.slice(2, 18)}`;
}

import { worksAbi } from "@stelai/sdk/abis";
import { type ShareKind, type WorkMetadata, workMetadataSchema } from "@stelai/sdk/wire";
import { type Address, BaseError, ContractFunctionRevertedError } from "viem";
import type { Character, CharacterRegistry } from "../chain/characters.ts";
import type { Chain } from "../chain/index.ts";
import { Documents } from "../content/documents.ts";
import { type ContentStore, cidOfUri } from "../content/index.ts";
import { NotFoundError } from "../errors.ts";
import type { GenerationRow, Generations } from "../generations/types.ts";
import { Cards } from "../inference/cards.ts";
import { GenerationNotFinishedError, GenerationNotFoundError } from "../inference/generationErrors.ts";
import type { ShareCard } from "../media/shareCard.ts";
import { CharacterSuspendedError, ModelNotFoundError } from "../metering/errors.ts";
import type { People } from "../people/index.ts";
import type { MadeModality } from "../providers/media.ts";
import { NotShareableError } from "./errors.ts";

/** What is shared, and by whom. */
export type Shared = { kind: ShareKind; subject: string; account: Address };

/** What everybody is shown of it now. */
export type Shown = Omit<ShareCard, "picture"> & {
  /** Where the picture is, for it never changes there; null when there is none. */
  pictureId: string | null;
  /** @returns undefined when it cannot be had. */
  picture(): Promise<Uint8Array | undefined>;
  /** Of the dApp. */
  path: string;
};

type Needs = {
  chain: Pick<Chain, "client" | "contracts">;
  content: Pick<ContentStore, "get">;
  characters: Pick<CharacterRegistry, "get">;
  generations: Pick<Generations, "find" | "open">;
  people: Pick<People, "cards" | "profiles" | "blocklist">;
};

/** The most that is read of a picture, in bytes. */
const MAX_PICTURE_BYTES = 8_388_608;
const MAX_TITLE = 120;

/** What of generations, works and characters may be shown to everybody, as it stands now. */
export class Showcase {
  readonly #needs: Needs;
  readonly #cards: Pick<Cards, "of">;
  readonly #metadata: Documents<WorkMetadata>;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#cards = new Cards(needs.content, needs.people.cards);
    this.#metadata = new Documents(needs.content, workMetadataSchema);
  }

  /**
   * What is shown of it.
   * @throws NotFoundError, GenerationNotFoundError, GenerationNotFinishedError, ModelNotFoundError (of a private character
   * too), CharacterSuspendedError or NotShareableError when nothing may be.
   */
  of({ kind, subject, account }: Shared): Promise<Shown> {
    if (kind === "generation") return this.#ofGeneration(subject, account);
    return kind === "work" ? this.#ofWork(BigInt(subject)) : this.#ofCharacter(BigInt(subject));
  }

  /** What a character is called, if everybody may know. */
  async nameOf(characterId: bigint): Promise<string> {
    const character = await this.#needs.characters.get(characterId);
    return (await this.#publicName(character)) ?? `Character ${characterId}`;
  }

  /** What a work is called. */
  async titleOf(workId: bigint): Promise<string> {
    const work = await this.#readWork(workId);
    return titleIn(workId, work === undefined ? null : await this.#metadata.of(work.uri));
  }

  /** Who somebody is: the name they chose, else their address, shortened. */
  async whoIs(account: Address): Promise<string> {
    return (await this.chosenName(account)) ?? `${account.slice(0, 6)}…${account.slice(-4)}`;
  }

  /** The name that somebody chose, if they did. */
  async chosenName(account: Address): Promise<string | undefined> {
    return plain((await this.#needs.people.profiles.own(account))?.name ?? "") || undefined;
  }

  /** Whether this operator blocked an account: nothing of it is shown. */
  isBlocked(account: Address): Promise<boolean> {
    return this.#needs.people.blocklist.isAccountBlocked(account);
  }

  async #ofGeneration(id: string, account: Address): Promise<Shown> {
    const { characters, generations } = this.#needs;
    const row = await generations.find(id);
    if (row === undefined || row.account !== account) throw new GenerationNotFoundError();
    if (row.status !== "completed" || row.file === null) throw new GenerationNotFinishedError(row);
    const character = await characters.get(row.characterId);
    await this.#requireAllowed(row.characterId, character);
    const name = await this.#publicName(character);
    const { seconds, peaks } = row.file;
    return {
      title: name === undefined ? `${MADE[row.modality]} made with Stelai` : `${MADE[row.modality]} by ${name}`,
      byline: `Made by ${await this.whoIs(account)}`,
      label: seconds === undefined ? row.modality : `${row.modality} · ${clock(seconds)}`,
      ...(peaks === undefined ? {} : { peaks }),
      ...this.#pictureOfGeneration(row),
      path: name === undefined ? "/studio" : `/studio/${row.characterId}`,
    };
  }

  async #ofWork(workId: bigint): Promise<Shown> {
    const work = await this.#readWork(workId);
    if (work === undefined) throw new NotFoundError(`There is no work ${workId}.`);
    if (work.isSuspended) throw new NotShareableError("A moderator suspended this work: it cannot be shared.");
    if (await this.isBlocked(work.creator)) throw new NotShareableError(BLOCKED);
    const metadata = await this.#metadata.of(work.uri);
    return {
      title: titleIn(workId, metadata),
      byline: `By ${await this.whoIs(work.creator)}`,
      label: metadata?.modality ?? "Work",
      ...this.#pictureAt((metadata?.poster ?? metadata?.preview)?.uri),
      path: `/works/${workId}`,
    };
  }

  async #ofCharacter(characterId: bigint): Promise<Shown> {
    const character = await this.#needs.characters.get(characterId);
    if (character === undefined || character.visibility === "Private") {
      throw new ModelNotFoundError(`stelai-${characterId}`);
    }
    if (character.visibility !== "Public") {
      throw new NotShareableError("This character is unlisted: only public ones can be shared. Its link still works.");
    }
    await this.#requireAllowed(characterId, character);
    if (await this.isBlocked(character.owner)) throw new NotShareableError(BLOCKED);
    const card = await this.#cards.of(character);
    const creator = plain(card?.creator ?? "");
    return {
      title: plain(card?.name ?? "") || `Character ${characterId}`,
      byline: `By ${creator === "" ? await this.whoIs(character.owner) : creator}`,
      label: character.modality === "Chat" ? "Character" : `${character.modality} tool`,
      ...this.#pictureAt(card?.image),
      path: character.modality === "Chat" ? `/c/${characterId}` : `/studio/${characterId}`,
    };
  }

  /** @throws CharacterSuspendedError, NotShareableError */
  async #requireAllowed(characterId: bigint, character: Character | undefined): Promise<void> {
    if (character?.suspended === true) throw new CharacterSuspendedError();
    if (await this.#needs.people.blocklist.isCharacterBlocked(characterId)) {
      throw new NotShareableError("This operator does not serve this character, so it shows nothing of it.");
    }
  }

  async #publicName(character: Character | undefined): Promise<string | undefined> {
    if (character?.visibility !== "Public" || (await this.isBlocked(character.owner))) return undefined;
    return plain((await this.#cards.of(character).catch(() => null))?.name ?? "") || undefined;
  }

  /** Undefined when there is no such work. */
  async #readWork(workId: bigint): Promise<{ creator: Address; isSuspended: boolean; uri: string } | undefined> {
    const { client, contracts } = this.#needs.chain;
    const works = { address: contracts.Works, abi: worksAbi, args: [workId] } as const;
    try {
      const [{ creator, suspended }, uri] = await Promise.all([
        client.readContract({ ...works, functionName: "workOf" }),
        client.readContract({ ...works, functionName: "tokenURI" }),
      ]);
      return { creator, isSuspended: suspended, uri };
    } catch (error) {
      const isRefused = error instanceof BaseError && error.walk((one) => one instanceof ContractFunctionRevertedError);
      if (isRefused) return undefined;
      throw error;
    }
  }

  #pictureAt(uri: string | undefined): Pick<Shown, "picture" | "pictureId"> {
    if (uri === undefined || cidOfUri(uri) === undefined) return NO_PICTURE;
    return { pictureId: uri, picture: () => this.#bytesAt(uri) };
  }

  /** Of a film or a sound there is none: its card says what it is. */
  #pictureOfGeneration(row: GenerationRow): Pick<Shown, "picture" | "pictureId"> {
    const { preview } = row;
    if (preview === null || !preview.mediaType.startsWith("image/")) return NO_PICTURE;
    const open = async () => (await this.#needs.generations.open(row, "preview")).bytes;
    return { pictureId: preview.cid, picture: () => open().catch(() => undefined) };
  }

  /** Undefined when it is not stored, too large, or out of reach: what is shown is shown without it. */
  async #bytesAt(uri: string): Promise<Uint8Array | undefined> {
    const cid = cidOfUri(uri);
    return cid && this.#needs.content.get(cid, MAX_PICTURE_BYTES).catch(() => undefined);
  }
}

const BLOCKED = "This operator blocked the account that this is of, so it shows nothing of it.";

const NO_PICTURE = { pictureId: null, picture: async () => undefined };

const MADE: Readonly<Record<MadeModality, string>> = {
  Image: "An image",
  Video: "A video",
  Voice: "A voiceover",
  Music: "Music",
};

/**
 * A text of anybody's as one line: without controls, overrides of direction and invisible characters, without towers of
 * marks, and not endless.
 */
export function plain(text: string): string {
  const line = text
    .normalize("NFC")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/(\p{M}{2})\p{M}+/gu, "$1")
    .replace(/\s+/gu, " ")
    .trim();
  const letters = [...line];
  return letters.length > MAX_TITLE ? `${letters.slice(0, MAX_TITLE - 1).join("")}…` : line;
}

function titleIn(workId: bigint, metadata: WorkMetadata | null): string {
  return plain(metadata?.title ?? "") || `Work ${workId}`;
}

function clock(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

import type { Modality } from "@stelai/sdk";
import type { Address } from "viem";
import type { Character } from "../chain/characters.ts";
import { BlockedError, InvalidRequestError } from "../errors.ts";
import { available } from "../http.ts";
import { CharacterSuspendedError, ModelNotFoundError } from "../metering/errors.ts";
import type { MadeModality } from "../providers/media.ts";
import type { Services } from "../services.ts";
import { characterIn } from "./chat-body.ts";

/** Who asks for a character: asked for only when that matters. */
export type Caller = {
  /** The account that is signed in. */
  signedIn: () => Promise<Address | undefined>;
  /** The payer of the tab that pays. */
  payer?: () => Promise<Address | undefined>;
};

type Needs = Pick<Services, "characters" | "people">;

/**
 * The character that a model id names, for who may know of it.
 * @throws ModelNotFoundError when it does not exist, does not list this operator, or is private and the caller a
 * stranger; NotSignedInError when the caller's sign-in has lapsed.
 */
export async function resolveModel({ characters, people }: Needs, model: string, caller: Caller): Promise<Character> {
  const id = characterIn(model);
  const character = id === undefined ? undefined : await available("The chain", characters.get(id));
  if (character !== undefined) {
    if (character.visibility !== "Private") return character;
    const may = (account: Address | undefined) => available("The chain", people.access.mayUse(character, account));
    if ((await may(await caller.payer?.())) || (await may(await caller.signedIn()))) return character;
    throw new ModelNotFoundError(model);
  }
  // A sign-in that has lapsed is told alike for what is hidden and for what does not exist.
  await caller.signedIn();
  throw new ModelNotFoundError(model);
}

/**
 * The chat character that a model id names.
 * @throws those of {@link resolveModel}, CharacterSuspendedError, BlockedError, InvalidRequestError when it does not
 * chat, with the endpoint that it is asked at.
 */
export async function resolveChat(services: Needs, model: string, caller: Caller): Promise<Character> {
  return ofModality(await resolveServed(services, model, caller), model, "Chat");
}

/**
 * The tool that a model id names, of the modality that an endpoint makes.
 * @throws those of {@link resolveModel}, CharacterSuspendedError, BlockedError, InvalidRequestError when it makes
 * something else, with the endpoint that makes that.
 */
export async function resolveTool<M extends MadeModality>(
  services: Needs,
  model: string,
  caller: Caller,
  modality: M,
): Promise<Character & { modality: M }> {
  return ofModality(await resolveServed(services, model, caller), model, modality);
}

/**
 * A character that is served here, whatever it makes.
 * @throws those of {@link resolveModel}, CharacterSuspendedError, BlockedError.
 */
export async function resolveServed(services: Needs, model: string, caller: Caller): Promise<Character> {
  const character = await resolveModel(services, model, caller);
  if (character.suspended) throw new CharacterSuspendedError();
  if (await services.people.blocklist.isCharacterBlocked(character.id)) {
    throw new BlockedError("This operator does not serve this character. Another operator may.");
  }
  return character;
}

/** What each modality makes, and where it is asked for. */
const ENDPOINTS: Readonly<Record<Modality, { makes: string; endpoint: string }>> = {
  Chat: { makes: "chats", endpoint: "/v1/chat/completions" },
  Image: { makes: "makes images", endpoint: "/v1/images/generations" },
  Video: { makes: "makes videos", endpoint: "/v1/videos" },
  Voice: { makes: "speaks", endpoint: "/v1/audio/speech" },
  Music: { makes: "makes music", endpoint: "/v1/music" },
};

function ofModality<M extends Modality>(character: Character, model: string, modality: M) {
  if (isOf(character, modality)) return character;
  const { makes, endpoint } = ENDPOINTS[character.modality];
  throw new InvalidRequestError(`${model} ${makes}: ask it at POST ${endpoint}.`, "model");
}

function isOf<M extends Modality>(character: Character, modality: M): character is Character & { modality: M } {
  return character.modality === modality;
}

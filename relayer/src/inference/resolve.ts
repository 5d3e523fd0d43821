import type { Address } from "viem";
import type { Character } from "../chain/characters.ts";
import { BlockedError, InvalidRequestError } from "../errors.ts";
import { available } from "../http.ts";
import { CharacterSuspendedError, ModelNotFoundError } from "../metering/errors.ts";
import { characterIn } from "../routes/chat-body.ts";
import type { Services } from "../services.ts";

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
 * chat.
 */
export async function resolveChat(services: Needs, model: string, caller: Caller): Promise<Character> {
  const character = await resolveModel(services, model, caller);
  if (character.suspended) throw new CharacterSuspendedError();
  if (await services.people.blocklist.isCharacterBlocked(character.id)) {
    throw new BlockedError("This operator does not serve this character. Another operator may.");
  }
  if (character.modality !== "Chat") {
    throw new InvalidRequestError(`${model} makes ${character.modality.toLowerCase()}; it does not chat.`, "model");
  }
  return character;
}

import type { Character } from "../chain/characters.ts";
import { BlockedError, InvalidRequestError } from "../errors.ts";
import { available } from "../http.ts";
import { CharacterSuspendedError, ModelNotFoundError } from "../metering/errors.ts";
import { characterIn } from "../routes/chat-body.ts";
import type { Services } from "../services.ts";

/**
 * The chat character that a model id names.
 * @throws ModelNotFoundError when it does not exist or does not list this operator, CharacterSuspendedError,
 * BlockedError, InvalidRequestError when it does not chat.
 */
export async function resolveChat(
  { characters, people }: Pick<Services, "characters" | "people">,
  model: string,
): Promise<Character> {
  const id = characterIn(model);
  const character = id === undefined ? undefined : await available("The chain", characters.get(id));
  if (character === undefined) throw new ModelNotFoundError(model);
  if (character.suspended) throw new CharacterSuspendedError();
  if (await people.blocklist.isCharacterBlocked(character.id)) {
    throw new BlockedError("This operator does not serve this character. Another operator may.");
  }
  if (character.modality !== "Chat") {
    throw new InvalidRequestError(`${model} makes ${character.modality.toLowerCase()}; it does not chat.`, "model");
  }
  return character;
}

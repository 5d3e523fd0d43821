import type { Context } from "hono";
import type { Address } from "viem";
import { NotFoundError, NotOwnerError, UnavailableError } from "../errors.ts";
import { type AppEnv, available } from "../http.ts";
import { ModelNotFoundError } from "../metering/errors.ts";
import { requireSignedIn } from "./authorize.ts";
import { type CharacterFacts, isNoCharacter } from "./characterSource.ts";
import type { People } from "./index.ts";

/**
 * What the chain says of a character now.
 * @throws NotFoundError when there is none, UnavailableError when the chain cannot be asked.
 */
export async function readCharacter(
  { characters }: Pick<People, "characters">,
  characterId: bigint,
): Promise<CharacterFacts> {
  try {
    return await characters.read(characterId);
  } catch (cause) {
    if (isNoCharacter(cause)) throw new NotFoundError(`There is no character ${characterId}.`);
    throw new UnavailableError("The chain cannot be reached right now. Try again in a moment.", { cause });
  }
}

/**
 * The account that is signed in, which owns the character.
 * @throws NotSignedInError, BlockedError, NotFoundError, UnavailableError; NotOwnerError with `message`;
 * ModelNotFoundError to strangers of a private character.
 */
export async function requireOwner(
  context: Context<AppEnv>,
  people: People,
  characterId: bigint,
  message: string,
): Promise<{ account: Address; facts: CharacterFacts }> {
  const account = await requireSignedIn(context, people);
  const facts = await readCharacter(people, characterId);
  if (facts.owner !== account) {
    // Of a private character strangers learn nothing.
    const mayKnow = await available("The chain", people.access.mayUse({ id: characterId }, account));
    throw mayKnow ? new NotOwnerError(message) : new ModelNotFoundError(`stelai-${characterId}`);
  }
  return { account, facts };
}

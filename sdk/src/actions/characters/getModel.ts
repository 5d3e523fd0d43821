import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Model } from "../../wire.ts";

export type GetModelParameters = { characterId: bigint; signal?: AbortSignal | undefined };
export type GetModelReturnType = Model;

/** The `model` by which OpenAI's API names a character. */
export function modelId(characterId: bigint): string {
  return `stelai-${characterId}`;
}

/** The character that a `model` names; undefined when it names none. */
export function characterIdOf(model: string): bigint | undefined {
  const digits = /^stelai-([1-9][0-9]{0,14})$/.exec(model)?.[1];
  return digits === undefined ? undefined : BigInt(digits);
}

/**
 * One character as the operator serves it; unlisted ones too, and private ones to who is signed in and may use them.
 * @throws ModelNotFoundError when this operator does not serve it, or not to this account.
 *
 * @example
 * ```ts
 * const { stelai: { terms, feePerUnit, engine } } = await stelai.characters.getModel({ characterId: 1n });
 * ```
 */
export async function getModel(client: StelaiClient, parameters: GetModelParameters): Promise<GetModelReturnType> {
  const path = `/v1/models/${modelId(parameters.characterId)}`;
  return relayerRequest<Model>(client, { path, signedIn: true, signal: parameters.signal });
}

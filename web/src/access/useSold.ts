import type { Model } from "@stelai/sdk";
import { useCharacter, useModel } from "@stelai/sdk/react";
import { useT } from "../i18n/react.tsx";
import { type Sold, soldOf } from "./plans.ts";
import { useSignIn } from "./SignInProvider.tsx";

/**
 * What is sold of a character: as the operator serves it to this account, or from the chain alone where the operator
 * does not show it. Undefined while it is read.
 */
export function useSold(characterId: bigint): { sold: Sold | undefined; model: Model | undefined } {
  const t = useT();
  const { status } = useSignIn();
  const model = useModel(characterId, { enabled: status !== "loading", staleTime: 30_000 });
  const character = useCharacter(characterId, { staleTime: 30_000 });
  if (model.data) return { sold: soldOf(model.data), model: model.data };
  if (!character.data || model.isPending) return { sold: undefined, model: undefined };
  const { terms, suspended } = character.data;
  const name = t("character.title", { id: String(characterId) });
  return { sold: { characterId, name, terms, suspended }, model: undefined };
}

import { useModel } from "@stelai/sdk/react";
import type { Address } from "viem";
import { useSignIn } from "../access/SignInProvider.tsx";
import { characterHref } from "../explore/links.ts";
import { shorten } from "../format/hash.ts";
import { useT } from "../i18n/react.tsx";
import { useProfileOf } from "./profile/useProfile.ts";

/** A character's name as the operator shows it to this account; its number while that is not known. */
export function useNameOfCharacter(id: bigint | undefined): string {
  const t = useT();
  const { status } = useSignIn();
  const { data } = useModel(id, { enabled: status !== "loading", staleTime: 60_000 });
  return data?.stelai.card?.name ?? t("character.title", { id: id === undefined ? "" : String(id) });
}

/** Where a character is found; while it is not known what it makes, the page that leads on. */
export function useHrefOfCharacter(id: bigint | undefined): string {
  const { status } = useSignIn();
  const { data } = useModel(id, { enabled: status !== "loading", staleTime: 60_000 });
  return characterHref(id ?? "", data?.stelai.modality);
}

/** Who an account says it is; its shortened address while that is not known. */
export function useNameOfPerson(address: Address | undefined): string {
  const { data } = useProfileOf(address);
  return data?.name ?? data?.ens ?? (address ? shorten(address) : "");
}

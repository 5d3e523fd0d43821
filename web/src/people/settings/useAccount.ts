import type { AccountInfo, Stelai } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { type UseMutationResult, type UseQueryResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useT } from "../../i18n/react.tsx";
import { useToast } from "../../ui/Toast.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { useMine } from "../useMine.ts";

/** What the operator knows of the account that is signed in, and how it reaches it. */
export function useAccount(): UseQueryResult<AccountInfo> {
  return useMine(["account"], (stelai) => stelai.relayer.getAccount(), { refetchInterval: 15_000 });
}

/** Saves something about the account with the operator, and reads the account anew. */
export function useSave<Input>(
  save: (stelai: Stelai, input: Input) => Promise<void>,
): UseMutationResult<void, unknown, Input> {
  const t = useT();
  const echo = useToast();
  const stelai = useStelai();
  const queries = useQueryClient();
  const { address } = useWallet();
  const { dropAfter } = useSignIn();
  return useMutation<void, unknown, Input>({
    mutationFn: (input) => save(stelai, input),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: stelaiKey(stelai, "mine", address, "account") });
      echo(t("settings.saved"));
    },
    onError: (error) => void dropAfter(error),
  });
}

import type { Profile } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { StoppedError } from "../../wallet/errors.ts";
import { Failed } from "../Failed.tsx";
import { PROFILE } from "./useProfile.ts";

/** Follows an account, or no longer: asked for a sign-in at the first press. */
export function Follow({ profile }: { profile: Profile }) {
  const t = useT();
  const stelai = useStelai();
  const queries = useQueryClient();
  const signIn = useSignIn();
  const { address, following } = profile;
  const set = useMutation<void, unknown, boolean>({
    mutationFn: async (follow) => {
      await signIn.require("signIn.why.follow");
      await (follow ? stelai.relayer.follow({ address }) : stelai.relayer.unfollow({ address }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: stelaiKey(stelai, PROFILE) }),
    onError: (error) => void signIn.dropAfter(error),
  });
  // Words at once: what was pressed shows until the operator has said so.
  const shown = set.isPending && signIn.status === "in" ? set.variables : (following ?? false);
  return (
    <>
      <Button
        variant={shown ? "secondary" : "primary"}
        disabled={set.isPending}
        onClick={() => set.mutate(!(following ?? false))}
      >
        {shown ? t("person.unfollow") : t("person.follow")}
      </Button>
      {set.error !== null && !(set.error instanceof StoppedError) && <Failed error={set.error} />}
    </>
  );
}

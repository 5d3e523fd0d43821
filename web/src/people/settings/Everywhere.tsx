import { useStelai } from "@stelai/sdk/react";
import { useMutation } from "@tanstack/react-query";
import type { Address } from "viem";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { forgetSignIn } from "../../access/signInStore.ts";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { useToast } from "../../ui/Toast.tsx";
import { Failed } from "../Failed.tsx";
import { Section } from "./Section.tsx";
import css from "./Settings.module.css";

/** Ends the sign-ins of the account in every browser: where a key may be in other hands. */
export function Everywhere({ account }: { account: Address }) {
  const t = useT();
  const echo = useToast();
  const stelai = useStelai();
  const { drop, dropAfter } = useSignIn();
  const end = useMutation({
    mutationFn: () => stelai.relayer.signOutEverywhere(),
    onSuccess: async () => {
      await forgetSignIn(stelai, account);
      echo(t("signIn.everywhere.done"));
      drop();
    },
    onError: (error) => void dropAfter(error),
  });
  return (
    <Section title={t("signIn.everywhere.title")}>
      <p className={css.muted}>{t("signIn.everywhere.text")}</p>
      <div className={css.buttons}>
        <Button disabled={end.isPending} onClick={() => end.mutate()}>
          {t("signIn.everywhere.action")}
        </Button>
      </div>
      {end.error && <Failed error={end.error} onAgain={() => end.mutate()} />}
    </Section>
  );
}

import type { AccountInfo } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Failed } from "../Failed.tsx";
import { PushRefusedError, PushUnavailableError, readPush, turnPushOff, turnPushOn } from "./push.ts";
import { Section } from "./Section.tsx";
import css from "./Settings.module.css";

/** Web Push to this browser: the browser asks only when the button is pressed. */
export function PushHere({ account }: { account: AccountInfo }) {
  const t = useT();
  const stelai = useStelai();
  const { dropAfter } = useSignIn();
  const { address, pushKey } = account;
  const state = useQuery({
    queryKey: stelaiKey(stelai, "push", address, pushKey),
    queryFn: () => readPush(stelai, address, pushKey),
    // The browser's own settings are changed elsewhere.
    refetchOnWindowFocus: "always",
  });
  const turn = useMutation<void, unknown, "on" | "off">({
    mutationFn: async (to) => {
      if (to === "off") await turnPushOff(stelai, address);
      else if (pushKey !== null) await turnPushOn(stelai, address, pushKey);
    },
    onError: (error) => void dropAfter(error),
    onSettled: () => state.refetch(),
  });
  const { error } = turn;
  return (
    <Section title={t("push.title")}>
      {state.data === undefined ? (
        <Skeleton height="4rem" />
      ) : state.data === "idle" || state.data === "on" ? (
        <>
          <p className={css.muted}>{state.data === "on" ? t("push.on") : t("push.text")}</p>
          <Button disabled={turn.isPending} onClick={() => turn.mutate(state.data === "on" ? "off" : "on")}>
            {state.data === "on" ? t("push.turnOff") : t("push.turnOn")}
          </Button>
        </>
      ) : (
        <p className={css.muted}>{t(`push.${state.data}`)}</p>
      )}
      {error instanceof PushRefusedError ? (
        state.data !== "denied" && <p role="alert">{t("push.refused")}</p>
      ) : error instanceof PushUnavailableError ? (
        <p role="alert">{t("push.unavailable")}</p>
      ) : (
        error !== null && <Failed error={error} />
      )}
    </Section>
  );
}

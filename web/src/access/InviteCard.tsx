import type { SignedInvite } from "@stelai/sdk";
import { useCharacter, useModel, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useLocation } from "wouter";
import { useAppConfig } from "../config/ConfigContext.ts";
import { CharacterCard } from "../explore/CharacterCard.tsx";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { explain } from "../stelai/explain.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Button } from "../ui/Button.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Hash } from "../ui/Hash.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { StoppedError } from "../wallet/errors.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./Invite.module.css";
import { inviteWords, problemOf, problemSeen } from "./invite.ts";
import { PassSheet } from "./PassSheet.tsx";
import { plansOf } from "./plans.ts";
import { useSignIn } from "./SignInProvider.tsx";

/** One invite: who invites, and the one transaction that accepts it; then the character. */
export function InviteCard({ signed, isBearer }: { signed: SignedInvite; isBearer: boolean }) {
  const t = useT();
  const act = useAct();
  const stelai = useStelai();
  const wallet = useWallet();
  const signIn = useSignIn();
  const [, go] = useLocation();
  const { contracts } = useAppConfig();
  const now = useChainNow();
  const { address } = wallet;
  const { characterId, expiry, account } = signed.invite;
  const [sheet, setSheet] = useState<"redeem" | "subscribe">();
  const character = useCharacter(characterId);
  const allowed = useQuery({
    queryKey: ["invite", "allowed", String(characterId), address],
    queryFn: () => stelai.characters.isAllowed({ characterId, account: address }),
    enabled: address !== undefined,
  });
  const check = useQuery({
    queryKey: ["invite", "check", signed.signature, address],
    queryFn: async () => {
      await stelai.characters.checkInvite({ ...signed, ...(address ? { account: address } : {}) });
      return true;
    },
    retry: (count, error) => problemOf(error) === undefined && count < 1,
  });
  const isIn = allowed.data === true;
  const model = useModel(characterId, { enabled: isIn && signIn.status === "in" });
  const problem = problemSeen(signed, address, now) ?? problemOf(check.error);
  const unknown = check.error && problem === undefined ? explain(check.error) : undefined;
  const until = formatMoment(Number(expiry));
  const owner = character.data?.owner;
  const plan = character.data && plansOf(character.data.terms).find((one) => one !== "Lifetime");

  const open = useCallback(async () => {
    try {
      await signIn.require("signIn.why.shared");
      go(`/c/${characterId}`);
    } catch (error) {
      if (!(error instanceof StoppedError)) throw error;
    }
  }, [signIn.require, go, characterId]);
  const start = (what: "redeem" | "subscribe") =>
    void wallet
      .require()
      .then(() => setSheet(what))
      .catch((error: unknown) => {
        if (!(error instanceof StoppedError)) throw error;
      });
  const redeem = useCallback(
    async (run: SigningRun) => {
      await act(run, { id: "invite.intent" }, (mine) => mine.characters.redeemInvite(signed));
    },
    [act, signed],
  );
  const done = () => {
    setSheet(undefined);
    void allowed.refetch();
    void open();
  };

  if (character.isPending || (address !== undefined && allowed.isPending)) return <Skeleton height="14rem" />;
  // The chain may say so before the sheet that brought it about is done: what comes after it is the sheet's to begin.
  if (isIn && !sheet) {
    return (
      <div className={css.invite}>
        <p className={css.lead}>{t("invite.already")}</p>
        {model.data && (
          <div className={css.card}>
            <CharacterCard model={model.data} />
          </div>
        )}
        <div className={css.buttons}>
          <Button variant="primary" onClick={() => void open()}>
            {t("invite.open")}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={css.invite}>
      <div className={css.who}>
        <Avatar id={String(characterId)} size={72} />
        <div>
          <p className={css.lead}>{t("invite.lead")}</p>
          <dl className={css.facts}>
            <dt>{t("invite.from")}</dt>
            <dd>{owner ? <Hash value={owner} what={t("wallet.address")} /> : "—"}</dd>
            <dt>{t("invite.for")}</dt>
            <dd>{isBearer ? t("invite.forBearer") : <Hash value={account} what={t("wallet.address")} />}</dd>
            <dt>{t("invite.until")}</dt>
            <dd translate="no">{until}</dd>
          </dl>
        </div>
      </div>
      {problem ? (
        <ErrorState
          what={t(inviteWords(problem).what, { until })}
          money="untouched"
          actions={
            problem === "another" ? (
              <Button onClick={wallet.disconnect}>{t("invite.otherWallet")}</Button>
            ) : (
              <ButtonLink href="/">{t("character.toExplore")}</ButtonLink>
            )
          }
        >
          {t(inviteWords(problem).todo)}
        </ErrorState>
      ) : unknown ? (
        <ErrorState
          what={unknown.what}
          money="untouched"
          technical={unknown.technical}
          actions={<Button onClick={() => void check.refetch()}>{t("chat.again")}</Button>}
        >
          {unknown.todo}
        </ErrorState>
      ) : (
        <>
          <p className={css.muted}>{t("invite.what")}</p>
          <div className={css.buttons}>
            <Button variant="primary" disabled={check.isPending} onClick={() => start("redeem")}>
              {t("invite.accept")}
            </Button>
            {plan && character.data && (
              <Button disabled={check.isPending} onClick={() => start("subscribe")}>
                {t("invite.subscribe", {
                  price: formatCredits(
                    (plan === "Monthly" ? character.data.terms.monthly : character.data.terms.annual) *
                      WEI_PER_MICROCREDIT,
                    { rounding: "up" },
                  ),
                })}
              </Button>
            )}
          </div>
        </>
      )}
      <SigningSheet
        open={sheet === "redeem"}
        onClose={() => setSheet(undefined)}
        onDone={done}
        title={t("invite.sheet")}
        action={t("invite.accept")}
        kind="transaction"
        onSign={redeem}
        sending={{ label: t("invite.sending"), seconds: 5 }}
        explain={(error) => {
          const why = problemOf(error);
          if (!why) return explain(error);
          const words = inviteWords(why);
          return { what: t(words.what, { until }), money: "untouched", todo: t(words.todo) };
        }}
        terms={{
          get: t("invite.get"),
          now: t("invite.now"),
          to: (
            <>
              {t("invite.to")} <Hash value={contracts.Characters} what={t("invite.to")} />
            </>
          ),
          undo: t("invite.undo"),
          cost: t("pass.cost"),
        }}
      />
      {sheet === "subscribe" && plan && character.data && (
        <PassSheet
          sold={{
            characterId,
            name: t("invite.unnamed"),
            terms: character.data.terms,
            suspended: character.data.suspended,
          }}
          plan={plan}
          invite={signed}
          onClose={() => setSheet(undefined)}
          onDone={done}
        />
      )}
    </div>
  );
}

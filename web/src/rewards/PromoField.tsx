import { type GetCodeReturnType, normalCode, type Stelai } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Address } from "viem";
import { useWithWallet } from "../credits/useWithWallet.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Button } from "../ui/Button.tsx";
import { Input } from "../ui/Input.tsx";
import { Link } from "../ui/Link.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { shownCredits } from "./amounts.ts";
import { ClaimButton } from "./ClaimButton.tsx";
import css from "./Rewards.module.css";

/** No code is longer than its text field; a pasted book is none. */
const LONGEST = 100;

/** A promotion's code: what it gives, or why not, before it is redeemed. */
export function PromoField() {
  const t = useT();
  const stelai = useStelai();
  const { address } = useWallet();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState<bigint>();
  const [isWanted, setWanted] = useState(false);
  /** The chain may know of a redemption before it is said here that it is done. */
  const [isRedeeming, setRedeeming] = useState(false);
  const found = useQuery({
    queryKey: stelaiKey(stelai, "code", asked, address),
    queryFn: () => stelai.rewards.getCode({ code: asked, account: address }),
    enabled: asked !== "" && !isRedeeming,
    staleTime: 0,
    // A code is worth money to who knows it: it is not kept when the field is gone.
    gcTime: 0,
  });
  const { data } = found;
  const isMissing = tried && normalCode(text) === "";
  const problem = isMissing ? t("promo.missing") : data?.problem ? t(...problemWords(data)) : undefined;
  return (
    <form
      noValidate
      className={css.promo}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        setDone(undefined);
        setWanted(false);
        setRedeeming(false);
        setAsked(normalCode(text));
        if (asked !== "" && asked === normalCode(text)) void found.refetch();
      }}
    >
      <div className={css.line}>
        <Input
          label={t("promo.code")}
          hint={t("promo.hint")}
          error={problem}
          value={text}
          maxLength={LONGEST}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="search"
          onChange={(event) => {
            setText(event.target.value);
            setTried(false);
            setAsked("");
          }}
        />
        <Button type="submit">{t("promo.look")}</Button>
      </div>
      <div role="status" className={css.found}>
        {asked !== "" && found.isFetching && !data && t("promo.looking")}
        {done !== undefined && <strong>{t("promo.done", { amount: shownCredits(done) })}</strong>}
        {data?.campaign && data.problem === null && (
          <>
            <p className={css.gives}>{t("promo.gives", { amount: shownCredits(data.amount) })}</p>
            <p className={css.muted}>
              {t("promo.until", { moment: formatMoment(Number(data.campaign.end)) })}{" "}
              <Link href={`/campaigns/${data.campaign.campaignId}`}>{t("promo.campaign")}</Link>
            </p>
          </>
        )}
      </div>
      {data?.problem === null && (
        <Redeem
          code={asked}
          amount={data.amount}
          account={address}
          isWanted={isWanted}
          onWant={() => setWanted(true)}
          onRedeeming={setRedeeming}
          onDone={() => {
            setDone(data.amount);
            setRedeeming(false);
            setText("");
            setAsked("");
            setTried(false);
          }}
        />
      )}
      {found.error && asked !== "" && <Failed error={found.error} onAgain={() => void found.refetch()} />}
    </form>
  );
}

interface RedeemProps {
  code: string;
  /** In microcredits. */
  amount: bigint;
  account: Address | undefined;
  /** Whether it was asked for before there was an account. */
  isWanted: boolean;
  onWant: () => void;
  /** Told that it is sent, and that it came to nothing. */
  onRedeeming: (isRedeeming: boolean) => void;
  onDone: () => void;
}

/** Redeems it for the connected account; where there is none, asks for one and goes on. */
function Redeem({ code, amount, account, isWanted, onWant, onRedeeming, onDone }: RedeemProps) {
  const t = useT();
  const withWallet = useWithWallet();
  const shown = shownCredits(amount);
  const send = useCallback(
    async (stelai: Stelai, by: "sponsored" | "wallet") => {
      onRedeeming(true);
      try {
        return await stelai.rewards.redeemCode({ code, account, by });
      } catch (error) {
        onRedeeming(false);
        throw error;
      }
    },
    [code, account, onRedeeming],
  );
  const action = t("promo.redeem", { amount: shown });
  if (!account) {
    return (
      <div>
        <Button variant="primary" onClick={() => withWallet(onWant)}>
          {action}
        </Button>
      </div>
    );
  }
  return (
    <>
      <ClaimButton
        variant="primary"
        action={action}
        isAsked={isWanted}
        waiting={t("promo.redeeming")}
        amount={shown}
        intent={{ id: "rewards.intent.redeem", values: { amount: shown } }}
        sheet={{ title: t("promo.sheet.title"), action: t("promo.sheet.action") }}
        send={send}
        onDone={onDone}
      />
      <p className={css.muted}>{t("promo.cost")}</p>
    </>
  );
}

/** Why a code cannot be redeemed, with the dates of its campaign. */
function problemWords({ problem, campaign }: GetCodeReturnType) {
  const at = (seconds: bigint | undefined) => (seconds === undefined ? "" : formatMoment(Number(seconds)));
  return [`promo.problem.${problem ?? "Unknown"}`, { start: at(campaign?.start), end: at(campaign?.end) }] as const;
}

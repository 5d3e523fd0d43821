import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useId, useState } from "react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { priceText } from "../../creator/price.ts";
import { useCommission } from "../../creator/useCommission.ts";
import { formatCredits } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { chainNow, useChainNow } from "../../stelai/chainNow.ts";
import { explain } from "../../stelai/explain.ts";
import { Chip } from "../../ui/Chip.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Input } from "../../ui/Input.tsx";
import { creditsText, momentText, percentText } from "../useWords.ts";
import { LISTING_DAYS, parseListingPrice, proceedsOf } from "./proceeds.ts";
import css from "./Resale.module.css";
import { isWork, type Subject, useWork } from "./subject.ts";

const DAY = 86_400n;

/** What a sale brings, line by line, to the credit: the price, what leaves it, and what is left. */
function Kept({ price, royaltyBps, commissionBps }: { price: bigint; royaltyBps: number; commissionBps: number }) {
  const t = useT();
  const parts = proceedsOf(price, royaltyBps, commissionBps);
  const down = (wei: bigint) => formatCredits(wei, { rounding: "down" });
  const off = (wei: bigint) => `− ${formatCredits(wei, { rounding: "up" })}`;
  return (
    <div className={css.kept}>
      <h3>{t("list.kept")}</h3>
      <dl>
        <dt>{t("list.line.price")}</dt>
        <dd>{down(parts.price)}</dd>
        <dt>{t("list.line.royalty", { percent: percentText(royaltyBps) })}</dt>
        <dd>{off(parts.royalty)}</dd>
        <dt>{t("list.line.commission", { percent: percentText(commissionBps) })}</dt>
        <dd>{off(parts.commission)}</dd>
        <dt className={css.total}>{t("list.line.kept")}</dt>
        <dd className={css.total}>{down(parts.kept)}</dd>
      </dl>
    </div>
  );
}

/** What the owner of a work gives up with its sale. */
function Voids({ workId }: { workId: bigint }) {
  const t = useT();
  const stelai = useStelai();
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "workDetails", workId),
    queryFn: ({ signal }) => stelai.works.getDetails({ workId, signal }),
  });
  const open = data?.offers.filter(({ state }) => state === "open" || state === "taken").length;
  return (
    <div className={css.voids}>
      <h3>{t("list.voidsTitle")}</h3>
      <p>{t("list.voidsOffers", { count: open ?? 0 })}</p>
      <p>{t("list.voidsPayee")}</p>
    </div>
  );
}

export interface ListSheetProps {
  subject: Subject;
  /** What it is listed for now, in microcredits. */
  listed?: bigint | undefined;
  onClose: () => void;
}

/** Puts a licence or a work up for sale, or changes its price, in one transaction. Drawn only while open. */
export function ListSheet({ subject, listed, onClose }: ListSheetProps) {
  const t = useT();
  const act = useAct();
  const label = useId();
  const now = useChainNow();
  const { contracts } = useAppConfig();
  const { token, workId, title } = subject;
  const [typed, setTyped] = useState(listed === undefined ? "" : priceText(listed));
  const [days, setDays] = useState<number>(30);
  const royaltyBps = useWork(workId).data?.royaltyBps;
  const commissionBps = useCommission("Resale");
  const price = parseListingPrice(typed);
  const shown = typeof price === "bigint" ? creditsText(price) : "";
  const until = now + BigInt(days) * DAY;
  const isKnown = royaltyBps !== undefined && commissionBps !== undefined;

  const list = useCallback(
    async (run: SigningRun) => {
      if (typeof price !== "bigint") return;
      await act(run, { id: "resale.list.intent", values: { title } }, async (stelai) => {
        const end = (await chainNow(stelai)) + BigInt(days) * DAY;
        return stelai.market.list({ ...token, price, until: end });
      });
    },
    [act, days, price, title, token],
  );
  const note = (words: string) => (
    <p className={css.muted} role="status">
      {words}
    </p>
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={
        "workId" in token
          ? t("list.titleWork", { title })
          : t("list.titleLicence", { title, id: String(token.licenceId) })
      }
      action={t("list.action", { price: shown })}
      kind="transaction"
      onSign={list}
      sending={{ label: t("list.sending"), seconds: 5 }}
      explain={explain}
      instead={typeof price !== "bigint" ? note(t("list.empty")) : isKnown ? undefined : note(t("list.reading"))}
      lead={
        <div className={css.fields}>
          <Input
            label={t("list.price")}
            hint={t("list.priceHint")}
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            error={price === "unreadable" || price === "tooHigh" ? t(`list.wrong.${price}`) : undefined}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {/* biome-ignore lint/a11y/useSemanticElements: a row of toggles, not of form fields */}
          <div role="group" aria-labelledby={label} className={css.days}>
            <span id={label}>{t("list.days")}</span>
            {LISTING_DAYS.map((count) => (
              <Chip key={count} pressed={days === count} onPress={() => setDays(count)}>
                {t("list.dayCount", { count })}
              </Chip>
            ))}
          </div>
          {typeof price === "bigint" && isKnown && (
            <Kept price={price} royaltyBps={royaltyBps} commissionBps={commissionBps} />
          )}
        </div>
      }
      terms={{
        get: t("list.get", { price: shown || "—" }),
        now: t("list.now"),
        to: (
          <>
            {t("list.to")} <Hash value={contracts.Resale} what={t("certificate.contract")} />
          </>
        ),
        until: t("list.until", { at: momentText(until) }),
        undo: t("list.undo"),
        cost: t("pass.cost"),
      }}
      after={isWork(subject) && <Voids workId={workId} />}
    />
  );
}

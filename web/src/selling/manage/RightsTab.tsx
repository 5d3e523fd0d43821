import { addressOf, type Share } from "@stelai/sdk";
import { useReducer, useState } from "react";
import manage from "../../creator/manage/Manage.module.css";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { changeSellDraft, emptySellDraft } from "../draft.ts";
import { derivativeProblems, type SellField, type SellProblems, shareProblems } from "../problems.ts";
import { bpsOf, sharesOf } from "../shares.ts";
import { useKnownPeople } from "../useKnownPeople.ts";
import { EarnersField } from "../wizard/EarnersField.tsx";
import { DerivativesField } from "../wizard/TiersStep.tsx";
import { DeliveringNote } from "./DeliveringNote.tsx";
import { DerivativesSheet } from "./DerivativesSheet.tsx";
import { PayeeSheet } from "./PayeeSheet.tsx";
import { useDelivering } from "./useDelivering.ts";
import { liveOffers, type ManagedWork, useOwnDetails } from "./useManagedWork.ts";

/** Who earns with a work, and whether others may build on it. */
export function RightsTab({ work }: { work: ManagedWork }) {
  const t = useT();
  return (
    <div className={manage.stack}>
      <section className={manage.section} aria-labelledby="work-earns">
        <h2 id="work-earns">{t("sell.earns")}</h2>
        <Earners work={work} />
      </section>
      <section className={manage.section} aria-labelledby="work-derivatives">
        <h2 id="work-derivatives">{t("sell.derivatives")}</h2>
        <Derivatives work={work} />
      </section>
      <section className={manage.section} aria-labelledby="work-fixed">
        <h2 id="work-fixed">{t("sell.fixed")}</h2>
        <p>{t("sell.fixedRoyalty", { percent: String(work.royaltyBps / 100) })}</p>
        <p className={manage.note}>{t("sell.transferText")}</p>
      </section>
    </div>
  );
}

function useProblem(problems: SellProblems, tried: boolean) {
  const t = useT();
  return (field: SellField) => {
    const found = tried ? problems[field] : undefined;
    return found && t(found.id, found.values);
  };
}

function Earners({ work }: { work: ManagedWork }) {
  const t = useT();
  const { address } = useWallet();
  const known = useKnownPeople();
  const details = useOwnDetails(work.workId);
  const now = addressOf(work.ownerPayee);
  const [draft, change] = useReducer(changeSellDraft, undefined, () => ({
    ...emptySellDraft(),
    isShared: now === undefined,
  }));
  const [tried, setTried] = useState(false);
  const [shares, setShares] = useState<readonly Share[]>();
  const problem = useProblem(shareProblems(draft, known, address), tried);
  const offers = liveOffers(details.data?.offers ?? []);
  const delivering = useDelivering(work.workId);
  const { attestor } = delivering;
  // Offers that would be lost for want of an answer are waited for.
  const isKnown = details.data !== undefined && (attestor !== undefined || delivering.state === "missing");
  return (
    <form
      noValidate
      className={manage.section}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        setShares(address && sharesOf(draft, address, known));
      }}
    >
      <p className={manage.note}>
        {now === undefined ? (
          t("sell.earnsSplit")
        ) : (
          <>
            {t("sell.earnsNow")} <Hash value={now} what={t("sell.earnsNow")} />
          </>
        )}
      </p>
      <EarnersField {...{ draft, change, problem, known }} />
      {delivering.state === "missing" && offers.length > 0 ? (
        <p className={manage.warn}>{t("sell.payee.voidsForGood", { count: offers.length })}</p>
      ) : (
        <p className={manage.warn}>{t("sell.payee.voids", { count: offers.length })}</p>
      )}
      {offers.length > 0 && delivering.state !== "here" && <DeliveringNote delivering={delivering} />}
      <div>
        <Button type="submit" disabled={offers.length > 0 && !isKnown}>
          {t("sell.payee.change")}
        </Button>
      </div>
      {shares && <PayeeSheet {...{ work, shares, offers, attestor }} onClose={() => setShares(undefined)} />}
    </form>
  );
}

function Derivatives({ work }: { work: ManagedWork }) {
  const t = useT();
  const [allows, setAllows] = useState(work.allowsDerivatives);
  const [percent, setPercent] = useState(String(work.derivativeBps / 100));
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const problems = derivativeProblems({ allowsDerivatives: allows, derivativePercent: percent });
  const problem = useProblem(problems, tried);
  const bps = allows ? (bpsOf(percent || "0") ?? 0) : 0;
  const isNew = allows !== work.allowsDerivatives || (allows && bps !== work.derivativeBps);
  return (
    <form
      noValidate
      className={manage.section}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isNew && Object.keys(problems).length === 0) setSaving(true);
      }}
    >
      <DerivativesField
        allows={allows}
        percent={percent}
        error={problem("derivativePercent")}
        onChange={(values) => {
          if (values.allowsDerivatives !== undefined) setAllows(values.allowsDerivatives);
          if (values.derivativePercent !== undefined) setPercent(values.derivativePercent);
        }}
      />
      <p className={manage.note}>{t("sell.derivativesPinned")}</p>
      <div>
        <Button type="submit" disabled={!isNew}>
          {t("sell.save")}
        </Button>
      </div>
      {saving && <DerivativesSheet work={work} allowed={allows} bps={bps} onClose={() => setSaving(false)} />}
    </form>
  );
}

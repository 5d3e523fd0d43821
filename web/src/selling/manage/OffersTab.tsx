import { addressOf, type OfferView } from "@stelai/sdk";
import { useOperator } from "@stelai/sdk/react";
import { useRef, useState } from "react";
import type { Address } from "viem";
import manage from "../../creator/manage/Manage.module.css";
import { priceText } from "../../creator/price.ts";
import { useCommission } from "../../creator/useCommission.ts";
import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Badge, type Tone } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { cx } from "../../ui/cx.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Select } from "../../ui/Select.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Table } from "../../ui/Table.tsx";
import { offerOf } from "../compose.ts";
import { type DraftTier, DURATIONS, type DurationId, emptySellDraft, TIERS } from "../draft.ts";
import { type SellField, tierProblems } from "../problems.ts";
import css from "../Selling.module.css";
import { useDurationWords } from "../useDurationWords.ts";
import { TierFields } from "../wizard/TierCard.tsx";
import { DeliveringNote } from "./DeliveringNote.tsx";
import { type OfferChange, OfferSheet } from "./OfferSheet.tsx";
import { again, lostOffers } from "./offersLost.ts";
import { useDelivering } from "./useDelivering.ts";
import { type ManagedWork, useOwnDetails } from "./useManagedWork.ts";

const TONES: Record<OfferView["state"], Tone> = {
  open: "live",
  taken: "held",
  soldOut: "plain",
  closed: "plain",
  void: "lost",
};

/** What is offered of a work: to close, to give a new price, to offer anew. */
export function OffersTab({ work }: { work: ManagedWork }) {
  const t = useT();
  const { workId, title } = work;
  const duration = useDurationWords();
  const details = useOwnDetails(workId);
  const delivering = useDelivering(workId);
  const { attestor } = delivering;
  const [editing, setEditing] = useState<OfferView | "new">();
  const [change, setChange] = useState<OfferChange>();
  const form = useRef<HTMLElement>(null);
  if (details.error && !details.data) {
    const { what, technical } = explain(details.error);
    return (
      <ErrorState
        what={what}
        money="notInvolved"
        technical={technical}
        actions={<Button onClick={() => void details.refetch()}>{t("studio.again")}</Button>}
      />
    );
  }
  if (!details.data) return <Skeleton height="16rem" />;
  const { offers, parents } = details.data;
  const lost = lostOffers(offers);
  const edit = (what: OfferView | "new") => {
    setEditing(what);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("input, select")?.focus());
  };
  return (
    <div className={cx(manage.stack, manage.wide)}>
      {lost.length > 0 && (
        <div className={css.lost} role="status">
          <p className={css.warn}>{t("sell.lost", { count: lost.length })}</p>
          {attestor && (
            <Button onClick={() => setChange({ close: [], add: lost.map((offer) => again(offer, attestor)) })}>
              {t("sell.lostAgain", { count: lost.length })}
            </Button>
          )}
        </div>
      )}
      {offers.length === 0 ? (
        <p>{t("sell.noOffers")}</p>
      ) : (
        <Table
          caption={t("sell.offers")}
          hideCaption
          rows={offers}
          rowKey={({ offerId }) => String(offerId)}
          columns={[
            { key: "tier", label: t("sell.tier"), cell: ({ tier }) => t(`sell.tier.${tier}`) },
            { key: "price", label: t("studio.price"), cell: ({ price }) => <Amount micro={price} /> },
            { key: "duration", label: t("sell.duration"), cell: (offer) => duration(offer.duration) },
            {
              key: "sold",
              label: t("sell.sold"),
              end: true,
              cell: ({ sold, supply }) =>
                supply === 0 ? t("sell.soldAny", { sold }) : t("sell.soldOf", { sold, supply }),
            },
            {
              key: "state",
              label: t("studio.state"),
              cell: ({ state }) => <Badge tone={TONES[state]}>{t(`sell.state.${state}`)}</Badge>,
            },
            {
              key: "actions",
              label: t("studio.actions"),
              cell: (offer) =>
                (offer.state === "open" || offer.state === "taken") && (
                  <span className={manage.actions}>
                    <Button
                      size="small"
                      aria-label={t("sell.repriceOf", { tier: t(`sell.tier.${offer.tier}`) })}
                      disabled={!attestor}
                      onClick={() => edit(offer)}
                    >
                      {t("sell.reprice")}
                    </Button>
                    <Button
                      size="small"
                      aria-label={t("sell.closeOf", { tier: t(`sell.tier.${offer.tier}`) })}
                      onClick={() => setChange({ close: [offer], add: [] })}
                    >
                      {t("sell.close")}
                    </Button>
                  </span>
                ),
            },
          ]}
        />
      )}
      <p className={manage.note}>{t("sell.offersText")}</p>
      {offers.some(({ state }) => state === "taken") && <p className={manage.note}>{t("sell.takenText")}</p>}
      <DeliveringNote delivering={delivering} />
      {editing === undefined || !attestor ? (
        <div>
          <Button variant="primary" disabled={!attestor} onClick={() => edit("new")}>
            {t("sell.addOffer")}
          </Button>
        </div>
      ) : (
        <section ref={form} className={manage.section} aria-labelledby="offer-form">
          <h2 id="offer-form">{t(editing === "new" ? "sell.addOffer" : "sell.reprice")}</h2>
          <OfferForm
            key={editing === "new" ? "new" : String(editing.offerId)}
            {...{ work, attestor }}
            parentsBps={parents.reduce((sum, { bps }) => sum + bps, 0)}
            replaces={editing === "new" ? undefined : editing}
            onReady={setChange}
            onCancel={() => setEditing(undefined)}
          />
        </section>
      )}
      {change && (
        <OfferSheet
          {...{ workId, title, change }}
          onClose={() => {
            setChange(undefined);
            setEditing(undefined);
          }}
        />
      )}
    </div>
  );
}

const durationId = (seconds: bigint): DurationId =>
  (Object.keys(DURATIONS) as DurationId[]).find((id) => DURATIONS[id] === seconds) ?? "forever";

interface OfferFormProps {
  work: ManagedWork;
  /** Who delivers it. */
  attestor: Address;
  parentsBps: number;
  /** The offer that is closed for it. */
  replaces: OfferView | undefined;
  onReady: (change: OfferChange) => void;
  onCancel: () => void;
}

function OfferForm({ work, attestor, parentsBps, replaces, onReady, onCancel }: OfferFormProps) {
  const t = useT();
  const commissionBps = useCommission("Licenses");
  const [tier, setTier] = useState(replaces?.tier ?? "Personal");
  const [tried, setTried] = useState(false);
  const [value, setValue] = useState<DraftTier>(() =>
    replaces
      ? {
          isOn: true,
          price: priceText(replaces.price),
          supply: replaces.supply === 0 ? "" : String(Math.max(1, replaces.supply - replaces.sold)),
          duration: durationId(replaces.duration),
        }
      : { ...emptySellDraft().tiers.Personal },
  );
  const lowest = useOperator().data?.delivery.minimumPrice;
  const problems = tierProblems(tier, value, lowest);
  const problem = (field: SellField) => {
    const found = tried ? problems[field] : undefined;
    return found && t(found.id, found.values);
  };
  const submit = () => {
    setTried(true);
    const offer = offerOf(tier, value, attestor);
    if (offer && Object.keys(problems).length === 0) onReady({ close: replaces ? [replaces] : [], add: [offer] });
  };
  return (
    <form
      noValidate
      className={css.offerForm}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {!replaces && (
        <Select
          label={t("sell.tier")}
          hint={t(`sell.tierText.${tier}`)}
          value={tier}
          options={TIERS.map((each) => ({ value: each, label: t(`sell.tier.${each}`) }))}
          onChange={(event) => setTier(TIERS.find((each) => each === event.target.value) ?? tier)}
        />
      )}
      <TierFields
        {...{ tier, value, problem, commissionBps, parentsBps }}
        mineBps={10_000}
        onChange={(values) => setValue((before) => ({ ...before, ...values }))}
      />
      {addressOf(work.ownerPayee) === undefined && <p className={manage.note}>{t("sell.offer.shared")}</p>}
      <div className={manage.row}>
        <Button type="submit" variant="primary">
          {t(replaces ? "sell.offer.repriceAction" : "sell.offer.addAction")}
        </Button>
        <Button onClick={onCancel}>{t("sell.cancel")}</Button>
      </div>
    </form>
  );
}

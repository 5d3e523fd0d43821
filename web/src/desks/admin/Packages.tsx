import type { RoleCall } from "@stelai/sdk";
import { usePackages } from "@stelai/sdk/react";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { decimal } from "../../format/decimal.ts";
import { exactUsd } from "../../format/exactUsd.ts";
import { formatCredits, formatUsd, WEI_PER_CREDIT } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { Failed } from "../../people/Failed.tsx";
import { priceEach } from "../../plans/plans.ts";
import { Button } from "../../ui/Button.tsx";
import { useCreditRate } from "../../ui/CreditRate.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { Input } from "../../ui/Input.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Table } from "../../ui/Table.tsx";
import css from "./Admin.module.css";
import { ChangeSheet } from "./ChangeSheet.tsx";
import { floorOf, MOST_PACKAGES } from "./changes.ts";
import { readOffer, type TypedOffer } from "./form.ts";

interface Offer {
  readonly credits: bigint;
  readonly price: bigint;
}

const typed = (value: bigint, decimals: number) => decimal(value, decimals).replace(/\.?0+$/, "");

/** The price table, and for who holds PRICING the way to replace it as a whole. */
export function Packages({ may }: { may: boolean }) {
  const t = useT();
  const { data, error, refetch } = usePackages({ refetchInterval: 10_000 });
  const [isChanging, setChanging] = useState(false);
  return (
    <section className={css.section} aria-labelledby="admin-packages">
      <h2 id="admin-packages">{t("admin.packages")}</h2>
      <p className={css.note}>{t("admin.packagesText")}</p>
      {error && !data ? (
        <Failed error={error} onAgain={() => void refetch()} />
      ) : !data ? (
        <Skeleton height="9rem" />
      ) : (
        <>
          <OfferTable caption={t("admin.packages")} offers={data} />
          {may && !isChanging && (
            <div>
              <Button onClick={() => setChanging(true)}>{t("admin.packages.change")}</Button>
            </div>
          )}
          {may && isChanging && <TableForm now={data} onClose={() => setChanging(false)} />}
        </>
      )}
    </section>
  );
}

/** Offers with what a credit costs by each, and how far that is above the floor. */
export function OfferTable({ caption, offers }: { caption: string; offers: readonly Offer[] }) {
  const t = useT();
  const { floor } = useCreditRate();
  return (
    <Table
      caption={caption}
      hideCaption
      rows={offers}
      rowKey={({ credits, price }) => `${credits} ${price}`}
      columns={[
        {
          key: "credits",
          label: t("admin.credits"),
          cell: ({ credits }) => (credits === WEI_PER_CREDIT ? t("admin.what.single") : formatCredits(credits)),
        },
        { key: "price", label: t("admin.price"), end: true, cell: ({ price }) => exactUsd(price) },
        {
          key: "each",
          label: t("admin.each"),
          end: true,
          cell: (offer) => exactUsd(priceEach(offer)),
        },
        {
          key: "floor",
          label: t("admin.floor"),
          end: true,
          cell: ({ credits }) =>
            formatUsd(floor === undefined ? undefined : floorOf(credits, floor), { rounding: "up" }),
        },
      ]}
    />
  );
}

function TableForm({ now, onClose }: { now: readonly Offer[]; onClose: () => void }) {
  const t = useT();
  const { floor } = useCreditRate();
  const [next, setNext] = useState(now.length);
  const [rows, setRows] = useState(() =>
    now.map(({ credits, price }, key) => ({ key, credits: typed(credits, 18), price: typed(price, 6) })),
  );
  const [tried, setTried] = useState(false);
  const [call, setCall] = useState<RoleCall>();
  const set = (key: number, values: Partial<TypedOffer>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...values } : row)));
  const read = rows.map((row) => readOffer(row, floor));
  const submit = () => {
    setTried(true);
    const packages = read.filter((one) => typeof one !== "string");
    if (packages.length === rows.length && packages.length > 0) setCall({ kind: "setPackages", packages });
  };
  return (
    <form
      noValidate
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3>{t("admin.packages.new")}</h3>
      {rows.map((row, at) => (
        <OfferFields
          key={row.key}
          legend={t("admin.packages.row", { number: at + 1 })}
          value={row}
          tried={tried}
          onChange={(values) => set(row.key, values)}
          onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
        />
      ))}
      {tried && rows.length === 0 && <p role="alert">{t("admin.packages.empty")}</p>}
      <div className={css.row}>
        <Button
          icon={Plus}
          disabled={rows.length >= MOST_PACKAGES}
          onClick={() => {
            setRows([...rows, { key: next, credits: "", price: "" }]);
            setNext(next + 1);
          }}
        >
          {t("admin.packages.add")}
        </Button>
      </div>
      <div className={css.row}>
        <Button type="submit" variant="primary">
          {t("admin.review")}
        </Button>
        <Button onClick={onClose}>{t("admin.stop")}</Button>
      </div>
      {call && <ChangeSheet call={call} onClose={() => setCall(undefined)} onMade={onClose} />}
    </form>
  );
}

export interface OfferFieldsProps {
  legend: string;
  value: TypedOffer;
  /** Whether it was to be sent: then what is missing is told. */
  tried: boolean;
  onChange: (values: Partial<TypedOffer>) => void;
  onRemove?: () => void;
}

/** Credits and their price, with what a credit costs then, and the floor below it. */
export function OfferFields({ legend, value, tried, onChange, onRemove }: OfferFieldsProps) {
  const t = useT();
  const { floor } = useCreditRate();
  const read = readOffer(value, floor);
  const problem = typeof read === "string" ? read : undefined;
  // What is not written yet is no mistake; a price below the floor is one as it is typed.
  const isShown = problem === "floor" || tried;
  return (
    <fieldset className={css.offer}>
      <legend>{legend}</legend>
      <Input
        label={t("admin.credits")}
        inputMode="decimal"
        autoComplete="off"
        value={value.credits}
        error={isShown && problem === "credits" ? t("admin.problem.credits") : undefined}
        onChange={(event) => onChange({ credits: event.target.value })}
      />
      <Input
        label={t("admin.priceUsd")}
        inputMode="decimal"
        autoComplete="off"
        value={value.price}
        hint={
          typeof read === "string"
            ? undefined
            : t("admin.eachIs", { each: exactUsd(priceEach(read)), floor: formatUsd(floor) })
        }
        error={
          isShown && (problem === "price" || problem === "floor")
            ? t(`admin.problem.${problem}`, { floor: formatUsd(floor) })
            : undefined
        }
        onChange={(event) => onChange({ price: event.target.value })}
      />
      {onRemove && <IconButton icon={Trash2} label={t("admin.packages.remove", { what: legend })} onClick={onRemove} />}
    </fieldset>
  );
}

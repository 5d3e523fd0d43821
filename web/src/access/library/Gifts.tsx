import { characterHref } from "../../explore/links.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Link } from "../../ui/Link.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { useSold } from "../useSold.ts";
import type { Gift } from "./gifts.ts";
import css from "./Library.module.css";

function GiftRow({ gift }: { gift: Gift }) {
  const t = useT();
  const { sold, model } = useSold(gift.characterId);
  const { plan, price, start, until, payer } = gift;
  return (
    <li className={css.gift}>
      <p>
        <Link href={characterHref(gift.characterId, model?.stelai.modality)}>
          <span translate="no">{sold?.name ?? t("character.title", { id: String(gift.characterId) })}</span>
        </Link>
        {" · "}
        {t(`pass.plan.${plan}`)}
      </p>
      <p className={css.muted}>
        {plan === "Lifetime"
          ? t("library.giftForGood", { start: formatMoment(Number(start)) })
          : t("library.giftPeriod", { start: formatMoment(Number(start)), until: formatMoment(Number(until)) })}{" "}
        {t("library.giftFrom", { price: formatCredits(price * WEI_PER_MICROCREDIT) })}{" "}
        <Hash value={payer} what={t("wallet.address")} />
      </p>
    </li>
  );
}

/** What others gave. Undefined while it is read. */
export function Gifts({ gifts }: { gifts: readonly Gift[] | undefined }) {
  const t = useT();
  if (!gifts) return <Skeleton height="5rem" />;
  if (gifts.length === 0) return <EmptyState title={t("library.noGifts")}>{t("library.noGiftsText")}</EmptyState>;
  return (
    <ul className={css.rows}>
      {gifts.map((gift) => (
        <GiftRow key={`${gift.transaction} ${gift.characterId} ${gift.start}`} gift={gift} />
      ))}
    </ul>
  );
}

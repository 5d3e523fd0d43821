import { Lock } from "lucide-react";
import { useState } from "react";
import { type Address, isAddressEqual } from "viem";
import { characterHref } from "../explore/links.ts";
import { formatCount, UNKNOWN } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { UsdAtFloor } from "../ui/AtFloor.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { ButtonLink, Link } from "../ui/Link.tsx";
import { Table } from "../ui/Table.tsx";
import { CharacterName, useCharacterName } from "./CharacterName.tsx";
import css from "./CharacterTable.module.css";
import { type Sums, sumsAsText } from "./earnings.ts";
import { PriceSheet } from "./PriceSheet.tsx";
import { usePriceWords } from "./priceWords.ts";
import { RankCell, UnitsCell, UsersCell } from "./UsageCells.tsx";
import type { CreatorCharacter } from "./useCreatorIndex.ts";

export interface CharacterTableProps {
  account: Address;
  characters: readonly CreatorCharacter[];
  /** What each earned; undefined while not known. */
  earned: ReadonlyMap<bigint, Sums> | undefined;
}

/** Every character that earns for the account, with what can be changed about its own. */
export function CharacterTable({ account, characters, earned }: CharacterTableProps) {
  const t = useT();
  const words = usePriceWords();
  const [pricing, setPricing] = useState<bigint>();
  const chosen = characters.find(({ id }) => id === pricing);
  const amount = (id: bigint, key: keyof Sums) => {
    const sums = earned?.get(id);
    return sums ? sumsAsText(sums)[key] : UNKNOWN;
  };
  return (
    <>
      <Table
        caption={t("studio.characters")}
        hideCaption
        rows={characters}
        rowKey={({ id }) => String(id)}
        columns={[
          {
            key: "name",
            label: t("studio.name"),
            cell: ({ id, modality, metadataURI }) => (
              <Link href={characterHref(id, modality)}>
                <CharacterName id={id} metadataURI={metadataURI} />
              </Link>
            ),
          },
          {
            key: "price",
            label: t("studio.price"),
            cell: ({ terms, modality }) => <span className={css.price}>{words(terms, modality)}</span>,
          },
          {
            key: "inferences",
            label: t("usage.uses"),
            end: true,
            cell: ({ id, modality, inferences }) => (
              <>
                {formatCount(inferences)}
                <UnitsCell id={id} modality={modality} />
              </>
            ),
          },
          { key: "users", label: t("usage.days30"), end: true, cell: ({ id }) => <UsersCell id={id} /> },
          { key: "rank", label: t("usage.rankShort"), end: true, cell: ({ id }) => <RankCell id={id} /> },
          { key: "gross", label: t("studio.gross"), end: true, cell: ({ id }) => amount(id, "gross") },
          { key: "commission", label: t("studio.commission"), end: true, cell: ({ id }) => amount(id, "commission") },
          { key: "split", label: t("studio.split"), end: true, cell: ({ id }) => amount(id, "split") },
          { key: "net", label: t("studio.net"), end: true, cell: ({ id }) => <strong>{amount(id, "net")}</strong> },
          {
            key: "usd",
            label: t("studio.netUsd"),
            end: true,
            cell: ({ id }) => <UsdAtFloor wei={earned?.get(id)?.net} />,
          },
          { key: "state", label: t("studio.state"), cell: (row) => <State {...row} /> },
          {
            key: "actions",
            label: t("studio.actions"),
            cell: (row) =>
              isAddressEqual(row.owner, account) ? (
                <Actions character={row} onPrice={() => setPricing(row.id)} />
              ) : (
                t("studio.notYours")
              ),
          },
        ]}
      />
      {chosen && <PriceSheet character={chosen} onClose={() => setPricing(undefined)} />}
    </>
  );
}

function State({ isSuspended, visibility }: CreatorCharacter) {
  const t = useT();
  if (isSuspended) return <Badge tone="lost">{t("studio.suspended")}</Badge>;
  if (visibility === "Private") return <Badge icon={Lock}>{t("studio.private")}</Badge>;
  return visibility === "Unlisted" ? (
    <Badge>{t("studio.unlisted")}</Badge>
  ) : (
    <Badge tone="live">{t("studio.public")}</Badge>
  );
}

function Actions({ character, onPrice }: { character: CreatorCharacter; onPrice: () => void }) {
  const t = useT();
  const { id, metadataURI } = character;
  const name = useCharacterName(id, metadataURI);
  return (
    <span className={css.actions}>
      <ButtonLink size="small" href={`/create/characters/${id}`} aria-label={t("studio.manageNamed", { name })}>
        {t("studio.manage")}
      </ButtonLink>
      <Button size="small" aria-label={t("studio.changePriceOf", { name })} onClick={onPrice}>
        {t("studio.changePrice")}
      </Button>
    </span>
  );
}

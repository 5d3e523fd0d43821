import type { Modality, Model, RankingEntry } from "@stelai/sdk";
import { useCard, useCharacter, useModels, useStelai } from "@stelai/sdk/react";
import { ArrowDown, ArrowUp, Equal } from "lucide-react";
import { isAddressEqual } from "viem";
import { characterHref } from "../explore/links.ts";
import { formatCount, formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { useNameOfPerson } from "../people/names.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Link } from "../ui/Link.tsx";
import { Table } from "../ui/Table.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { changeOf } from "./months.ts";
import css from "./Rankings.module.css";

const shown = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "down" });

export interface StandingsProps {
  modality: Modality;
  entries: readonly RankingEntry[];
  /** Of the whole table. */
  caption: string;
  /** The month before, in words. */
  before: string;
}

/** Who stands where in a month, and by what. */
export function Standings({ modality, entries, caption, before }: StandingsProps) {
  const t = useT();
  const models = useModels({ staleTime: 30_000 });
  const modelOf = new Map(models.data?.map((model) => [model.stelai.characterId, model]));
  return (
    <div className={css.standings}>
      <Table
        caption={caption}
        hideCaption
        rows={entries}
        rowKey={({ characterId }) => String(characterId)}
        columns={[
          {
            key: "rank",
            label: t("rankings.rank"),
            end: true,
            cell: ({ rank }) => <span className={rank <= 3 ? css.first : css.rank}>{formatCount(rank)}</span>,
          },
          {
            key: "tool",
            label: t(modality === "Chat" ? "rankings.character" : "rankings.tool"),
            cell: (entry) => <Ranked entry={entry} modality={modality} model={modelOf.get(entry.characterId)} />,
          },
          { key: "change", label: t("rankings.change", { month: before }), cell: (entry) => <Moved {...entry} /> },
          {
            key: "counted",
            label: t("rankings.counted"),
            end: true,
            cell: ({ counted }) => <strong>{shown(counted)}</strong>,
          },
          { key: "paid", label: t("rankings.paid"), end: true, cell: ({ paid }) => shown(paid) },
          { key: "users", label: t("rankings.users"), end: true, cell: ({ users }) => formatCount(users) },
          {
            key: "generations",
            label: t(modality === "Chat" ? "rankings.messages" : "rankings.generations"),
            end: true,
            cell: ({ generations }) => formatCount(generations),
          },
        ]}
      />
    </div>
  );
}

function Moved({ rank, previousRank }: RankingEntry) {
  const t = useT();
  const change = changeOf(rank, previousRank);
  if (change.kind === "new") return <Badge>{t("rankings.new")}</Badge>;
  if (change.kind === "same") {
    return (
      <span className={css.change}>
        <Icon of={Equal} size={16} />
        {t("rankings.same")}
      </span>
    );
  }
  return (
    <span className={css.change}>
      <Icon of={change.kind === "up" ? ArrowUp : ArrowDown} size={16} />
      {t(`rankings.${change.kind}`, { places: change.places })}
    </span>
  );
}

interface RankedProps {
  entry: RankingEntry;
  modality: Modality;
  /** As the operator serves it; undefined of one that it does not. */
  model: Model | undefined;
}

function Ranked({ entry: { characterId, owner }, modality, model }: RankedProps) {
  const t = useT();
  const stelai = useStelai();
  const { address } = useWallet();
  // One that this operator does not serve still has its card on the chain's word.
  const { data: character } = useCharacter(model ? undefined : characterId);
  const { data: onIpfs } = useCard(character?.metadataURI);
  const card = model?.stelai.card ?? onIpfs;
  const person = useNameOfPerson(owner);
  const name = card?.name ?? t("character.title", { id: String(characterId) });
  return (
    <span className={css.tool}>
      <Avatar
        id={String(characterId)}
        size={40}
        src={card?.image ? stelai.characters.gatewayUrl(card.image) : undefined}
      />
      <span className={css.words}>
        <span className={css.name}>
          <Link href={characterHref(characterId, modality)}>
            <span translate="no">{name}</span>
          </Link>
          {address && isAddressEqual(owner, address) && <Badge tone="live">{t("rankings.yours")}</Badge>}
        </span>
        <Link href={`/people/${owner}`} look="plain" className={css.maker} translate="no">
          {t("rankings.by", { maker: card?.creator ?? person })}
        </Link>
      </span>
    </span>
  );
}

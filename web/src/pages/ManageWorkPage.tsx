import "../creator/manage/words.ts";
import "../creator/words.ts";
import "../selling/words.ts";
import { ERC721NonexistentTokenError, type GetWorkReturnType } from "@stelai/sdk";
import { isAddressEqual } from "viem";
import { useSearchParams } from "wouter";
import { Page } from "../app/Page.tsx";
import { WalletGate } from "../app/WalletGate.tsx";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { OffersTab } from "../selling/manage/OffersTab.tsx";
import { OrdersTab } from "../selling/manage/OrdersTab.tsx";
import { RightsTab } from "../selling/manage/RightsTab.tsx";
import { useOwnMetadata, useOwnWork } from "../selling/manage/useManagedWork.ts";
import { WordsTab } from "../selling/manage/WordsTab.tsx";
import css from "../selling/Selling.module.css";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";

const TABS = ["offers", "about", "rights", "orders"];

/** One work of one's own: its offers, its words, who earns, and its orders. */
export default function ManageWorkPage({ params }: { params: Record<string, string | undefined> }) {
  const t = useT();
  const id = /^[1-9]\d{0,14}$/.test(params.id ?? "") ? BigInt(params.id ?? "") : undefined;
  if (id === undefined) return <Nothing title={t("sell.unknown")} text={t("sell.unknownText")} />;
  return <Loaded key={String(id)} id={id} />;
}

function Nothing({ title, text }: { title: string; text: string }) {
  const t = useT();
  return (
    <Page title={title} hideTitle>
      <EmptyState title={title} actions={<ButtonLink href="/create">{t("publish.done.studio")}</ButtonLink>}>
        {text}
      </EmptyState>
    </Page>
  );
}

function Loaded({ id }: { id: bigint }) {
  const t = useT();
  const { address } = useWallet();
  const { data, error, refetch } = useOwnWork(id);
  const name = t("sell.work", { id: String(id) });
  if (error && !data) {
    if (error instanceof ERC721NonexistentTokenError) {
      return <Nothing title={t("sell.unknown")} text={t("sell.unknownText")} />;
    }
    return (
      <Page title={name} hideTitle>
        <Failed error={error} onAgain={() => void refetch()} />
      </Page>
    );
  }
  if (!address || !data) {
    return (
      <Page title={name}>
        <WalletGate title={t("sell.manageConnect")} text={t("sell.manageConnectText")}>
          <Skeleton height="24rem" />
        </WalletGate>
      </Page>
    );
  }
  return isAddressEqual(data.owner, address) ? (
    <Managed work={data} />
  ) : (
    <Nothing title={t("sell.notYours")} text={t("sell.notYoursText")} />
  );
}

function Managed({ work: found }: { work: GetWorkReturnType }) {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const { data } = useOwnMetadata(found.metadataURI);
  const title = data?.title ?? t("sell.work", { id: String(found.workId) });
  const work = { ...found, title };
  const tab = TABS.find((each) => each === search.get("tab")) ?? "offers";
  return (
    <Page
      title={title}
      actions={<ButtonLink href={`/works/${found.workId}`}>{t("sell.open")}</ButtonLink>}
      lead={found.suspended && <span className={css.suspended}>{t("sell.suspended")}</span>}
    >
      <Tabs
        label={t("sell.tabs")}
        value={tab}
        onChange={(next) =>
          setSearch((before) => {
            const after = new URLSearchParams(before);
            after.set("tab", next);
            return after;
          })
        }
        tabs={[
          { id: "offers", label: t("sell.offers"), content: <OffersTab work={work} /> },
          { id: "about", label: t("sell.step.about"), content: <WordsTab work={work} /> },
          { id: "rights", label: t("sell.rights"), content: <RightsTab work={work} /> },
          { id: "orders", label: t("sell.orders"), content: <OrdersTab workId={work.workId} /> },
        ]}
      />
    </Page>
  );
}

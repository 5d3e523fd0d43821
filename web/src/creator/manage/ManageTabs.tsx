import { useEffect, useRef } from "react";
import type { Address } from "viem";
import { useT } from "../../i18n/react.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { CardTab } from "./CardTab.tsx";
import { IncomeTab } from "./IncomeTab.tsx";
import { KnowledgeTab } from "./KnowledgeTab.tsx";
import type { ManagedCharacter } from "./managed.ts";
import { PricesTab } from "./PricesTab.tsx";
import { ReviewsTab } from "./ReviewsTab.tsx";
import { SharingTab } from "./SharingTab.tsx";
import { SubscribersTab } from "./SubscribersTab.tsx";
import { UsageTab } from "./UsageTab.tsx";

const TABS = ["prices", "card", "knowledge", "usage", "income", "sharing", "subscribers", "reviews"];

export interface ManageTabsProps {
  character: ManagedCharacter;
  account: Address;
  /** As the address names it; the first for anything else. */
  tab: string | null;
  onTab: (tab: string) => void;
}

/** All that can be done with a character of one's own, one subject at a time. */
export function ManageTabs({ character, account, tab, onTab }: ManageTabsProps) {
  const t = useT();
  const { characterId, modality } = character;
  // A tool knows nothing from files.
  const shown = TABS.filter((each) => modality === "Chat" || each !== "knowledge");
  const current = shown.find((each) => each === tab) ?? "prices";
  const row = useRef<HTMLDivElement>(null);
  // On a phone the row is wider than the screen: the tab one is on stays in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each tab
  useEffect(() => {
    row.current
      ?.querySelector('[role="tab"][aria-selected="true"]')
      ?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [current]);
  const tabs: readonly TabItem[] = [
    { id: "prices", label: t("publish.step.prices"), content: <PricesTab character={character} account={account} /> },
    {
      id: "card",
      label: t(modality === "Chat" ? "manage.card" : "tools.tab"),
      content: <CardTab character={character} />,
    },
    { id: "knowledge", label: t("publish.step.knowledge"), content: <KnowledgeTab characterId={characterId} /> },
    { id: "usage", label: t("usage.tab"), content: <UsageTab character={character} account={account} /> },
    { id: "income", label: t("manage.income"), content: <IncomeTab character={character} /> },
    { id: "sharing", label: t("manage.sharing"), content: <SharingTab character={character} /> },
    {
      id: "subscribers",
      label: t("manage.subscribers"),
      content: <SubscribersTab characterId={characterId} name={character.name} />,
    },
    {
      id: "reviews",
      label: t("manage.reviews"),
      content: <ReviewsTab characterId={characterId} name={character.name} />,
    },
  ];
  return (
    <div ref={row}>
      <Tabs
        label={t("manage.tabs")}
        value={current}
        onChange={onTab}
        tabs={tabs.filter(({ id }) => shown.includes(id))}
      />
    </div>
  );
}

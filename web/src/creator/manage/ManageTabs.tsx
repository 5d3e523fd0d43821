import { useEffect, useRef } from "react";
import type { Address } from "viem";
import { useT } from "../../i18n/react.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { CardTab } from "./CardTab.tsx";
import { IncomeTab } from "./IncomeTab.tsx";
import { KnowledgeTab } from "./KnowledgeTab.tsx";
import type { ManagedCharacter } from "./managed.ts";
import { PricesTab } from "./PricesTab.tsx";
import { ReviewsTab } from "./ReviewsTab.tsx";
import { SharingTab } from "./SharingTab.tsx";
import { SubscribersTab } from "./SubscribersTab.tsx";

const TABS = ["prices", "card", "knowledge", "sharing", "subscribers", "income", "reviews"] as const;

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
  const { characterId } = character;
  const current = TABS.find((each) => each === tab) ?? "prices";
  const row = useRef<HTMLDivElement>(null);
  // On a phone the row is wider than the screen: the tab one is on stays in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each tab
  useEffect(() => {
    row.current
      ?.querySelector('[role="tab"][aria-selected="true"]')
      ?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [current]);
  return (
    <div ref={row}>
      <Tabs
        label={t("manage.tabs")}
        value={current}
        onChange={onTab}
        tabs={[
          {
            id: "prices",
            label: t("publish.step.prices"),
            content: <PricesTab character={character} account={account} />,
          },
          { id: "card", label: t("manage.card"), content: <CardTab character={character} /> },
          {
            id: "knowledge",
            label: t("publish.step.knowledge"),
            content: <KnowledgeTab characterId={characterId} />,
          },
          { id: "sharing", label: t("manage.sharing"), content: <SharingTab character={character} /> },
          {
            id: "subscribers",
            label: t("manage.subscribers"),
            content: <SubscribersTab characterId={characterId} name={character.name} />,
          },
          { id: "income", label: t("manage.income"), content: <IncomeTab character={character} /> },
          {
            id: "reviews",
            label: t("manage.reviews"),
            content: <ReviewsTab characterId={characterId} name={character.name} />,
          },
        ]}
      />
    </div>
  );
}

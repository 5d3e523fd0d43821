import type { Address } from "viem";
import { useT } from "../../i18n/react.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { IncomeTab } from "./IncomeTab.tsx";
import { KnowledgeTab } from "./KnowledgeTab.tsx";
import type { ManagedCharacter } from "./managed.ts";
import { PricesTab } from "./PricesTab.tsx";
import { SharingTab } from "./SharingTab.tsx";
import { SubscribersTab } from "./SubscribersTab.tsx";

const TABS = ["prices", "knowledge", "sharing", "subscribers", "income"] as const;

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
  return (
    <Tabs
      label={t("manage.tabs")}
      value={TABS.find((each) => each === tab) ?? "prices"}
      onChange={onTab}
      tabs={[
        {
          id: "prices",
          label: t("publish.step.prices"),
          content: <PricesTab character={character} account={account} />,
        },
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
      ]}
    />
  );
}

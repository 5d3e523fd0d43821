import "../rewards/words.ts";
import { useSearchParams } from "wouter";
import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import { Campaign, UnknownCampaign } from "../rewards/Campaign.tsx";
import { CampaignList } from "../rewards/CampaignList.tsx";
import { Contributors } from "../rewards/Contributors.tsx";
import { Tabs } from "../ui/Tabs.tsx";

/** The books of all campaigns, or of one; and who contributed most. For anyone, without a wallet. */
export default function CampaignsPage({ params: { id } }: { params: Record<string, string | undefined> }) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  if (id !== undefined) {
    return (
      <Page title={t("campaigns.one", { id })}>
        {/^[1-9]\d{0,14}$/.test(id) ? <Campaign campaignId={BigInt(id)} /> : <UnknownCampaign />}
      </Page>
    );
  }
  return (
    <Page title={t("campaigns.title")} lead={t("campaigns.lead")}>
      <Tabs
        label={t("campaigns.tabs")}
        value={params.get("tab") === "people" ? "people" : "books"}
        onChange={(tab) => setParams(tab === "people" ? { tab } : {}, { replace: true })}
        tabs={[
          { id: "books", label: t("campaigns.tab.books"), content: <CampaignList /> },
          { id: "people", label: t("campaigns.tab.people"), content: <Contributors /> },
        ]}
      />
    </Page>
  );
}

import type { ComponentType } from "react";

type Page = ComponentType<{ params: Record<string, string | undefined> }>;

export interface Route {
  readonly path: string;
  readonly load: () => Promise<{ default: Page }>;
}

/** Every page of the dApp; each is a chunk of its own. */
export const ROUTES: readonly Route[] = [
  { path: "/", load: () => import("../pages/ExplorePage.tsx") },
  { path: "/c/:id", load: () => import("../pages/CharacterPage.tsx") },
  { path: "/credits", load: () => import("../pages/CreditsPage.tsx") },
  { path: "/credits/allowances", load: () => import("../pages/AllowancesPage.tsx") },
  { path: "/create", load: () => import("../pages/CreatePage.tsx") },
  { path: "/create/characters/:id", load: () => import("../pages/ManagePage.tsx") },
  { path: "/studio", load: () => import("../pages/StudioPage.tsx") },
  { path: "/studio/:id", load: () => import("../pages/StudioToolPage.tsx") },
  { path: "/market", load: () => import("../pages/MarketPage.tsx") },
  { path: "/works/:id", load: () => import("../pages/WorkPage.tsx") },
  { path: "/works/:id/manage", load: () => import("../pages/ManageWorkPage.tsx") },
  { path: "/sell", load: () => import("../pages/SellPage.tsx") },
  { path: "/sell/:generationId", load: () => import("../pages/SellPage.tsx") },
  { path: "/desks/resolver", load: () => import("../pages/ResolverDeskPage.tsx") },
  { path: "/desks/moderator", load: () => import("../pages/ModeratorDeskPage.tsx") },
  { path: "/desks/admin", load: () => import("../pages/AdminDeskPage.tsx") },
  { path: "/referrals", load: () => import("../pages/ReferralsPage.tsx") },
  { path: "/contributions", load: () => import("../pages/ContributionsPage.tsx") },
  { path: "/campaigns", load: () => import("../pages/CampaignsPage.tsx") },
  { path: "/campaigns/:id", load: () => import("../pages/CampaignsPage.tsx") },
  { path: "/feedback", load: () => import("../pages/FeedbackPage.tsx") },
  { path: "/rankings", load: () => import("../pages/RankingsPage.tsx") },
  { path: "/publish", load: () => import("../pages/PublishPage.tsx") },
  { path: "/statement", load: () => import("../pages/StatementPage.tsx") },
  { path: "/invite", load: () => import("../pages/InvitePage.tsx") },
  { path: "/keys", load: () => import("../pages/KeysPage.tsx") },
  { path: "/licences/:id", load: () => import("../pages/LicencePage.tsx") },
  { path: "/library", load: () => import("../pages/LibraryPage.tsx") },
  { path: "/notifications", load: () => import("../pages/NotificationsPage.tsx") },
  { path: "/people/:address", load: () => import("../pages/PersonPage.tsx") },
  { path: "/settings", load: () => import("../pages/SettingsPage.tsx") },
  { path: "/you", load: () => import("../pages/YouPage.tsx") },
  { path: "/operator-privacy", load: () => import("../pages/OperatorPrivacyPage.tsx") },
];

/** The path without query and fragment. */
function pathOf(href: string): string {
  return href.split(/[?#]/, 1)[0] ?? "/";
}

function matches(path: string, href: string): boolean {
  const [pattern, given] = [path.split("/"), pathOf(href).split("/")];
  return (
    pattern.length === given.length &&
    pattern.every((part, at) => part === given[at] || (part.startsWith(":") && given[at]))
  );
}

/** Fetches the page behind a link ahead of the click. */
export function preload(href: string): void {
  // A chunk that cannot be fetched now is fetched, and its failure told, when the link is followed.
  void ROUTES.find(({ path }) => matches(path, href))
    ?.load()
    .catch(() => undefined);
}

import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { plain } from "../desks/plain.ts";
import { useT } from "../i18n/react.tsx";
import { Link } from "../ui/Link.tsx";
import css from "./Books.module.css";
import { describedAt } from "./describedAt.ts";

/** What a campaign says of itself: its words where it names a text, else the way to its page. Its author's, not ours. */
export function Described({ uri }: { uri: string }) {
  const t = useT();
  const stelai = useStelai();
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "campaignText", uri),
    queryFn: ({ signal }) => stelai.reviews.fetchText({ textURI: uri, signal }),
    enabled: uri.startsWith("ipfs://"),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (data !== undefined) {
    return (
      <p className={css.words} translate="no">
        {plain(data)}
      </p>
    );
  }
  const href = describedAt(uri, stelai.characters.gatewayUrl);
  if (!href) return null;
  return (
    <p>
      <Link href={href} rel="noreferrer nofollow ugc">
        {t("campaigns.described")}
      </Link>
    </p>
  );
}

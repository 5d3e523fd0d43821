import { useEffect, useState } from "react";
import { zeroAddress } from "viem";
import { InviteCard } from "../access/InviteCard.tsx";
import { readInvite } from "../access/invite.ts";
import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ButtonLink } from "../ui/Link.tsx";

/** Somebody was invited to a private character: who by, until when, and the button that accepts. */
export default function InvitePage() {
  const t = useT();
  const [fragment, setFragment] = useState(window.location.hash);
  // A second link opened in the same tab changes nothing but the fragment.
  useEffect(() => {
    const read = () => setFragment(window.location.hash);
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  const read = readInvite(fragment);
  return (
    <Page title={t("invite.title")} width="text">
      {"signed" in read ? (
        <InviteCard key={fragment} signed={read.signed} isBearer={read.signed.invite.account === zeroAddress} />
      ) : (
        <EmptyState
          title={t("invite.problem.malformed")}
          actions={<ButtonLink href="/">{t("character.toExplore")}</ButtonLink>}
        >
          {t("invite.todo.malformed")}
        </EmptyState>
      )}
    </Page>
  );
}

import { getAddress, isAddress } from "viem";
import { Page } from "../app/Page.tsx";
import { shorten } from "../format/hash.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Person, PersonSkeleton } from "../people/profile/Person.tsx";
import { useProfileOf } from "../people/profile/useProfile.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ButtonLink } from "../ui/Link.tsx";

/** Who an account says it is. */
export default function PersonPage({ params }: { params: Record<string, string | undefined> }) {
  const t = useT();
  const text = params.address ?? "";
  const address = isAddress(text, { strict: false }) ? getAddress(text) : undefined;
  const { data, error, refetch } = useProfileOf(address);
  if (!address) {
    return (
      <Page title={t("person.unknown")} hideTitle>
        <EmptyState title={t("person.unknown")} actions={<ButtonLink href="/">{t("character.toExplore")}</ButtonLink>}>
          {t("person.unknownText")}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title={data?.name ?? data?.ens ?? shorten(address)}>
      {data ? (
        <Person key={address} profile={data} />
      ) : error ? (
        <Failed error={error} onAgain={() => void refetch()} />
      ) : (
        <PersonSkeleton />
      )}
    </Page>
  );
}

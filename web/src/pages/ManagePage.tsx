import "../creator/manage/words.ts";
import "../creator/words.ts";
import { ERC721NonexistentTokenError } from "@stelai/sdk";
import { useCharacter } from "@stelai/sdk/react";
import { type Address, isAddressEqual } from "viem";
import { useSearchParams } from "wouter";
import { Page } from "../app/Page.tsx";
import { WalletGate } from "../app/WalletGate.tsx";
import { useCharacterName } from "../creator/CharacterName.tsx";
import { ManageTabs } from "../creator/manage/ManageTabs.tsx";
import { characterHref } from "../explore/links.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** One character of one's own: everything that can be changed about it, and what it brings. */
export default function ManagePage({ params }: { params: Record<string, string | undefined> }) {
  const t = useT();
  const { address } = useWallet();
  const id = /^[1-9]\d{0,14}$/.test(params.id ?? "") ? BigInt(params.id ?? "") : undefined;
  if (id === undefined) {
    return (
      <Page title={t("character.unknown")} hideTitle>
        <Unknown />
      </Page>
    );
  }
  return address ? (
    <Managed key={`${id} ${address}`} id={id} account={address} />
  ) : (
    <Page title={t("manage.title", { name: t("character.title", { id: String(id) }) })}>
      <WalletGate title={t("manage.connectTitle")} text={t("manage.connectText")}>
        {null}
      </WalletGate>
    </Page>
  );
}

function Unknown() {
  const t = useT();
  return (
    <EmptyState
      title={t("character.unknown")}
      actions={<ButtonLink href="/create">{t("publish.done.studio")}</ButtonLink>}
    >
      {t("manage.unknown")}
    </EmptyState>
  );
}

function Managed({ id, account }: { id: bigint; account: Address }) {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const { data, error, refetch } = useCharacter(id, { refetchInterval: 15_000 });
  const name = useCharacterName(id, data?.metadataURI);
  const title = t("manage.title", { name });
  if (error && !data) {
    return (
      <Page title={title} hideTitle>
        {error instanceof ERC721NonexistentTokenError ? (
          <Unknown />
        ) : (
          <ErrorState
            what={explain(error).what}
            money="notInvolved"
            technical={explain(error).technical}
            actions={<Button onClick={() => void refetch()}>{t("studio.again")}</Button>}
          />
        )}
      </Page>
    );
  }
  if (!data) {
    return (
      <Page title={title}>
        <Skeleton height="24rem" />
      </Page>
    );
  }
  if (!isAddressEqual(data.owner, account)) {
    return (
      <Page title={title} hideTitle>
        <EmptyState
          title={t("manage.notYours")}
          actions={<ButtonLink href="/create">{t("publish.done.studio")}</ButtonLink>}
        >
          {t("manage.notYoursText")}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title={title}
      actions={
        <ButtonLink href={characterHref(id, data.modality)}>
          {t(data.modality === "Chat" ? "manage.open" : "tools.openOne")}
        </ButtonLink>
      }
    >
      <ManageTabs
        character={{ ...data, name }}
        account={account}
        tab={search.get("tab")}
        onTab={(tab) =>
          setSearch((before) => {
            const next = new URLSearchParams(before);
            next.set("tab", tab);
            return next;
          })
        }
      />
    </Page>
  );
}

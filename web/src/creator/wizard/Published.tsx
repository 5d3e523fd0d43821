import type { Modality } from "@stelai/sdk";
import { useModel } from "@stelai/sdk/react";
import { Page } from "../../app/Page.tsx";
import { characterHref } from "../../explore/links.ts";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ButtonLink } from "../../ui/Link.tsx";
import type { Visibility } from "../draft.ts";
import { PendingFiles } from "../knowledge/PendingFiles.tsx";
import css from "./Wizard.module.css";

export interface PublishedCharacter {
  id: bigint;
  name: string;
  modality: Modality;
  visibility: Visibility;
}

/** A character that was just published: its knowledge is uploaded, and it is shared. */
export function Published({
  id,
  name,
  modality,
  visibility,
  onAnother,
}: PublishedCharacter & { onAnother: () => void }) {
  const t = useT();
  // The relayer hears of it a block later.
  const { data: model } = useModel(id, { refetchInterval: 2_000 });
  const href = characterHref(id, modality);
  const link = `${window.location.origin}${href}`;
  const isPrivate = visibility === "Private";
  return (
    <Page title={t("publish.done.title", { name })} hideTitle width="text">
      <EmptyState
        title={t("publish.done.title", { name })}
        actions={
          <>
            {isPrivate && (
              <ButtonLink href={`/create/characters/${id}?tab=sharing`} variant="primary">
                {t("publish.done.invite")}
              </ButtonLink>
            )}
            <ButtonLink href={href} variant={isPrivate ? "secondary" : "primary"}>
              {t(modality === "Chat" ? "publish.done.open" : "tools.open", { name })}
            </ButtonLink>
            <ButtonLink href={`/create/characters/${id}`}>{t("publish.done.manage")}</ButtonLink>
            <Button variant="quiet" onClick={onAnother}>
              {t("publish.done.another")}
            </Button>
          </>
        }
      >
        <p>{t("publish.done.text", { id: String(id) })}</p>
        <p role="status">{model ? t("publish.done.live") : t("publish.done.waiting")}</p>
        {isPrivate ? (
          <p>{t("publish.done.private")}</p>
        ) : (
          <p>
            {t("publish.done.share")}{" "}
            <span translate="no" className={css.link}>
              {link}
            </span>
            <CopyButton text={link} what={t("publish.done.link")} />
          </p>
        )}
        {model && <PendingFiles characterId={id} begins />}
      </EmptyState>
    </Page>
  );
}

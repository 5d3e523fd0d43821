import { CircleCheck, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { characterHref } from "../explore/links.ts";
import { useT } from "../i18n/react.tsx";
import { Card } from "../ui/Card.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Icon } from "../ui/Icon.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import { useCharacterName } from "./CharacterName.tsx";
import css from "./Checklist.module.css";
import type { CreatorCharacter } from "./useCreatorIndex.ts";

function Step({ title, isDone, children }: { title: string; isDone: boolean; children?: ReactNode }) {
  const t = useT();
  return (
    <li className={css.step}>
      <span className={isDone ? css.done : css.open}>
        <Icon of={isDone ? CircleCheck : CircleDashed} />
      </span>
      <div>
        <p className={css.title}>
          {title} <VisuallyHidden>{t(isDone ? "studio.step.done" : "studio.step.open")}</VisuallyHidden>
        </p>
        {!isDone && children}
      </div>
    </li>
  );
}

/** From a wallet to the first earning. @param newest The newest character, where there is one. */
export function Checklist({ newest }: { newest: CreatorCharacter | undefined }) {
  const t = useT();
  const name = useCharacterName(newest?.id, newest?.metadataURI);
  const link = newest && `${window.location.origin}${characterHref(newest.id, newest.modality)}`;
  return (
    <Card className={css.card}>
      <h2>{t("studio.checklist")}</h2>
      <ol className={css.steps}>
        <Step title={t("studio.step.connect")} isDone />
        <Step title={t("studio.step.publish")} isDone={newest !== undefined}>
          <ButtonLink href="/publish" variant="primary">
            {t("create.publish")}
          </ButtonLink>
        </Step>
        <Step title={t("studio.step.share")} isDone={false}>
          {newest?.visibility === "Private" ? (
            <>
              <p className={css.text}>{t("studio.step.inviteText", { name })}</p>
              <ButtonLink href={`/create/characters/${newest.id}?tab=sharing`} size="small">
                {t("publish.done.invite")}
              </ButtonLink>
            </>
          ) : (
            link && (
              <p className={css.text}>
                {t(newest.modality === "Chat" ? "studio.step.shareText" : "tools.shareText", { name })}{" "}
                <span className={css.link} translate="no">
                  {link}
                </span>
                <CopyButton text={link} what={t("publish.done.link")} />
              </p>
            )
          )}
        </Step>
        <Step
          title={t(!newest || newest.modality === "Chat" ? "studio.step.message" : "tools.firstUse")}
          isDone={false}
        >
          {newest && <p className={css.text}>{t("studio.step.messageText")}</p>}
        </Step>
      </ol>
    </Card>
  );
}

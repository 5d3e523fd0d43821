import { useId, useState } from "react";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { cx } from "../../ui/cx.ts";
import type { Visibility } from "../draft.ts";
import { AudienceStep } from "../wizard/AudienceStep.tsx";
import { AllowList } from "./AllowList.tsx";
import { Invites } from "./Invites.tsx";
import css from "./Manage.module.css";
import type { ManagedCharacter } from "./managed.ts";
import { VisibilitySheet } from "./VisibilitySheet.tsx";

/** Who sees a character, and, of a private one, who is let in. */
export function SharingTab({ character }: { character: ManagedCharacter }) {
  const t = useT();
  const heading = useId();
  const { characterId, visibility, name } = character;
  const [chosen, setChosen] = useState<Visibility>();
  const [changing, setChanging] = useState<Visibility>();
  const wanted = chosen ?? visibility;
  return (
    <div className={cx(css.stack)}>
      <section className={css.section} aria-labelledby={heading}>
        <h2 id={heading}>{t("publish.step.audience")}</h2>
        <AudienceStep value={wanted} onChange={setChosen} />
        {wanted !== visibility && (
          <div className={css.row}>
            <Button variant="primary" onClick={() => setChanging(wanted)}>
              {t("sharing.change")}
            </Button>
            <Button onClick={() => setChosen(undefined)}>{t("sharing.keep")}</Button>
          </div>
        )}
      </section>
      {visibility === "Private" ? (
        <>
          <Invites characterId={characterId} name={name} />
          <AllowList characterId={characterId} name={name} />
        </>
      ) : (
        <p className={css.note}>{t("sharing.notPrivate")}</p>
      )}
      {changing && (
        <VisibilitySheet
          character={character}
          to={changing}
          onClose={() => {
            setChanging(undefined);
            setChosen(undefined);
          }}
        />
      )}
    </div>
  );
}

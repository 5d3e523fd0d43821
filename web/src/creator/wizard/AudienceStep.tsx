import { Globe, Link2, Lock } from "lucide-react";
import { useId } from "react";
import { useT } from "../../i18n/react.tsx";
import type { MessageId } from "../../locales/en/index.ts";
import { Icon } from "../../ui/Icon.tsx";
import type { Visibility } from "../draft.ts";
import css from "./Audience.module.css";

const OPTIONS = [
  ["Public", Globe, "publish.public", "publish.publicText"],
  ["Unlisted", Link2, "publish.unlisted", "publish.unlistedText"],
  ["Private", Lock, "publish.private", "publish.privateText"],
] as const satisfies readonly (readonly [Visibility, typeof Globe, MessageId, MessageId])[];

export interface AudienceProps {
  value: Visibility;
  onChange: (visibility: Visibility) => void;
  /** Whether it still has to be published: then it is said what comes after. */
  isNew?: boolean;
}

/** Who sees it: everyone, who has the link, or people who are chosen. */
export function AudienceStep({ value, onChange, isNew = false }: AudienceProps) {
  const t = useT();
  const name = useId();
  return (
    <fieldset className={css.group}>
      <legend>{t("publish.who")}</legend>
      {OPTIONS.map(([visibility, icon, label, text]) => (
        <label key={visibility} className={css.option}>
          <input
            type="radio"
            name={name}
            value={visibility}
            checked={value === visibility}
            onChange={() => onChange(visibility)}
          />
          <Icon of={icon} />
          <span>
            <span className={css.label}>{t(label)}</span>
            <span className={css.text}>{t(text)}</span>
          </span>
        </label>
      ))}
      {value === "Private" && (
        <ul className={css.notes}>
          {isNew && <li>{t("publish.privateHow")}</li>}
          <li>{t("publish.privateCard")}</li>
          <li>{t("publish.privatePicture")}</li>
        </ul>
      )}
    </fieldset>
  );
}

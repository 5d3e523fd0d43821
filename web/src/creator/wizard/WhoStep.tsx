import { useT } from "../../i18n/react.tsx";
import { Input } from "../../ui/Input.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { LONGEST } from "../draft.ts";
import { ImageField } from "../ImageField.tsx";
import css from "./Form.module.css";
import { MakesField } from "./MakesField.tsx";
import type { StepProps } from "./Step.tsx";
import { VoiceField } from "./VoiceField.tsx";

/** Who it is: what everyone reads on its card. @param isNew Whether it still can become something else. */
export function WhoStep({ isNew = false, ...props }: StepProps & { isNew?: boolean }) {
  const t = useT();
  const { draft, change, set, problem } = props;
  return (
    <>
      {isNew && <MakesField draft={draft} set={set} />}
      <Input
        label={t("publish.name")}
        value={draft.name}
        maxLength={LONGEST.name}
        required
        autoComplete="off"
        error={problem("name")}
        onChange={(event) => set({ name: event.target.value })}
      />
      <Input
        label={t("publish.tagline")}
        hint={t("publish.taglineHint")}
        optional
        value={draft.tagline}
        maxLength={LONGEST.tagline}
        autoComplete="off"
        onChange={(event) => set({ tagline: event.target.value })}
      />
      <ImageField image={draft.image} onChange={(image) => set({ image })} />
      <TextArea
        label={t("publish.description")}
        optional
        value={draft.description}
        maxLength={LONGEST.description}
        onChange={(event) => set({ description: event.target.value })}
      />
      <Input
        label={t("publish.tags")}
        hint={t("publish.tagsHint")}
        optional
        value={draft.tags}
        autoComplete="off"
        error={problem("tags")}
        onChange={(event) => set({ tags: event.target.value })}
      />
      {draft.modality === "Chat" && <Talk {...{ draft, change, set }} />}
    </>
  );
}

/** What only one that talks has: how it begins, and who reads it out. */
function Talk({ draft, change, set }: Pick<StepProps, "draft" | "change" | "set">) {
  const t = useT();
  return (
    <>
      <TextArea
        label={t("publish.greeting")}
        hint={t("publish.greetingHint")}
        optional
        value={draft.greeting}
        maxLength={LONGEST.greeting}
        onChange={(event) => set({ greeting: event.target.value })}
      />
      <fieldset className={css.group}>
        <legend>{t("publish.openers")}</legend>
        <p className={css.hint}>{t("publish.openersHint")}</p>
        {draft.openers.map((opener, at) => (
          <Input
            // biome-ignore lint/suspicious/noArrayIndexKey: three places that never move
            key={at}
            label={t("publish.opener", { number: at + 1 })}
            optional
            value={opener}
            maxLength={LONGEST.opener}
            autoComplete="off"
            onChange={(event) => change({ kind: "opener", at, text: event.target.value })}
          />
        ))}
      </fieldset>
      <VoiceField draft={draft} set={set} />
    </>
  );
}

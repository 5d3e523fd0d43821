import type { AccountInfo, NotificationKind } from "@stelai/sdk";
import { useT } from "../../i18n/react.tsx";
import { Failed } from "../Failed.tsx";
import { KIND_NAMES, KINDS } from "../feed/kinds.ts";
import { Section } from "./Section.tsx";
import css from "./Settings.module.css";
import { useSave } from "./useAccount.ts";

/** Which kinds are sent by push and mail; saved as they are ticked. */
export function Kinds({ account }: { account: AccountInfo }) {
  const t = useT();
  const save = useSave<NotificationKind[]>((stelai, kinds) => stelai.relayer.setMuted({ kinds }));
  // What was ticked last shows at once.
  const muted = save.isPending ? save.variables : account.muted;
  const toggle = (kind: NotificationKind) =>
    save.mutate(muted.includes(kind) ? muted.filter((one) => one !== kind) : [...muted, kind]);
  return (
    <Section title={t("kinds.title")}>
      <p id="kinds-text" className={css.muted}>
        {t("kinds.text")}
      </p>
      <fieldset className={css.kinds} aria-label={t("kinds.title")} aria-describedby="kinds-text">
        {KINDS.map((kind) => (
          <label key={kind} className={css.kind}>
            <input type="checkbox" checked={!muted.includes(kind)} onChange={() => toggle(kind)} />
            {t(KIND_NAMES[kind])}
          </label>
        ))}
      </fieldset>
      {save.error !== null && <Failed error={save.error} />}
    </Section>
  );
}

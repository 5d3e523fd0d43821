import "../../studio/words.ts";
import { useModel } from "@stelai/sdk/react";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useT } from "../../i18n/react.tsx";
import { Link } from "../../ui/Link.tsx";
import css from "../../ui/Panel.module.css";
import { type CardVoice, voiceToolOf } from "./voice.ts";

/** In the panel beside a conversation: which voice reads the answers out, with a link to it. */
export default function VoiceSection({ voice }: { voice: CardVoice }) {
  const t = useT();
  const { status } = useSignIn();
  const characterId = voiceToolOf(voice);
  const { data: model, error } = useModel(characterId, { enabled: status !== "loading", staleTime: 30_000 });
  if (characterId === undefined) return null;
  const speaker = model?.stelai.tool?.voices.find(({ id }) => id === voice.voice)?.name;
  const isServed = model?.stelai.tool && !model.stelai.suspended;
  return (
    <section className={css.section} aria-labelledby="voice-title">
      <h2 id="voice-title">{t("studio.listen.voice")}</h2>
      {model && (
        <p>
          <Link href={`/studio/${characterId}`} translate="no">
            {model.stelai.card?.name ?? model.id}
          </Link>
          {speaker && (
            <>
              {" · "}
              <span translate="no">{speaker}</span>
            </>
          )}
        </p>
      )}
      {model && isServed && (
        <p className={css.muted} translate="no">
          {model.stelai.engine.label}
        </p>
      )}
      {(error && !model) || (model && !isServed) ? (
        <p className={css.muted}>{t("studio.listen.notServed")}</p>
      ) : (
        <p className={css.muted}>{t("studio.listen.how")}</p>
      )}
    </section>
  );
}

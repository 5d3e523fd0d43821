import "../studio/words.ts";
import { useSearchParams } from "wouter";
import { Page } from "../app/Page.tsx";
import { useT } from "../i18n/react.tsx";
import { usePayingTab } from "../paying/usePayingTab.ts";
import { filterFrom } from "../studio/filters.ts";
import { Gallery } from "../studio/Gallery.tsx";
import { type MadeModality, madeModality } from "../studio/modalities.ts";
import { PromptField } from "../studio/PromptField.tsx";
import { ANY_PROMPT, useKept } from "../studio/stored.ts";
import { ModalityChips, ToolList } from "../studio/ToolList.tsx";
import { useGallery } from "../studio/useGallery.ts";
import { useMaking } from "../studio/useMaking.ts";
import { useResultActs } from "../studio/useResultActs.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import css from "./StudioPage.module.css";

/** All tools by what they make, and everything that was made. */
export default function StudioPage() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const [prompt, setPrompt] = useKept(ANY_PROMPT, "");
  const making = useMaking(usePayingTab());
  const modality = madeModality(params.get("make")) ?? "Image";
  const filter = filterFrom(params, false);
  const gallery = useGallery(making, undefined, filter);
  const [acts, state] = useResultActs(making, undefined);
  const make = (one: MadeModality) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        next.set("make", one);
        return next;
      },
      { replace: true },
    );
  return (
    <Page
      title={t("studio.title")}
      lead={t("studio.lead")}
      actions={<ButtonLink href={`/rankings?make=${modality}`}>{t("nav.rankings")}</ButtonLink>}
    >
      <div className={css.page}>
        <PromptField label={t("studio.prompt.any")} text={prompt} onText={setPrompt} />
        <section className={css.tools} aria-labelledby="tools-title">
          <div className={css.head}>
            <h2 id="tools-title">{t("studio.tools.pick")}</h2>
            <ModalityChips chosen={modality} onChoose={make} />
          </div>
          <ToolList modality={modality} prompt={prompt} />
        </section>
        <Gallery
          gallery={gallery}
          making={making}
          filter={filter}
          onTool={false}
          acts={acts}
          state={state}
          empty={<EmptyState title={t("studio.results.empty")}>{t("studio.results.emptyAll")}</EmptyState>}
        />
      </div>
    </Page>
  );
}

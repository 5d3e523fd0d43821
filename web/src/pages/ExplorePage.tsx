import type { Model } from "@stelai/sdk";
import { useModels } from "@stelai/sdk/react";
import { useEffect, useState } from "react";
import { useSearchParams } from "wouter";
import { useShared } from "../access/useShared.ts";
import { Page } from "../app/Page.tsx";
import { listChainKeys } from "../config/chainState.ts";
import { CharacterCard, CharacterCardSkeleton } from "../explore/CharacterCard.tsx";
import { FirstTalk, FirstTalkSkeleton } from "../explore/FirstTalk.tsx";
import { filterFrom, makesOf, matching, nearest, tagsOf } from "../explore/search.ts";
import { useWithWords } from "../explore/useWithWords.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import css from "./ExplorePage.module.css";

/** Characters talked to in this browser, by id; undefined until it is known. */
function useTalkedTo(): ReadonlySet<string> | undefined {
  const [ids, setIds] = useState<ReadonlySet<string>>();
  useEffect(() => {
    const show = (keys: string[]) => setIds(new Set(keys.map((key) => key.slice("chat:".length))));
    // Without IndexedDB nothing is remembered.
    listChainKeys("chat:").then(show, () => show([]));
  }, []);
  return ids;
}

/** First run and catalogue. */
export default function ExplorePage() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const models = useModels({ staleTime: 30_000 });
  const talkedTo = useTalkedTo();
  const shared = useShared();
  const filter = filterFrom(params);
  const all = models.data ?? [];
  const withWords = useWithWords(all, filter.query);
  // The words are found already; what is left narrows them.
  const narrowed = { ...filter, query: "" };
  const found = matching(withWords, narrowed);
  const isFiltered = filter.query !== "" || filter.make !== undefined || filter.tag !== "" || filter.free;
  const resumable = all.filter(({ stelai }) => talkedTo?.has(String(stelai.characterId)));
  const firstFree = all.find(({ stelai }) => stelai.modality === "Chat" && stelai.free && !stelai.suspended);

  const set = (changes: Readonly<Record<string, string>>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === "") next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );

  const explained = models.error ? explain(models.error) : undefined;
  const failed = explained && !models.data && (
    <ErrorState
      what={explained.what}
      money="notInvolved"
      technical={explained.technical}
      actions={<Button onClick={() => void models.refetch()}>{t("chat.again")}</Button>}
    >
      {t("explore.relayerDown")}
    </ErrorState>
  );
  const catalogue = (
    <section className={css.section} aria-labelledby="characters">
      <h2 id="characters" className={css.heading}>
        {t("explore.characters")}
      </h2>
      {/* biome-ignore lint/a11y/useSemanticElements: toggles, not form fields */}
      <div className={css.filters} role="group" aria-label={t("explore.makes")}>
        <Chip pressed={filter.make === undefined} onPress={() => set({ make: "" })}>
          {t("explore.make.any")}
        </Chip>
        {makesOf(withWords, narrowed, all).map(({ make, count }) => (
          <Chip
            key={make}
            pressed={make === filter.make}
            count={count}
            // A tag of the others would leave nothing.
            onPress={() => set({ make: make === filter.make ? "" : make, tag: "" })}
          >
            {t(`explore.make.${make}`)}
          </Chip>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: toggles, not form fields */}
      <div className={css.filters} role="group" aria-label={t("explore.filters")}>
        <Chip pressed={filter.free} onPress={() => set({ free: filter.free ? "" : "1" })}>
          {t("explore.free")}
        </Chip>
        {tagsOf(all, filter.make).map(({ tag, count }) => (
          <Chip
            key={tag}
            pressed={tag === filter.tag}
            count={count}
            onPress={() => set({ tag: tag === filter.tag ? "" : tag })}
          >
            <span translate="no">{tag}</span>
          </Chip>
        ))}
      </div>
      {models.isPending ? (
        <div className={css.grid} aria-busy>
          {Array.from({ length: 8 }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: all alike
            <CharacterCardSkeleton key={at} />
          ))}
        </div>
      ) : found.length > 0 ? (
        <Grid models={found} />
      ) : all.length === 0 ? (
        <EmptyState title={t("explore.nothing")}>{t("explore.nothingText")}</EmptyState>
      ) : (
        <>
          <EmptyState
            title={t("explore.noMatch")}
            actions={<Button onClick={() => setParams({}, { replace: true })}>{t("explore.showAll")}</Button>}
          >
            {t("explore.noMatchText")}
          </EmptyState>
          <Grid models={nearest(all, filter)} />
        </>
      )}
    </section>
  );
  return (
    <Page
      title={filter.query ? t("explore.results", { query: filter.query }) : t("explore.title")}
      lead={isFiltered ? undefined : t("explore.lead")}
    >
      {!isFiltered && talkedTo && firstFree && resumable.length === 0 && <FirstTalk model={firstFree} />}
      {!isFiltered && (talkedTo ? models.isPending && talkedTo.size === 0 : !models.isError) && <FirstTalkSkeleton />}
      {!isFiltered && resumable.length > 0 && (
        <section className={css.section} aria-labelledby="resume">
          <h2 id="resume">{t("explore.resume")}</h2>
          <Grid models={resumable} />
        </section>
      )}
      {!isFiltered && shared.data !== undefined && shared.data.length > 0 && (
        <section className={css.section} aria-labelledby="shared">
          <h2 id="shared">{t("explore.shared")}</h2>
          <Grid models={shared.data} />
        </section>
      )}
      {failed || catalogue}
    </Page>
  );
}

function Grid({ models }: { models: readonly Model[] }) {
  return (
    <ul className={css.grid}>
      {models.map((model) => (
        <li key={model.id}>
          <CharacterCard model={model} />
        </li>
      ))}
    </ul>
  );
}

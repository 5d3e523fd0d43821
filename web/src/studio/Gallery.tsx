import { type ReactNode, useEffect, useRef } from "react";
import { useSearchParams } from "wouter";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import { StoppedError } from "../wallet/errors.ts";
import { CompareDialog } from "./CompareDialog.tsx";
import { canCompare, stillThere } from "./compare.ts";
import { type GalleryFilter, STATES, withFilter } from "./filters.ts";
import css from "./Gallery.module.css";
import { MADE_MODALITIES } from "./modalities.ts";
import { Sheets } from "./Sheets.tsx";
import tiles from "./Tile.module.css";
import { SendingTile, Tile } from "./Tile.tsx";
import { useAnnouncement } from "./useAnnouncement.ts";
import type { GalleryData } from "./useGallery.ts";
import type { Making } from "./useMaking.ts";
import { isWrongFile, type ResultActs, type ResultState } from "./useResultActs.tsx";
import { Viewer } from "./Viewer.tsx";

function Filters({ filter, onTool }: { filter: GalleryFilter; onTool: boolean }) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const set = (changes: Partial<GalleryFilter>) =>
    setParams(withFilter(params, { ...filter, ...changes }, onTool), { replace: true });
  return (
    // biome-ignore lint/a11y/useSemanticElements: toggles, not form fields
    <div className={css.filters} role="group" aria-label={t("studio.results.filters")}>
      {onTool &&
        (["tool", "all"] as const).map((of) => (
          <Chip key={of} pressed={filter.of === of} onPress={() => set({ of })}>
            {t(of === "tool" ? "studio.results.this" : "studio.results.all")}
          </Chip>
        ))}
      {onTool && <span className={css.gap} />}
      {filter.of === "all" &&
        MADE_MODALITIES.map((one) => (
          <Chip
            key={one}
            pressed={filter.modality === one}
            onPress={() => set({ modality: filter.modality === one ? undefined : one })}
          >
            {t(`studio.modality.${one}`)}
          </Chip>
        ))}
      {filter.of === "all" && <span className={css.gap} />}
      {STATES.map((one) => (
        <Chip
          key={one}
          pressed={filter.state === one}
          onPress={() => set({ state: filter.state === one ? undefined : one })}
        >
          {t(`studio.results.${one}`)}
        </Chip>
      ))}
    </div>
  );
}

/** More as the end comes into view; a button too, for whoever does not scroll. */
function More({ gallery }: { gallery: GalleryData }) {
  const t = useT();
  const end = useRef<HTMLDivElement>(null);
  const { hasMore, isFetchingMore, more } = gallery;
  const fetch = useRef(more);
  fetch.current = more;
  useEffect(() => {
    if (!hasMore || isFetchingMore || !end.current) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetch.current(), {
      rootMargin: "600px",
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasMore, isFetchingMore]);
  if (!hasMore) return null;
  return (
    <div ref={end} className={css.more}>
      <Button disabled={isFetchingMore} onClick={more}>
        {isFetchingMore ? t("studio.results.loading") : t("studio.results.more")}
      </Button>
    </div>
  );
}

/** Everything of the account needs the monthly sign-in: offered here, never asked for at connect. */
function SeeAll({ hasTab }: { hasTab: boolean }) {
  const t = useT();
  const signIn = useSignIn();
  const see = () =>
    void signIn.require("studio.signInWhy").catch((error: unknown) => {
      if (!(error instanceof StoppedError)) throw error;
    });
  return (
    <div className={css.seeAll}>
      <p>{t(hasTab ? "studio.results.signInTab" : "studio.results.signInText")}</p>
      <Button size="small" onClick={see}>
        {t("studio.results.signIn")}
      </Button>
    </div>
  );
}

export interface GalleryProps {
  gallery: GalleryData;
  making: Making;
  filter: GalleryFilter;
  onTool: boolean;
  acts: ResultActs;
  state: ResultState;
  /** What stands where nothing was made yet. */
  empty: ReactNode;
}

/** What was made and what is on its way, newest first. */
export function Gallery({ gallery, making, filter, onTool, acts, state, empty }: GalleryProps) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const { shown, sending, news, error } = gallery;
  const announced = useAnnouncement(news);
  const finished = shown?.filter(({ status }) => status === "completed") ?? [];
  const compared = stillThere(state.compared, new Set(finished.map(({ id }) => id)));
  const isNarrowed = filter.modality !== undefined || filter.state !== undefined;
  const nothing = shown?.length === 0 && sending.length === 0;
  return (
    <section className={css.gallery} aria-labelledby="results-title">
      <div className={css.head}>
        <h2 id="results-title">{t("studio.results.yours")}</h2>
        <Filters filter={filter} onTool={onTool} />
      </div>
      <VisuallyHidden>
        <span role="status">{announced}</span>
      </VisuallyHidden>
      {state.problem !== undefined &&
        (isWrongFile(state.problem) ? (
          <ErrorState
            what={t("studio.wrongHash")}
            money="notInvolved"
            actions={<Button onClick={() => state.setProblem(undefined)}>{t("ui.close")}</Button>}
          />
        ) : (
          <Failed error={state.problem} />
        ))}
      {error ? <Failed error={error} onAgain={gallery.again} /> : null}
      {!shown && !error && (
        <ul className={tiles.grid} aria-busy>
          {[1, 2, 3, 4].map((at) => (
            <li key={at} className={tiles.tile}>
              <div className={tiles.media}>
                <Skeleton height="100%" />
              </div>
              <div className={tiles.prompt}>
                <Skeleton />
              </div>
            </li>
          ))}
        </ul>
      )}
      {nothing &&
        !error &&
        (isNarrowed ? (
          <EmptyState
            title={t("studio.results.noMatch")}
            actions={
              <Button
                onClick={() =>
                  setParams(withFilter(params, { of: filter.of, modality: undefined, state: undefined }, onTool), {
                    replace: true,
                  })
                }
              >
                {t("studio.results.showAll")}
              </Button>
            }
          />
        ) : (
          empty
        ))}
      {!nothing && shown && (
        <ul className={tiles.grid}>
          {sending.map((one) => (
            <li key={one.key}>
              <SendingTile sending={one} />
            </li>
          ))}
          {shown.map((generation) => (
            <li key={generation.id}>
              <Tile generation={generation} acts={acts} chosen={compared.includes(generation.id)} />
            </li>
          ))}
        </ul>
      )}
      <More gallery={gallery} />
      {gallery.canSignIn && <SeeAll hasTab={making.session !== undefined} />}
      {compared.length > 0 && (
        <div className={css.compare}>
          <span role="status">{t("studio.compare.bar", { count: compared.length })}</span>
          <Button variant="primary" disabled={!canCompare(compared)} onClick={() => state.setComparing(true)}>
            {t("studio.compare.open")}
          </Button>
          <Button onClick={() => state.setCompared([])}>{t("studio.compare.clear")}</Button>
        </div>
      )}
      {state.comparing && canCompare(compared) && (
        <CompareDialog
          results={compared.flatMap((id) => finished.filter((one) => one.id === id))}
          acts={acts}
          onClose={() => state.setComparing(false)}
        />
      )}
      <Viewer results={finished} acts={acts} state={state} />
      <Sheets acts={acts} state={state} session={making.session} />
    </section>
  );
}

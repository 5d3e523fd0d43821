import "../../studio/words.ts";
import { useSearchParams } from "wouter";
import { useT } from "../../i18n/react.tsx";
import { usePayingTab } from "../../paying/usePayingTab.ts";
import { filterFrom } from "../../studio/filters.ts";
import { Gallery } from "../../studio/Gallery.tsx";
import { useGallery } from "../../studio/useGallery.ts";
import { useMaking } from "../../studio/useMaking.ts";
import { useResultActs } from "../../studio/useResultActs.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ButtonLink } from "../../ui/Link.tsx";

/**
 * Everything the account made with any tool; without a sign-in what the open tab paid for, and what was free in this
 * browser. It can all be done here that can be done in the studio, but for making it again.
 */
export default function Made() {
  const t = useT();
  const [params] = useSearchParams();
  const making = useMaking(usePayingTab());
  const filter = filterFrom(params, false);
  const gallery = useGallery(making, undefined, filter);
  const [acts, state] = useResultActs(making, undefined);
  return (
    <Gallery
      gallery={gallery}
      making={making}
      filter={filter}
      onTool={false}
      acts={acts}
      state={state}
      empty={
        <EmptyState
          title={t("studio.results.empty")}
          actions={
            <ButtonLink href="/studio" variant="primary">
              {t("library.toStudio")}
            </ButtonLink>
          }
        >
          {t("studio.results.emptyAll")}
        </EmptyState>
      }
    />
  );
}

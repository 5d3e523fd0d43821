import { OpenTabSheet } from "../tabs/OpenTabSheet.tsx";
import { TopUpSheet } from "../tabs/TopUpSheet.tsx";
import type { PayingTab } from "./usePayingTab.ts";

/** The sheets that stand between an act and what pays for it: the opening of a tab, and credits for one that is dry. */
export function PayingSheets<Act>({
  tab,
  opening,
  onOpened,
  onOpeningEnd,
  dry,
  onDryEnd,
}: {
  tab: PayingTab;
  opening: boolean;
  /** There is a tab now: the sheet is to close, and what waits for the tab goes on by itself. */
  onOpened: () => void;
  /** The sheet was left, and what waited is given up. */
  onOpeningEnd: () => void;
  /** The act that the tab has too little left for. */
  dry: Act | undefined;
  /** @param act What can go on now; undefined when the sheet was left. */
  onDryEnd: (act: Act | undefined) => void;
}) {
  return (
    <>
      <OpenTabSheet
        open={opening}
        onClose={onOpeningEnd}
        onOpened={() => {
          onOpened();
          void tab.refresh();
        }}
      />
      {tab.session && (
        <TopUpSheet
          open={dry !== undefined}
          session={tab.session}
          onClose={() => onDryEnd(undefined)}
          onDone={() => {
            void tab.refresh();
            onDryEnd(dry);
          }}
        />
      )}
    </>
  );
}

import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useT } from "../../i18n/react.tsx";
import { chainNow, useChainNow } from "../../stelai/chainNow.ts";
import { formatLeft } from "../clock.ts";
import { endsSoon } from "../facts.ts";
import { LICENCE } from "../useLicence.ts";
import { momentText } from "../useWords.ts";
import { readOutstanding } from "./outstanding.ts";
import css from "./Resale.module.css";
import type { Subject } from "./subject.ts";

const OFTEN = 5_000;

/** What has to be known before a sale that nobody undoes. */
export interface Cautions {
  /** Above the terms. */
  readonly lead: ReactNode;
  /** In place of the buttons, until it is settled. */
  readonly hold?: ReactNode;
  /** The last moment of what is bought. */
  readonly until?: string | undefined;
}

/** Of a licence when it ends; of a work what is known of its file, and what it has sold already. */
export function useCautions({ token, workId }: Subject): Cautions {
  const licenceId = "licenceId" in token ? token.licenceId : undefined;
  const end = useEnd(licenceId);
  const work = useWorkCautions(licenceId === undefined ? workId : undefined);
  return licenceId === undefined ? work : end;
}

/** The exact end of a licence, by the chain. */
function useEnd(licenceId: bigint | undefined): Cautions {
  const t = useT();
  const now = useChainNow();
  const stelai = useStelai();
  const { data, isError } = useQuery({
    queryKey: stelaiKey(stelai, LICENCE, licenceId, "end"),
    queryFn: () => stelai.market.getLicence({ licenceId: licenceId ?? 0n }),
    enabled: licenceId !== undefined,
    staleTime: 0,
  });
  const note = (words: string) => <p className={css.muted}>{words}</p>;
  if (!data) return { lead: undefined, hold: note(t(isError ? "pass.unread" : "pass.reading")) };
  const left = endsSoon(data, now);
  return {
    lead: left !== undefined && <p role="alert">{t("buyListed.endsSoon", { left: formatLeft(left) })}</p>,
    until: data.expiry === 0n ? undefined : t("buyListed.until", { at: momentText(data.expiry) }),
  };
}

/** That a work is paid for at once; whether its file is known here; which licences of it stand. */
function useWorkCautions(workId: bigint | undefined): Cautions {
  const t = useT();
  const stelai = useStelai();
  const [isAware, setAware] = useState(false);
  const asked = { enabled: workId !== undefined, staleTime: 0, gcTime: 0 } as const;
  const deposit = useQuery({
    queryKey: stelaiKey(stelai, LICENCE, "deposit", workId),
    queryFn: ({ signal }) => stelai.works.isDeposited({ workId: workId ?? 0n, signal }),
    ...asked,
    retry: 1,
  });
  const standing = useQuery({
    queryKey: stelaiKey(stelai, LICENCE, "outstanding", workId),
    queryFn: async ({ signal }) => readOutstanding(stelai, workId ?? 0n, await chainNow(stelai), signal),
    ...asked,
    refetchInterval: OFTEN,
  });
  const isThere = deposit.data?.isDeposited === true;
  const isAsking = deposit.isPending || standing.isPending;
  const counts = standing.isError ? undefined : standing.data;
  const lead = (
    <div className={css.cautions}>
      <p role="note">
        <strong>{t("buyListed.atOnce")}</strong>
      </p>
      {counts && (
        <p>
          {t("buyListed.outstanding", { count: counts.live })}
          {counts.exclusive > 0 && ` ${t("buyListed.exclusive")}`}
          {counts.unseen > 0 && ` ${t("buyListed.unseen", { count: counts.unseen })}`}
        </p>
      )}
      {standing.isError && <p role="alert">{t("buyListed.outstandingUnread")}</p>}
      {isThere && <p className={css.muted}>{t("buyListed.deposited")}</p>}
      {!isThere && !deposit.isPending && (
        <>
          <p role="alert">{t(deposit.data ? "buyListed.notDeposited" : "buyListed.depositUnread")}</p>
          <label className={css.tick}>
            <input type="checkbox" checked={isAware} onChange={(event) => setAware(event.target.checked)} />
            {t("buyListed.aware")}
          </label>
        </>
      )}
    </div>
  );
  const note = (words: string) => (
    <p className={css.muted} role="status">
      {words}
    </p>
  );
  if (isAsking) return { lead, hold: note(t("buyListed.asking")) };
  return { lead, hold: isThere || isAware ? undefined : note(t("buyListed.first")) };
}

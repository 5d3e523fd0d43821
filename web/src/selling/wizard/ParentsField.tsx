import { ERC721NonexistentTokenError } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import form from "../../creator/wizard/Form.module.css";
import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { Input } from "../../ui/Input.tsx";
import { Link } from "../../ui/Link.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { MOST_PARENTS } from "../draft.ts";
import { parentRefusal, workIdFrom } from "../parents.ts";
import css from "../Selling.module.css";
import type { SellStepProps } from "./Step.tsx";

/** So many are offered at a time. */
const SHOWN = 5;

/** The works it builds on: found by title or link, each with what it takes. */
export function ParentsField({ draft, change, problem }: SellStepProps) {
  const t = useT();
  const stelai = useStelai();
  const { address } = useWallet();
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState<string>();
  const [adding, setAdding] = useState<bigint>();
  const words = useDeferredValue(typed.trim());
  const named = workIdFrom(words);
  const { parents } = draft;
  const found = useQuery({
    queryKey: stelaiKey(stelai, "parentSearch", words),
    enabled: words.length > 1 && named === undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => stelai.search.works({ q: words, limit: SHOWN, signal }),
  });
  const hits = words.length > 1 && named === undefined ? (found.data?.results ?? []) : [];

  const add = async (workId: bigint, title?: string | null) => {
    setRefused(undefined);
    setAdding(workId);
    try {
      // What counts when it is listed is the chain's word, not the catalogue's.
      const work = await stelai.works.getWork({ workId });
      const why = parentRefusal(work, parents, address);
      if (why) return setRefused(`${title ?? t("sell.work", { id: String(workId) })}: ${t(why.id, why.values)}`);
      const said =
        title ??
        (await stelai.works.fetchMetadata({ metadataURI: work.metadataURI }).then(
          (metadata) => metadata.title,
          () => undefined,
        ));
      const name = said ?? t("sell.work", { id: String(workId) });
      change({ kind: "addParent", parent: { workId: String(workId), title: name, bps: work.derivativeBps } });
      setTyped("");
    } catch (error) {
      const isNone = error instanceof ERC721NonexistentTokenError;
      setRefused(isNone ? t("sell.parents.none", { id: String(workId) }) : String(explain(error).what));
    } finally {
      setAdding(undefined);
    }
  };

  return (
    <fieldset className={form.group}>
      <legend>{t("sell.parents")}</legend>
      <p className={form.hint}>{t("sell.parentsText", { most: MOST_PARENTS })}</p>
      {parents.length > 0 && (
        <ul className={css.parents}>
          {parents.map(({ workId, title, bps }) => (
            <li key={workId}>
              <Link href={`/works/${workId}`}>
                <span translate="no">{title}</span>
              </Link>
              <span className={css.note}>{t("sell.parentTakes", { percent: String(bps / 100) })}</span>
              <Button
                size="small"
                variant="quiet"
                aria-label={t("sell.parentRemove", { title })}
                onClick={() => change({ kind: "removeParent", workId })}
              >
                {t("sell.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Input
        label={t("sell.parentFind")}
        hint={t("sell.parentFindHint")}
        optional
        autoComplete="off"
        value={typed}
        error={refused ?? problem("parents")}
        onChange={(event) => {
          setRefused(undefined);
          setTyped(event.target.value);
        }}
        onKeyDown={(event) => {
          // Enter is for this field, not for the step.
          if (event.key !== "Enter") return;
          event.preventDefault();
          const first = hits[0];
          if (named !== undefined) void add(named);
          else if (first) void add(first.workId, first.title);
        }}
      />
      <div className={css.hits} aria-live="polite">
        {named !== undefined && (
          <Button size="small" disabled={adding !== undefined} onClick={() => void add(named)}>
            {t("sell.parentAdd", { title: t("sell.work", { id: String(named) }) })}
          </Button>
        )}
        {hits.map(({ workId, title }) => (
          <Button
            key={String(workId)}
            size="small"
            disabled={adding !== undefined}
            onClick={() => void add(workId, title)}
          >
            <span>{t("sell.parentAdd", { title: title ?? t("sell.work", { id: String(workId) }) })}</span>
          </Button>
        ))}
        {found.data && words.length > 1 && named === undefined && hits.length === 0 && (
          <span className={css.note}>{t("sell.parentsNothing")}</span>
        )}
        {found.error && <span className={css.note}>{t("sell.parentsDown")}</span>}
      </div>
    </fieldset>
  );
}

import { useState } from "react";
import { formatCount } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { AtFloor, FloorRate, UsdAtFloor } from "../ui/AtFloor.tsx";
import { Button } from "../ui/Button.tsx";
import { ButtonLink, Link } from "../ui/Link.tsx";
import { Table } from "../ui/Table.tsx";
import { CharacterName } from "./CharacterName.tsx";
import { sumsAsText } from "./earnings.ts";
import css from "./StatementTable.module.css";
import type { CreatorCharacter, CreatorStatement } from "./useCreatorIndex.ts";

const FIRST = 12;

export interface StatementTableProps {
  statement: CreatorStatement;
  characters: readonly CreatorCharacter[];
  csvUrl: string;
}

/** Every collected earning with its sum: gross − commission − split = net. */
export function StatementTable({ statement, characters, csvUrl }: StatementTableProps) {
  const t = useT();
  const [showAll, setShowAll] = useState(false);
  const cards = new Map(characters.map(({ id, metadataURI }) => [id, metadataURI]));
  const newestFirst = statement.lines.toReversed();
  const shown = showAll ? newestFirst : newestFirst.slice(0, FIRST);
  return (
    <section className={css.statement}>
      <div className={css.head}>
        <h2>{t("studio.statement")}</h2>
        {newestFirst.length > 0 && (
          <ButtonLink href={csvUrl} size="small" download>
            {t("studio.statement.csv")}
          </ButtonLink>
        )}
      </div>
      <p className={css.note}>
        {t("studio.statementText")} <FloorRate />
      </p>
      {newestFirst.length === 0 ? (
        <p>{t("studio.statement.empty")}</p>
      ) : (
        <>
          <p>
            {t("studio.statement.total", sumsAsText(statement.totals))} <AtFloor wei={statement.totals.net} />
          </p>
          <Table
            caption={t("studio.statement")}
            hideCaption
            rows={shown}
            rowKey={({ key }) => key}
            columns={[
              { key: "date", label: t("studio.statement.date"), cell: ({ date }) => date },
              {
                key: "source",
                label: t("studio.statement.source"),
                cell: ({ characterId: id, workId }) =>
                  id !== undefined ? (
                    <CharacterName id={id} metadataURI={cards.get(id)} />
                  ) : workId !== undefined ? (
                    <Link href={`/works/${workId}`}>{t("sell.work", { id: String(workId) })}</Link>
                  ) : (
                    t("studio.statement.other")
                  ),
              },
              { key: "gross", label: t("studio.gross"), end: true, cell: (line) => sumsAsText(line).gross },
              {
                key: "commission",
                label: t("studio.commission"),
                end: true,
                cell: (line) => sumsAsText(line).commission,
              },
              { key: "split", label: t("studio.split"), end: true, cell: (line) => sumsAsText(line).split },
              {
                key: "net",
                label: t("studio.net"),
                end: true,
                cell: (line) => <strong>{sumsAsText(line).net}</strong>,
              },
              {
                key: "usd",
                label: t("studio.netUsd"),
                end: true,
                cell: (line) => <UsdAtFloor wei={line.net} />,
              },
            ]}
          />
          {newestFirst.length > shown.length && (
            <div>
              <Button onClick={() => setShowAll(true)}>
                {t("studio.statement.all", { count: formatCount(newestFirst.length) })}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

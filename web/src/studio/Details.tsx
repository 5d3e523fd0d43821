import type { Generation } from "@stelai/sdk";
import { formatCount } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { cx } from "../ui/cx.ts";
import { Link } from "../ui/Link.tsx";
import { characterIdOf } from "./modalities.ts";
import { CostLine } from "./Tile.tsx";
import { useTools } from "./ToolList.tsx";
import { useSettingsWords } from "./useSettingsWords.ts";
import css from "./Viewer.module.css";

const MEGABYTE = 1_000_000;

/** How large a file is, in words. */
function sizeWords(bytes: number): string {
  const [amount, unit] = bytes >= MEGABYTE ? [bytes / MEGABYTE, "megabyte"] : [bytes / 1_000, "kilobyte"];
  return new Intl.NumberFormat("en", { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

/** The name of the tool behind a generation. */
export function useToolName(): (model: string) => string {
  const { tools } = useTools();
  return (model) => tools?.find(({ id }) => id === model)?.stelai.card?.name ?? model;
}

/** Prompt, settings, tool, file and cost of a result. @param marked Settings in which it differs from others. */
export function Details({ generation, marked }: { generation: Generation; marked?: ReadonlySet<string> }) {
  const t = useT();
  const words = useSettingsWords();
  const toolName = useToolName();
  const { prompt, settings, model, created_at, engine, file } = generation;
  return (
    <>
      <p className={css.prompt} translate="no">
        {prompt}
      </p>
      <dl className={css.facts}>
        {words.all(settings).map(({ key, label, value }) => (
          <div key={key} className={cx(css.fact, marked?.has(key) && css.marked)}>
            <dt>{label}</dt>
            <dd {...((key === "voice" || key === "format") && { translate: "no" })}>{value}</dd>
          </div>
        ))}
        <div className={css.fact}>
          <dt>{t("studio.details.tool")}</dt>
          <dd translate="no">
            <Link href={`/studio/${characterIdOf(model)}`}>{toolName(model)}</Link>
          </dd>
        </div>
        <div className={css.fact}>
          <dt>{t("studio.details.engine")}</dt>
          <dd translate="no">{engine.label}</dd>
        </div>
        <div className={css.fact}>
          <dt>{t("studio.details.made")}</dt>
          <dd>{formatMoment(created_at)}</dd>
        </div>
        {file && (
          <div className={css.fact}>
            <dt>{t("studio.details.file")}</dt>
            <dd translate="no">
              {file.mediaType}, {sizeWords(file.bytes)}
              {file.sampleRate !== undefined && file.channels !== undefined && (
                <>
                  <br />
                  {t("studio.details.sampleRate", { rate: formatCount(file.sampleRate), channels: file.channels })}
                </>
              )}
            </dd>
          </div>
        )}
        <div className={css.fact}>
          <dt>{t("studio.details.cost")}</dt>
          <dd>
            <CostLine generation={generation} />
          </dd>
        </div>
      </dl>
    </>
  );
}

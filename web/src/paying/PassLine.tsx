import type { PassUse } from "@stelai/sdk";
import { formatCount } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Badge } from "../ui/Badge.tsx";
import css from "./PassLine.module.css";

/** Under the composer: that a pass covers the next message, and how many more today. */
export function PassLine({ use, area }: { use: PassUse | undefined; area: "chat" | "studio" }) {
  const t = useT();
  if (use && use.remaining <= 0) {
    return (
      <p className={css.pass}>
        <Badge tone="held">{t(`${area}.pass.over`, { limit: use.limit, moment: formatMoment(use.resetsAt) })}</Badge>
      </p>
    );
  }
  return (
    <p className={css.pass}>
      <Badge tone="live">
        {use ? t("chat.pass.left", { count: formatCount(use.remaining) }) : t("chat.pass.line")}
      </Badge>
    </p>
  );
}

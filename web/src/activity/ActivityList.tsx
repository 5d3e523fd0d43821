import { Ban, CircleCheck, CircleX, Clock, EyeOff, type LucideIcon, Repeat, Wallet } from "lucide-react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatMoment } from "../format/time.ts";
import { say } from "../i18n/index.ts";
import { useT } from "../i18n/react.tsx";
import { Badge, type Tone } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { cx } from "../ui/cx.ts";
import { Hash } from "../ui/Hash.tsx";
import css from "./ActivityList.module.css";
import { useActivity } from "./ActivityProvider.tsx";
import type { Activity, ActivityState } from "./activity.ts";

const LOOK: Record<ActivityState, { tone: Tone; icon: LucideIcon; step: number }> = {
  wallet: { tone: "held", icon: Wallet, step: 1 },
  sent: { tone: "held", icon: Clock, step: 2 },
  unseen: { tone: "held", icon: EyeOff, step: 2 },
  confirmed: { tone: "live", icon: CircleCheck, step: 3 },
  final: { tone: "live", icon: CircleCheck, step: 4 },
  replaced: { tone: "live", icon: Repeat, step: 3 },
  cancelled: { tone: "plain", icon: Ban, step: 0 },
  failed: { tone: "lost", icon: CircleX, step: 0 },
};

const EXPLAINED = new Set<ActivityState>(["replaced", "cancelled", "failed", "unseen"]);

function Entry({ activity }: { activity: Activity }) {
  const t = useT();
  const { chain } = useAppConfig();
  const { recheck, forget } = useActivity();
  const { tone, icon, step } = LOOK[activity.state];
  const shown = activity.replacedBy ?? activity.hash;
  const over = activity.state === "final" || activity.state === "failed" || activity.state === "cancelled";
  return (
    <li className={css.item}>
      <div className={css.head}>
        <span className={css.intent}>{say(activity.intent)}</span>
        <Badge tone={tone} icon={icon}>
          {t(`activity.state.${activity.state}`)}
        </Badge>
      </div>
      {step > 0 && (
        <div className={css.steps} aria-hidden>
          {[1, 2, 3, 4].map((at) => (
            <span key={at} className={cx(at <= step && css.done)} />
          ))}
        </div>
      )}
      {EXPLAINED.has(activity.state) && (
        <p className={css.explained}>{t(`activity.explained.${activity.state as "failed"}`)}</p>
      )}
      <div className={css.meta}>
        <span translate="no">{formatMoment(activity.startedAt)}</span>
        {shown && (
          <Hash
            value={shown}
            what={t("activity.transaction")}
            href={chain.explorerUrl && `${chain.explorerUrl}/tx/${shown}`}
          />
        )}
      </div>
      {(over || activity.state === "unseen") && (
        <div className={css.actions}>
          {activity.state === "unseen" && (
            <Button size="small" onClick={() => void recheck(activity.id)}>
              {t("activity.recheck")}
            </Button>
          )}
          <Button size="small" variant="quiet" onClick={() => forget(activity.id)}>
            {t("activity.forget")}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Every transaction of this browser and how far it has come. */
export function ActivityList() {
  const t = useT();
  const { items } = useActivity();
  if (items.length === 0) return <p className={css.empty}>{t("activity.empty")}</p>;
  return (
    <ul className={css.list}>
      {items.map((activity) => (
        <Entry key={activity.id} activity={activity} />
      ))}
    </ul>
  );
}

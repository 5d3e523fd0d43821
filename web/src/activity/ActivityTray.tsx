import { ScrollText } from "lucide-react";
import { lazy, Suspense } from "react";
import { useT } from "../i18n/react.tsx";
import { buttonClass } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Popover } from "../ui/Popover.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useActivity } from "./ActivityProvider.tsx";
import css from "./ActivityTray.module.css";

const ActivityList = lazy(() => import("./ActivityList.tsx").then((module) => ({ default: module.ActivityList })));

/** The header's tray: how many transactions are on their way, and all of them behind it. */
export function ActivityTray() {
  const t = useT();
  const { items } = useActivity();
  const moving = items.filter(({ state }) => state === "wallet" || state === "sent" || state === "unseen").length;
  const label = moving > 0 ? t("activity.trayMoving", { count: moving }) : t("activity.tray");
  return (
    <Popover
      label={t("activity.tray")}
      trigger={
        <button type="button" className={`${buttonClass({ variant: "quiet" })} ${css.trigger}`} aria-label={label}>
          <Icon of={ScrollText} />
          {moving > 0 && <span className={css.count}>{moving}</span>}
        </button>
      }
    >
      <h2 className={css.title}>{t("activity.tray")}</h2>
      <Suspense fallback={<Skeleton height="4rem" />}>
        <ActivityList />
      </Suspense>
    </Popover>
  );
}

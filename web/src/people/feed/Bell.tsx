import { Bell as BellIcon } from "lucide-react";
import { useT } from "../../i18n/react.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ButtonLink } from "../../ui/Link.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { useMine } from "../useMine.ts";
import css from "./Bell.module.css";

const LOOK_EVERY_MS = 30_000;
const MOST_SHOWN = 99;

/** How much is unread. Counted where this browser is signed in; nothing is asked otherwise. */
export function Bell() {
  const t = useT();
  const { address } = useWallet();
  const feed = useMine(["unread"], (stelai) => stelai.relayer.listNotifications({ limit: 1 }), {
    refetchInterval: LOOK_EVERY_MS,
  });
  if (!address) return null;
  const unread = feed.data?.unread ?? 0;
  return (
    <ButtonLink
      href="/notifications"
      variant="quiet"
      className={css.bell}
      aria-label={unread > 0 ? t("feed.bellUnread", { count: unread }) : t("feed.bell")}
    >
      <Icon of={BellIcon} />
      {unread > 0 && <span className={css.count}>{unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}</span>}
    </ButtonLink>
  );
}

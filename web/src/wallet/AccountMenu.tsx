import { Copy, FlaskConical, Gift, IdCard, LogOut, Monitor, Moon, Settings, Sun, UserRound } from "lucide-react";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { shorten } from "../format/hash.ts";
import { useT } from "../i18n/react.tsx";
import { type Theme, useTheme } from "../theme/theme.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button, buttonClass } from "../ui/Button.tsx";
import { Menu, type MenuGroup } from "../ui/Menu.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useToast } from "../ui/Toast.tsx";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import css from "./AccountMenu.module.css";
import { runningDemoWallet } from "./demo/provider.ts";
import { useWallet } from "./WalletProvider.tsx";

const THEMES = [
  ["system", Monitor],
  ["light", Sun],
  ["dark", Moon],
] as const;

/** Accounts of the demo wallet; anywhere else the wallet itself switches accounts. */
function useDemoAccounts(address: string | undefined): MenuGroup[] {
  const t = useT();
  const demo = runningDemoWallet();
  const [chosen, setChosen] = useState(demo?.chosen ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wallet's choice changes with the address
  useEffect(() => setChosen(demo?.chosen ?? 0), [demo, address]);
  if (!demo) return [];
  const items = demo.accounts.map(({ name }, index) => ({
    label: <span translate="no">{name}</span>,
    checked: index === chosen,
    onSelect: () => void demo.choose(index),
  }));
  return [{ heading: t("demo.actAs"), items }];
}

/** The header's account slot: connect, or who is connected and what can be done about it. */
export function AccountMenu() {
  const t = useT();
  const { address, name, isDemo, isReconnecting, require, disconnect } = useWallet();
  const [, go] = useLocation();
  const [theme, setTheme] = useTheme();
  const echo = useToast();
  const demoAccounts = useDemoAccounts(address);

  if (!address) {
    if (isReconnecting) return <Skeleton width="6rem" height="var(--control-height)" />;
    return (
      <Button variant="primary" onClick={() => void require().catch(() => undefined)}>
        {t("wallet.connectShort")}
      </Button>
    );
  }
  const copy = () => void navigator.clipboard.writeText(address).then(() => echo(t("ui.copied")));
  return (
    <Menu
      trigger={
        <button type="button" className={`${buttonClass({ variant: "secondary" })} ${css.trigger}`}>
          {/* What is seen is part of its name, for those who speak to their device. */}
          <VisuallyHidden>{t("wallet.account")}</VisuallyHidden>
          <Avatar id={address.toLowerCase()} size={24} />
          <span className={css.address} translate="no">
            {shorten(address)}
          </span>
        </button>
      }
      head={
        <div className={css.head}>
          <span translate="no">{name}</span>
          {isDemo && (
            <Badge tone="held" icon={FlaskConical}>
              {t("demo.testMoney")}
            </Badge>
          )}
        </div>
      }
      groups={[
        ...(isDemo ? demoAccounts : []),
        {
          items: [
            { label: t("nav.you"), icon: UserRound, onSelect: () => go("/you") },
            { label: t("you.profile"), icon: IdCard, onSelect: () => go(`/people/${address}`) },
            { label: t("nav.earn"), icon: Gift, onSelect: () => go("/contributions") },
            { label: t("you.settings"), icon: Settings, onSelect: () => go("/settings") },
            { label: t("wallet.copyAddress"), icon: Copy, onSelect: copy },
          ],
        },
        {
          heading: t("theme.title"),
          items: THEMES.map(([id, icon]) => ({
            label: t(`theme.${id}`),
            icon,
            checked: theme === id,
            onSelect: () => setTheme(id satisfies Theme),
          })),
        },
        { items: [{ label: t("wallet.disconnect"), icon: LogOut, onSelect: disconnect }] },
      ]}
    />
  );
}

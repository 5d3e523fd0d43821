import { useSearchParams } from "wouter";
import { useT } from "../../i18n/react.tsx";
import { formatSpan } from "../../selling/span.ts";
import { Tabs } from "../../ui/Tabs.tsx";
import { ADMIN_ROLES, type AdminRole, useAdminRoles } from "../useRole.ts";
import css from "./Admin.module.css";
import { Campaigns } from "./Campaigns.tsx";
import { Packages } from "./Packages.tsx";
import { Plans } from "./Plans.tsx";
import { Operators, Sales } from "./Safety.tsx";
import { Commission, ReferralTerms } from "./Terms.tsx";
import { Waiting } from "./Waiting.tsx";

const PARTS = ["waiting", "prices", "commission", "campaigns", "sales"] as const;

/** Prices, commission, campaigns and sales: what holds for everyone to read, and for who holds a role to change. */
export function AdminDesk() {
  const t = useT();
  const held = useAdminRoles();
  const [search, setSearch] = useSearchParams();
  const part = PARTS.find((each) => each === search.get("part")) ?? "waiting";
  const may = (role: AdminRole) => held[role]?.isMember === true;
  const contents = {
    waiting: <Waiting />,
    prices: (
      <div className={css.part}>
        <Packages may={may("PRICING")} />
        <Plans may={may("PRICING")} />
        <ReferralTerms may={may("PRICING")} />
      </div>
    ),
    commission: <Commission may={may("COMMISSION")} />,
    campaigns: (
      <div className={css.part}>
        <Campaigns may={may("CAMPAIGNS")} />
        <Operators may={may("CAMPAIGNS")} />
      </div>
    ),
    sales: <Sales mayStop={may("GUARDIAN")} mayResume={may("ADMIN")} />,
  };
  return (
    <div className={css.page}>
      <Held held={held} />
      <Tabs
        label={t("admin.parts")}
        value={part}
        onChange={(next) => setSearch({ part: next }, { replace: true })}
        tabs={PARTS.map((id) => ({ id, label: t(`admin.part.${id}`), content: contents[id] }))}
      />
    </div>
  );
}

/** What the account may do here, and what of it waits. */
function Held({ held }: { held: ReturnType<typeof useAdminRoles> }) {
  const t = useT();
  if (ADMIN_ROLES.some((role) => held[role] === undefined)) return null;
  const own = ADMIN_ROLES.filter((role) => held[role]?.isMember);
  if (own.length === 0) return <p className={css.warn}>{t("admin.readOnly")}</p>;
  return (
    <ul className={css.roles}>
      {own.map((role) => {
        const delay = held[role]?.delay ?? 0;
        return (
          <li key={role}>
            <strong>{t(`admin.role.${role}`)}</strong>{" "}
            {delay > 0 ? t("admin.role.waits", { delay: formatSpan(BigInt(delay)) }) : t("admin.role.atOnce")}
          </li>
        );
      })}
    </ul>
  );
}

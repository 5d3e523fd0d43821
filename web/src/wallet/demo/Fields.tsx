import { isAddress, isHex } from "viem";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { shorten } from "../../format/hash.ts";
import { useT } from "../../i18n/react.tsx";
import css from "./DemoConfirm.module.css";
import { contractAt } from "./describe.ts";

function Value({ value }: { value: unknown }) {
  const t = useT();
  const { contracts } = useAppConfig();
  if (typeof value === "object" && value !== null) {
    const entries = Array.isArray(value)
      ? value.map((item, index) => [String(index + 1), item] as const)
      : Object.entries(value);
    return <Fields entries={entries} />;
  }
  const text = String(value);
  if (isAddress(text, { strict: false })) {
    const ours = contractAt(text, contracts);
    return (
      <span className={css.mono} title={text} translate="no">
        {ours ? `${t(`contract.${ours}`)} ` : ""}
        {shorten(text)}
      </span>
    );
  }
  return (
    <span className={css.mono} title={text} translate="no">
      {isHex(text) ? shorten(text, 8) : text}
    </span>
  );
}

/** Names and values, nested as they are in what is signed. */
export function Fields({ entries }: { entries: readonly (readonly [string, unknown])[] }) {
  return (
    <dl className={css.fields}>
      {entries.map(([name, value]) => (
        <div key={name} className={css.field}>
          <dt translate="no">{name}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

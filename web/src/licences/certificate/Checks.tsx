import type { CertificateCheck, GetCertificateReturnType } from "@stelai/sdk";
import { useT } from "../../i18n/react.tsx";
import { Badge, type Tone } from "../../ui/Badge.tsx";
import { momentText } from "../useWords.ts";
import css from "./Certificate.module.css";

const TONE = { fits: "live", wrong: "lost", none: "plain" } as const satisfies Record<string, Tone>;

/** What a check came to. Only that the seller is not paid yet, and that the chain may still change its mind, can be open. */
export function resultOf({ kind, ok }: Pick<CertificateCheck, "kind" | "ok">) {
  if (kind === "final") return ok ? ("check.final.fits" as const) : ("check.final.none" as const);
  if (ok) return `check.${kind}.fits` as const;
  return ok === null && kind === "settled" ? ("check.settled.none" as const) : (`check.${kind}.wrong` as const);
}

/** What the chain says of a licence, a line for each check. */
export function Checks({ certificate }: { certificate: GetCertificateReturnType }) {
  const t = useT();
  const { isValid, checks, asOf } = certificate;
  return (
    <>
      <p aria-live="polite">
        <Badge tone={isValid ? "live" : "lost"} framed>
          {t(isValid ? "certificate.fits" : "certificate.wrong")}
        </Badge>{" "}
        <span className={css.muted}>
          {t("certificate.checkedAt", { at: momentText(asOf.timestamp), block: String(asOf.block) })}
        </span>
      </p>
      <ul className={css.checks}>
        {checks.map((check) => (
          <li key={check.kind}>
            <Badge tone={check.ok ? TONE.fits : check.ok === null ? TONE.none : TONE.wrong}>{t(resultOf(check))}</Badge>
          </li>
        ))}
      </ul>
    </>
  );
}

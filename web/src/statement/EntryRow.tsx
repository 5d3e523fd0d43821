import { type EntryVerdict, hashReceipt, isMeterSignature, type StatementEntry } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Address } from "viem";
import { formatCount, formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Amount } from "../ui/Amount.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Icon } from "../ui/Icon.tsx";
import { FindingWords } from "./FindingWords.tsx";
import { formulaOf } from "./formula.ts";
import css from "./Statement.module.css";

export interface EntryRowProps {
  entry: StatementEntry;
  operator: Address;
  /** Of a check, once there was one. */
  verdict: EntryVerdict | undefined;
  nameOf: (characterId: bigint) => string;
}

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT);

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The receipt with its formula, what was agreed to, and its proofs. */
function Proofs({ entry, operator, verdict }: Omit<EntryRowProps, "nameOf">) {
  const t = useT();
  const stelai = useStelai();
  const signed = entry.receipt;
  const receipt = signed?.receipt;
  const terms = useQuery({
    queryKey: stelaiKey(stelai, "termsHistory", entry.characterId),
    queryFn: () => stelai.characters.getTermsHistory({ characterId: entry.characterId }),
    enabled: receipt !== undefined,
    staleTime: 60_000,
  });
  const signature = useQuery({
    queryKey: stelaiKey(stelai, "receiptSignature", operator, signed?.signature),
    queryFn: async () => {
      if (!signed) return false;
      const { chainId, contracts } = stelai.client.deployment;
      const meter = { chainId, inferenceMeter: contracts.InferenceMeter };
      return isMeterSignature(operator, meter, "Receipt", signed.receipt, signed.signature);
    },
    enabled: signed !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!receipt) {
    return (
      <dl className={css.facts}>
        <Fact name={t("statement.row.reason")}>{entry.error?.message || t("statement.row.noReason")}</Fact>
        <Fact name={t("statement.row.charged")}>{t("statement.row.nothing")}</Fact>
        <Fact name={t("statement.row.request")}>
          <Hash value={entry.requestId} what={t("statement.row.request")} />
        </Fact>
      </dl>
    );
  }
  const version = terms.data?.find(({ termsVersion }) => termsVersion === receipt.termsVersion);
  const formula = version && formulaOf(receipt, version.terms);
  return (
    <>
      {verdict && verdict.findings.length > 0 && (
        <ul className={css.findings}>
          {verdict.findings.map((finding) => (
            <li key={finding.kind}>
              <FindingWords finding={finding} />
            </li>
          ))}
        </ul>
      )}
      <dl className={css.facts}>
        <Fact name={t("statement.row.part")}>
          <span className={css.formula} translate="no">
            {formula?.text ?? "—"}
          </span>
          {formula && (
            <span className={css.muted}>
              {" "}
              {t(formula.fits ? "statement.row.formulaFits" : "statement.row.formulaDiffers", {
                amount: formatCount(receipt.amount),
              })}
            </span>
          )}
          <p className={css.muted}>{t("statement.row.formula")}</p>
        </Fact>
        <Fact name={t("statement.row.terms")}>
          {t("statement.row.version", { version: String(receipt.termsVersion) })}
        </Fact>
        <Fact name={t("statement.row.fee")}>{t("statement.row.feeText", { fee: formatCount(receipt.fee) })}</Fact>
        <Fact name={t("statement.row.maximum")}>
          {entry.request
            ? t("statement.row.maximumText", {
                total: formatCount(receipt.amount + receipt.fee),
                most: formatCount(entry.request.maxCost),
              })
            : "—"}
        </Fact>
        <Fact name={t("statement.row.signature")}>
          {signature.data === undefined ? (
            "—"
          ) : (
            <Badge tone={signature.data ? "live" : "lost"}>
              {t(signature.data ? "statement.row.signatureRight" : "statement.row.signatureWrong")}
            </Badge>
          )}
        </Fact>
        <Fact name={t("statement.row.request")}>
          <Hash value={receipt.request} what={t("statement.row.request")} />
        </Fact>
        <Fact name={t("statement.row.response")}>
          <Hash value={receipt.response} what={t("statement.row.response")} />
        </Fact>
        <Fact name={t("statement.row.receipt")}>
          <Hash value={hashReceipt(receipt)} what={t("statement.row.receipt")} />
        </Fact>
      </dl>
    </>
  );
}

/** One line of the bill; unfolds to its formula and proofs. */
export function EntryRow({ entry, operator, verdict, nameOf }: EntryRowProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const receipt = entry.receipt?.receipt;
  return (
    <li className={css.entry} id={receipt && `receipt-${receipt.sequence}`}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={css.summary}>
          <span className={css.number}>{receipt ? t("statement.receipt", { id: String(receipt.sequence) }) : "—"}</span>
          <span className={css.when} translate="no">
            {formatMoment(Number(entry.at))}
          </span>
          <span className={css.who} translate="no">
            {nameOf(entry.characterId)}
          </span>
          <span className={css.amount}>
            <Amount micro={receipt ? receipt.amount + receipt.fee : 0n} usd={false} />
          </span>
          <span className={css.parts}>
            {receipt
              ? t("statement.parts", { amount: credits(receipt.amount), fee: credits(receipt.fee) })
              : entry.error?.message || t("statement.row.noReason")}
          </span>
          <span className={css.state}>
            {verdict?.verdict === "mismatch" ? (
              <Badge tone="lost">{t("statement.state.mismatch")}</Badge>
            ) : verdict?.verdict === "charged" ? (
              <Badge tone="live">{t("statement.state.fits")}</Badge>
            ) : (
              <Badge>{t(receipt ? "statement.state.charged" : "statement.state.free")}</Badge>
            )}
          </span>
          <span className={css.mark}>
            <Icon of={ChevronDown} size={16} />
          </span>
        </summary>
        {open && (
          <div className={css.proofs}>
            <Proofs entry={entry} operator={operator} verdict={verdict} />
          </div>
        )}
      </details>
    </li>
  );
}

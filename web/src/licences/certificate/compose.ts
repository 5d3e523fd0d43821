import { LICENCES } from "@stelai/sdk/licences";
import { getAddress } from "viem";
import type { ChainConfig } from "../../config/schema.ts";
import type { useT } from "../../i18n/react.tsx";
import type { Licence } from "../facts.ts";
import type { CertificateSheet } from "./sheet.ts";

export interface CertificateOf {
  readonly licence: Licence;
  /** Names that people chose, where they chose any. */
  readonly holderName: string | undefined;
  readonly licensorName: string | undefined;
  readonly creatorName: string;
  readonly title: string;
  /** What it gives, in words. */
  readonly right: string;
  /** The licence contract. */
  readonly contract: string;
  readonly chain: Pick<ChainConfig, "id" | "name">;
  /** Where anyone checks it. */
  readonly url: string;
  /** Unix seconds. */
  readonly printedAt: bigint;
}

/** A moment for a sheet that is read in other places and years than it was printed in. */
function moment(seconds: bigint): string {
  const format = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
  return `${format.format(Number(seconds) * 1000)} UTC`;
}

/** What stands on the certificate of a licence that gives its right. */
export function certificateSheet(about: CertificateOf, t: ReturnType<typeof useT>): CertificateSheet {
  const { licence, holderName, licensorName, creatorName, title, right, contract, chain, url, printedAt } = about;
  const { licenceId, holder, licensor, tier, since, boughtAt, expiry, status, areTermsKnown } = licence;
  const fact = (label: string, value: string) => ({ label, value });
  const bought = licence.events.find(({ kind }) => kind === "Bought");
  return {
    language: "en",
    brand: t("app.name"),
    heading: t("certificate.pdf.heading"),
    number: t("licence.number", { id: String(licenceId) }),
    title,
    by: t("licence.by", { name: creatorName }),
    said: t("certificate.pdf.words", { at: moment(printedAt) }),
    right,
    facts: [
      ...(holderName ? [fact(t("certificate.heldBy"), holderName)] : []),
      ...(holder
        ? [fact(holderName ? t("certificate.pdf.account") : t("certificate.heldBy"), getAddress(holder))]
        : []),
      ...(licensorName ? [fact(t("certificate.licensor"), licensorName)] : []),
      ...(licensor
        ? [fact(licensorName ? t("certificate.pdf.account") : t("certificate.licensor"), getAddress(licensor))]
        : []),
      fact(t("certificate.since"), moment(boughtAt ?? since)),
      fact(t("certificate.until"), expiry === 0n ? t("licence.forEver") : moment(expiry)),
      fact(t("certificate.status"), t(`licence.status.${status}`)),
      ...(licence.isSuspended ? [fact(t("certificate.suspended"), t("certificate.pdf.suspended"))] : []),
    ],
    allowances: areTermsKnown
      ? [
          { heading: t("certificate.may"), lines: LICENCES[tier].may },
          { heading: t("certificate.mayNot"), lines: LICENCES[tier].mayNot },
        ]
      : [],
    check: { heading: t("certificate.pdf.check"), text: t("certificate.pdf.checkText"), url },
    proofs: [
      fact(t("certificate.chain"), t("certificate.pdf.chain", { name: chain.name, id: String(chain.id) })),
      fact(t("certificate.contract"), getAddress(contract)),
      fact(t("certificate.token"), String(licenceId)),
      fact(t("certificate.contentHash"), licence.contentHash),
      fact(t("certificate.termsHash"), licence.termsHash),
      ...(bought ? [fact(t("certificate.transaction"), bought.transactionHash)] : []),
    ],
    foot: t("certificate.pdf.foot", { at: moment(printedAt) }),
  };
}

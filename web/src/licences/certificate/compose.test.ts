import { LICENCES } from "@stelai/sdk/licences";
import { expect } from "chai";
import type { MessageValues } from "../../i18n/index.ts";
import type { Licence } from "../facts.ts";
import { type CertificateOf, certificateSheet } from "./compose.ts";

const HOLDER = "0xbcd4042de499d14e55001ccbb24a551f3b954096";
const CREATOR = "0x90f79bf6eb2c4f870365e785982e1f101e93b906";
const SELLER = "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65";
const HASH = (digit: string) => `0x${digit.repeat(64)}` as const;

const licence: Licence = {
  ...{ licenceId: 12n, offerId: 3n, workId: 4n, tier: "Commercial", price: 120_000_000n, status: "Released" },
  ...{ since: 1_795_333_507n, expiry: 0n, termsHash: HASH("c"), areTermsKnown: true, holder: HOLDER },
  ...{ contentHash: HASH("a"), creator: CREATOR, licensor: SELLER, royaltyBps: 500, isSuspended: false },
  ...{ title: "Lantern", preview: undefined, evidenceURI: undefined, boughtAt: 1_795_333_505n, isBehind: false },
  events: [{ kind: "Bought", at: 1n, transactionHash: HASH("b"), account: null, text: null, amount: null }],
};
const about: CertificateOf = {
  ...{
    licence,
    holderName: undefined,
    licensorName: undefined,
    creatorName: "Ada",
    title: "Lantern",
    right: "Commercial licence, for ever",
  },
  ...{ contract: "0x610178da211fef7d417bc0e6fed39f05609ad788", chain: { id: 31337, name: "Local" } },
  ...{ url: "https://stelai.example/licences/12", printedAt: 1_795_333_600n },
};
const t = (id: string, values: MessageValues = {}) => [id, ...Object.values(values)].join(" ");
const sheetOf = (over: Partial<CertificateOf> = {}) => certificateSheet({ ...about, ...over }, t);

describe("what stands on a certificate", () => {
  it("is everything that it takes to check it: contract, token, chain, hashes, transaction, address", () => {
    const { proofs, check, number } = sheetOf();
    expect(Object.fromEntries(proofs.map(({ label, value }) => [label, value]))).to.deep.equal({
      "certificate.chain": "certificate.pdf.chain Local 31337",
      "certificate.contract": "0x610178dA211FEF7D417bC0e6FeD39F05609AD788",
      "certificate.token": "12",
      "certificate.contentHash": HASH("a"),
      "certificate.termsHash": HASH("c"),
      "certificate.transaction": HASH("b"),
    });
    expect(check.url).to.equal("https://stelai.example/licences/12");
    expect(number).to.equal("licence.number 12");
  });

  it("names the holder by account, and by the name they chose before it", () => {
    const account = "0xBcd4042DE499D14e55001CcbB24a551F3b954096";
    expect(sheetOf().facts[0]).to.deep.equal({ label: "certificate.heldBy", value: account });
    const named = sheetOf({ holderName: "Berta" }).facts;
    expect(named.slice(0, 2).map(({ value }) => value)).to.deep.equal(["Berta", account]);
  });

  it("names who gave the licence: the owner when it was bought, who may be another than the creator", () => {
    const account = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";
    expect(sheetOf().facts[1]).to.deep.equal({ label: "certificate.licensor", value: account });
    const named = sheetOf({ licensorName: "Sol" }).facts;
    expect(named.slice(1, 3).map(({ value }) => value)).to.deep.equal(["Sol", account]);
    expect(sheetOf({ licence: { ...licence, licensor: undefined } }).facts[1]?.label).to.equal("certificate.since");
  });

  it("says whose words title and picture are, and of when, and that the work was suspended", () => {
    expect(sheetOf().said).to.equal("certificate.pdf.words November 22, 2026 at 7:46 AM UTC");
    const labels = (isSuspended: boolean) =>
      sheetOf({ licence: { ...licence, isSuspended } }).facts.map(({ label }) => label);
    expect(labels(true)).to.include("certificate.suspended");
    expect(labels(false)).not.to.include("certificate.suspended");
  });

  it("says times in UTC, and for ever where there is no end", () => {
    const values = sheetOf().facts.map(({ value }) => value);
    expect(values).to.include("November 22, 2026 at 7:45 AM UTC");
    expect(values).to.include("licence.forEver");
    const dated = sheetOf({ licence: { ...licence, expiry: 1_826_869_505n } }).facts.map(({ value }) => value);
    expect(dated).to.include("November 22, 2027 at 7:45 AM UTC");
  });

  it("says what its terms allow only where their text is known", () => {
    const [may, mayNot] = sheetOf().allowances;
    expect(may?.lines).to.deep.equal(LICENCES.Commercial.may);
    expect(mayNot?.lines).to.deep.equal(LICENCES.Commercial.mayNot);
    expect(sheetOf({ licence: { ...licence, areTermsKnown: false } }).allowances).to.deep.equal([]);
  });
});

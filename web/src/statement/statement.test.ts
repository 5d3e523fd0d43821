import type { FindingKind, Receipt, StatementEntry } from "@stelai/sdk";
import { expect } from "chai";
import type { Hex } from "viem";
import { en } from "../locales/en/index.ts";
import { toCsv } from "./csv.ts";
import { fromFile, StatementFileError, toFile } from "./file.ts";
import { FINDINGS, shownValue } from "./findings.ts";
import { formulaOf } from "./formula.ts";
import { entryKey, newestFirst, totalsOf } from "./rows.ts";

const bytes = (digits: string, size = 32) => `0x${digits.repeat(size)}` as Hex;

const receipt: Receipt = {
  operator: bytes("0a", 20),
  tabId: 5n,
  sequence: 1n,
  request: bytes("01"),
  response: bytes("02"),
  characterId: 7n,
  termsVersion: 2n,
  milliunits: 421n,
  quality: 1,
  amount: 22_051n,
  fee: 421n,
  servedAt: 1_700_000_000n,
  previous: bytes("00"),
};

function charged(sequence: bigint, at: bigint, changes: Partial<Receipt> = {}): StatementEntry {
  return {
    requestId: bytes(`${10n + sequence}`),
    characterId: 7n,
    at,
    receipt: { receipt: { ...receipt, sequence, ...changes }, signature: bytes("0b", 65) },
    request: {
      body: bytes("03"),
      maxCost: 30_000n,
      termsVersion: 2n,
      deadline: 1_700_000_300n,
      signature: bytes("0c", 65),
    },
    error: null,
  };
}

function uncharged(at: bigint, message = "It failed."): StatementEntry {
  const error = { code: "upstream_failed", message };
  return { requestId: bytes("99"), characterId: 8n, at, receipt: null, request: null, error };
}

const seal = {
  voucher: {
    operator: receipt.operator,
    tabId: 5n,
    base: 0n,
    cumulative: 22_472n,
    lines: bytes("04"),
    receipts: bytes("05"),
  },
  lines: [{ characterId: 7n, amount: 22_051n, inferences: 1n, milliunits: 421n }],
  signature: bytes("0d", 65),
  sealSignature: bytes("0e", 65),
};

const meter = { chainId: 31337, genesisHash: bytes("ab"), inferenceMeter: bytes("0f", 20) } as const;

describe("rows of a statement", () => {
  it("are newest first, and what came later in the bill stands higher in the same second", () => {
    const entries = [charged(1n, 100n), uncharged(200n), charged(2n, 200n), charged(3n, 150n)];
    expect(newestFirst(entries).map(entryKey)).to.deep.equal(
      [entries[2], entries[1], entries[3], entries[0]].map((entry) => entry && entryKey(entry)),
    );
  });

  it("come to amounts and fees of all receipts, and to the furthest seal", () => {
    const bill = { entries: [charged(1n, 1n), uncharged(2n), charged(2n, 3n)], seals: [seal] };
    expect(totalsOf(bill)).to.deep.equal({ charged: 44_944n, sealed: 22_472n });
    expect(totalsOf({ entries: [], seals: [] })).to.deep.equal({ charged: 0n, sealed: 0n });
  });
});

describe("formula of a receipt", () => {
  const prices = { perInference: 1_000n, perUnit: 50_001n };

  it("shows every number and rounds up", () => {
    // 421 × 50,001 × 10,000 ÷ 10,000,000 = 21,050.421
    expect(formulaOf(receipt, prices)).to.deep.equal({
      text: "1,000 + ⌈421 × 50,001 × 10,000 ÷ 10,000,000⌉ = 22,051",
      result: 22_051n,
      fits: true,
    });
  });

  it("takes the quality from the receipt", () => {
    expect(formulaOf({ ...receipt, quality: 3 }, prices)?.text).to.contain("× 40,000 ÷");
    expect(formulaOf({ ...receipt, quality: 9 }, prices)).to.equal(undefined);
  });

  it("does not fit when the receipt charges one microcredit more", () => {
    expect(formulaOf({ ...receipt, amount: 22_052n }, prices)?.fits).to.equal(false);
  });
});

describe("statement as CSV", () => {
  const csv = (entry: StatementEntry, name = "Ferryman") => toCsv([entry], () => name).split("\r\n");

  it("has one line for each entry, with exact amounts and UTC times", () => {
    const [head, line, end, ...rest] = csv(charged(1n, 1_700_000_000n));
    expect(head).to.match(/^time,receipt,character,/);
    expect(line).to.match(/^2023-11-14T22:13:20\.000Z,1,7,Ferryman,22051,421,22472,421,Standard,2,charged,,0x/);
    expect(line?.split(",")).to.have.length(head?.split(",").length ?? 0);
    expect([end, rest]).to.deep.equal(["", []]);
  });

  it("keeps what was not charged as a line of nothing with its reason", () => {
    expect(csv(uncharged(0n))[1]).to.contain(",8,Ferryman,0,0,0,,,,not charged,upstream_failed: It failed.,0x99");
  });

  it("quotes commas, quotes and line breaks", () => {
    expect(csv(uncharged(0n, 'No "luck",\nsorry'))[1]).to.contain('"upstream_failed: No ""luck"",\nsorry"');
  });

  it("defuses a name that a spreadsheet would run as a formula", () => {
    expect(csv(charged(1n, 0n), "=HYPERLINK(1)")[1]).to.contain(",'=HYPERLINK(1),");
  });
});

describe("exported statement", () => {
  const file = {
    ...meter,
    operator: receipt.operator,
    tabId: 5n,
    bill: { entries: [charged(1n, 9n), uncharged(10n)], seals: [seal] },
  };
  const change = (edit: (json: Record<string, never>) => void) => {
    const json = JSON.parse(toFile(file));
    edit(json);
    return JSON.stringify(json);
  };
  const problem = (content: string, here: Parameters<typeof fromFile>[1] = meter) => {
    try {
      fromFile(content, here);
    } catch (error) {
      if (error instanceof StatementFileError) return [error.problem, error.path];
      throw error;
    }
    return undefined;
  };

  it("reads back as it was written, every signature included", () => {
    expect(fromFile(toFile(file), meter)).to.deep.equal(file);
  });

  it("is refused when it is of another chain or another meter", () => {
    expect(problem(toFile(file), { ...meter, chainId: 1 })).to.deep.equal(["otherChain", ""]);
    expect(problem(toFile(file), { ...meter, genesisHash: bytes("ac") })).to.deep.equal(["otherChain", ""]);
    expect(problem(toFile(file), { ...meter, inferenceMeter: bytes("10", 20) })).to.deep.equal(["otherChain", ""]);
  });

  it("is refused when it is something else", () => {
    expect(problem("{")).to.deep.equal(["notJson", ""]);
    expect(problem("null")).to.deep.equal(["otherFormat", ""]);
    expect(problem('{"format":"stelai-statement/2"}')).to.deep.equal(["otherFormat", ""]);
  });

  it("names the field that cannot be read", () => {
    const amount = change((json: Record<string, { receipt: { receipt: { amount: unknown } } }[]>) => {
      const [first] = json.entries ?? [];
      if (first) first.receipt.receipt.amount = 22_051;
    });
    expect(problem(amount)).to.deep.equal(["field", "entries[0].receipt.receipt.amount"]);
    const seals = change((json: Record<string, unknown>) => {
      json.seals = undefined;
    });
    expect(problem(seals)).to.deep.equal(["field", "seals"]);
  });
});

describe("words of a finding", () => {
  it("are in the catalogue for every kind, none said twice of the same subject", () => {
    for (const { what, next } of Object.values(FINDINGS)) {
      expect(en).to.have.property(what);
      expect(en).to.have.property(`statement.next.${next}`);
    }
    const ids = Object.values(FINDINGS).map(({ what }) => what);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it("show amounts as credits, and numbers that are not money as numbers", () => {
    expect(shownValue("amount", 22_051n)).to.deep.equal({ as: "credits", micro: 22_051n });
    expect(shownValue("sequence", 4n)).to.deep.equal({ as: "count", count: 4n });
  });

  it("tell hashes and keys from words", () => {
    const [one, other] = [bytes("01", 20), bytes("02", 20)];
    expect(shownValue("request-signature", `${one} or ${other}`)).to.deep.equal({ as: "hashes", hashes: [one, other] });
    const phrases: [FindingKind, string, string][] = [
      ["request-missing", "none", "statement.value.none"],
      ["settled-unsealed", "a seal", "statement.value.seal"],
      ["terms-unknown", "terms on the chain", "statement.value.terms"],
      ["seal-receipts", "the head of these receipts", "statement.value.head"],
    ];
    for (const [kind, text, id] of phrases) expect(shownValue(kind, text)).to.deep.equal({ as: "message", id });
    expect(shownValue("quality", "Draft, High")).to.deep.equal({ as: "text", text: "Draft, High" });
  });
});

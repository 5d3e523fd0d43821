import { id, type Signer, ZeroHash } from "ethers";
import { networkHelpers, type World } from "../fixtures.ts";

/** An inference as its operator signs it, as in `IReviews.Receipt`. */
export type Receipt = {
  operator: string;
  tabId: bigint;
  sequence: bigint;
  request: string;
  response: string;
  characterId: bigint;
  termsVersion: bigint;
  milliunits: bigint;
  quality: number;
  amount: bigint;
  fee: bigint;
  servedAt: bigint;
  previous: string;
};

const RECEIPT = {
  Receipt: [
    { name: "operator", type: "address" },
    { name: "tabId", type: "uint64" },
    { name: "sequence", type: "uint64" },
    { name: "request", type: "bytes32" },
    { name: "response", type: "bytes32" },
    { name: "characterId", type: "uint48" },
    { name: "termsVersion", type: "uint40" },
    { name: "milliunits", type: "uint48" },
    { name: "quality", type: "uint8" },
    { name: "amount", type: "uint40" },
    { name: "fee", type: "uint40" },
    { name: "servedAt", type: "uint64" },
    { name: "previous", type: "bytes32" },
  ],
};

/** Dave's receipt of one inference of character 1 on his first tab. */
export function receiptOf(w: World, fields: Partial<Receipt> = {}): Receipt {
  return {
    operator: w.dave.address,
    tabId: 1n,
    sequence: 1n,
    request: id("request"),
    response: id("response"),
    characterId: 1n,
    termsVersion: 1n,
    milliunits: 1_500n,
    quality: 1,
    amount: 4_000n,
    fee: 100n,
    servedAt: 1_800_000_000n,
    previous: ZeroHash,
    ...fields,
  };
}

export function meterDomain(w: World) {
  const verifyingContract = String(w.meter.target);
  return { name: "Stelai InferenceMeter", version: "1", chainId: w.chainId, verifyingContract };
}

export function signReceipt(w: World, signer: Signer, receipt: Receipt, domain = meterDomain(w)): Promise<string> {
  return signer.signTypedData(domain, RECEIPT, receipt);
}

/** Opens a tab of `payer`'s with Dave and tells its number. */
export async function openTab(w: World, payer: World["alice"]): Promise<bigint> {
  const expiry = BigInt(await networkHelpers.time.latest()) + 86_400n;
  await w.stelai.connect(payer).approve(w.meter.target, 10n ** 18n);
  await w.meter.connect(payer).open({ operator: w.dave.address, sessionKey: w.dave.address, cap: 1_000_000n, expiry });
  return w.meter.tabCount(w.dave.address);
}

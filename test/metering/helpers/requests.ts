import type { Signer, TypedDataDomain, TypedDataField } from "ethers";
import type { TabWorld } from "./world.ts";

/** What a payer signs for a tab. */
export type Request =
  | { readonly kind: "Extend"; readonly expiry: bigint }
  | { readonly kind: "Rotate"; readonly sessionKey: string }
  | { readonly kind: "RequestClose" };

const TAB: TypedDataField[] = [
  { name: "operator", type: "address" },
  { name: "tabId", type: "uint64" },
];
const ONCE: TypedDataField[] = [
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
];
const FIELDS: Record<Request["kind"], TypedDataField[]> = {
  Extend: [...TAB, { name: "expiry", type: "uint64" }, ...ONCE],
  Rotate: [...TAB, { name: "sessionKey", type: "address" }, ...ONCE],
  RequestClose: [...TAB, ...ONCE],
};

/** Signs a request about the world's tab, or one that is bent in some field. */
export async function signRequest(
  w: TabWorld,
  request: Request,
  options: {
    signer: Signer;
    nonce: bigint;
    deadline: bigint;
    operator?: string;
    tabId?: bigint;
    domain?: TypedDataDomain;
  },
): Promise<string> {
  const { signer, nonce, deadline, operator = w.operator.address, tabId = w.tabId, domain = w.domain } = options;
  const { kind, ...values } = request;
  return signer.signTypedData(domain, { [kind]: FIELDS[kind] }, { operator, tabId, ...values, nonce, deadline });
}

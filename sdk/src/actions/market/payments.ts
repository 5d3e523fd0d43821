import { type Address, encodeAbiParameters, type Hex } from "viem";

/** `ILicenses.Payment`: it is in no function's inputs, only in the data of ERC-1363. */
const PAYMENT = [
  {
    type: "tuple",
    components: [
      { name: "isDispute", type: "bool" },
      { name: "id", type: "uint256" },
      { name: "recipient", type: "address" },
      { name: "evidenceURI", type: "string" },
    ],
  },
] as const;

/** `IResale.Purchase`, likewise. */
const PURCHASE = [
  {
    type: "tuple",
    components: [
      { name: "collection", type: "address" },
      { name: "tokenId", type: "uint256" },
      { name: "price", type: "uint64" },
      { name: "recipient", type: "address" },
    ],
  },
] as const;

/** What credits sent to Licenses are for: the price of an offer, or the bond of a dispute. */
export type LicencePayment = {
  isDispute: boolean;
  /** The licence of the dispute; else the offer. */
  id: bigint;
  recipient: Address;
  evidenceURI: string;
};

/** What credits sent to Resale buy; price in microcredits. */
export type ResalePurchase = { collection: Address; tokenId: bigint; price: bigint; recipient: Address };

/** A payment as the data of `transferAndCall` to Licenses. */
export function encodeLicencePayment(payment: LicencePayment): Hex {
  return encodeAbiParameters(PAYMENT, [payment]);
}

/** A purchase as the data of `transferAndCall` to Resale. */
export function encodeResalePurchase(purchase: ResalePurchase): Hex {
  return encodeAbiParameters(PURCHASE, [purchase]);
}

/**
 * What comes with credits that are sent to a contract (ERC-1363): data that is laid out as the arguments of a function, which
 * the contract takes in `onTransferReceived` and `onApprovalReceived`. Wallets show it as a call within the call, under the
 * selector that these names would have.
 */
import { account, choice, hidden, microcredits, raw, type Shown } from "./fields.ts";

export type Payload = Shown & { signature: string };

/** By the contract that the credits are for. */
export const PAYLOADS: Readonly<Record<string, Payload>> = {
  CharacterAccess: {
    signature:
      "pass((uint256 characterId, address account, uint8 plan, uint40 maxPrice, bool renews, bool replaces, bytes invite) purchase)",
    intent: "Buy a pass",
    fields: [
      raw("purchase.characterId", "Character"),
      choice("purchase.plan", "Plan", "plan"),
      microcredits("purchase.maxPrice", "Price at most"),
      raw("purchase.renews", "Renews"),
      account("purchase.account", "For"),
      raw("purchase.replaces", "Ends the running pass"),
      hidden("purchase.invite"),
    ],
  },
  Licenses: {
    signature: "licence((bool isDispute, uint256 id, address recipient, string evidenceURI) payment)",
    intent: "Buy or dispute a licence",
    fields: [
      raw("payment.isDispute", "Dispute"),
      raw("payment.id", "Offer, or licence"),
      account("payment.recipient", "For"),
      raw("payment.evidenceURI", "Evidence"),
    ],
  },
  Resale: {
    signature: "resale((address collection, uint256 tokenId, uint64 price, address recipient) purchase)",
    intent: "Buy from its owner",
    fields: [
      microcredits("purchase.price", "Price"),
      account("purchase.collection", "Collection"),
      raw("purchase.tokenId", "Number"),
      account("purchase.recipient", "For"),
    ],
  },
  // Of three kinds, which begin alike: what follows differs, and the amount says the cap.
  InferenceMeter: {
    signature: "tab(uint8 kind, address operator)",
    intent: "Pay into a tab",
    fields: [choice("kind", "What for", "tabPayment"), account("operator", "Operator")],
  },
};

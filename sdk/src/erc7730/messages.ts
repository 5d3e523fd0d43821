/** Every message (EIP-712) that the SDK has a person's wallet sign: what its signer is shown. */
import { charactersTypes, meterTypes, permitTypes, receiveWithAuthorizationTypes } from "../typedData.ts";
import { account, allowance, contract, date, hidden, ownTokens, raw, type Shown } from "./fields.ts";

type Types = Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;

/** A contract's messages: whose domain they are under, their types, and what is shown of each. */
export type Messages = {
  contract: string;
  types: Types;
  /** Of the domain; absent where it is not ours to know, as the stablecoin's. */
  domain?: { name: string; version: string };
  shown: Readonly<Record<string, Shown>>;
};

const tab = [account("operator", "Operator"), raw("tabId", "Tab")];
const once = [date("deadline", "Good until"), hidden("nonce")];

/** EIP-3009: what the nonce commits to, no wallet can show; the page's sheet spells it out before. */
const payment = (what: string, to: string): Shown => ({
  intent: what,
  fields: [
    ownTokens("value", "Pay at most"),
    contract("to", to),
    account("from", "From"),
    date("validBefore", "Good until"),
    { ...date("validAfter", "Not before"), visible: "optional" },
    { ...raw("nonce", "Commits to"), visible: "optional" },
  ],
});

const spending: Shown = {
  intent: "Allow tokens to be taken",
  fields: [contract("spender", "By"), allowance("value", "At most"), account("owner", "From"), ...once],
};

const transferTypes = { TransferWithAuthorization: receiveWithAuthorizationTypes.ReceiveWithAuthorization } as const;
const tokenTypes = { ...receiveWithAuthorizationTypes, ...transferTypes, ...permitTypes } as const;

export const MESSAGES: readonly Messages[] = [
  {
    contract: "InferenceMeter",
    domain: { name: "Stelai InferenceMeter", version: "1" },
    types: meterTypes,
    shown: {
      Extend: { intent: "Keep a tab open longer", fields: [...tab, date("expiry", "Until"), ...once] },
      Rotate: { intent: "Change a tab's key", fields: [...tab, account("sessionKey", "Spent by key"), ...once] },
      RequestClose: { intent: "Close a tab", fields: [...tab, ...once] },
    },
  },
  {
    contract: "Characters",
    domain: { name: "Stelai Characters", version: "1" },
    types: charactersTypes,
    shown: {
      Invite: {
        intent: "Invite to a character",
        fields: [
          raw("characterId", "Character"),
          account("account", "Whom (0: who has it)"),
          date("expiry", "Good until"),
          { ...account("key", "Invite's key"), visible: "optional" },
          hidden("generation"),
          hidden("salt"),
        ],
      },
    },
  },
  {
    contract: "Stelai",
    domain: { name: "Stelai", version: "1" },
    types: tokenTypes,
    shown: {
      ReceiveWithAuthorization: payment("Pay with credits", "To"),
      // What x402 clients sign to pay for one request.
      TransferWithAuthorization: payment("Pay with credits", "To"),
      Permit: spending,
    },
  },
  {
    contract: "Reserve",
    types: tokenTypes,
    shown: { ReceiveWithAuthorization: payment("Buy credits", "At"), Permit: spending },
  },
];

/** Every call that the SDK has a person's wallet send, by contract and function: what its signer is shown. */
import {
  account,
  allowance,
  choice,
  contract,
  credits,
  date,
  dollars,
  duration,
  ether,
  type Field,
  hidden,
  innerCall,
  microcredits,
  ownTokens,
  percent,
  raw,
  type Shown,
} from "./fields.ts";

/** By contract, then by function: its name, and with its number of arguments where there are several of that name. */
export type Calls = Readonly<Record<string, Readonly<Record<string, Shown>>>>;

const shown = (intent: string, ...fields: readonly Field[]): Shown => ({ intent, fields });

/** `ICreditStore.Order`. */
const order = [
  dollars("order.maxPrice", "Pay at most"),
  raw("order.packageId", "Package"),
  raw("order.quantity", "How many"),
  account("order.recipient", "Credits for"),
  account("order.referrer", "Sent by"),
];
const permit = [hidden("v"), hidden("r"), hidden("s")];

/** `ICharacters.Terms`. */
const terms = (path: string) => [
  microcredits(`${path}.lifetime`, "For good"),
  microcredits(`${path}.monthly`, "A month"),
  microcredits(`${path}.annual`, "A year"),
  microcredits(`${path}.perInference`, "Each use"),
  microcredits(`${path}.perUnit`, "Each unit"),
];

const shares = (path: string) => [raw(`${path}.[].recipient`, "Earns"), percent(`${path}.[].bps`, "Part")];

/** `IPayouts.Step`: the split of each share that is flowed on first. */
const steps = (path: string) => [
  hidden(`${path}.shares.[].recipient`),
  hidden(`${path}.shares.[].bps`),
  hidden(`${path}.index`),
];

/** `ILicenses.NewOffer`. */
const offers = [
  choice("offers.[].tier", "Licence", "tier"),
  microcredits("offers.[].price", "Price"),
  raw("offers.[].supply", "How many (0: any)"),
  duration("offers.[].duration", "For (0: for good)"),
  account("offers.[].attestor", "Delivered by"),
  raw("offers.[].termsHash", "Terms"),
];

/** `IReceipts.Receipt`, under which something was made. */
const receipt = (path: string) => [
  { ...account(`${path}.operator`, "Made at"), visible: "optional" as const },
  ...["tabId", "sequence", "request", "response", "characterId", "termsVersion", "milliunits", "quality"].map((name) =>
    hidden(`${path}.${name}`),
  ),
  ...["amount", "fee", "servedAt", "previous"].map((name) => hidden(`${path}.${name}`)),
];

const tab = [account("operator", "Operator"), raw("tabId", "Tab")];
const opening = [
  microcredits("opening.cap", "Spend at most"),
  account("opening.operator", "Operator"),
  date("opening.expiry", "Until"),
  { ...account("opening.sessionKey", "Spent by key"), visible: "optional" as const },
];
const character = raw("characterId", "Character");
const transferred = (what: string) => [raw("tokenId", what), account("to", "To"), hidden("from")];
const reviewText = raw("textURI", "Text");
const listed = [contract("collection", "Collection"), raw("tokenId", "Number")];

export const CALLS: Calls = {
  Stelai: {
    approve: shown("Allow credits to be taken", contract("spender", "By"), allowance("value", "At most")),
    "transferAndCall/3": shown("Pay with credits", ownTokens("value", "Pay"), contract("to", "To"), payload("to")),
    "approveAndCall/3": shown(
      "Pay, and allow renewals",
      ownTokens("value", "Now and later, at most"),
      contract("spender", "To"),
      payload("spender"),
    ),
  },
  Reserve: {
    approve: shown("Allow dollars to be taken", contract("spender", "By"), allowance("value", "At most")),
  },
  CreditStore: {
    buy: shown("Buy credits", ...order),
    buyWithPermit: shown("Buy credits", ...order, hidden("deadline"), ...permit),
    redeem: shown(
      "Redeem credits",
      credits("amount", "Give"),
      dollars("minimum", "Get at least"),
      account("recipient", "To"),
    ),
    setPackages: shown(
      "Set the price table",
      credits("table.[].credits", "Credits"),
      dollars("table.[].price", "Price"),
    ),
    pause: shown("Stop sales"),
    unpause: shown("Resume sales"),
  },
  EthCheckout: {
    buy: shown(
      "Buy credits with ETH",
      ether("Pay at most"),
      ...order.map((field) => (field.path === "order.maxPrice" ? { ...field, label: "Price at most" } : field)),
      date("deadline", "Good until"),
      hidden("poolFee"),
    ),
  },
  CreditPlans: {
    subscribe: shown(
      "Subscribe to a plan",
      raw("planId", "Plan"),
      dollars("maxPrice", "Pay now at most"),
      dollars("mandate", "Each renewal at most"),
      account("referrer", "Sent by"),
    ),
    upgrade: shown(
      "Upgrade the plan",
      raw("planId", "To plan"),
      dollars("maxPrice", "Pay now at most"),
      dollars("mandate", "Each renewal at most"),
    ),
    setRenewal: shown("Choose the renewal", raw("planId", "Plan"), dollars("mandate", "Each renewal at most")),
    cancel: shown("Cancel the plan"),
    setTopUp: shown(
      "Agree to top-ups",
      credits("agreed.threshold", "When below"),
      credits("agreed.credits", "Buy"),
      dollars("agreed.maxPrice", "Each at most"),
      dollars("agreed.cap", "In 30 days at most"),
    ),
    topUp: shown(
      "Top somebody up",
      account("account", "Whom"),
      raw("packageId", "Package"),
      raw("quantity", "How many"),
    ),
    renew: shown("Renew plans that are due", account("accounts.[]", "Of")),
    addPlans: shown(
      "Add plans",
      credits("added.[].credits", "Credits"),
      dollars("added.[].price", "Price"),
      duration("added.[].period", "Each"),
    ),
    setPlanPrice: shown("Change a plan's price", raw("planId", "Plan"), dollars("price", "Price")),
  },
  Rewards: {
    redeemCode: shown("Redeem a code", raw("campaignId", "Campaign"), account("account", "For"), hidden("signature")),
    claimGrant: shown(
      "Claim bonus credits",
      credits("grant.amount", "Get"),
      account("grant.account", "For"),
      raw("grant.campaignId", "Campaign"),
      date("grant.deadline", "Good until"),
      hidden("grant.deed"),
      hidden("signature"),
    ),
    setReferralTerms: shown(
      "Set what referrals bring",
      percent("terms.referrerBps", "Who sends"),
      percent("terms.refereeBps", "Who is sent"),
      credits("terms.cap", "At most, each"),
    ),
    startCampaign: shown(
      "Start a campaign",
      choice("campaign.source", "Kind", "source"),
      account("campaign.signer", "Signer"),
      date("campaign.start", "From"),
      date("campaign.end", "Until"),
      credits("campaign.perAccount", "Each at most"),
      credits("campaign.daily", "A day at most"),
      raw("campaign.uri", "About"),
    ),
    fundCampaign: shown(
      "Fund a campaign",
      dollars("maxCost", "Pay at most"),
      credits("amount", "Bonus credits"),
      raw("campaignId", "Campaign"),
    ),
    stopCampaign: shown("Stop a campaign", raw("campaignId", "Campaign")),
    setTrusted: shown("Trust an operator", account("operator", "Operator"), raw("isTrusted_", "Trusted")),
  },
  Payouts: {
    claim: shown("Claim earnings", account("to", "To"), ...steps("steps.[]")),
    claimAndRedeem: shown(
      "Claim and redeem",
      dollars("minimum", "Get at least"),
      account("to", "To"),
      ...steps("steps.[]"),
    ),
    flow: shown("Pay a share on", raw("step.index", "Share"), ...shares("step.shares")),
    registerSplit: shown("Register a split", ...shares("shares")),
    setCommission: shown("Set a commission", contract("source", "Of"), percent("bps", "Commission")),
  },
  Characters: {
    create: shown(
      "Publish a character",
      choice("creation.modality", "Makes", "modality"),
      choice("creation.visibility", "Visible", "visibility"),
      ...terms("creation.terms"),
      account("creation.operators.[]", "Served by"),
      raw("creation.payee", "Earns"),
      ...shares("creation.shares"),
      raw("creation.metadataURI", "Card"),
      hidden("creation.personaHash"),
    ),
    setTerms: shown("Change prices", character, ...terms("terms")),
    setVisibility: shown("Change who finds it", character, choice("visibility", "Visible", "visibility")),
    setOperator: shown("Choose who serves it", character, account("operator", "Operator"), raw("listed", "May serve")),
    setAllowed: shown("Change the allow list", character, account("accounts.[]", "Whom"), raw("allowed", "Allowed")),
    setPayee: shown("Change who earns", character, raw("payee", "Earns")),
    setMetadata: shown("Change the card", character, raw("metadataURI", "Card")),
    setPersona: shown("Change the persona", character, raw("personaHash", "Persona's hash")),
    setSuspended: shown("Suspend a character", character, raw("suspended", "Suspended"), raw("reason", "Reason")),
    redeemInvite: shown(
      "Redeem an invite",
      raw("redemption.invite.characterId", "Character"),
      account("account", "For"),
      date("redemption.invite.expiry", "Good until"),
      ...["invite.account", "invite.key", "invite.generation", "invite.salt", "signature", "keySignature"].map((name) =>
        hidden(`redemption.${name}`),
      ),
    ),
    revokeInvites: shown("Revoke invites", character, raw("invites.[]", "Invite")),
    revokeAllInvites: shown("Revoke all invites", character),
  },
  CharacterAccess: {
    setRenewal: shown(
      "Choose the renewal",
      character,
      choice("plan", "Plan", "plan"),
      microcredits("mandate", "Each renewal at most"),
    ),
    cancelAtPeriodEnd: shown("End a pass with its period", character),
    cancelNow: shown("End a pass now", character, credits("minimum", "Get back at least")),
    renew: shown(
      "Renew passes that are due",
      raw("passes.[].characterId", "Character"),
      account("passes.[].account", "Of"),
    ),
    harvest: shown("Collect what passes earned", character, raw("maxDays", "Days at most")),
    pause: shown("Stop sales"),
    unpause: shown("Resume sales"),
  },
  InferenceMeter: {
    open: shown("Open a tab", ...opening),
    openWithBonus: shown("Open a tab", ...opening, microcredits("bonus", "Of it bonus credits")),
    topUp: shown("Top up a tab", microcredits("amount", "Pay"), ...tab),
    extend: shown("Keep a tab open longer", ...tab, date("expiry", "Until")),
    rotate: shown("Change a tab's key", ...tab, account("sessionKey", "Spent by key")),
    requestClose: shown("Close a tab", ...tab),
    reclaim: shown("Take back a tab's rest", ...tab),
    collect: shown("Collect a character's earnings", character),
    collectFee: shown("Collect an operator's fee", account("operator", "Operator")),
    settleSealed: shown("Settle sealed vouchers", account("operator", "Operator"), raw("batch", "Vouchers")),
    pause: shown("Stop new tabs"),
    unpause: shown("Allow new tabs"),
  },
  Works: {
    create: shown(
      "Publish a work",
      choice("work.modality", "Kind", "modality"),
      ...offers,
      percent("work.royaltyBps", "Royalty"),
      ...shares("work.shares"),
      raw("work.allowsDerivatives", "Derivatives"),
      percent("work.derivativeBps", "Each owes"),
      raw("work.parents.[]", "Made from"),
      percent("work.maxParentsBps", "Owes at most"),
      raw("work.contentHash", "File's hash"),
      raw("work.metadataURI", "About"),
      ...receipt("proof.receipt"),
      hidden("proof.signature"),
    ),
    setDerivatives: shown(
      "Change what derivatives owe",
      raw("workId", "Work"),
      raw("allowed", "Allowed"),
      percent("bps", "Each owes"),
    ),
    setMetadata: shown("Change a work's page", raw("workId", "Work"), raw("metadataURI", "About")),
    setPayee: shown("Change who earns", raw("workId", "Work"), raw("payee", "Earns")),
    setSuspended: shown("Suspend a work", raw("workId", "Work"), raw("suspended", "Suspended")),
    "safeTransferFrom/3": shown("Give a work away", ...transferred("Work")),
    "approve/2": shown("Let a work be sold", raw("tokenId", "Work"), contract("to", "By")),
  },
  Licenses: {
    offer: shown("Offer licences", raw("workId", "Of work"), ...offers),
    closeOffers: shown("Close offers", raw("offerIds.[]", "Offer")),
    accept: shown("Accept what was delivered", raw("licenceId", "Licence")),
    conclude: shown("End orders by time", raw("licenceIds.[]", "Licence")),
    resolve: shown(
      "Decide a dispute",
      raw("licenceId", "Licence"),
      raw("isRefund", "Refund the buyer"),
      raw("reasonURI", "Reason"),
    ),
    "safeTransferFrom/3": shown("Give a licence away", ...transferred("Licence")),
    "approve/2": shown("Let a licence be sold", raw("tokenId", "Licence"), contract("to", "By")),
    pause: shown("Stop sales"),
    unpause: shown("Resume sales"),
  },
  Resale: {
    list: shown("Offer for resale", ...listed, microcredits("price", "Price"), date("until", "Until")),
    delist: shown("Take an offer back", ...listed),
    pause: shown("Stop sales"),
    unpause: shown("Resume sales"),
  },
  Reviews: {
    review: shown("Review a character", character, raw("rating", "Stars"), reviewText),
    reviewWithReceipt: shown(
      "Review a character",
      character,
      raw("rating", "Stars"),
      reviewText,
      ...receipt("receipt"),
      hidden("signature"),
    ),
    withdraw: shown("Take a review back", character),
    reply: shown("Answer a review", character, account("author", "Review by"), reviewText),
  },
  WorkReviews: {
    review: shown("Review a work", raw("workId", "Work"), raw("rating", "Stars"), reviewText, hidden("licenceId")),
    withdraw: shown("Take a review back", raw("workId", "Work")),
    reply: shown("Answer a review", raw("workId", "Work"), account("author", "Review by"), reviewText),
  },
  AccessManager: {
    schedule: shown(
      "Announce a change",
      contract("target", "Contract"),
      innerCall("data", "Change", "target"),
      date("when", "Not before"),
    ),
    cancel: shown(
      "Take an announcement back",
      contract("target", "Contract"),
      innerCall("data", "Change", "target"),
      account("caller", "Announced by"),
    ),
  },
};

/** What credits are sent for: no call of a function, but laid out as the arguments of one, by whom they are for. */
function payload(calleePath: string): Field {
  const selector = { map: "$.metadata.maps.payload", keyPath: calleePath };
  return { path: "data", label: "For", format: "calldata", params: { calleePath, selector } };
}

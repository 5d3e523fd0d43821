/**
 * @stelai/sdk: buy credits, open tabs, talk to characters, audit the bill. `createStelai` binds everything;
 * every action is also a function of its own, `(client, parameters)`, so that a bundle holds only what it uses.
 */
export * from "./actions/access/index.ts";
export * from "./actions/budgetKeys/index.ts";
// Apart from its noun, since it needs the code of keys: createStelai does without.
export { decodeInvite } from "./actions/characters/decodeInvite.ts";
export * from "./actions/characters/index.ts";
export * from "./actions/credits/index.ts";
export * from "./actions/generate/index.ts";
export * from "./actions/indexer/index.ts";
export * from "./actions/market/index.ts";
export * from "./actions/payouts/index.ts";
export * from "./actions/plans/index.ts";
export * from "./actions/relayer/index.ts";
export * from "./actions/reviews/index.ts";
export * from "./actions/rewards/index.ts";
export * from "./actions/roles/index.ts";
export * from "./actions/search/index.ts";
export * from "./actions/statement/index.ts";
export * from "./actions/tab/index.ts";
export * from "./actions/works/index.ts";
export type { Bound } from "./bind.ts";
export {
  type ChainReader,
  createStelaiClient,
  type SignInState,
  type StelaiClient,
  type StelaiConfig,
  type Wallet,
} from "./client.ts";
export * from "./codes.ts";
export * from "./commitments.ts";
export type { LaterNouns, Stelai } from "./compose.ts";
export * from "./deployments.ts";
export * from "./errors/index.ts";
export { fetchDeployment } from "./fetchDeployment.ts";
export { TERMS_HASHES } from "./generated/licences.ts";
export type { Authorization } from "./internal/authorization.ts";
export { cidOf } from "./internal/cid.ts";
export type { GatewayOptions } from "./internal/gateways.ts";
export type { Sent, WaitOptions } from "./internal/send.ts";
export type { SentInSteps, StepKind } from "./internal/sendBatch.ts";
export * from "./payment.ts";
export * from "./persona.ts";
export * from "./pricing.ts";
export * from "./quote.ts";
export * from "./quoteMedia.ts";
export * from "./settlement.ts";
export * from "./splits.ts";
export { createStelai } from "./stelai.ts";
export * from "./tab/ledger.ts";
export * from "./tab/openSession.ts";
export { type PendingRequest, type SessionSnapshot, TabSession } from "./tab/session.ts";
export * from "./tab/storage.ts";
export { type Agreement, verifyReceipt, verifySeal } from "./tab/verify.ts";
export * from "./topUps.ts";
export * from "./typedData.ts";
export * from "./voucher.ts";
export type {
  AccountHeader,
  AccountInfo,
  Card,
  CharacterVersion,
  Generation,
  GenerationList,
  GenerationStatus,
  HistoryEntry,
  KnowledgeFile,
  MadeFile,
  Metered,
  Model,
  Notification,
  NotificationKind,
  Notifications,
  OperatorInfo,
  PassUse,
  Payment,
  Preset,
  Profile,
  ProfileUpdate,
  Provenance,
  PushSubscriptionJson,
  QuoteResponse,
  Report,
  Seal,
  Session,
  Settings,
  SignedIn,
  SignedReceipt,
  SignedVoucher,
  Statement,
  StatementEntry,
  Style,
  TabStatus,
  Tool,
  ToolCard,
} from "./wire.ts";
export type { BudgetKey, BudgetKeyState, BudgetKeyUsage, NewBudgetKey } from "./wireKeys.ts";
export type {
  ContentKey,
  Delivery,
  DeliveryState,
  Deposit,
  DepositedFile,
  LicenceStatus,
  QueuedReport,
  Tier,
  Votes,
  WorkDeposit,
  WorkMetadata,
  WorkPreview,
} from "./wireMarket.ts";
export type {
  Contributions,
  Deed,
  DeedKind,
  DeedState,
  Feedback,
  FeedbackDecision,
  FeedbackQueue,
  FeedbackRequest,
  FeedbackState,
  FeedbackSubject,
  Grant,
  SharedCreation,
  ShareKind,
  ShareRequest,
  SignedGrant,
} from "./wireRewards.ts";

/**
 * What the examples leave out: names that any of them may use without declaring it, and what each stands for. Everything
 * that the SDK exports is there beside these. Each example is compiled in a function: what it declares itself comes first.
 */
import type {
  ChainBill,
  Charge,
  FlowStep,
  Generation,
  KnowledgeFile,
  MeteredRequest,
  Review,
  Share,
  SignedReceipt,
  Statement,
  Stelai,
  StelaiClient,
  StelaiConfig,
  TabSession,
  TabStorage,
  Terms,
  WorkMetadata,
} from "@stelai/sdk";
import type { BrowserProvider, Eip1193Provider, Signer } from "ethers";
import type { ComponentType } from "react";
import type { Account, Address, Chain, Hash, Hex, LocalAccount, PublicClient, Transport, WalletClient } from "viem";

type Result<noun extends keyof Stelai, action extends keyof Stelai[noun]> = Stelai[noun][action] extends (
  ...parameters: never[]
) => infer result
  ? Awaited<result>
  : never;

// Of libraries that every integrator has.
export { createOpenAICompatible } from "@ai-sdk/openai-compatible";
export { BrowserProvider, JsonRpcProvider } from "ethers";
export { OpenAI } from "openai";
export { createPublicClient, createWalletClient, http, parseEther } from "viem";
export { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
export { base } from "viem/chains";

// Stelai, for the wallet at hand and for the people of an example.
export declare const stelai: Stelai;
export declare const creator: Stelai;
export declare const friend: Stelai;
export declare const buyer: Stelai;
export declare const client: StelaiClient;
export declare const session: TabSession;
export declare const config: StelaiConfig;

declare global {
  interface Window {
    /** An installed wallet. */
    ethereum: Eip1193Provider;
  }
}

// What one is made of.
export declare const chain: Chain;
export declare const transport: Transport;
export declare const rpcUrl: string;
export declare const relayerUrl: string;
export declare const indexerUrl: string;
export declare const deployment: StelaiConfig["deployment"] & { startBlock: bigint };
export declare const localDeployment: typeof deployment;
export declare const walletClient: WalletClient<Transport, Chain, Account>;
export declare const publicClient: PublicClient;
export declare const storage: TabStorage;
export declare const provider: BrowserProvider;
export declare const signer: Signer;
export declare const chainId: number;
export declare const inferenceMeter: Address;
export declare const meter: { chainId: number; inferenceMeter: Address };

// Accounts and keys.
export declare const account: Address;
export declare const operator: Address;
export declare const operators: Address[];
export declare const payer: Address;
export declare const author: Address;
export declare const referrer: Address;
export declare const collector: Address;
export declare const studio: Address;
export declare const attestor: Address;
export declare const alice: Address;
export declare const bob: Address;
export declare const ann: Address;
export declare const ben: Address;
export declare const sessionKey: Address;
export declare const key: LocalAccount;
export declare const salt: Hex;

// What is named by a number, a hash or an address of content.
export declare const characterId: bigint;
export declare const workId: bigint;
export declare const licenceId: bigint;
export declare const offerId: bigint;
export declare const packageId: bigint;
export declare const planId: bigint;
export declare const campaignId: bigint;
export declare const tabId: bigint;
export declare const id: string;
export declare const termsHash: Hash;
export declare const deed: Hash;
export declare const uri: string;
export declare const metadataURI: string;

// Amounts and times.
export declare const price: bigint;
export declare const maxPrice: bigint;
export declare const maxCost: bigint;
export declare const minimum: bigint;
export declare const total: bigint;
export declare const cap: bigint;
export declare const credits: bigint;
export declare const threshold: bigint;
export declare const feePerUnit: bigint;
export declare const expiry: bigint;
export declare const until: bigint;
export declare const now: bigint;

// What an app has at hand: what it read before, or was given by a person.
export declare const terms: Terms;
export declare const shares: Share[];
export declare const messages: { role: "user"; content: string }[];
export declare const code: string;
export declare const q: string;
export declare const title: string;
export declare const description: string;
export declare const prompt: string;
export declare const tags: string[];
export declare const persona: Record<string, unknown>;
export declare const metadata: WorkMetadata;
export declare const workMetadata: WorkMetadata;
export declare const generation: Generation;
export declare const newestReceipt: SignedReceipt;
export declare const review: Review;
export declare const reviews: Review[];
export declare const character: { metadataURI: string };
export declare const plan: Result<"plans", "list">[number];
export declare const listing: { price: bigint };
export declare const work: Result<"works", "getWork">;
export declare const offer: Result<"market", "getOffer">;
export declare const order: Result<"market", "getOrder">["order"];
export declare const invite: Result<"characters", "createInvite">;
export declare const report: Result<"relayer", "listReports">["reports"][number];
export declare const notifications: Result<"relayer", "listNotifications">["notifications"];
export declare const file: Blob;
export declare const bytes: Uint8Array<ArrayBuffer>;
export declare const knowledge: KnowledgeFile;
export declare const chainBill: ChainBill;
export declare const statement: Statement;
export declare const request: MeteredRequest;
export declare const message: Record<string, unknown>;
export declare const data: Hex;
export declare const hash: Hash;
export declare const steps: FlowStep[];
export declare const quote: Result<"generate", "getMediaQuote">;
export declare const json: string;
export declare const headers: Record<string, string>;
export declare const signal: AbortSignal;
export declare const subscription: PushSubscription;
export declare const input: { files: FileList };
export declare const link: HTMLAnchorElement;

// What an app does with it.
export declare function show(...what: unknown[]): void;
export declare function warn(...what: unknown[]): void;
export declare function explain(error: Error): void;
export declare function append(text: string): void;
export declare function publish(what: unknown): void;
export declare function onCharge(charge: Charge): void;
export declare function onError(error: unknown): void;
export declare const picture: string;
export declare const desk: string;
export declare const App: ComponentType;

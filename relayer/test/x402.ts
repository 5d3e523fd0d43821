import { type Deployment, parseDeployment } from "@stelai/sdk";
import { operatorReceiversAbi, payoutsAbi, stelaiAbi } from "@stelai/sdk/abis";
import { errorSchema, type X402Settled, x402RecordSchema, x402SettledSchema } from "@stelai/sdk/wire";
import { x402SpendControls } from "@stelai/sdk/x402";
import { registerExactEvmScheme } from "@x402/evm/exact/client";
import { decodePaymentResponseHeader, wrapFetchWithPayment, x402Client, x402HTTPClient } from "@x402/fetch";
import { type Address, createPublicClient, http, type PrivateKeyAccount } from "viem";
import { hardhat } from "viem/chains";
import { pictureOf, TestProvider } from "./generations.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "./world.ts";

/** Wei of STELAI in a microcredit. */
export const WEI = 10n ** 12n;
/** What a single payment costs beside the price, in microcredits. */
export const FEE = 200_000n;
/** What the operator takes for a thousand tokens. */
export const COMPUTE = 20_000n;

/** A chain, a relayer that takes single payments, and characters that cost something. */
export type PayWorld = {
  world: World;
  relayer: ServedRelayer;
  provider: TestProvider;
  receiver: Address;
  /** Chats, priced; and its lifetime pass. */
  chat: bigint;
  /** Makes images. */
  tool: bigint;
  /** Somebody new with so many credits, who has no ETH of use. */
  payer(credits?: bigint): Promise<PrivateKeyAccount>;
  /** The environment of its relayers, beside the world's. */
  settings: Record<string, string>;
  /** Another relayer on the same chain. */
  serve(environment?: Record<string, string>): Promise<ServedRelayer>;
  balanceOf(account: Address): Promise<bigint>;
  /** What a character's payee, or the operator, may claim. */
  claimable(account: Address): Promise<bigint>;
};

/** A lifetime pass of the character that chats. */
export const LIFETIME = 3_000_000n;

const CONDITIONS = {
  ...{ X402: "true", X402_FEE: FEE.toString(), FEE_PER_UNIT_CHAT: COMPUTE.toString() },
  ...{ GENERATION_ATTEMPTS: "1", RATE_WRITES_PER_MINUTE: "1000" },
};

/** Starts it all. @param shared Environment of every relayer. */
export async function startPayWorld(shared: Record<string, string> = {}): Promise<PayWorld> {
  const settings = { ...CONDITIONS, ...shared };
  const world = await startWorld();
  const provider = new TestProvider();
  provider.behave = async (request) => pictureOf(request);
  const serve = (environment: Record<string, string> = {}) =>
    serveRelayer(world, { ...settings, ...environment }, { media: { Image: provider } });
  const relayer = await serve();
  const { contracts } = world.chain.deployment;
  const client = createPublicClient({ chain: hardhat, transport: http(world.chain.rpcUrl), cacheTime: 0 });
  const receiver = await client.readContract({
    ...{ address: contracts.OperatorReceivers, abi: operatorReceiversAbi, functionName: "receiverOf" },
    args: [world.operator.address],
  });
  const chat = await world.publish({ perInference: 10_000n, perUnit: 100_000n, lifetime: LIFETIME });
  const tool = await world.publish({ perInference: 10_000n, perUnit: 100_000n }, { modality: 1 });
  await relayer.watcher.look();
  let people = 0;
  return {
    ...{ world, relayer, provider, receiver, chat, tool, serve, settings },
    payer: async (credits = 100n) => {
      people += 1;
      const account = world.account(400 + people);
      await world.give(account, credits);
      return account;
    },
    balanceOf: (account) =>
      client.readContract({ address: contracts.Stelai, abi: stelaiAbi, functionName: "balanceOf", args: [account] }),
    claimable: (account) =>
      client.readContract({ address: contracts.Payouts, abi: payoutsAbi, functionName: "claimable", args: [account] }),
  };
}

/** Where the world's contracts are, as the SDK takes it. */
export function deploymentOf({ world }: Pick<PayWorld, "world">): Deployment {
  return parseDeployment(world.chain.deployment);
}

/** The published client, told of STELAI and of nothing else. */
export function stockClient({ world }: Pick<PayWorld, "world">, account: PrivateKeyAccount): x402Client {
  const client = new x402Client();
  registerExactEvmScheme(client, { signer: account });
  return client.setSpendControls(x402SpendControls(deploymentOf({ world }), 100_000_000n));
}

/** Its fetch, which pays by itself. */
export function stockFetch(world: Pick<PayWorld, "world">, account: PrivateKeyAccount): typeof fetch {
  return wrapFetchWithPayment(fetch, stockClient(world, account)) as typeof fetch;
}

/** The header by which it pays what a 402 asks for. */
export async function stockHeader(
  world: Pick<PayWorld, "world">,
  account: PrivateKeyAccount,
  required: Response,
  change: (payload: Payload) => void = () => {},
): Promise<string> {
  const client = new x402HTTPClient(stockClient(world, account));
  const wanted = client.getPaymentRequiredResponse((name) => required.headers.get(name));
  const payload = await client.createPaymentPayload(wanted);
  change(payload as unknown as Payload);
  return client.encodePaymentSignatureHeader(payload)["PAYMENT-SIGNATURE"] ?? "";
}

/** What a test may bend of a payment. */
export type Payload = {
  accepted: { network: string; asset: string; payTo: string; amount: string; scheme: string };
  payload: {
    signature: `0x${string}`;
    authorization: {
      from: Address;
      to: Address;
      value: string;
      validAfter: string;
      validBefore: string;
      nonce: `0x${string}`;
    };
  };
};

/** What an answer says was paid. */
export function settledIn(response: Response): X402Settled | undefined {
  const header = response.headers.get("PAYMENT-RESPONSE");
  return header === null ? undefined : x402SettledSchema.parse(decodePaymentResponseHeader(header));
}

/** The bill at the operator's: the answer names it by the address that is configured, which a test's server has not. */
export async function recordIn({ relayer }: Pick<PayWorld, "relayer">, response: Response) {
  const { pathname } = new URL(settledIn(response)?.extra?.record ?? "");
  return x402RecordSchema.parse(await (await fetch(`${relayer.url}${pathname}`)).json());
}

/** Somebody new, a request's body, and the header by which the published client pays for it. */
export async function signedRequest(
  pay: PayWorld,
  body = chatBody(pay.chat),
  change?: (payload: Payload) => void,
  url = `${pay.relayer.url}/v1/chat/completions`,
) {
  const payer = await pay.payer();
  const header = await stockHeader(pay, payer, await post(url, body), change);
  const held = await pay.balanceOf(payer.address);
  /** What left the payer's account since. */
  const paid = async () => held - (await pay.balanceOf(payer.address));
  return { payer, body, header, paid, value: BigInt(payloadIn(header).payload.authorization.value) };
}

/** What a header carries. */
export function payloadIn(header: string): Payload {
  return JSON.parse(Buffer.from(header, "base64").toString()) as Payload;
}

/** A header with something else in it. */
export function bend(header: string, change: (payload: Payload) => void): string {
  const payload = payloadIn(header);
  change(payload);
  return Buffer.from(JSON.stringify(payload)).toString("base64");
}

/** What a refusal says. */
export async function errorOf(response: Response) {
  return errorSchema.parse(await response.json()).error;
}

/** Its status and code. */
export async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, (await errorOf(response)).code];
}

/** A chat's body. */
export function chatBody(characterId: bigint, more: object = {}): string {
  return JSON.stringify({
    ...{ model: `stelai-${characterId}`, messages: [{ role: "user", content: "Hi" }], max_tokens: 64 },
    ...more,
  });
}

/** Sends one, with or without a payment. */
export function post(url: string, body: string, header?: string, more: RequestInit = {}): Promise<Response> {
  const headers = {
    "Content-Type": "application/json",
    ...(header === undefined ? {} : { "PAYMENT-SIGNATURE": header }),
  };
  return fetch(url, { method: "POST", body, headers, ...more });
}

/** What ERC-3009 signs. */
export const AUTHORIZATION = [
  { name: "from", type: "address" },
  { name: "to", type: "address" },
  { name: "value", type: "uint256" },
  { name: "validAfter", type: "uint256" },
  { name: "validBefore", type: "uint256" },
  { name: "nonce", type: "bytes32" },
] as const;

/** The header with what it says signed anew. */
export async function resigned({ world }: PayWorld, payer: PrivateKeyAccount, header: string): Promise<string> {
  const { contracts, chainId } = world.chain.deployment;
  const { value, validAfter, validBefore, ...rest } = payloadIn(header).payload.authorization;
  const times = { value: BigInt(value), validAfter: BigInt(validAfter), validBefore: BigInt(validBefore) };
  const signature = await payer.signTypedData({
    domain: { name: "Stelai", version: "1", chainId, verifyingContract: contracts.Stelai },
    types: { TransferWithAuthorization: AUTHORIZATION },
    primaryType: "TransferWithAuthorization",
    message: { ...rest, ...times },
  });
  return bend(header, ({ payload }) => Object.assign(payload, { signature }));
}

/** Somebody else brings what a header pays to the chain. */
export async function bringAsStranger({ world }: Pick<PayWorld, "world">, header: string): Promise<void> {
  const { authorization, signature } = payloadIn(header).payload;
  const { from, to, value, validAfter, validBefore, nonce } = authorization;
  const args = [from, to, BigInt(value), BigInt(validAfter), BigInt(validBefore), nonce, signature];
  await world.write(world.creator, "Stelai", "transferWithAuthorization", args);
}

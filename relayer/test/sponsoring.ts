import { meterDomain, meterTypes, receiveWithAuthorizationTypes } from "@stelai/sdk";
import { creditStoreAbi, inferenceMeterAbi, stelaiAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import { eq } from "drizzle-orm";
import type { Hono } from "hono";
import {
  type Abi,
  type Address,
  createWalletClient,
  encodeFunctionData,
  type Hex,
  http,
  keccak256,
  type PrivateKeyAccount,
  parseAbi,
  parseGwei,
  stringToHex,
  zeroAddress,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { AppEnv } from "../src/http.ts";
import { createLogger } from "../src/log.ts";
import { createMetrics } from "../src/metrics.ts";
import { operatorFrom } from "../src/operator.ts";
import { sponsorRoutes } from "../src/routes/sponsor.ts";
import { createTransactionQueue, type TransactionQueue } from "../src/settlement/transactions.ts";
import { Sponsor } from "../src/sponsor/index.ts";
import { tables } from "../src/store/index.ts";
import { jsonRequest, type Periphery, startPeriphery } from "./periphery.ts";

export const USDC = parseAbi([
  "function mint(address to, uint256 amount)",
  "function balanceOf(address) view returns (uint256)",
]);
export const CREDIT = 10n ** 18n;
export const MICRO = 10n ** 12n;
export const CAP = 5_000_000n;
export const PURCHASE_FEE = 50_000n;
export const TAB_FEE = CREDIT / 100n;
export const DAY = 86_400n;

type Refusal = {
  error: {
    code: string;
    message: string;
    param: string | null;
    stelai: { reason: string; values?: Record<string, string> };
  };
};

/** A desk that sponsors on a chain of its own, and payers without ETH who sign for it. */
export type Sponsoring = Awaited<ReturnType<typeof startSponsoring>>;

export async function startSponsoring() {
  let salts = 0;
  let visitors = 0;
  const world: Periphery = await startPeriphery({
    SPONSOR_PURCHASE_FEE: String(PURCHASE_FEE),
    SPONSOR_TAB_FEE: String(TAB_FEE),
    SPONSOR_PER_ACCOUNT_PER_DAY: "3",
    SPONSOR_PER_ADDRESS_PER_DAY: "1000",
    TRUST_PROXY: "true",
  });
  const account = operatorFrom(world.config.OPERATOR_PRIVATE_KEY);
  const operator = account.address;
  const queue = createTransactionQueue({
    store: world.store,
    chain: world.chain,
    operator: account,
    log: createLogger(world.config),
    metrics: createMetrics(),
    stuckSeconds: 60,
  });

  function newSponsor(changes: Partial<Periphery["config"]> = {}, transactions: TransactionQueue = queue): Sponsor {
    const { store, chain, config, people } = world;
    const { quotas, blocklist } = people;
    return new Sponsor({ config: { ...config, ...changes }, store, chain, operator, transactions, quotas, blocklist });
  }

  function newApp(changes: Partial<Periphery["config"]> = {}, transactions: TransactionQueue = queue): Hono<AppEnv> {
    return world.app(sponsorRoutes({ ...world, sponsor: newSponsor(changes, transactions) }));
  }

  function post(kind: string, body: unknown, app = newApp(), from = `192.0.2.${visitors}`): Promise<Response> {
    return Promise.resolve(app.request(`/v1/sponsor/${kind}`, jsonRequest("POST", body, { "X-Forwarded-For": from })));
  }

  /** Sends it, waits until it is mined, and has the queue look. */
  async function sent(response: Response): Promise<Hex> {
    const body = (await response.json()) as { transaction: Hex };
    expect(response.status, JSON.stringify(body)).to.equal(202);
    const receipt = await world.chain.client.waitForTransactionReceipt({ hash: body.transaction });
    expect(receipt.status).to.equal("success");
    expect(receipt.from.toLowerCase()).to.equal(operator.toLowerCase());
    await queue.work();
    return body.transaction;
  }

  async function refused(response: Response): Promise<Refusal["error"]> {
    const { error } = (await response.json()) as Refusal;
    expect(response.status, error.message).to.equal(422);
    expect(error.code).to.equal("sponsor_refused");
    return error;
  }

  const now = () => world.chain.head().timestamp;

  function read(
    address: Address,
    abi: Abi | readonly unknown[],
    functionName: string,
    args: readonly unknown[],
  ): Promise<unknown> {
    return world.chain.client.readContract({ address, abi: abi as Abi, functionName, args });
  }

  /** Somebody new, without ETH, with so many test dollars. */
  async function newcomer(dollars = 100n): Promise<PrivateKeyAccount> {
    visitors += 1;
    const account = privateKeyToAccount(generatePrivateKey());
    await world.write(world.account(0), world.chain.contracts.Reserve, USDC, "mint", [
      account.address,
      dollars * 1_000_000n,
    ]);
    return account;
  }

  /** A newcomer who bought credits by another's hand. */
  async function holder(): Promise<PrivateKeyAccount> {
    const account = await newcomer();
    await fund(account.address);
    return account;
  }

  async function fund(account: Address): Promise<void> {
    const { Reserve, CreditStore } = world.chain.contracts;
    const payer = world.account(0);
    const approve = parseAbi(["function approve(address, uint256) returns (bool)"]);
    await world.write(payer, Reserve, USDC, "mint", [payer.address, 10_000_000_000n]);
    await world.write(payer, Reserve, approve, "approve", [CreditStore, 10_000_000_000n]);
    const order = { ...(await orderOf(account)), maxPrice: 10_000_000_000n };
    await world.write(payer, CreditStore, creditStoreAbi, "buy", [order]);
  }

  async function orderOf(recipient: Address) {
    const { CreditStore } = world.chain.contracts;
    const [firstId, packages] = (await read(CreditStore, creditStoreAbi, "packages", [])) as [
      bigint,
      { price: bigint }[],
    ];
    return { packageId: firstId, quantity: 1n, recipient, referrer: zeroAddress, maxPrice: packages[0]?.price ?? 0n };
  }

  function sponsorship(fee: bigint) {
    salts += 1;
    return { fee, recipient: operator, salt: keccak256(stringToHex(`salt ${salts}`)) };
  }

  async function authorize(
    signer: PrivateKeyAccount,
    token: "Reserve" | "Stelai",
    to: Address,
    value: bigint,
    nonce: Hex,
    from = signer.address,
    validBefore = now() + DAY,
  ) {
    const domain = parseAbi([
      "function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)",
    ]);
    const [, name, version] = (await read(world.chain.contracts[token], domain, "eip712Domain", [])) as [
      Hex,
      string,
      string,
    ];
    const fields = { from, value, validAfter: 0n, validBefore };
    const signature = await signer.signTypedData({
      domain: { name, version, chainId: world.chain.id, verifyingContract: world.chain.contracts[token] },
      types: receiveWithAuthorizationTypes,
      primaryType: "ReceiveWithAuthorization",
      message: { ...fields, to, nonce },
    });
    return { ...fields, signature };
  }

  async function purchase(signer: PrivateKeyAccount, fee = PURCHASE_FEE) {
    const { CreditStore } = world.chain.contracts;
    const order = await orderOf(signer.address);
    const grant = sponsorship(fee);
    const nonce = (await read(CreditStore, creditStoreAbi, "buyNonce", [order, grant])) as Hex;
    return {
      order,
      authorization: await authorize(signer, "Reserve", CreditStore, order.maxPrice + fee, nonce),
      sponsorship: grant,
    };
  }

  async function tab(
    signer: PrivateKeyAccount,
    changes: {
      cap?: bigint;
      fee?: bigint;
      payer?: Address;
      validBefore?: bigint;
      operator?: Address;
      recipient?: Address;
      expiry?: bigint;
    } = {},
  ) {
    const { InferenceMeter } = world.chain.contracts;
    const { cap = CAP, fee = TAB_FEE } = changes;
    const opening = {
      operator: changes.operator ?? operator,
      sessionKey: signer.address,
      cap,
      expiry: changes.expiry ?? now() + 7n * DAY,
    };
    const grant = { ...sponsorship(fee), ...(changes.recipient === undefined ? {} : { recipient: changes.recipient }) };
    const nonce = (await read(InferenceMeter, inferenceMeterAbi, "openNonce", [
      { ...opening, cap: Number(cap) },
      grant,
    ])) as Hex;
    const authorization = await authorize(
      signer,
      "Stelai",
      InferenceMeter,
      cap * MICRO + fee,
      nonce,
      changes.payer,
      changes.validBefore,
    );
    return { opening, authorization, sponsorship: grant };
  }

  async function openTab(signer: PrivateKeyAccount): Promise<bigint> {
    await sent(await post("tabs", await tab(signer)));
    return (await read(world.chain.contracts.InferenceMeter, inferenceMeterAbi, "tabCount", [operator])) as bigint;
  }

  async function signRequest<T extends "Extend" | "Rotate" | "RequestClose">(
    signer: PrivateKeyAccount,
    primaryType: T,
    fields: Record<string, unknown>,
  ) {
    const { InferenceMeter } = world.chain.contracts;
    const nonce = await read(InferenceMeter, inferenceMeterAbi, "nonces", [signer.address]);
    const deadline = now() + DAY;
    const signature = await signer.signTypedData({
      domain: meterDomain(world.chain.id, InferenceMeter),
      types: { [primaryType]: meterTypes[primaryType] },
      primaryType,
      message: { operator, nonce, deadline, ...fields },
    } as Parameters<PrivateKeyAccount["signTypedData"]>[0]);
    return { ...fields, deadline, signature };
  }

  async function budgetUsed(): Promise<bigint> {
    const rows = await world.store.db.select().from(tables.quotas).where(eq(tables.quotas.scope, "sponsor.gwei"));
    return rows[0]?.used ?? 0n;
  }

  /** Cancels the payer's authorization at a price that goes first; anyone may send what the payer signs. */
  async function cancelFirst(payer: PrivateKeyAccount, body: Awaited<ReturnType<typeof tab>>): Promise<void> {
    const { InferenceMeter, Stelai } = world.chain.contracts;
    const nonce = (await read(InferenceMeter, inferenceMeterAbi, "openNonce", [
      { ...body.opening, cap: Number(body.opening.cap) },
      body.sponsorship,
    ])) as Hex;
    const signature = await payer.signTypedData({
      domain: { name: await nameOf(Stelai), version: "1", chainId: world.chain.id, verifyingContract: Stelai },
      types: {
        CancelAuthorization: [
          { name: "authorizer", type: "address" },
          { name: "nonce", type: "bytes32" },
        ],
      },
      primaryType: "CancelAuthorization",
      message: { authorizer: payer.address, nonce },
    });
    const wallet = createWalletClient({
      account: world.account(2),

      transport: http(world.config.RPC_URL),
    });
    const abi = parseAbi(["function cancelAuthorization(address authorizer, bytes32 nonce, bytes signature)"]);
    const data = encodeFunctionData({
      abi,
      functionName: "cancelAuthorization",
      args: [payer.address, nonce, signature],
    });
    await wallet.sendTransaction({
      chain: null,
      to: Stelai,
      data,
      gas: 200_000n,
      maxFeePerGas: parseGwei("500"),
      maxPriorityFeePerGas: parseGwei("400"),
    });
  }

  async function nameOf(token: Address): Promise<string> {
    return (await read(token, stelaiAbi, "name", [])) as string;
  }

  return {
    world,
    operator,
    queue,
    newSponsor,
    newApp,
    post,
    sent,
    refused,
    now,
    read,
    newcomer,
    holder,
    fund,
    orderOf,
    sponsorship,
    authorize,
    purchase,
    tab,
    openTab,
    signRequest,
    budgetUsed,
    cancelFirst,
  };
}

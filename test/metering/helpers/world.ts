import { type BaseContract, getCreateAddress, id, type TypedDataDomain, Wallet, ZeroAddress, ZeroHash } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { as, type Callable } from "./contracts.ts";
import { openingOf, transferAndOpen, wei } from "./funding.ts";
import { meterDomain } from "./vouchers.ts";

type Meter = Callable<
  | "EPOCH"
  | "MAX_DURATION"
  | "MAX_SPONSOR_FEE"
  | "THAW"
  | "accruedFeeOf"
  | "accruedOf"
  | "authority"
  | "close"
  | "collect"
  | "collectFee"
  | "extend"
  | "extendBySignature"
  | "nonces"
  | "onTransferReceived"
  | "open"
  | "openNonce"
  | "openWithAuthorization"
  | "pause"
  | "reclaim"
  | "requestClose"
  | "requestCloseBySignature"
  | "rotate"
  | "rotateBySignature"
  | "sealDigest"
  | "settle"
  | "settleSealed"
  | "tabCount"
  | "tabOf"
  | "topUp"
  | "topUpNonce"
  | "topUpWithAuthorization"
  | "unpause"
  | "voucherDigest"
>;
type Stelai = Callable<"approve" | "balanceOf" | "totalSupply" | "transfer">;
type Payouts = Callable<"claim" | "claimable" | "earn" | "registerSplit" | "setCommission" | "splitOf">;
type Characters = Callable<"create" | "payeeOf" | "setPayee">;
type CreditStore = Callable<"buy" | "packages" | "setPackages">;
type TestUSDC = Callable<"approve" | "mint">;
type ContractWallet = Callable<"behave" | "execute">;

const GUARDIAN_ROLE = 1n;

/** Everything deployed, the payer rich in credits and without a tab. */
export async function withMeter(connection: NetworkConnection) {
  const { ethers } = connection;
  const [admin, guardian, payer, operator, creator, treasury, stranger] = await ethers.getSigners();
  if (!admin || !guardian || !payer || !operator || !creator || !treasury || !stranger) {
    throw new Error("the chain has too few accounts");
  }
  const deploy = async <T extends BaseContract>(name: string, args: unknown[] = []): Promise<T> =>
    (await ethers.deployContract(name, args, admin)) as unknown as T;

  const authority = await deploy<Callable<"grantRole" | "setTargetFunctionRole">>("AccessManager", [admin.address]);
  const usdc = await deploy<TestUSDC>("TestUSDC");
  const next = await admin.getNonce();
  const predicted = (after: number) => getCreateAddress({ from: admin.address, nonce: next + after });
  const stelai = await deploy<Stelai>("Stelai", [predicted(1)]);
  const store = await deploy<CreditStore>("CreditStore", [authority, stelai, usdc, 4_000n, treasury]);
  const payouts = await deploy<Payouts>("Payouts", [authority, stelai, store, treasury]);
  const characters = await deploy<Characters>("Characters", [authority, payouts, predicted(4)]);
  const meter = await deploy<Meter>("InferenceMeter", [authority, stelai, payouts, characters]);

  await authority.setTargetFunctionRole(meter, [meter.interface.getFunction("pause")?.selector], GUARDIAN_ROLE);
  await authority.grantRole(GUARDIAN_ROLE, guardian, 0);
  await store.setPackages([{ credits: 5_000n * 10n ** 18n, price: 40_000_000n }]);
  await usdc.mint(payer, 10n ** 13n);
  await as(usdc, payer).approve(store, 10n ** 13n);
  await as(store, payer).buy({
    packageId: (await store.packages()).firstId,
    quantity: 400n,
    recipient: payer.address,
    referrer: ZeroAddress,
    maxPrice: 10n ** 13n,
  });

  return {
    ethers,
    admin,
    guardian,
    payer,
    operator,
    creator,
    treasury,
    stranger,
    stelai,
    store,
    usdc,
    payouts,
    characters,
    meter,
    domain: (await meterDomain(meter)) as TypedDataDomain,
    session: new Wallet(id("session")),
    otherSession: new Wallet(id("other session")),
  };
}

/** Two characters of the creator's, and two tabs of one credit each with the operator. */
export async function withOpenTab(connection: NetworkConnection) {
  const w = await withMeter(connection);
  for (const modality of [0, 1]) {
    await as(w.characters, w.creator).create({
      modality,
      visibility: 0,
      payee: BigInt(w.creator.address),
      personaHash: ZeroHash,
      metadataURI: "ipfs://card",
      terms: { lifetime: 0, monthly: 0, annual: 0, perInference: 10, perUnit: 100 },
      operators: [w.operator.address],
      shares: [],
    });
  }
  const opening = await openingOf(w, {});
  await transferAndOpen(w, w.payer, wei(opening.cap), opening);
  await transferAndOpen(w, w.payer, wei(opening.cap), { ...opening, sessionKey: w.otherSession.address });
  return { ...w, tabId: 1n, otherTabId: 2n, cap: opening.cap, expiry: opening.expiry, chat: 1n, image: 2n };
}

/** A contract wallet of the payer's with ten credits. */
export async function withWallet(connection: NetworkConnection) {
  return addWallet(await withOpenTab(connection));
}

/** The payer is a contract wallet: the world's tab is its. */
export async function withWalletTab(connection: NetworkConnection) {
  const w = await withWallet(connection);
  const opening = await openingOf(w, {});
  const data = w.stelai.interface.encodeFunctionData("approve", [await w.meter.getAddress(), wei(opening.cap)]);
  await as(w.wallet, w.payer).execute(w.stelai, data);
  await as(w.wallet, w.payer).execute(w.meter, w.meter.interface.encodeFunctionData("open", [opening]));
  return { ...w, tabId: await w.meter.tabCount(w.operator) };
}

async function addWallet<T extends MeterWorld>(w: T) {
  const wallet = (await w.ethers.deployContract("ContractWallet", [w.payer.address])) as unknown as ContractWallet;
  await as(w.stelai, w.payer).transfer(wallet, wei(10_000_000n));
  return { ...w, wallet, walletAddress: await wallet.getAddress() };
}

/** How a contract wallet can misbehave when it is asked about a signature, as in `ContractWallet.Manner`. */
export const Manner = { Honest: 0, Reverting: 1, Looping: 2 } as const;

export type MeterWorld = Awaited<ReturnType<typeof withMeter>>;
export type TabWorld = Awaited<ReturnType<typeof withOpenTab>>;

import { id, MaxUint256, Wallet } from "ethers";
import { typed } from "../../contracts.ts";
import { creationOf, ethers, networkHelpers, orderOf, payeeOf, usd, withCredits } from "../../fixtures.ts";
import { openingOf, transferAndOpen, wei } from "./funding.ts";
import { meterDomain } from "./vouchers.ts";

/** {@link withCredits}; Alice pays, with more credits than a tab can hold, and Dave is the operator. */
export async function withMeter() {
  const w = await networkHelpers.loadFixture(withCredits);
  const quantity = 220n;
  const order = orderOf(w.alice.address, { packageId: 3n, quantity, maxPrice: usd("45") * quantity });
  await w.store.connect(w.alice).buy(order);
  return {
    ...w,
    ethers,
    payer: w.alice,
    operator: w.dave,
    creator: w.bob,
    stranger: w.carol,
    domain: meterDomain(String(w.meter.target), w.chainId),
    session: new Wallet(id("session")),
    otherSession: new Wallet(id("other session")),
  };
}

/** {@link withMeter}; two characters of the creator's, and two tabs of one credit each with the operator. */
export async function withOpenTab() {
  const w = await networkHelpers.loadFixture(withMeter);
  for (const modality of [0, 1]) {
    const creation = creationOf({ modality, payee: payeeOf(w.creator), operators: [w.operator.address] });
    await w.characters.connect(w.creator).create(creation);
  }
  const opening = await openingOf(w, {});
  await transferAndOpen(w, w.payer, wei(opening.cap), opening);
  await transferAndOpen(w, w.payer, wei(opening.cap), { ...opening, sessionKey: w.otherSession.address });
  return { ...w, tabId: 1n, otherTabId: 2n, cap: opening.cap, expiry: opening.expiry, chat: 1n, image: 2n };
}

/** {@link withOpenTab}; a contract wallet of the payer's holds ten credits. */
export async function withWallet() {
  const w = await networkHelpers.loadFixture(withOpenTab);
  const wallet = typed("ContractWallet", await ethers.deployContract("ContractWallet", [w.payer.address]));
  const walletAddress = String(wallet.target);
  await w.stelai.connect(w.payer).transfer(walletAddress, wei(10_000_000n));
  return { ...w, wallet, walletAddress };
}

/** {@link withWallet}; the world's tab is the wallet's. */
export async function withWalletTab() {
  const w = await networkHelpers.loadFixture(withWallet);
  const opening = await openingOf(w, {});
  const execute = w.wallet.connect(w.payer).execute;
  const data = w.stelai.interface.encodeFunctionData("approve", [w.meter.target, MaxUint256]);
  await execute(w.stelai.target, data);
  await execute(w.meter.target, w.meter.interface.encodeFunctionData("open", [opening]));
  return { ...w, tabId: BigInt(await w.meter.tabCount(w.operator)) };
}

/** How a contract wallet can misbehave when it is asked about a signature, as in `ContractWallet.Manner`. */
export const Manner = { Honest: 0, Reverting: 1, Looping: 2 } as const;

export type MeterWorld = Awaited<ReturnType<typeof withMeter>>;
export type TabWorld = Awaited<ReturnType<typeof withOpenTab>>;

import { concat, keccak256, Signature, toBeHex, Wallet, ZeroHash } from "ethers";
import { networkHelpers, type World } from "./fixtures.ts";

/** Lets Alice pay a character `amount` microcredits through a tab that Dave serves and settles. */
export async function settle(w: World, characterId: bigint, amount: bigint): Promise<void> {
  const session = Wallet.createRandom();
  const expiry = BigInt(await networkHelpers.time.latest()) + 86_400n;
  await w.stelai.connect(w.alice).approve(w.meter.target, amount * 10n ** 12n);
  await w.meter.connect(w.alice).open({ operator: w.dave.address, sessionKey: session.address, cap: amount, expiry });
  const tabId: bigint = await w.meter.tabCount(w.dave.address);
  const lines = concat([toBeHex(characterId, 6), toBeHex(amount, 5), toBeHex(1, 3), toBeHex(1_000, 6)]);
  const digest = await w.meter.voucherDigest(w.dave.address, tabId, 0n, amount, keccak256(lines), ZeroHash);
  const { r, yParityAndS } = Signature.from(session.signingKey.sign(digest));
  const row = concat([toBeHex(tabId, 8), toBeHex(amount, 5), ZeroHash, r, yParityAndS, "0x01", lines]);
  await w.meter.connect(w.dave).settle(row);
}

import { id, type Signer, ZeroAddress } from "ethers";
import { networkHelpers, type Order, type World } from "../fixtures.ts";
import { domainOf, signReceive } from "../signing.ts";

export type Sponsorship = { fee: bigint; recipient: string; salt: string };

/** Nobody is paid for sending. */
export const UNSPONSORED: Sponsorship = { fee: 0n, recipient: ZeroAddress, salt: id("salt") };

/** A payer's authorization of the reserve asset for `order`, as `buyWithAuthorization` takes it. */
export async function authorize(
  w: Pick<World, "usdc" | "store" | "chainId">,
  signer: Signer,
  order: Order,
  sponsorship: Sponsorship,
  overrides: { from?: string; value?: bigint } = {},
) {
  const fields = {
    from: await signer.getAddress(),
    to: String(w.store.target),
    value: order.maxPrice + sponsorship.fee,
    validAfter: 0n,
    validBefore: BigInt(await networkHelpers.time.latest()) + 3_600n,
    nonce: await w.store.buyNonce(order, sponsorship),
    ...overrides,
  };
  const signature = await signReceive(await domainOf(w.usdc, w.chainId), signer, fields);
  const { from, value, validAfter, validBefore } = fields;
  return { from, value, validAfter, validBefore, signature };
}

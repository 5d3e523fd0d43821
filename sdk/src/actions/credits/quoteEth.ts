import { type Address, getAddress, zeroAddress } from "viem";
import { simulateContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { NoEthCheckoutError } from "../../errors/creditsClient.ts";
import { ethCheckoutBuy } from "../../generated/fragments.ts";
import { chainTime } from "../../internal/authorization.ts";
import { quotePackage } from "./quotePackage.ts";

export type QuoteEthParameters = {
  packageId: bigint;
  /** How many of it; 1 when absent. */
  quantity?: bigint | undefined;
  /** How much more than now the ETH may come to, in basis points; 50 (half a percent) when absent. */
  slippageBps?: number | undefined;
};

export type QuoteEthReturnType = {
  packageId: bigint;
  quantity: bigint;
  /** In wei of STELAI. */
  credits: bigint;
  /** In reserve units. */
  price: bigint;
  /** What the swap takes now, in wei of ETH. */
  eth: bigint;
  /** What is sent: that and the slippage. What the swap does not need comes back in the same transaction. */
  maxEth: bigint;
  /** The Uniswap v3 pool it is swapped in, in hundredths of a basis point. */
  poolFee: number;
};

/** The pools that are asked; the cheapest of those that can is taken. */
const POOL_FEES = [500, 3_000, 10_000] as const;
/** What the simulated caller has and sends: more than any price. */
const PLENTY = 2n ** 100n;
const SIMULATED_FOR = 3_600n;

/**
 * What credits cost now in ETH, by simulating the purchase in each pool. The price in USDC is the store's; the ETH for it is the
 * market's and moves.
 * @throws NoEthCheckoutError where ETH is not taken, SwapFailedError when no pool can, PackageNotForSaleError,
 * ZeroQuantityError, EnforcedPauseError.
 *
 * @example
 * ```ts
 * const quote = await stelai.credits.quoteEth({ packageId, slippageBps: 50 });
 * const { wait } = await stelai.credits.buyWithEth({ quote });
 * ```
 */
export async function quoteEth(client: StelaiClient, parameters: QuoteEthParameters): Promise<QuoteEthReturnType> {
  const { packageId, quantity = 1n, slippageBps = 50 } = parameters;
  const address = checkoutOf(client);
  const [{ price, credits }, now] = await Promise.all([
    quotePackage(client, { packageId, quantity }),
    chainTime(client),
  ]);
  // Whoever has the ETH: nobody's balance is asked for a quote. The rest goes back to an account without code.
  const account = getAddress("0x00000000000000000000000000000000057e1a10");
  const order = { packageId, quantity, recipient: account, referrer: zeroAddress, maxPrice: price };
  const asked = await Promise.allSettled(
    POOL_FEES.map(async (poolFee) => {
      const { result } = await simulateContract(client.publicClient, {
        ...{ address, abi: [ethCheckoutBuy], functionName: "buy", args: [order, poolFee, now + SIMULATED_FOR] },
        ...{ account, value: PLENTY, stateOverride: [{ address: account, balance: 2n * PLENTY }] },
      });
      return { poolFee, eth: result[1] };
    }),
  );
  const offers = asked.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  const [best] = offers.sort((a, b) => (a.eth < b.eth ? -1 : 1));
  if (!best) throw (asked[0] as PromiseRejectedResult).reason;
  const maxEth = best.eth + (best.eth * BigInt(slippageBps) + 9_999n) / 10_000n;
  return { packageId, quantity, credits, price, eth: best.eth, maxEth, poolFee: best.poolFee };
}

/** Where ETH is taken. @throws NoEthCheckoutError */
export function checkoutOf(client: StelaiClient): Address {
  const { EthCheckout } = client.deployment.contracts;
  if (EthCheckout === undefined) throw new NoEthCheckoutError();
  return EthCheckout;
}

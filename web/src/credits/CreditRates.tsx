import { type ReactNode, useMemo } from "react";
import { useReadContracts } from "wagmi";
import { useAppConfig } from "../config/ConfigContext.ts";
import { WEI_PER_CREDIT } from "../format/money.ts";
import { CreditRateProvider } from "../ui/CreditRate.ts";

/** Just what a rate needs; the whole ABI is fetched with the page that buys. */
const RATE_ABI = [
  { type: "function", name: "floorPrice", stateMutability: "view", inputs: [], outputs: [{ type: "uint256" }] },
  {
    type: "function",
    name: "packages",
    stateMutability: "view",
    inputs: [],
    outputs: [
      { name: "firstId", type: "uint256" },
      {
        name: "table",
        type: "tuple[]",
        components: [
          { name: "credits", type: "uint128" },
          { name: "price", type: "uint128" },
        ],
      },
    ],
  },
] as const;

/**
 * Reads what a credit costs at most, by the packages on offer now, and what it is redeemed for, so that dollars can stand
 * beside every amount.
 */
export function CreditRates({ children }: { children: ReactNode }) {
  const { contracts, chain } = useAppConfig();
  const store = { abi: RATE_ABI, address: contracts.CreditStore, chainId: chain.id } as const;
  const { data } = useReadContracts({
    contracts: [
      { ...store, functionName: "floorPrice" },
      { ...store, functionName: "packages" },
    ],
    query: { staleTime: 60_000 },
  });
  const floor = data?.[0].result;
  const table = data?.[1].result?.[1];
  const rate = useMemo(() => {
    // What a credit costs in the package where it costs most: whichever was bought, a charge is told as no less than it cost.
    // Rounded up for the same reason.
    const prices = table?.map(({ credits, price }) => (price * WEI_PER_CREDIT + credits - 1n) / credits);
    // biome-ignore lint/complexity/useMathMinMax: Math.max takes no bigint
    return { floor, price: prices?.reduce((most, price) => (price > most ? price : most), 0n) };
  }, [floor, table]);
  return <CreditRateProvider value={rate}>{children}</CreditRateProvider>;
}

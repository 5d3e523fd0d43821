import { createContext, createElement, type ReactNode, useContext, useMemo, useState } from "react";
import { useClient, useConnectorClient } from "wagmi";
import { bindLater } from "../bind.ts";
import { createStelaiClient, type SignInState, type StelaiClient, type StelaiConfig } from "../client.ts";
import { composeStelai, type LaterNouns, type Stelai } from "../compose.ts";
import { parseDeployment } from "../deployments.ts";
import { StelaiError } from "../errors/base.ts";
import { memoryStorage } from "../tab/storage.ts";

const StelaiContext = createContext<Stelai | undefined>(undefined);

/** What {@link StelaiProvider} takes; the wallet and the chain are wagmi's. */
export type StelaiProviderProps = Pick<
  StelaiConfig,
  "deployment" | "relayerUrl" | "indexerUrl" | "storage" | "fetch"
> & {
  children?: ReactNode;
};

/** Thrown when a hook is used outside {@link StelaiProvider}, or wagmi does not know the deployment's chain. */
export class StelaiProviderError extends StelaiError {
  override readonly name = "StelaiProviderError";
}

/** What not every page needs is fetched by the first that does. */
function bindNouns(client: StelaiClient): LaterNouns {
  const loadMarket = () => import("../nouns/market.ts");
  return {
    credits: bindLater(client, async () => (await import("../nouns/credits.ts")).credits),
    plans: bindLater(client, async () => (await import("../nouns/plans.ts")).plans),
    access: bindLater(client, async () => (await import("../nouns/access.ts")).access),
    budgetKeys: bindLater(client, async () => (await import("../nouns/budgetKeys.ts")).budgetKeys),
    characters: bindLater(client, async () => (await import("../nouns/characters.ts")).characters),
    works: bindLater(client, async () => (await loadMarket()).works),
    market: bindLater(client, async () => (await loadMarket()).market),
    search: bindLater(client, async () => (await loadMarket()).search),
    payouts: bindLater(client, () => import("../actions/payouts/index.ts")),
    reviews: bindLater(client, () => import("../actions/reviews/index.ts")),
    rewards: bindLater(client, async () => (await import("../nouns/rewards.ts")).rewards),
    roles: bindLater(client, async () => (await import("../nouns/roles.ts")).roles),
    statement: bindLater(client, async () => (await import("../nouns/statement.ts")).statement),
    tab: bindLater(client, async () => (await import("../nouns/tab.ts")).tab),
  };
}

/**
 * Gives the hooks below one Stelai: wagmi's client of the deployment's chain, and the connected wallet. Stands
 * inside wagmi's and TanStack Query's providers; its settings must keep their identity between renders.
 *
 * @example
 * ```tsx
 * <StelaiProvider deployment={deployment} relayerUrl={relayerUrl} storage={storage}>
 *   <App />
 * </StelaiProvider>
 * ```
 */
export function StelaiProvider(props: StelaiProviderProps): ReactNode {
  const { children, relayerUrl, indexerUrl, fetch } = props;
  const deployment = useMemo(() => parseDeployment(props.deployment), [props.deployment]);
  // One memory for all wallets that come and go, where the app gives no storage.
  const storage = useMemo(() => props.storage ?? memoryStorage(), [props.storage]);
  // wagmi's bare clients: those with every action of viem bound weigh four times as much.
  const publicClient = useClient({ chainId: deployment.chainId });
  const { data: walletClient } = useConnectorClient();
  const chain = publicClient?.chain;
  // A sign-in is an account's with one relayer, however often wagmi makes its client anew.
  const [signIns] = useState(() => new Map<string, SignInState>());
  const stelai = useMemo(() => {
    if (!publicClient || !chain) return undefined;
    const whose = `${relayerUrl} ${walletClient?.account.address}`;
    const signIn = signIns.get(whose) ?? {};
    signIns.set(whose, signIn);
    const parts = { chain, publicClient, walletClient, deployment, relayerUrl, indexerUrl, storage, fetch };
    const client = createStelaiClient({ ...parts, signIn });
    return composeStelai(client, bindNouns(client));
  }, [chain, publicClient, walletClient, deployment, relayerUrl, indexerUrl, storage, fetch, signIns]);
  if (!stelai) {
    throw new StelaiProviderError(
      `wagmi's configuration has no chain ${deployment.chainId}.`,
      "Add it to the chains of createConfig.",
    );
  }
  return createElement(StelaiContext, { value: stelai }, children);
}

/**
 * The Stelai of this place: a new one when the wallet changes.
 * @throws StelaiProviderError outside {@link StelaiProvider}.
 */
export function useStelai(): Stelai {
  const stelai = useContext(StelaiContext);
  if (stelai) return stelai;
  throw new StelaiProviderError("This component is outside StelaiProvider.", "Wrap the app in it.");
}

/** A page without a browser: components that only use hooks, in all providers. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Window } from "happy-dom";
import { createElement, type ReactNode, StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { http } from "viem";
import { createConfig, WagmiProvider } from "wagmi";
import { connect } from "wagmi/actions";
import { injected } from "wagmi/connectors";
import { memoryStorage } from "../src/index.ts";
import { StelaiProvider, type StelaiProviderProps } from "../src/react/index.ts";
import { browserWalletOf, type Manners } from "./wallets.ts";
import { clientsOf, type Person, testChain } from "./world.ts";

/** Gives this process what React asks for when it is first used; the result takes it away again. */
export function withWindow(): () => void {
  const window = new Window();
  const before = new Map<string, PropertyDescriptor | undefined>();
  for (const name of ["window", "document"] as const) {
    before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    const value = name === "window" ? window : window.document;
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
}

/** A component that only uses hooks. */
function Actor({ perform }: { perform: () => void }): null {
  perform();
  return null;
}

/** A component on a page, and a way to wait for what it shows. */
export function stage<shown>(use: () => shown) {
  const window = new Window();
  const container = window.document.createElement("div") as unknown as Element;
  const waiting = new Set<() => void>();
  let shown: shown | undefined;
  let failed: unknown;
  const perform = () => {
    shown = use();
    // After the render, so that waiters see what is committed.
    queueMicrotask(() => {
      for (const look of waiting) look();
    });
  };
  const root: Root = createRoot(container, {
    onUncaughtError: (error) => {
      failed = error;
      for (const look of waiting) look();
    },
  });
  return {
    render: (wrap: (child: ReactNode) => ReactNode) => root.render(wrap(createElement(Actor, { perform }))),
    /** What is shown once it fits. */
    until: (fits: (shown: shown) => unknown) =>
      new Promise<shown>((resolve, reject) => {
        const look = () => {
          if (failed !== undefined) reject(failed);
          else if (shown === undefined || !fits(shown)) return;
          else resolve(shown);
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    end: () => root.unmount(),
  };
}

type PageOptions = Pick<StelaiProviderProps, "relayerUrl" | "indexerUrl" | "fetch"> & {
  manners?: Manners;
  isStrict?: boolean;
  /** Whether the wallet is connected. */
  isConnected?: boolean;
};

/** A person's page: their wallet, its queries, and the providers that wrap what stands on it. */
export async function pageOf(person: Person, options: PageOptions = {}) {
  const { manners = {}, isStrict = false, isConnected = true, ...settings } = options;
  const { rpcUrl, deployment } = await testChain();
  const { chain } = await clientsOf();
  const wallet = await browserWalletOf(person, manners);
  const provider = { ...wallet, on: () => {}, removeListener: () => {} };
  const connector = injected({ target: { id: "test", name: "Test", provider: provider as never } });
  const config = createConfig({
    ...{ chains: [chain], connectors: [connector], transports: { [chain.id]: http(rpcUrl) } },
    ...{ pollingInterval: 20, storage: null, multiInjectedProviderDiscovery: false, ssr: !isConnected },
  });
  if (isConnected) await connect(config, { connector });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const storage = memoryStorage();
  const wrap = (child: ReactNode) => {
    const stelai = createElement(StelaiProvider, { deployment, storage, ...settings }, child);
    const queries = createElement(QueryClientProvider, { client: queryClient }, stelai);
    const page = createElement(WagmiProvider, { config, reconnectOnMount: false }, queries);
    return isStrict ? createElement(StrictMode, null, page) : page;
  };
  return { wrap, queryClient, manners, asked: wallet.asked };
}

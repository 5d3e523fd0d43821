import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Address } from "viem";
import { type Connector, useConfig, useConnection, useDisconnect } from "wagmi";
import { getConnection } from "wagmi/actions";
import { useAppConfig } from "../config/ConfigContext.ts";
import { DEMO_WALLET_ID, runningDemoWallet } from "./demo/provider.ts";
import { StoppedError } from "./errors.ts";

const ConnectDialog = lazy(() => import("./ConnectDialog.tsx"));
const DemoConfirm = lazy(() => import("./demo/DemoConfirm.tsx"));

export interface Wallet {
  /** Undefined while no wallet is connected. */
  readonly address: Address | undefined;
  /** "Confirm in ‹name›". */
  readonly name: string | undefined;
  readonly connector: Connector | undefined;
  readonly isDemo: boolean;
  /** Whether the wallet is on the chain that the host is configured for. */
  readonly onChain: boolean;
  /** True until it is known whether the wallet of the last visit is still connected. */
  readonly isReconnecting: boolean;
  /**
   * Makes sure of a wallet on the right chain, asking for what is missing; the act that needed it then continues.
   * @throws {StoppedError} when the person closed the dialog instead.
   */
  require(): Promise<Address>;
  disconnect(): void;
}

const WalletContext = createContext<Wallet | undefined>(undefined);

interface Waiting {
  resolve(address: Address): void;
  reject(error: Error): void;
}

/** The one wallet of this page, and the dialog that asks for it. */
export function WalletProvider({ children }: { children: ReactNode }) {
  const { chain } = useAppConfig();
  const config = useConfig();
  const { address, connector, chainId, status } = useConnection();
  const { mutate: disconnect } = useDisconnect();
  const [asking, setAsking] = useState(false);
  const waiting = useRef<Waiting[]>([]);

  const ready = useCallback((): Address | undefined => {
    const now = getConnection(config);
    return now.status === "connected" && now.chainId === chain.id ? now.address : undefined;
  }, [config, chain.id]);

  const require = useCallback((): Promise<Address> => {
    const already = ready();
    if (already) return Promise.resolve(already);
    setAsking(true);
    return new Promise((resolve, reject) => waiting.current.push({ resolve, reject }));
  }, [ready]);

  const close = useCallback(() => {
    setAsking(false);
    const got = ready();
    for (const act of waiting.current.splice(0)) {
      if (got) act.resolve(got);
      else act.reject(new StoppedError("the wallet dialog was closed"));
    }
  }, [ready]);

  const wallet = useMemo<Wallet>(
    () => ({
      address: status === "connected" || status === "reconnecting" ? address : undefined,
      name: connector?.name,
      connector,
      isDemo: connector?.id === DEMO_WALLET_ID,
      onChain: chainId === chain.id,
      isReconnecting: status === "reconnecting",
      require,
      disconnect: () => disconnect({}),
    }),
    [address, connector, chainId, status, chain.id, require, disconnect],
  );

  return (
    <WalletContext.Provider value={wallet}>
      {children}
      <Suspense>
        {asking && <ConnectDialog onDone={close} />}
        {runningDemoWallet() && wallet.isDemo && <DemoConfirm />}
      </Suspense>
    </WalletContext.Provider>
  );
}

/** The connected wallet, and how to ask for one. */
export function useWallet(): Wallet {
  const wallet = useContext(WalletContext);
  if (!wallet) throw new Error("useWallet outside of WalletProvider");
  return wallet;
}

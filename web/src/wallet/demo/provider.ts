import type { EIP1193Parameters, EIP1193Provider, Hex } from "viem";
import type { AppConfig, DemoAccount } from "../../config/schema.ts";

/** The demo wallet's connector id in wagmi. */
export const DEMO_WALLET_ID = "stelai.demo";

const CHOSEN = "stelai.demoAccount";
const CONNECTED = "stelai.demoConnected";

/** An error as wallets give it (EIP-1193, EIP-1474). */
export class WalletError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

type Listener = (payload: never) => void;

/** The demo wallet as the page sees any wallet, and what only its own page can do with it. */
export interface DemoWallet extends EIP1193Provider {
  readonly accounts: readonly DemoAccount[];
  /** Index of the account that acts. */
  readonly chosen: number;
  /** Lets another account act, as switching accounts in a wallet does. */
  choose(index: number): Promise<void>;
}

let running: DemoWallet | undefined;

/** The demo wallet of this page, where there is one. */
export function runningDemoWallet(): DemoWallet | undefined {
  return running;
}

/**
 * A wallet inside the page (EIP-1193) for local chains. It signs with published test keys, asks before it does like any
 * wallet, and fetches its signing code only when it is used.
 */
export function demoWallet(config: AppConfig): DemoWallet {
  const { demoAccounts } = config.chain;
  const chainId: Hex = `0x${config.chain.id.toString(16)}`;
  const listeners = new Map<string, Set<Listener>>();
  let chosen = Math.min(Number(localStorage.getItem(CHOSEN)) || 0, demoAccounts.length - 1);

  const signer = async () => {
    const account = demoAccounts[chosen];
    if (!account) throw new WalletError(4100, "no demo account");
    const { createSigner } = await import("./signer.ts");
    return createSigner(config, account);
  };
  const emit = (event: string, payload: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  };
  const accounts = async () => (localStorage.getItem(CONNECTED) ? [(await signer()).address] : []);

  const request = async ({ method, params }: EIP1193Parameters): Promise<unknown> => {
    const given = (params ?? []) as readonly unknown[];
    switch (method as string) {
      case "eth_chainId":
        return chainId;
      case "eth_accounts":
        return accounts();
      case "eth_requestAccounts":
        localStorage.setItem(CONNECTED, "1");
        return accounts();
      case "wallet_requestPermissions":
        localStorage.setItem(CONNECTED, "1");
        return [
          {
            parentCapability: "eth_accounts",
            caveats: [{ type: "restrictReturnedAccounts", value: await accounts() }],
          },
        ];
      case "wallet_revokePermissions":
        localStorage.removeItem(CONNECTED);
        return null;
      case "wallet_switchEthereumChain":
      case "wallet_addEthereumChain": {
        const [wanted] = given as [{ chainId: Hex }];
        if (Number(wanted.chainId) !== config.chain.id)
          throw new WalletError(4902, "the demo wallet knows only this chain");
        return null;
      }
      case "personal_sign":
        return (await signer()).signMessage(given[0] as Hex);
      case "eth_signTypedData_v4":
        return (await signer()).signTypedData(given[1] as string);
      case "eth_sendTransaction":
        return (await signer()).sendTransaction(given[0] as Record<string, Hex | undefined>);
      default:
        return (await signer()).read(method as string, given);
    }
  };

  const wallet = {
    accounts: demoAccounts,
    get chosen() {
      return chosen;
    },
    async choose(index: number) {
      chosen = index;
      localStorage.setItem(CHOSEN, String(index));
      emit("accountsChanged", await accounts());
    },
    request,
    on(event: string, listener: Listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
    },
    removeListener(event: string, listener: Listener) {
      listeners.get(event)?.delete(listener);
    },
  };
  running = wallet as unknown as DemoWallet;
  return running;
}

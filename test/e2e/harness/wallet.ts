/// <reference lib="dom" />
/** A wallet for browser tests: announced to the page by EIP-6963, signing with a local key outside of it. */
import type { BrowserContext } from "playwright-core";
import { createPublicClient, createWalletClient, defineChain, type Hex, hexToString, http, isHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

export interface TestWalletOptions {
  privateKey: Hex;
  /** The chain it signs for. */
  chain: { id: number; rpcUrl: string };
  /** The chain it starts on. Default: `chain.id`. */
  startOn?: number;
  /** False: switching to the chain fails with 4902 until it was added. Default: true. */
  knowsChain?: boolean;
  name?: string;
}

/** One request that the page made, in order. */
export interface WalletRequest {
  method: string;
  params: readonly unknown[];
}

type Answer = { result: unknown } | { error: { code: number; message: string } };

/** What happens to the next request that a person would have to answer. */
type Mood = "confirm" | "reject" | "hang";

class RpcError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Requests that open the wallet's window; all others are answered at once. */
const ASKS = new Set([
  "eth_requestAccounts",
  "wallet_requestPermissions",
  "personal_sign",
  "eth_signTypedData_v4",
  "eth_sendTransaction",
  "wallet_switchEthereumChain",
  "wallet_addEthereumChain",
]);

/** Runs in the page, before its own scripts: the provider, and its announcement. */
function announce({ name, rdns }: { name: string; rdns: string }): void {
  type Listener = (payload: unknown) => void;
  const page = window as unknown as {
    stelaiTestWallet: (request: { method: string; params: unknown }) => Promise<Answer>;
    stelaiTestWalletEmit: (event: string, payload: unknown) => void;
  };
  const listeners = new Map<string, Set<Listener>>();
  const provider = {
    async request({ method, params = [] }: { method: string; params?: unknown }) {
      const answer = await page.stelaiTestWallet({ method, params });
      if ("error" in answer) throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
      return answer.result;
    },
    on(event: string, listener: Listener) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
      return provider;
    },
    removeListener(event: string, listener: Listener) {
      listeners.get(event)?.delete(listener);
      return provider;
    },
  };
  page.stelaiTestWalletEmit = (event, payload) => {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  };
  const svg =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><rect width='8' height='8' rx='2' fill='#845100'/></svg>";
  const info = { uuid: crypto.randomUUID(), name, rdns, icon: `data:image/svg+xml,${encodeURIComponent(svg)}` };
  const tell = () =>
    window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }));
  window.addEventListener("eip6963:requestProvider", tell);
  tell();
}

/** The wallet as a test holds it. */
export interface TestWallet {
  readonly address: Hex;
  readonly name: string;
  /** Every request so far, the oldest first. */
  readonly requests: readonly WalletRequest[];
  /** Requests that a person had to answer. */
  readonly prompts: readonly WalletRequest[];
  /** The next prompt is refused, as by its Reject button (4001). */
  rejectNext(): void;
  /** The next prompt stays without an answer until {@link release} or {@link dismiss}. */
  hangNext(): void;
  /** Confirms what hangs. */
  release(): void;
  /** Refuses what hangs. */
  dismiss(): void;
  /** Moves to another chain by itself, as a person does in the wallet. */
  setChain(id: number): Promise<void>;
  /** Forgets the page's permission, as a person does in the wallet. */
  disconnect(): Promise<void>;
}

/**
 * Puts a wallet into every page of a context. Call before the first navigation. It remembers a connection across
 * reloads, as wallets do.
 */
export async function installWallet(context: BrowserContext, options: TestWalletOptions): Promise<TestWallet> {
  const { name = "Test Wallet" } = options;
  const account = privateKeyToAccount(options.privateKey);
  const chain = defineChain({
    id: options.chain.id,
    name: "under test",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [options.chain.rpcUrl] } },
  });
  const transport = http(options.chain.rpcUrl);
  const reader = createPublicClient({ chain, transport });
  const signer = createWalletClient({ account, chain, transport });

  const requests: WalletRequest[] = [];
  const prompts: WalletRequest[] = [];
  const hanging: { confirm: () => void; refuse: () => void }[] = [];
  let chainId = options.startOn ?? options.chain.id;
  let knowsChain = options.knowsChain ?? true;
  let connected = false;
  let mood: Mood = "confirm";

  const emit = async (event: string, payload: unknown) => {
    for (const page of context.pages()) {
      await page.evaluate(
        ([name, value]) => {
          const target = window as unknown as { stelaiTestWalletEmit?: (event: unknown, payload: unknown) => void };
          target.stelaiTestWalletEmit?.(name, value);
        },
        [event, payload] as const,
      );
    }
  };
  const moveTo = async (id: number) => {
    chainId = id;
    await emit("chainChanged", `0x${id.toString(16)}`);
  };

  const person = (request: WalletRequest): Promise<void> => {
    prompts.push(request);
    const now = mood;
    mood = "confirm";
    const refusal = new RpcError(4001, "User rejected the request.");
    if (now === "confirm") return Promise.resolve();
    if (now === "reject") return Promise.reject(refusal);
    return new Promise((resolve, reject) => hanging.push({ confirm: resolve, refuse: () => reject(refusal) }));
  };

  const respond = async ({ method, params }: WalletRequest): Promise<unknown> => {
    switch (method) {
      case "eth_chainId":
        return `0x${chainId.toString(16)}`;
      case "eth_accounts":
        return connected ? [account.address] : [];
      case "eth_requestAccounts":
        connected = true;
        return [account.address];
      case "wallet_requestPermissions":
        connected = true;
        return [
          {
            parentCapability: "eth_accounts",
            caveats: [{ type: "restrictReturnedAccounts", value: [account.address] }],
          },
        ];
      case "wallet_revokePermissions":
        connected = false;
        return null;
      case "wallet_switchEthereumChain": {
        const wanted = Number((params[0] as { chainId: Hex }).chainId);
        if (wanted !== chain.id || !knowsChain) throw new RpcError(4902, "Unrecognized chain ID.");
        await moveTo(wanted);
        return null;
      }
      case "wallet_addEthereumChain": {
        knowsChain = true;
        await moveTo(Number((params[0] as { chainId: Hex }).chainId));
        return null;
      }
      case "personal_sign": {
        const message = params[0] as Hex | string;
        return account.signMessage({ message: isHex(message) ? { raw: message } : message });
      }
      case "eth_signTypedData_v4": {
        const data = JSON.parse(params[1] as string);
        if (data.domain?.chainId !== undefined && Number(data.domain.chainId) !== chainId) {
          throw new RpcError(-32603, "Provided chainId must match the active chainId.");
        }
        return account.signTypedData(data);
      }
      case "eth_sendTransaction": {
        if (chainId !== chain.id) throw new RpcError(4901, "The wallet is on another chain.");
        const { to, data, value, gas } = params[0] as Record<string, Hex | undefined>;
        return signer.sendTransaction({
          data: data ?? "0x",
          value: BigInt(value ?? 0),
          ...(to && { to }),
          ...(gas && { gas: BigInt(gas) }),
        });
      }
      default:
        return reader.request({ method, params } as never);
    }
  };

  const answer = async (given: { method: string; params: unknown }): Promise<Answer> => {
    const request = { method: given.method, params: Array.isArray(given.params) ? given.params : [given.params] };
    requests.push(request);
    try {
      if (ASKS.has(request.method) && !(connected && request.method === "eth_requestAccounts")) await person(request);
      return { result: await respond(request) };
    } catch (error) {
      const code =
        typeof error === "object" && error && "code" in error && typeof error.code === "number" ? error.code : -32603;
      return { error: { code, message: error instanceof Error ? error.message : String(error) } };
    }
  };

  await context.exposeFunction("stelaiTestWallet", answer);
  await context.addInitScript(announce, { name, rdns: `test.wallet.${name.toLowerCase().replaceAll(" ", "-")}` });

  return {
    address: account.address,
    name,
    requests,
    prompts,
    rejectNext() {
      mood = "reject";
    },
    hangNext() {
      mood = "hang";
    },
    release() {
      for (const held of hanging.splice(0)) held.confirm();
    },
    dismiss() {
      for (const held of hanging.splice(0)) held.refuse();
    },
    setChain: moveTo,
    async disconnect() {
      connected = false;
      await emit("accountsChanged", []);
    },
  };
}

/** A signed message as a person would read it, from a `personal_sign` request. */
export function messageOf(request: WalletRequest): string {
  const [message] = request.params as [Hex | string];
  return isHex(message) ? hexToString(message) : message;
}

import { useSyncExternalStore } from "react";
import type { TypedDataDefinition } from "viem";
import type { Described } from "./describe.ts";
import { WalletError } from "./provider.ts";

/** What the demo wallet asks the person about. */
export type DemoAsk =
  | { readonly kind: "message"; readonly text: string }
  | { readonly kind: "typedData"; readonly data: TypedDataDefinition }
  | { readonly kind: "transaction"; readonly described: Described };

export interface DemoRequest {
  readonly id: number;
  readonly account: string;
  readonly ask: DemoAsk;
  confirm(): void;
  reject(): void;
}

let pending: readonly DemoRequest[] = [];
let next = 1;
const listeners = new Set<() => void>();

function change(to: readonly DemoRequest[]): void {
  pending = to;
  for (const listener of listeners) listener();
}

/**
 * Puts a request before the person; resolves when confirmed.
 * @throws {WalletError} 4001 when rejected.
 */
export function askPerson(account: string, ask: DemoAsk): Promise<void> {
  return new Promise((resolve, reject) => {
    const id = next++;
    const done = () => change(pending.filter((request) => request.id !== id));
    change([
      ...pending,
      {
        id,
        account,
        ask,
        confirm() {
          done();
          resolve();
        },
        reject() {
          done();
          reject(new WalletError(4001, "User rejected the request."));
        },
      },
    ]);
  });
}

/** The request to answer now; others wait behind it. */
export function useDemoRequest(): DemoRequest | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => pending[0],
  );
}

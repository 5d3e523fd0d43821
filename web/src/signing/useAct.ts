import { AbortedError, createStelai, type Sent, type Stelai } from "@stelai/sdk";
import { useInvalidate, useStelai } from "@stelai/sdk/react";
import { useCallback } from "react";
import { createClient, custom } from "viem";
import { useActivity } from "../activity/ActivityProvider.tsx";
import type { Message } from "../i18n/index.ts";
import type { SigningRun } from "./terms.ts";

const SIGNATURES = new Set(["eth_signTypedData_v4", "personal_sign"]);

/** The same Stelai, its wallet told apart for one run: a signature that comes after a stop is not used. */
export function withRun(stelai: Stelai, run: SigningRun): Stelai {
  const { client } = stelai;
  const { walletClient, ...config } = client;
  if (!walletClient) return stelai;
  const { account } = walletClient;
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    const answer = await walletClient.request({ method, params } as never);
    if (SIGNATURES.has(method)) {
      if (run.signal.aborted) throw new AbortedError();
      run.signed();
    }
    if (method === "eth_sendTransaction" || method === "wallet_sendCalls") run.signed();
    return answer;
  };
  const watched = createClient({
    chain: client.chain,
    transport: custom({ request }, { retryCount: 0 }),
    ...(account ? { account } : {}),
  });
  const mine = createStelai({ ...config, walletClient: watched });
  Object.assign(mine.client.signIn, client.signIn);
  return mine;
}

/** Does something on the chain for a signing sheet: asks the wallet, follows the transaction, reads anew what changed. */
export function useAct() {
  const stelai = useStelai();
  const activity = useActivity();
  const invalidate = useInvalidate();
  return useCallback(
    async <T>(run: SigningRun, intent: Message, work: (stelai: Stelai) => Promise<Sent<T>>) => {
      const sent = await work(withRun(stelai, run));
      run.signed();
      await activity.track({ intent, hash: sent.hash });
      const result = await sent.wait();
      await invalidate();
      return result;
    },
    [stelai, activity, invalidate],
  );
}

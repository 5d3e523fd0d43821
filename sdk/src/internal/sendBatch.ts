import type { Abi, Address, ContractFunctionArgs, ContractFunctionName, Hash } from "viem";
import { requireWallet, type StelaiClient } from "../client.ts";
import { TransactionRevertedError } from "../errors/client.ts";
import { stelaiApprove } from "../generated/fragments.ts";
import { allowanceOf } from "./allowance.ts";
import { nothing, type ReadReceipt, type Sent, send, sent } from "./send.ts";
import type { BatchedCall } from "./walletCalls.ts";

/** One thing that the wallet is asked for: an approval, the call itself, or both as one batch (EIP-5792). */
export type StepKind = "approve" | "call" | "batch";

export type StepOptions = {
  /** Told before the wallet is asked for each step, so that a page can say which of how many it is. */
  onStep?: ((step: { kind: StepKind; index: number; count: number }) => void) | undefined;
};

/** A call that was sent, with what the wallet was asked for on the way. */
export type SentInSteps<result> = Sent<result> & { steps: readonly { kind: StepKind; hash: Hash }[] };

/** What of a token a call takes by an allowance. */
export type Grant = {
  token: Address;
  spender: Address;
  /** Below this the allowance is set anew. */
  needed: bigint;
  /** What it is set to, or what is added to what it is; `needed` when both are absent. */
  amount?: bigint | undefined;
  raisedBy?: bigint | undefined;
};

/**
 * Sends a call that takes of a token by an allowance. Where that is too small it is set first: in one batch with the call
 * where the wallet does that atomically (EIP-5792, `atomic: "supported"`; one that is only `ready` would be asked to become
 * another kind of account), else by a transaction of its own that is waited for.
 */
export async function sendWithAllowance<
  const abi extends Abi,
  name extends ContractFunctionName<abi, "nonpayable" | "payable">,
  const args extends ContractFunctionArgs<abi, "nonpayable" | "payable", name>,
  result,
>(
  client: StelaiClient,
  { token, spender, needed, raisedBy, amount = needed }: Grant,
  call: { address: Address; abi: abi; functionName: name; args: args },
  read: ReadReceipt<result>,
  { onStep }: StepOptions = {},
): Promise<SentInSteps<result>> {
  const { wallet } = requireWallet(client);
  const allowance = await allowanceOf(client, { token, spender });
  const step = (kind: StepKind, index = 0, count = 1) => onStep?.({ kind, index, count });
  if (allowance >= needed) {
    step("call");
    const done = await send(client, call, read);
    return { ...done, steps: [{ kind: "call", hash: done.hash }] };
  }
  const granted = raisedBy === undefined ? amount : allowance + raisedBy;
  const approval = { address: token, abi: [stelaiApprove], functionName: "approve", args: [spender, granted] } as const;
  // A key in this process makes no batches, and is not asked; what asks a wallet is fetched when there is one.
  if (wallet.account?.type === "json-rpc") {
    const { sendAtomically } = await import("./walletCalls.ts");
    const calls = [approval, call as unknown as BatchedCall];
    const receipts = await sendAtomically(client, wallet, calls, () => step("batch"));
    const last = receipts?.at(-1);
    if (last) {
      if (last.status === "reverted") throw new TransactionRevertedError(last.transactionHash);
      return { ...sent(client, last.transactionHash, read), steps: [{ kind: "batch", hash: last.transactionHash }] };
    }
  }
  step("approve", 0, 2);
  const approved = await send(client, approval, nothing);
  await approved.wait();
  step("call", 1, 2);
  const done = await send(client, call, read);
  const steps = [{ kind: "approve", hash: approved.hash } as const, { kind: "call", hash: done.hash } as const];
  return { ...done, steps };
}

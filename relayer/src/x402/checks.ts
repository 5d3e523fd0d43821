import { createHash } from "node:crypto";
import { characterAccessAbi, charactersAbi, operatorReceiverAbi, payoutsAbi, stelaiAbi } from "@stelai/sdk/abis";
import { type X402Authorization, type X402Payload, type X402Requirements, x402PayloadSchema } from "@stelai/sdk/wire";
import { type Abi, type Address, BaseError, ContractFunctionRevertedError, type Hex, isAddressEqual } from "viem";
import type { Chain } from "../chain/index.ts";
import { UnavailableError } from "../errors.ts";
import type { StoredPaymentLine } from "../store/schema/x402.ts";
import { PaymentProblem, type RefusalReason } from "./errors.ts";

/** How long an authorization must be valid for when it is settled at once: until its transaction is mined. */
export const MARGIN_SECONDS = 10n;

/** Beyond that, the token reads times as something else. */
const LATEST_TIME = 2n ** 40n;

/** What is signed, with its signature. */
export type Signed = X402Authorization & { signature: Hex };

/** A payment as it came: what is signed, what the client says it agreed to, and the header's SHA-256. */
export type PresentedPayment = { signed: Signed; payload: X402Payload; header: string };

/**
 * The `PAYMENT-SIGNATURE` header.
 * @throws PaymentProblem
 */
export function readPayment(header: string): PresentedPayment {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(header, "base64").toString("utf8"));
  } catch {
    throw new PaymentProblem("invalid_payment");
  }
  const parsed = x402PayloadSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new PaymentProblem("invalid_payment", issue === undefined ? undefined : issue.path.join("."));
  }
  return { ...presented(parsed.data), header: createHash("sha256").update(header).digest("hex") };
}

/** What of a payload is signed. */
export function presented(payload: X402Payload): Omit<PresentedPayment, "header"> {
  const { authorization, signature } = payload.payload;
  return { signed: { ...authorization, signature }, payload };
}

/**
 * Whether what was signed is what is asked for, as far as that can be said without the chain.
 * @param now The chain's time.
 * @param needed For how many seconds from then on it must be valid.
 * @throws PaymentProblem
 */
export function checkTerms(
  payment: Omit<PresentedPayment, "header">,
  asked: X402Requirements,
  now: bigint,
  needed = MARGIN_SECONDS,
): void {
  checkAgreed(payment, asked);
  const { validAfter, validBefore } = payment.signed;
  refuse("invalid_exact_evm_payload_authorization_valid_after", validAfter >= now);
  refuse("invalid_exact_evm_payload_authorization_valid_before", validBefore >= LATEST_TIME);
  checkTimeLeft(validBefore, now, needed);
}

/** That there is enough time for what is to be done. @throws PaymentProblem */
export function checkTimeLeft(validBefore: bigint, now: bigint, needed: bigint): void {
  refuse("invalid_exact_evm_payload_authorization_valid_before", validBefore <= now + needed);
}

/** The same, whenever it was signed. @throws PaymentProblem */
export function checkAgreed({ signed, payload }: Omit<PresentedPayment, "header">, asked: X402Requirements): void {
  const { accepted } = payload;
  refuse("unsupported_scheme", accepted.scheme !== asked.scheme);
  refuse("invalid_exact_evm_network_mismatch", accepted.network !== asked.network);
  refuse("invalid_exact_evm_asset_mismatch", !isAddressEqual(accepted.asset, asked.asset));
  refuse("invalid_exact_evm_recipient_mismatch", !isAddressEqual(accepted.payTo, asked.payTo));
  refuse("invalid_exact_evm_recipient_mismatch", !isAddressEqual(signed.to, asked.payTo));
  const isPrice = signed.value === asked.amount && accepted.amount === asked.amount;
  refuse("invalid_exact_evm_payload_authorization_value_mismatch", !isPrice);
}

function refuse(reason: RefusalReason, when: boolean): void {
  if (when) throw new PaymentProblem(reason);
}

/** What the settling calls of a payment are given. */
export type Settling = { signed: Omit<Signed, "to">; lines: readonly StoredPaymentLine[]; passOf: bigint };

/** The arguments of `OperatorReceiver.settle`. */
export function settleArguments({ signed, lines, passOf }: Settling) {
  const { from, value, validAfter, validBefore, nonce, signature } = signed;
  return [{ from, value, validAfter, validBefore, nonce, signature }, chainLines(lines), passOf] as const;
}

/** Lines as the contract takes them. */
export function chainLines(lines: readonly StoredPaymentLine[]) {
  return lines.map(({ characterId, amount }) => ({ characterId: BigInt(characterId), amount: BigInt(amount) }));
}

/** Every error that settling can end with. */
const ABI: Abi = [
  ...operatorReceiverAbi,
  ...[...stelaiAbi, ...payoutsAbi, ...charactersAbi, ...characterAccessAbi].filter((item) => item.type === "error"),
];

/**
 * Runs the settlement on the pending state, as it would be sent: signature (ERC-1271 too), balance, times, nonce, payees,
 * and the price of a pass.
 * @throws PaymentProblem, UnavailableError
 */
export async function simulateSettling(
  { client }: Pick<Chain, "client">,
  { operator, receiver, maximumGas }: { operator: Address; receiver: Address; maximumGas: bigint },
  settling: Settling,
): Promise<void> {
  await simulate(() =>
    client.simulateContract({
      ...{ address: receiver, abi: ABI, functionName: "settle", args: settleArguments(settling) },
      // Bounded, or a contract wallet could keep the node busy.
      ...{ account: operator, gas: maximumGas, blockTag: "pending" },
    }),
  );
}

/**
 * The same of the transfer alone.
 * @throws PaymentProblem, UnavailableError
 */
export async function simulateTransfer(
  { client, contracts }: Pick<Chain, "client" | "contracts">,
  { operator, maximumGas }: { operator: Address; maximumGas: bigint },
  { from, to, value, validAfter, validBefore, nonce, signature }: Signed,
): Promise<void> {
  await simulate(() =>
    client.simulateContract({
      ...{ address: contracts.Stelai, abi: stelaiAbi, functionName: "transferWithAuthorization" },
      args: [from, to, value, validAfter, validBefore, nonce, signature],
      ...{ account: operator, gas: maximumGas, blockTag: "pending" },
    }),
  );
}

const KNOWN: Readonly<Record<string, RefusalReason>> = {
  ERC3009InvalidSignature: "invalid_exact_evm_signature",
  ERC3009UsedAuthorization: "invalid_exact_evm_nonce_already_used",
  ERC3009InvalidAuthorizationTime: "invalid_exact_evm_payload_authorization_valid_before",
  ERC20InsufficientBalance: "invalid_exact_evm_insufficient_balance",
};

async function simulate(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof BaseError)) throw error;
    const reverted = error.walk((cause) => cause instanceof ContractFunctionRevertedError);
    if (reverted instanceof ContractFunctionRevertedError) {
      const name = reverted.data?.errorName;
      const known = name === undefined ? undefined : KNOWN[name];
      throw new PaymentProblem(known ?? "invalid_exact_evm_transaction_simulation_failed", known ? undefined : name);
    }
    if (/out of gas|gas required exceeds|revert|intrinsic gas/i.test(`${error.message} ${error.details}`)) {
      throw new PaymentProblem("invalid_exact_evm_transaction_simulation_failed");
    }
    throw new UnavailableError(
      "The chain cannot be reached right now, and nothing was charged. Try again in a moment.",
      {
        cause: error,
      },
    );
  }
}

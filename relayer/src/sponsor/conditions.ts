import type { OperatorInfo } from "@stelai/sdk/wire";
import type { Address } from "viem";
import type { Config } from "../config.ts";
import { SponsorRefusedError } from "./errors.ts";

type SponsorConfig = Pick<Config, "SPONSOR" | "SPONSOR_PURCHASE_FEE" | "SPONSOR_TAB_FEE" | "SPONSOR_MINIMUM_CAP">;

/** On what conditions this operator sends transactions for wallets without ETH; part of `GET /v1/operator`. */
export function sponsorConditions(config: SponsorConfig, operator: Address): OperatorInfo["sponsor"] {
  return {
    enabled: config.SPONSOR,
    feeRecipient: operator,
    purchaseFee: config.SPONSOR_PURCHASE_FEE,
    tabFee: config.SPONSOR_TAB_FEE,
    minimumCap: config.SPONSOR_MINIMUM_CAP,
  };
}

/** Chain time that must be left on a signature, so that it does not lapse on its way into a block. */
export const MARGIN_SECONDS = 120n;

type Sponsorship = { fee: bigint; recipient: Address };

/** @throws SponsorRefusedError when the fee is below `fee` or goes to somebody else. */
export function requireFee(sponsorship: Sponsorship, fee: bigint, recipient: Address): void {
  if (sponsorship.fee < fee) {
    throw new SponsorRefusedError("FeeTooLow", `The fee must be ${fee} or more.`, "sponsorship.fee", { needed: fee });
  }
  if (sponsorship.recipient.toLowerCase() !== recipient.toLowerCase()) {
    const message = `The fee must go to this operator, ${recipient}.`;
    throw new SponsorRefusedError("WrongFeeRecipient", message, "sponsorship.recipient", { needed: recipient });
  }
}

/** @throws SponsorRefusedError when the amount is below the least that is sponsored. */
export function requireAmount(amount: bigint, minimum: bigint, param: string): void {
  if (amount >= minimum) return;
  const message = `This operator sponsors from ${minimum} microcredits on. Take more, or send the transaction yourself.`;
  throw new SponsorRefusedError("AmountTooSmall", message, param, { needed: minimum });
}

/** @throws SponsorRefusedError when `until` is nearer to the chain's time than {@link MARGIN_SECONDS}. */
export function requireTime(until: bigint, chainTime: bigint, param: string): void {
  if (until > chainTime + MARGIN_SECONDS) return;
  const message = `It must be valid for ${MARGIN_SECONDS} s more than the chain's time. Sign again with a later one.`;
  throw new SponsorRefusedError("DeadlineTooNear", message, param, { chainTime });
}

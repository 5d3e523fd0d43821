import type { Address, Hex } from "viem";
import type { Database } from "../store/index.ts";

/** A transaction of the operator, in plain words for the log. */
export type TransactionRequest = { to: Address; data: Hex; description: string };

/** The one door through which the operator sends transactions. */
export type TransactionQueue = {
  /**
   * Estimates, gives it the next nonce, stores it signed and sends it; from then on it is sent again, with a
   * higher fee when it is stuck, until it is final.
   * @param also Runs in the SQL transaction that stores it, with its id: what must be true exactly if it is sent.
   * @returns the hash it was first sent under.
   * @throws TransactionRefusedError when the chain says it would revert; nothing is stored then.
   */
  enqueue(request: TransactionRequest, also?: (tx: Database, id: number) => Promise<void>): Promise<Hex>;
};

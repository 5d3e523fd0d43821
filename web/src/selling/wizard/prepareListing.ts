import type { Stelai } from "@stelai/sdk";
import type { Deposit } from "@stelai/sdk/wire";
import { metadataOf } from "../compose.ts";
import type { SellDraft } from "../draft.ts";
import { type ChangedShare, changedShares } from "../parents.ts";
import { uploadMetadata } from "../upload.ts";
import { readShares } from "../useParentShares.ts";

export type Prepared =
  | { readonly isReady: true; readonly metadataURI: string }
  /** What parents ask is another than was shown: nobody agreed to that yet. */
  | { readonly isReady: false; readonly changes: readonly ChangedShare[] };

/**
 * All that comes before the transaction: parents still ask what was shown, the operator still has the file, and the words
 * are on IPFS.
 * @throws NotDepositedError when the draft is older than the operator keeps files that no work names.
 */
export async function prepareListing(stelai: Stelai, draft: SellDraft, deposit: Deposit): Promise<Prepared> {
  const changes = changedShares(draft.parents, await readShares(stelai, draft.parents));
  if (changes.length > 0) return { isReady: false, changes };
  await stelai.works.getDeposit({ contentHash: deposit.contentHash });
  return { isReady: true, metadataURI: await uploadMetadata(stelai, metadataOf(draft, deposit)) };
}

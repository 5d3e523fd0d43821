import { type Address, type Hash, isAddressEqual, parseEventLogs, zeroAddress, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import {
  licensesOfferedEvent,
  worksCreate,
  worksWorkCreatedEvent,
  worksWorkOf,
  worksWorkPayeeSetEvent,
} from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { receiptArgument } from "../../internal/receipt.ts";
import { type Sent, send } from "../../internal/send.ts";
import { MODALITIES } from "../../pricing.ts";
import { payeeOf, type Share, sortShares, WHOLE_BPS } from "../../splits.ts";
import type { SignedReceipt } from "../../wire.ts";
import { type NewOffer, offersArgument } from "../market/offers.ts";
import type { WorkModality } from "../search/types.ts";

export type CreateWorkParameters = {
  modality: WorkModality;
  /** `ipfs://…` of the metadata (`relayer.uploadContent({ workMetadata })`), at most 256 bytes. */
  metadataURI: string;
  /** keccak256 of the file, from its deposit. */
  contentHash: Hash;
  /** Who earns the creator's part, in any order; the wallet alone when absent. Several are published as a split. */
  shares?: readonly Share[] | undefined;
  /** Part of every resale's price, at most 1,000 ten-thousandths; none when absent. */
  royaltyBps?: number | undefined;
  /** Lets works of others name it as a parent, for this part of what they earn, at most 5,000; nobody when absent. */
  derivativeBps?: number | undefined;
  /** Works that it derives from, at most 8; what each is owed is read by the contract and pinned. */
  parents?: readonly bigint[] | undefined;
  /**
   * The most that the parents may be owed together, in ten-thousandths: their owners may raise their shares until the
   * transaction is mined. Pass what was shown; the sum on the chain at the call when absent.
   */
  maxParentsBps?: number | undefined;
  /** The signed receipt of the generation, when there is one: proves where the file comes from. */
  receipt?: SignedReceipt | null | undefined;
  /** What is offered with it at once. */
  offers?: readonly NewOffer[] | undefined;
};
export type CreateWorkReturnType = Sent<{
  workId: bigint;
  /** Who earns what it sells for, the parents' shares included. */
  payee: bigint;
  /** In the order of `offers`. */
  offerIds: bigint[];
}>;

const NO_RECEIPT = {
  operator: zeroAddress,
  ...{ tabId: 0n, sequence: 0n, request: zeroHash, response: zeroHash, characterId: 0, termsVersion: 0, milliunits: 0 },
  ...{ quality: 0, amount: 0, fee: 0, servedAt: 0n, previous: zeroHash },
} as const;

/**
 * Makes the wallet the creator of a work, in one transaction: with its offers, the split of who earns, the parents'
 * shares and, when a receipt is given, the proof that it was generated for this wallet. Deposit the file first
 * (`works.depositGeneration`, `works.depositFile`): only what is deposited can be delivered.
 * @throws InvalidMetadataURIError, NoContentError, RoyaltyTooHighError, DerivativeShareTooHighError, InvalidParentsError,
 * DerivativesNotAllowedError, TooDeepError, ParentsOwedTooMuchError (by then: read the shares again, and ask again),
 * InvalidSharesError, InvalidWorkPayeeError,
 * UnfitProofError, InvalidProofSignatureError, InvalidOfferError, UserRejectedError.
 *
 * @example
 * ```ts
 * const deposit = await stelai.works.depositGeneration({ generation: generation.id });
 * const { uri } = await stelai.relayer.uploadContent({ workMetadata });
 * const { wait } = await stelai.works.create({
 *   modality: "Image", metadataURI: uri, contentHash: deposit.contentHash, receipt: deposit.provenance?.receipt,
 *   offers: [{ tier: "Personal", price: 2_000_000n, attestor: deposit.attestor }],
 * });
 * const { workId, offerIds } = await wait();
 * ```
 */
export async function createWork(
  client: StelaiClient,
  parameters: CreateWorkParameters,
): Promise<CreateWorkReturnType> {
  const { Licenses, Works } = client.deployment.contracts;
  const { receipt, shares, parents = [], derivativeBps } = parameters;
  const work = {
    modality: MODALITIES.indexOf(parameters.modality),
    metadataURI: parameters.metadataURI,
    contentHash: parameters.contentHash,
    shares: shares ? sortShares(shares) : wholeOf(requireWallet(client).account.address),
    royaltyBps: parameters.royaltyBps ?? 0,
    allowsDerivatives: derivativeBps !== undefined,
    derivativeBps: derivativeBps ?? 0,
    maxParentsBps: parameters.maxParentsBps ?? (await owedTo(client, parents)),
    parents: [...parents].sort((a, b) => (a < b ? -1 : 1)),
  };
  const proof = receipt
    ? { receipt: receiptArgument(receipt), signature: receipt.signature }
    : { receipt: NO_RECEIPT, signature: "0x" as const };
  const args = [work, proof, offersArgument(parameters.offers ?? [])] as const;
  return send(client, { address: Works, abi: [worksCreate], functionName: "create", args }, (mined) => {
    const { workId } = eventArguments(mined, Works, worksWorkCreatedEvent);
    const { payee } = eventArguments(mined, Works, worksWorkPayeeSetEvent);
    const offered = parseEventLogs({ abi: [licensesOfferedEvent], logs: mined.logs });
    const offerIds = offered.filter((log) => isAddressEqual(log.address, Licenses)).map((log) => log.args.offerId);
    return { workId, payee, offerIds };
  });
}

/** What the parents ask together now. */
async function owedTo(client: StelaiClient, parents: readonly bigint[]): Promise<number> {
  const address = client.deployment.contracts.Works;
  const read = (workId: bigint) =>
    readContract(client.publicClient, { address, abi: [worksWorkOf], functionName: "workOf", args: [workId] });
  const found = await Promise.all(parents.map(read));
  return found.reduce((sum, { derivativeBps }) => sum + derivativeBps, 0);
}

function wholeOf(account: Address): Share[] {
  return [{ recipient: payeeOf(account), bps: WHOLE_BPS }];
}

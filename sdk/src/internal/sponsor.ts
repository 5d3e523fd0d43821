import type { StelaiClient } from "../client.ts";
import type { Sponsorship } from "../commitments.ts";
import { NotSponsoredError, WrongDeploymentError } from "../errors/client.ts";
import type { OperatorInfo } from "../wire.ts";
import { randomHash } from "./authorization.ts";
import { relayerRequest } from "./http.ts";

/**
 * The relayer's own words, held against the client's deployment: nothing is signed for other contracts.
 * @throws WrongDeploymentError when the relayer works with another chain or other contracts.
 */
export async function operatorInfo(client: StelaiClient): Promise<OperatorInfo> {
  const info = await relayerRequest<OperatorInfo>(client, { path: "/v1/operator" });
  const { deployment } = client;
  const mine = { chainId: deployment.chainId, genesisHash: deployment.genesisHash, ...deployment.contracts };
  const theirs = { chainId: info.chainId, genesisHash: info.genesisHash, ...info.contracts };
  for (const [field, found] of Object.entries(theirs)) {
    const expected = mine[field as keyof typeof mine];
    if (String(expected).toLowerCase() !== String(found).toLowerCase()) {
      throw new WrongDeploymentError(field, expected, found);
    }
  }
  return info;
}

const memo = new WeakMap<StelaiClient, Promise<OperatorInfo>>();

/** {@link operatorInfo} asked once a client: fees there are only a first proposal, the relayer names changed ones. */
export function memoizedOperator(client: StelaiClient): Promise<OperatorInfo> {
  let info = memo.get(client);
  if (!info) {
    info = operatorInfo(client);
    memo.set(client, info);
    // A failure is not remembered; whoever asked gets it.
    info.catch(() => memo.delete(client));
  }
  return info;
}

/** Has the operator asked anew the next time: its fees are others by now. */
export function forgetOperator(client: StelaiClient): void {
  memo.delete(client);
}

/**
 * What the payer grants this relayer for sending one transaction.
 * @throws NotSponsoredError when it sponsors nothing, or nothing this small.
 */
export function sponsorshipOf(info: OperatorInfo, fee: "purchaseFee" | "tabFee", cap?: bigint): Sponsorship {
  const { sponsor } = info;
  if (!sponsor.enabled) throw new NotSponsoredError("sponsoring is switched off");
  if (cap !== undefined && cap < sponsor.minimumCap) {
    throw new NotSponsoredError(`${cap} microcredits are below its minimum of ${sponsor.minimumCap}`);
  }
  return { fee: sponsor[fee], recipient: sponsor.feeRecipient, salt: randomHash() };
}

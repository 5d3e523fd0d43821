import { type Deployment, type DeploymentFile, deploymentOf, parseDeployment } from "./deployments.ts";
import { WrongDeploymentError } from "./errors/client.ts";
import { RelayerProtocolError, RelayerUnreachableError } from "./errors/relayer.ts";

/**
 * Where the contracts are that an operator's relayer works with. On a public network that this SDK knows, the relayer's
 * word is held against what the SDK has. On any other chain it is that operator's word alone: a wallet that signs on it
 * trusts the operator with the choice of the contracts.
 * @throws RelayerUnreachableError, RelayerProtocolError; WrongDeploymentError where the SDK knows better.
 *
 * @example
 * ```ts
 * const deployment = await fetchDeployment("http://127.0.0.1:8787");
 * ```
 */
export async function fetchDeployment(
  relayerUrl: string,
  { fetch = globalThis.fetch }: { fetch?: typeof globalThis.fetch } = {},
): Promise<Deployment> {
  let response: Response;
  try {
    response = await fetch(`${relayerUrl.replace(/\/$/, "")}/v1/deployment`);
  } catch (cause) {
    throw new RelayerUnreachableError(relayerUrl, cause);
  }
  if (!response.ok) throw new RelayerProtocolError(`/v1/deployment answered ${response.status}`);
  const file: unknown = await response.json().catch(() => null);
  if (!isDeployment(file)) throw new RelayerProtocolError("/v1/deployment is not a deployment");
  const found = parseDeployment(file);
  const known = deploymentOf(found.chainId);
  if (known === undefined) return found;
  const facts = (of: Deployment) => Object.entries({ genesisHash: of.genesisHash, ...of.contracts });
  const theirs = new Map<string, string>(facts(found));
  for (const [field, expected] of facts(known)) {
    const other = theirs.get(field);
    if (other?.toLowerCase() !== expected.toLowerCase()) throw new WrongDeploymentError(field, expected, other);
  }
  return known;
}

const NEEDED = [
  ...["Stelai", "CreditStore", "Payouts", "Characters", "InferenceMeter", "CharacterAccess", "Reviews", "Works"],
  ...["Licenses", "Resale", "WorkReviews", "CreditPlans", "Rewards", "OperatorReceivers", "AccessManager", "Reserve"],
];

function isDeployment(file: unknown): file is DeploymentFile {
  const { chainId, genesisHash, startBlock, finalityBlocks, contracts } = (file ?? {}) as Record<string, unknown>;
  const addresses = (contracts ?? {}) as Record<string, unknown>;
  return (
    Number.isSafeInteger(chainId) &&
    /^0x[0-9a-fA-F]{64}$/.test(String(genesisHash)) &&
    /^[0-9]{1,20}$/.test(String(startBlock)) &&
    Number.isSafeInteger(finalityBlocks) &&
    NEEDED.every((name) => name in addresses) &&
    Object.values(addresses).every((address) => /^0x[0-9a-fA-F]{40}$/.test(String(address)))
  );
}

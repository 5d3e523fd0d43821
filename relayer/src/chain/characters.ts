import { MODALITIES, type Modality, type Terms, VISIBILITIES, type Visibility } from "@stelai/sdk";
import { charactersAbi } from "@stelai/sdk/abis";
import { type Address, BaseError, ContractFunctionRevertedError, type Hex, type RpcLog, toEventSelector } from "viem";
import { characterIn } from "./access.ts";
import { type Chain, sameAddress } from "./index.ts";
import { addressTopic, type Watched } from "./watcher.ts";

/** A character as the chain has it, and whether this operator may serve it. */
export type Character = {
  id: bigint;
  owner: Address;
  modality: Modality;
  visibility: Visibility;
  suspended: boolean;
  termsVersion: bigint;
  terms: Terms;
  personaHash: Hex;
  metadataURI: string;
  /** Who earns for it: an address, or a split. */
  payee: bigint;
  /** Whether the owner lists this operator. */
  served: boolean;
};

/** The characters that list this operator, kept up to date by the chain's events. */
export type CharacterRegistry = {
  /** One character; undefined when it does not exist or is not served here. */
  get(characterId: bigint): Promise<Character | undefined>;
  /** Every character that is served here, ascending by id. */
  all(): readonly Character[];
  /** Reads what is served now. Call once before serving. */
  load(): Promise<void>;
  /** What the watcher tells it. */
  readonly watched: Watched;
};

const CHARACTER_EVENTS = new Set([
  "CharacterCreated",
  "TermsChanged",
  "MetadataChanged",
  "PersonaChanged",
  "PayeeChanged",
  "VisibilityChanged",
  "OperatorListed",
  "SuspensionChanged",
]);
/** Topics of the events whose first indexed value is the character. */
const TOPICS = charactersAbi
  .filter((item) => item.type === "event")
  .filter((item) => CHARACTER_EVENTS.has(item.name))
  .map((item) => toEventSelector(item));
const TRANSFER = toEventSelector("Transfer(address,address,uint256)");
const LISTED = toEventSelector("OperatorListed(uint256,address,bool)");

/** The registry of `operator`. */
export function createCharacterRegistry(chain: Chain, operator: Address): CharacterRegistry {
  const known = new Map<bigint, Character>();
  const address = chain.contracts.Characters;

  const read = async (id: bigint): Promise<Character | undefined> => {
    const contract = { address, abi: charactersAbi } as const;
    const [raw, served] = await Promise.all([
      chain.client.readContract({ ...contract, functionName: "characterOf", args: [id] }).catch((error: unknown) => {
        // A revert says that it does not exist; anything else is the chain out of reach.
        if (error instanceof BaseError && error.walk((cause) => cause instanceof ContractFunctionRevertedError))
          return undefined;
        throw error;
      }),
      chain.client.readContract({ ...contract, functionName: "isOperator", args: [id, operator] }),
    ]);
    const modality = raw === undefined ? undefined : MODALITIES[raw.modality];
    if (raw === undefined || modality === undefined) {
      known.delete(id);
      return undefined;
    }
    const { lifetime, monthly, annual, perInference, perUnit } = raw.terms;
    const character: Character = {
      id,
      owner: raw.owner,
      modality,
      visibility: VISIBILITIES[raw.visibility] ?? "Private",
      suspended: raw.suspended,
      termsVersion: BigInt(raw.version),
      terms: {
        lifetime: BigInt(lifetime),
        monthly: BigInt(monthly),
        annual: BigInt(annual),
        perInference: BigInt(perInference),
        perUnit: BigInt(perUnit),
      },
      personaHash: raw.personaHash,
      metadataURI: raw.metadataURI,
      payee: raw.payee,
      served,
    };
    known.set(id, character);
    return character;
  };

  return {
    get: async (id) => {
      const character = known.get(id) ?? (await read(id));
      return character?.served === true ? character : undefined;
    },
    all: () => [...known.values()].filter((one) => one.served).sort((a, b) => (a.id < b.id ? -1 : 1)),
    load: async () => {
      const head = await chain.refresh();
      const ids = new Set<bigint>();
      for (let from = chain.startBlock; from <= head.number; from += 10_000n) {
        const to = from + 9_999n < head.number ? from + 9_999n : head.number;
        const logs = await chain.client.request({
          method: "eth_getLogs",
          params: [
            {
              address,
              topics: [LISTED, null, addressTopic(operator)],
              fromBlock: `0x${from.toString(16)}`,
              toBlock: `0x${to.toString(16)}`,
            },
          ],
        });
        for (const log of logs) ids.add(BigInt(log.topics[1] ?? "0x0"));
      }
      const pending = [...ids];
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          for (let id = pending.pop(); id !== undefined; id = pending.pop()) await read(id);
        }),
      );
    },
    watched: {
      address,
      topics: [[...TOPICS, TRANSFER]],
      onChange: async ({ added, removed }) => {
        const touched = new Set([...added, ...removed].map(characterIn));
        for (const id of touched) if (known.has(id) || concerns(operator, id, [...added, ...removed])) await read(id);
      },
    },
  };
}

/** Whether the logs list this operator for a character. */
function concerns(operator: Address, id: bigint, logs: readonly RpcLog[]): boolean {
  return logs.some((log) => {
    if (log.topics[0] !== LISTED || characterIn(log) !== id) return false;
    return sameAddress(`0x${(log.topics[2] ?? "").slice(26)}` as Address, operator);
  });
}

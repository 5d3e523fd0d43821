import { charactersAbi } from "@stelai/sdk/abis";
import { type Address, BaseError, ContractFunctionRevertedError, getAbiItem, type Hex, type PublicClient } from "viem";

/** `personaHash` of a character without a private persona. */
export const NO_PERSONA: Hex = `0x${"00".repeat(32)}`;

/** What personas need to know of a character, fresh from the chain. */
export type CharacterFacts = { owner: Address; personaHash: Hex; metadataURI: string };

/** Reads characters for {@link Personas}; the chain decides whose they are. */
export type CharacterSource = {
  read(characterId: bigint): Promise<CharacterFacts>;
  /** Who owned the character whenever its `personaHash` was set to this one. */
  settersOf(characterId: bigint, personaHash: Hex): Promise<Address[]>;
  /** Who owned the character whenever its metadata URI was set to this one. */
  cardSettersOf(characterId: bigint, metadataURI: string): Promise<Address[]>;
};

/** Characters as the contract has them. */
export class ChainCharacters implements CharacterSource {
  readonly #client: PublicClient;
  readonly #address: Address;
  readonly #startBlock: bigint;

  constructor(client: PublicClient, address: Address, startBlock: bigint) {
    this.#client = client;
    this.#address = address;
    this.#startBlock = startBlock;
  }

  async read(characterId: bigint): Promise<CharacterFacts> {
    const { owner, personaHash, metadataURI } = await this.#client.readContract({
      abi: charactersAbi,
      address: this.#address,
      functionName: "characterOf",
      args: [characterId],
    });
    return { owner, personaHash, metadataURI };
  }

  async settersOf(characterId: bigint, personaHash: Hex): Promise<Address[]> {
    const [created, changed, transfers] = await Promise.all([
      this.#logs((range) => this.#client.getLogs({ ...range, event: CREATED, args: { characterId } })),
      this.#logs((range) => this.#client.getLogs({ ...range, event: CHANGED, args: { characterId } })),
      this.#logs((range) => this.#client.getLogs({ ...range, event: TRANSFER, args: { tokenId: characterId } })),
    ]);
    const creators = created.filter(({ args }) => args.personaHash === personaHash).map(({ args }) => args.creator);
    const changes = changed.filter(({ args }) => args.personaHash === personaHash);
    return [...creators, ...ownersAt(changes, transfers)];
  }

  async cardSettersOf(characterId: bigint, metadataURI: string): Promise<Address[]> {
    const [created, changed, transfers] = await Promise.all([
      this.#logs((range) => this.#client.getLogs({ ...range, event: CREATED, args: { characterId } })),
      this.#logs((range) => this.#client.getLogs({ ...range, event: CARD_CHANGED, args: { characterId } })),
      this.#logs((range) => this.#client.getLogs({ ...range, event: TRANSFER, args: { tokenId: characterId } })),
    ]);
    const creators = created.filter(({ args }) => args.metadataURI === metadataURI).map(({ args }) => args.creator);
    const changes = changed.filter(({ args }) => args.metadataURI === metadataURI);
    return [...creators, ...ownersAt(changes, transfers)];
  }

  /** Every log since the deployment, in ranges that public nodes answer. */
  async #logs<T>(read: (range: LogRange) => Promise<T[]>): Promise<T[]> {
    const head = await this.#client.getBlockNumber();
    const logs: T[] = [];
    for (let fromBlock = this.#startBlock; fromBlock <= head; fromBlock += SPAN) {
      const end = fromBlock + SPAN - 1n;
      logs.push(...(await read({ address: this.#address, strict: true, fromBlock, toBlock: end < head ? end : head })));
    }
    return logs;
  }
}

/** Whether reading a character failed because there is none by that id. */
export function isNoCharacter(error: unknown): boolean {
  return error instanceof BaseError && error.walk((cause) => cause instanceof ContractFunctionRevertedError) !== null;
}

const CREATED = getAbiItem({ abi: charactersAbi, name: "CharacterCreated" });
const CHANGED = getAbiItem({ abi: charactersAbi, name: "PersonaChanged" });
const CARD_CHANGED = getAbiItem({ abi: charactersAbi, name: "MetadataChanged" });
const TRANSFER = getAbiItem({ abi: charactersAbi, name: "Transfer" });

/** Blocks of one `eth_getLogs`. */
const SPAN = 10_000n;

type LogRange = { address: Address; strict: true; fromBlock: bigint; toBlock: bigint };

/** Who owned the character at each of these places in the chain. */
function ownersAt(places: readonly Place[], transfers: readonly (Place & { args: { to: Address } })[]): Address[] {
  return places
    .map((place) => transfers.filter((transfer) => isBefore(transfer, place)).at(-1)?.args.to)
    .filter((owner) => owner !== undefined);
}

type Place = { blockNumber: bigint; logIndex: number };

function isBefore(a: Place, b: Place): boolean {
  return a.blockNumber < b.blockNumber || (a.blockNumber === b.blockNumber && a.logIndex < b.logIndex);
}

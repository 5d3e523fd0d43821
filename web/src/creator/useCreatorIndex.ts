import { type FlowStep, type Modality, type StelaiError, splitOf, type Terms } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Address, Hex } from "viem";
import type { Visibility } from "./draft.ts";
import { payeeName, type Sums } from "./earnings.ts";

const REFETCH_MS = 10_000;

/** A character that an account owns or earns from, as the index and, for what waits to be collected, the chain have it. */
export interface CreatorCharacter {
  readonly id: bigint;
  readonly owner: Address;
  readonly modality: Modality;
  readonly visibility: Visibility;
  readonly isSuspended: boolean;
  readonly terms: Terms;
  readonly payee: bigint;
  readonly metadataURI: string;
  readonly inferences: bigint;
  /** Gross, in microcredits: settled, and nobody has collected it yet. */
  readonly accrued: bigint;
  /** Gross, in microcredits: of passes, vested, and nobody has harvested it yet. */
  readonly harvestable: bigint;
}

interface Row extends Record<keyof Terms | "id" | "inferences", string> {
  owner: Address;
  modality: Modality;
  visibility: Visibility;
  suspended: boolean;
  payee: Hex;
  metadataURI: string;
}

const QUERY = `query ($owner: String!, $payees: [String!]!) {
  characters(
    where: { OR: [{ owner: $owner }, { payee_in: $payees }] }
    orderBy: "id"
    orderDirection: "desc"
    limit: 1000
  ) {
    items {
      id owner modality visibility suspended payee metadataURI inferences
      lifetime monthly annual perInference perUnit
    }
  }
}`;

export interface CreatorCharacters {
  readonly characters: readonly CreatorCharacter[];
  /** All steps by which the account earns through splits. */
  readonly flows: readonly FlowStep[];
}

/** The characters that an account owns or earns from, newest first. */
export function useCreatorCharacters(account: Address): UseQueryResult<CreatorCharacters, StelaiError> {
  const stelai = useStelai();
  return useQuery<CreatorCharacters, StelaiError>({
    queryKey: stelaiKey(stelai, "creatorCharacters", account),
    refetchInterval: REFETCH_MS,
    queryFn: async ({ signal }) => {
      const flows = await stelai.payouts.findFlows({ account });
      const owner = account.toLowerCase();
      const payees = [owner, ...new Set(flows.map(({ shares }) => payeeName(splitOf(shares))))];
      const { characters } = await stelai.indexer.graphql<{ characters: { items: Row[] } }>({
        ...{ query: QUERY, variables: { owner, payees }, signal },
      });
      const read = async (row: Row): Promise<CreatorCharacter> => {
        const id = BigInt(row.id);
        const [accrued, harvestable] = await Promise.all([
          stelai.characters.getAccrued({ characterId: id }),
          stelai.access.getHarvestable({ characterId: id }),
        ]);
        return {
          id,
          owner: row.owner,
          modality: row.modality,
          visibility: row.visibility,
          isSuspended: row.suspended,
          terms: {
            lifetime: BigInt(row.lifetime),
            monthly: BigInt(row.monthly),
            annual: BigInt(row.annual),
            perInference: BigInt(row.perInference),
            perUnit: BigInt(row.perUnit),
          },
          payee: BigInt(row.payee),
          metadataURI: row.metadataURI,
          inferences: BigInt(row.inferences),
          accrued,
          harvestable,
        };
      };
      return { characters: await Promise.all(characters.items.map(read)), flows };
    },
  });
}

/** One day of earnings from one character. */
export interface StatementLine extends Sums {
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string;
  /** Undefined: not from a character. */
  readonly characterId: bigint | undefined;
  /** Undefined: not from a work. */
  readonly workId: bigint | undefined;
  /** Tells it from other lines of the day. */
  readonly key: string;
  readonly payee: Hex;
}

/** What an account earned, collected ones only; amounts in wei of STELAI. */
export interface CreatorStatement {
  readonly totals: Sums;
  readonly days: readonly ({ readonly date: string } & Sums)[];
  readonly characters: ReadonlyMap<bigint, Sums>;
  readonly works: ReadonlyMap<bigint, Sums>;
  /** Oldest first. */
  readonly lines: readonly StatementLine[];
}

type Wire<T> = { [Key in keyof T]: string };
type WireSums = Wire<Sums>;

interface WireLine extends WireSums {
  date: string;
  characterId: string | null;
  workId: string | null;
  licenceId: string | null;
  kind: string;
  payee: Hex;
}

const sums = ({ gross, commission, split, net }: WireSums): Sums => ({
  gross: BigInt(gross),
  commission: BigInt(commission),
  split: BigInt(split),
  net: BigInt(net),
});

/** Where the statement is, as a file for a spreadsheet with `format=csv`. */
export function statementUrl(indexerUrl: string, account: Address, format: "json" | "csv"): string {
  return `${indexerUrl}/creators/${account}/statement?format=${format}`;
}

/** Thrown when the index answers with something else than a statement. */
class StatementUnavailableError extends Error {
  override readonly name = "StatementUnavailableError";
}

/** An account's whole statement from the index. */
export function useCreatorStatement(account: Address, indexerUrl: string): UseQueryResult<CreatorStatement> {
  const stelai = useStelai();
  return useQuery<CreatorStatement>({
    queryKey: stelaiKey(stelai, "creatorStatement", account),
    refetchInterval: REFETCH_MS,
    queryFn: async ({ signal }) => {
      const response = await fetch(statementUrl(indexerUrl, account, "json"), { signal });
      if (!response.ok) throw new StatementUnavailableError(`The index answered with status ${response.status}.`);
      const body = (await response.json()) as {
        totals: WireSums;
        days: ({ date: string } & WireSums)[];
        characters: ({ characterId: string | null } & WireSums)[];
        works: ({ workId: string | null } & WireSums)[];
        lines: WireLine[];
      };
      return {
        totals: sums(body.totals),
        days: body.days.map((day) => ({ date: day.date, ...sums(day) })),
        characters: new Map(
          body.characters.flatMap((each) =>
            each.characterId === null ? [] : [[BigInt(each.characterId), sums(each)] as const],
          ),
        ),
        works: new Map(
          body.works.flatMap((each) => (each.workId === null ? [] : [[BigInt(each.workId), sums(each)] as const])),
        ),
        lines: body.lines.map(({ date, characterId, workId, licenceId, kind, payee, ...amounts }) => ({
          date,
          characterId: characterId === null ? undefined : BigInt(characterId),
          workId: workId === null ? undefined : BigInt(workId),
          key: [date, characterId, workId, licenceId, kind, payee].join(" "),
          payee,
          ...sums(amounts),
        })),
      };
    },
  });
}

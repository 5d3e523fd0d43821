import { useCallback, useSyncExternalStore } from "react";
import type { Address } from "viem";
import type { GetCharacterReturnType } from "../actions/characters/index.ts";
import type { CreditPackage, GetBalanceReturnType, GetSolvencyReturnType } from "../actions/credits/index.ts";
import type { GetClaimableReturnType, GetEarningsReturnType } from "../actions/payouts/index.ts";
import type { AuditTabReturnType, GetFullStatementReturnType } from "../actions/statement/index.ts";
import type { GetTabReturnType } from "../actions/tab/index.ts";
import { payeeOf } from "../splits.ts";
import type { SessionSnapshot, TabSession } from "../tab/session.ts";
import type { Card, Model, OperatorInfo, TabStatus } from "../wire.ts";
import { type Query, type QueryOptions, useStelaiQuery } from "./query.ts";

/** The price table; prices in reserve units, credits in wei of STELAI. */
export function usePackages(options?: QueryOptions): Query<CreditPackage[]> {
  return useStelaiQuery(["packages"], (stelai) => stelai.credits.getPackages(), options);
}

/** What an account holds: wei of STELAI and reserve units. */
export function useBalance(account: Address | undefined, options?: QueryOptions): Query<GetBalanceReturnType> {
  return useStelaiQuery(["balance", account], (stelai) => stelai.credits.getBalance({ account }), options);
}

/** Whether every credit is backed, and by how much. */
export function useSolvency(options?: QueryOptions): Query<GetSolvencyReturnType> {
  return useStelaiQuery(["solvency"], (stelai) => stelai.credits.getSolvency(), options);
}

/** Who runs the relayer and on what conditions. */
export function useOperator(options?: QueryOptions): Query<OperatorInfo> {
  return useStelaiQuery(["operator"], (stelai) => stelai.relayer.getOperator(), { staleTime: 60_000, ...options });
}

/** The characters that the operator serves. */
export function useModels(options?: QueryOptions): Query<Model[]> {
  return useStelaiQuery(["models"], (stelai, signal) => stelai.characters.listModels({ signal }), options);
}

/** One character as the operator serves it. */
export function useModel(characterId: bigint | undefined, options?: QueryOptions): Query<Model> {
  return useStelaiQuery(
    ["model", characterId],
    (stelai, signal) => stelai.characters.getModel({ characterId: characterId ?? 0n, signal }),
    options,
  );
}

/** A character as the chain has it. */
export function useCharacter(characterId: bigint | undefined, options?: QueryOptions): Query<GetCharacterReturnType> {
  return useStelaiQuery(
    ["character", characterId],
    (stelai) => stelai.characters.getCharacter({ characterId: characterId ?? 0n }),
    options,
  );
}

/** The public card behind a metadata URI. It never changes under its address. */
export function useCard(metadataURI: string | undefined, options?: QueryOptions): Query<Card> {
  return useStelaiQuery(
    ["card", metadataURI],
    (stelai, signal) => stelai.characters.fetchCard({ metadataURI: metadataURI ?? "", signal }),
    { staleTime: Number.POSITIVE_INFINITY, ...options },
  );
}

/** Which tab: nothing is asked while it is undefined. */
export type TabReference = { operator: Address; tabId: bigint };

/** A tab as the chain has it; amounts in microcredits. */
export function useTab(tab: TabReference | undefined, options?: QueryOptions): Query<GetTabReturnType> {
  return useStelaiQuery(
    ["tab", tab?.operator, tab?.tabId],
    (stelai) => stelai.tab.getTab(tab ?? { operator: "0x", tabId: 0n }),
    options,
  );
}

/** Where a tab stands with its operator: served, signed, reserved, in microcredits. */
export function useTabStatus(session: TabSession | undefined, options?: QueryOptions): Query<TabStatus> {
  return useStelaiQuery(
    ["status", session?.operator, session?.tabId],
    () => (session ? session.status() : Promise.reject(new TypeError("no session"))),
    options,
  );
}

/** The sessions in this browser, of one payer or of all. */
export function useSessions(payer?: Address, options?: QueryOptions): Query<TabSession[]> {
  return useStelaiQuery(["sessions", payer ?? null], (stelai) => stelai.tab.listSessions({ payer }), options);
}

/** Where a session stands, live. */
export function useSessionSnapshot(session: TabSession | undefined): SessionSnapshot | undefined {
  const subscribe = useCallback((listener: () => void) => session?.subscribe(listener) ?? (() => {}), [session]);
  const read = () => session?.snapshot;
  return useSyncExternalStore(subscribe, read, read);
}

/** A tab's whole statement. */
export function useStatement(
  session: TabSession | undefined,
  options?: QueryOptions,
): Query<GetFullStatementReturnType> {
  return useStelaiQuery(
    ["statement", session?.operator, session?.tabId],
    (stelai) => {
      if (!session) return Promise.reject(new TypeError("no session"));
      const { operator, tabId, account } = session;
      return stelai.statement.getFullStatement({ operator, tabId, sessionKey: account });
    },
    options,
  );
}

/** A tab's bill, checked against the chain. Off until `enabled`: it reads the whole history. */
export function useAudit(session: TabSession | undefined, options?: QueryOptions): Query<AuditTabReturnType> {
  return useStelaiQuery(
    ["audit", session?.operator, session?.tabId],
    (stelai) => {
      if (!session) return Promise.reject(new TypeError("no session"));
      const { operator, tabId, account } = session;
      return stelai.statement.auditTab({ operator, tabId, sessionKey: account });
    },
    { enabled: false, ...options },
  );
}

/** What an account can claim, its splits included, in wei of STELAI; `steps` go into `useClaim`. */
export function useClaimable(account: Address | undefined, options?: QueryOptions): Query<GetClaimableReturnType> {
  return useStelaiQuery(
    ["claimable", account],
    async (stelai) => {
      const steps = await stelai.payouts.findFlows({ account });
      return stelai.payouts.getClaimable({ account, steps });
    },
    options,
  );
}

/** Every earning of an account with its commission, in wei of STELAI, from the chain. */
export function useEarnings(account: Address | undefined, options?: QueryOptions): Query<GetEarningsReturnType> {
  return useStelaiQuery(
    ["earnings", account],
    (stelai) => stelai.payouts.getEarnings({ payee: account && payeeOf(account) }),
    options,
  );
}

/** What the index answers to a GraphQL query. */
export function useIndexer<data>(
  query: string,
  variables: Record<string, unknown> = {},
  options?: QueryOptions,
): Query<data> {
  return useStelaiQuery(
    ["index", query, JSON.stringify(variables, (_key, item) => (typeof item === "bigint" ? item.toString() : item))],
    (stelai, signal) => stelai.indexer.graphql<data>({ query, variables, signal }),
    options,
  );
}

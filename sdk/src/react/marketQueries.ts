import type { Address, Hash } from "viem";
import type {
  GetCertificateParameters,
  GetCertificateReturnType,
  GetLicenceReturnType,
  GetListingReturnType,
  GetOfferReturnType,
  GetOrderReturnType,
  HasRoleParameters,
  ListOrdersParameters,
  OrderPage,
  TokenReference,
} from "../actions/market/index.ts";
import type {
  GetWorkDetailsReturnType,
  GetWorkReturnType,
  ListWorksParameters,
  ListWorksReturnType,
} from "../actions/works/index.ts";
import type { Delivery, Deposit, WorkDeposit, WorkMetadata } from "../wireMarket.ts";
import type { Page } from "./passQueries.ts";
import { useSignedInAccount } from "./peopleQueries.ts";
import { type Query, type QueryOptions, useStelaiQuery } from "./query.ts";

/** A work as the chain has it. */
export function useWork(workId: bigint | undefined, options?: QueryOptions): Query<GetWorkReturnType> {
  return useStelaiQuery(["work", workId], (stelai) => stelai.works.getWork({ workId: workId ?? 0n }), options);
}

/** A work with its offers, parents, derivatives and listing, from the index; prices in microcredits. */
export function useWorkDetails(workId: bigint | undefined, options?: QueryOptions): Query<GetWorkDetailsReturnType> {
  return useStelaiQuery(
    ["workDetails", workId],
    (stelai, signal) => stelai.works.getDetails({ workId: workId ?? 0n, signal }),
    options,
  );
}

/** A work's metadata, held against its address. It never changes under it. */
export function useWorkMetadata(metadataURI: string | undefined, options?: QueryOptions): Query<WorkMetadata> {
  return useStelaiQuery(
    ["workMetadata", metadataURI],
    (stelai, signal) => stelai.works.fetchMetadata({ metadataURI: metadataURI ?? "", signal }),
    { staleTime: Number.POSITIVE_INFINITY, ...options },
  );
}

/** What an account created, or owns, from the index. */
export function useWorks(
  account: Address | undefined,
  { role, after, limit }: Omit<ListWorksParameters, "account" | "signal"> = {},
  options?: QueryOptions,
): Query<ListWorksReturnType> {
  return useStelaiQuery(
    ["works", account, role ?? null, after ?? null, limit ?? null],
    (stelai, signal) => stelai.works.listWorks({ account, role, after, limit, signal }),
    options,
  );
}

/** A file that the account signed in deposited with the operator. */
export function useDeposit(contentHash: Hash | undefined, options?: QueryOptions): Query<Deposit> {
  return useStelaiQuery(
    ["deposit", contentHash, useSignedInAccount()],
    (stelai, signal) => stelai.works.getDeposit({ contentHash: contentHash ?? "0x", signal }),
    options,
  );
}

/** Whether the operator holds a work's file and can deliver it; it is asked anew each time. */
export function useIsDeposited(workId: bigint | undefined, options?: QueryOptions): Query<WorkDeposit> {
  return useStelaiQuery(
    ["isDeposited", workId],
    (stelai, signal) => stelai.works.isDeposited({ workId: workId ?? 0n, signal }),
    options,
  );
}

/** An offer as the chain has it; price in microcredits. */
export function useOffer(offerId: bigint | undefined, options?: QueryOptions): Query<GetOfferReturnType> {
  return useStelaiQuery(["offer", offerId], (stelai) => stelai.market.getOffer({ offerId: offerId ?? 0n }), options);
}

/** A licence, which is its order, as the chain has it. */
export function useLicence(licenceId: bigint | undefined, options?: QueryOptions): Query<GetLicenceReturnType> {
  return useStelaiQuery(
    ["licence", licenceId],
    (stelai) => stelai.market.getLicence({ licenceId: licenceId ?? 0n }),
    options,
  );
}

/** What disputing a licence takes, from the chain, in microcredits. */
export function useBond(licenceId: bigint | undefined, options?: QueryOptions): Query<bigint> {
  return useStelaiQuery(
    ["bond", licenceId],
    (stelai) => stelai.market.getBond({ licenceId: licenceId ?? 0n }),
    options,
  );
}

/** Where a licence or a work is for sale, from the chain; null when it is not. */
export function useListing(token: TokenReference | undefined, options?: QueryOptions): Query<GetListingReturnType> {
  return useStelaiQuery(
    ["listing", ...keyOf(token)],
    (stelai) => stelai.market.getListing(token ?? { workId: 0n }),
    options,
  );
}

/** An order with its history, from the index; money in microcredits. */
export function useOrder(licenceId: bigint | undefined, options?: QueryOptions): Query<GetOrderReturnType> {
  return useStelaiQuery(
    ["order", licenceId],
    (stelai, signal) => stelai.market.getOrder({ licenceId: licenceId ?? 0n, signal }),
    options,
  );
}

/** What an account holds licences of, with its open and refunded orders, from the index. */
export function useLicences(
  account: Address | undefined,
  { after, limit }: Page = {},
  options?: QueryOptions,
): Query<OrderPage> {
  return useStelaiQuery(
    ["licences", account, after ?? null, limit ?? null],
    (stelai, signal) => stelai.market.listLicences({ account, after, limit, signal }),
    options,
  );
}

/** Orders of works that an account owns, or is paid by, from the index. */
export function useSales(
  account: Address | undefined,
  { after, limit }: Page = {},
  options?: QueryOptions,
): Query<OrderPage> {
  return useStelaiQuery(
    ["sales", account, after ?? null, limit ?? null],
    (stelai, signal) => stelai.market.listSales({ account, after, limit, signal }),
    options,
  );
}

/** All orders that stand somewhere, the soonest deadline first, from the index. */
export function useOrders(
  { status, after, limit }: Omit<ListOrdersParameters, "signal"> = {},
  options?: QueryOptions,
): Query<OrderPage> {
  return useStelaiQuery(
    ["orders", status ?? null, after ?? null, limit ?? null],
    (stelai, signal) => stelai.market.listOrders({ status, after, limit, signal }),
    options,
  );
}

/** The orders of a work, newest first, from the index. */
export function useWorkOrders(
  workId: bigint | undefined,
  { after, limit }: Page = {},
  options?: QueryOptions,
): Query<OrderPage> {
  return useStelaiQuery(
    ["workOrders", workId, after ?? null, limit ?? null],
    (stelai, signal) => stelai.market.listWorkOrders({ workId: workId ?? 0n, after, limit, signal }),
    options,
  );
}

/** Where an order's delivery stands with the operator. */
export function useDelivery(licenceId: bigint | undefined, options?: QueryOptions): Query<Delivery> {
  return useStelaiQuery(
    ["delivery", licenceId],
    (stelai, signal) => stelai.market.getDelivery({ licenceId: licenceId ?? 0n, signal }),
    options,
  );
}

/** What the chain alone says of a licence. */
export function useCertificate(
  licenceId: bigint | undefined,
  { holder }: Pick<GetCertificateParameters, "holder"> = {},
  options?: QueryOptions,
): Query<GetCertificateReturnType> {
  return useStelaiQuery(
    ["certificate", licenceId, holder ?? null],
    (stelai) => stelai.market.getCertificate({ licenceId: licenceId ?? 0n, holder }),
    options,
  );
}

/** Whether an account moderates, or resolves disputes, by the chain. */
export function useHasRole(
  role: HasRoleParameters["role"],
  account: Address | undefined,
  options?: QueryOptions,
): Query<boolean> {
  return useStelaiQuery(["hasRole", role, account], (stelai) => stelai.market.hasRole({ role, account }), options);
}

/** What is meant, as parts of a key. */
function keyOf(token: TokenReference | undefined): readonly unknown[] {
  if (token === undefined) return [undefined];
  return "licenceId" in token ? ["licence", token.licenceId] : ["work", token.workId];
}

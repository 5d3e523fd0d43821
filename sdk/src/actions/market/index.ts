export * from "../roles/hasRole.ts";
export * from "./acceptLicence.ts";
export * from "./addOffers.ts";
export * from "./buyLicence.ts";
export * from "./buyListed.ts";
export * from "./closeOffers.ts";
export * from "./concludeLicences.ts";
export * from "./delistToken.ts";
export * from "./disputeLicence.ts";
export * from "./fetchEvidence.ts";
export * from "./getBond.ts";
export * from "./getCertificate.ts";
export * from "./getContentKey.ts";
export * from "./getDelivery.ts";
export * from "./getLicence.ts";
export * from "./getListing.ts";
export * from "./getOffer.ts";
export * from "./getOrder.ts";
export * from "./isLicensed.ts";
export * from "./listLicences.ts";
export * from "./listOrders.ts";
export * from "./listSales.ts";
export * from "./listToken.ts";
export * from "./listWorkOrders.ts";
export type { NewOffer } from "./offers.ts";
export * from "./openFile.ts";
export {
  encodeLicencePayment,
  encodeResalePurchase,
  type LicencePayment,
  type ResalePurchase,
} from "./payments.ts";
export * from "./resolveDispute.ts";
export { BOND_BPS, LICENCE_TIERS, ORDER_ENDS, ORDER_STATUSES } from "./tiers.ts";
export type { TokenReference } from "./token.ts";
export * from "./transferLicence.ts";
export type {
  LicenceEvent,
  LicenceEventKind,
  OfferState,
  OfferView,
  OrderEnd,
  OrderPage,
  OrderView,
} from "./types.ts";

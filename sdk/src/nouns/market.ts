/**
 * The marketplace's actions by the names that `createStelai` gives them. A module of its own, whose code is fetched when
 * the first of them is called: most pages of an app call none.
 */
import * as marketActions from "../actions/market/index.ts";
import * as searchActions from "../actions/search/index.ts";
import * as worksActions from "../actions/works/index.ts";

const { createWork, fetchWorkMetadata, getWorkDetails, transferWork, ...worksRest } = worksActions;
const { setWorkMetadata, setWorkPayee, setWorkSuspended, ...worksNamed } = worksRest;

export const works = {
  ...worksNamed,
  create: createWork,
  fetchMetadata: fetchWorkMetadata,
  getDetails: getWorkDetails,
  setMetadata: setWorkMetadata,
  setPayee: setWorkPayee,
  setSuspended: setWorkSuspended,
  transfer: transferWork,
};

const { encodeLicencePayment: _payment, encodeResalePurchase: _purchase, ...marketRest } = marketActions;
const {
  BOND_BPS: _bond,
  LICENCE_TIERS: _tiers,
  ORDER_ENDS: _ends,
  ORDER_STATUSES: _statuses,
  ...marketTold
} = marketRest;
const { acceptLicence, buyLicence, concludeLicences, disputeLicence, resolveDispute, ...marketOther } = marketTold;
const { delistToken, listToken, ...marketNamed } = marketOther;

export const market = {
  ...marketNamed,
  accept: acceptLicence,
  buy: buyLicence,
  conclude: concludeLicences,
  delist: delistToken,
  dispute: disputeLicence,
  list: listToken,
  resolve: resolveDispute,
};

const { searchCharacters, searchWorks, similarWorks, trendingWorks } = searchActions;

export const search = {
  works: searchWorks,
  characters: searchCharacters,
  similar: similarWorks,
  trending: trendingWorks,
};

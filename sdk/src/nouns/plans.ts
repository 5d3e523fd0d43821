/** The actions of plans by the names that `createStelai` gives them; their code is fetched when the first is called. */
import * as actions from "../actions/plans/index.ts";

const { cancelPlan, getPlanDetails, listPlanDetails, listPlans, ...named } = actions;
const { renewPlans, setPlanRenewal, subscribePlan, upgradePlan, ...asked } = named;

export const plans = {
  ...asked,
  cancel: cancelPlan,
  getDetails: getPlanDetails,
  list: listPlans,
  listDetails: listPlanDetails,
  renew: renewPlans,
  setRenewal: setPlanRenewal,
  subscribe: subscribePlan,
  upgrade: upgradePlan,
};

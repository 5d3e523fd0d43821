/** The passes' actions that ask or send something; what is only computed needs no client. */
import * as actions from "../actions/access/index.ts";

const { PLANS: _plans, PLAN_DAYS: _days, RENEWAL_STATUSES: _statuses, priceOf: _price, ...rest } = actions;
const { allowanceAfter: _after, comparePlans: _compare, recordedMonthly: _monthly, refundOn: _refund, ...asked } = rest;

export const access = asked;

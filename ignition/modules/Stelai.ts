import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * Every contract, the first price table, the commissions, and the hand-over of the roles.
 *
 * One future after the other, so that the deployer's nonces, and with them the predicted addresses that settle the
 * circular references, are known beforehand: {@link ORDER}. `scripts/deploy/deploy.ts` gives the parameters.
 */
export default buildModule("Stelai", (m) => {
  const accessManager = m.contract("AccessManager", [m.getAccount(0)]);
  const stelai = m.contract("Stelai", [m.getParameter<string>("creditStore"), m.getParameter<string>("payouts")], {
    after: [accessManager],
  });
  const treasury = m.getParameter<string>("treasury");
  const creditStore = m.contract("CreditStore", [
    accessManager,
    stelai,
    m.getParameter<string>("reserve"),
    m.getParameter<bigint>("floorPrice"),
    treasury,
    m.getParameter<string>("creditPlans"),
    m.getParameter<string>("rewards"),
  ]);
  const payouts = m.contract("Payouts", [accessManager, stelai, creditStore, treasury]);
  const characters = m.contract("Characters", [
    accessManager,
    payouts,
    m.getParameter<string>("inferenceMeter"),
    m.getParameter<string>("characterAccess"),
  ]);
  const inferenceMeter = m.contract("InferenceMeter", [
    accessManager,
    stelai,
    payouts,
    characters,
    m.getParameter<string>("rewards"),
  ]);
  const characterAccess = m.contract("CharacterAccess", [accessManager, stelai, payouts, characters], {
    after: [inferenceMeter],
  });
  const reviews = m.contract("Reviews", [characters, characterAccess, inferenceMeter]);

  const works = m.contract(
    "Works",
    [accessManager, payouts, inferenceMeter, m.getParameter<string>("licenses"), m.getParameter<string>("resale")],
    { after: [reviews] },
  );
  const licenses = m.contract("Licenses", [accessManager, stelai, payouts, works, m.getParameter<string>("resale")]);
  const resale = m.contract("Resale", [accessManager, stelai, payouts, works, licenses]);
  const workReviews = m.contract("WorkReviews", [works, licenses], { after: [resale] });

  const creditPlans = m.contract("CreditPlans", [accessManager, creditStore], { after: [workReviews] });
  const rewards = m.contract("Rewards", [accessManager, stelai, creditStore, inferenceMeter], { after: [creditPlans] });
  const operatorReceivers = m.contract(
    "OperatorReceivers",
    [stelai, payouts, characters, characterAccess, inferenceMeter],
    { after: [rewards] },
  );

  // The deployer is still the only admin, without delay: the first prices and commissions need no announcement.
  const priced = m.call(creditStore, "setPackages", [m.getParameter("packages")], { after: [operatorReceivers] });
  const commissionBps = m.getParameter<number>("commissionBps");
  const metered = m.call(payouts, "setCommission", [inferenceMeter, commissionBps], {
    id: "meterCommission",
    after: [priced],
  });
  const commissioned = m.call(payouts, "setCommission", [characterAccess, commissionBps], {
    id: "accessCommission",
    after: [metered],
  });
  const licensed = m.call(payouts, "setCommission", [licenses, commissionBps], {
    id: "licensesCommission",
    after: [commissioned],
  });
  const resold = m.call(payouts, "setCommission", [resale, commissionBps], {
    id: "resaleCommission",
    after: [licensed],
  });
  const planned = m.call(creditPlans, "addPlans", [m.getParameter("plans")], { after: [resold] });
  const referred = m.call(rewards, "setReferralTerms", [m.getParameter("referral")], { after: [planned] });
  m.call(accessManager, "multicall", [m.getParameter("handOver")], { after: [referred] });

  const market = { works, licenses, resale, workReviews };
  return {
    accessManager,
    stelai,
    creditStore,
    payouts,
    characters,
    inferenceMeter,
    characterAccess,
    reviews,
    ...market,
    creditPlans,
    rewards,
    operatorReceivers,
  };
});

/** The contracts in the order of the deployer's nonces. */
export const ORDER = [
  "AccessManager",
  "Stelai",
  "CreditStore",
  "Payouts",
  "Characters",
  "InferenceMeter",
  "CharacterAccess",
  "Reviews",
  "Works",
  "Licenses",
  "Resale",
  "WorkReviews",
  "CreditPlans",
  "Rewards",
  "OperatorReceivers",
] as const;

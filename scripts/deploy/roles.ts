import { type Interface, id } from "ethers";

/**
 * The roles of the AccessManager. None of them moves a user's funds, lowers the floor or stops an exit.
 *
 * | role       | may                                             | waits (public networks)          |
 * |------------|-------------------------------------------------|----------------------------------|
 * | ADMIN      | grant and revoke roles, resume sales            | 2 days                           |
 * | PRICING    | set prices: packages, plans; what referrals get | 2 days: the announcement         |
 * | COMMISSION | set an earning contract's commission, to 30 %   | 7 days                           |
 * | MODERATOR  | suspend and restore a character or a work       | not                              |
 * | GUARDIAN   | stop sales, new tabs and passes                 | not                              |
 * | RESOLVER   | decide a licence's dispute, within its 7 days   | not                              |
 * | CAMPAIGNS  | start, fund and stop campaigns, with its money; | not                              |
 * |            | say with which operators bonus credits are spent |                                 |
 */
export const ROLES = {
  ADMIN: 0n,
  PRICING: 1n,
  COMMISSION: 2n,
  MODERATOR: 3n,
  GUARDIAN: 4n,
  RESOLVER: 5n,
  CAMPAIGNS: 6n,
} as const;

/** Execution delays in seconds, by role. */
export type Delays = Record<keyof RoleHolders, number>;

/** Who holds each role. */
export type RoleHolders = Record<
  "admin" | "pricing" | "commission" | "moderator" | "guardian" | "resolver" | "campaigns",
  string
>;

/** What a role may call: contract, function. What is restricted and not listed is ADMIN's. */
export const PERMISSIONS = [
  ["CreditStore", "setPackages((uint128,uint128)[])", "PRICING"],
  ["CreditStore", "pause()", "GUARDIAN"],
  ["Payouts", "setCommission(address,uint16)", "COMMISSION"],
  ["Characters", "setSuspended(uint256,bool,string)", "MODERATOR"],
  ["InferenceMeter", "pause()", "GUARDIAN"],
  ["CharacterAccess", "pause()", "GUARDIAN"],
  ["Works", "setSuspended(uint256,bool)", "MODERATOR"],
  ["Licenses", "pause()", "GUARDIAN"],
  ["Licenses", "resolve(uint256,bool,string)", "RESOLVER"],
  ["Resale", "pause()", "GUARDIAN"],
  ["CreditPlans", "addPlans((uint128,uint96,uint32)[])", "PRICING"],
  ["CreditPlans", "setPlanPrice(uint256,uint96)", "PRICING"],
  ["Rewards", "setReferralTerms((uint16,uint16,uint128))", "PRICING"],
  ["Rewards", "startCampaign((uint8,address,uint64,uint64,uint128,uint128,string))", "CAMPAIGNS"],
  ["Rewards", "fundCampaign(uint256,uint128,uint256)", "CAMPAIGNS"],
  ["Rewards", "stopCampaign(uint256)", "CAMPAIGNS"],
  ["Rewards", "setTrusted(address,bool)", "CAMPAIGNS"],
] as const;

/**
 * The AccessManager calls, for one `multicall` by the deployer, that hand the roles over. The deployer's own admin
 * role ends with them, unless the deployer is the admin.
 *
 * An admin's two days must not be a way around COMMISSION's seven: granting a role that waits, and changing what such
 * a role may call, waits as long as the role does. OpenZeppelin lets these two delays begin five days after they are
 * set; until then the admin's own delay stands alone.
 */
export function handOverCalls(
  accessManager: Interface,
  contracts: Record<(typeof PERMISSIONS)[number][0], string>,
  parameters: { deployer: string; holders: RoleHolders; delays: Delays },
): string[] {
  const { deployer, holders, delays } = parameters;
  const call = (name: string, ...values: unknown[]) => accessManager.encodeFunctionData(name, values);
  const selector = (signature: string) => id(signature).slice(0, 10);
  return [
    ...PERMISSIONS.map(([contract, signature, role]) =>
      call("setTargetFunctionRole", contracts[contract], [selector(signature)], ROLES[role]),
    ),
    ...(["PRICING", "COMMISSION", "MODERATOR", "GUARDIAN", "RESOLVER", "CAMPAIGNS"] as const).map((role) =>
      call("labelRole", ROLES[role], role),
    ),
    call("grantRole", ROLES.PRICING, holders.pricing, delays.pricing),
    call("grantRole", ROLES.COMMISSION, holders.commission, delays.commission),
    call("grantRole", ROLES.MODERATOR, holders.moderator, delays.moderator),
    call("grantRole", ROLES.GUARDIAN, holders.guardian, delays.guardian),
    call("grantRole", ROLES.RESOLVER, holders.resolver, delays.resolver),
    call("grantRole", ROLES.CAMPAIGNS, holders.campaigns, delays.campaigns),
    call("setGrantDelay", ROLES.PRICING, delays.pricing),
    call("setGrantDelay", ROLES.COMMISSION, delays.commission),
    call("setTargetAdminDelay", contracts.CreditStore, delays.pricing),
    call("setTargetAdminDelay", contracts.CreditPlans, delays.pricing),
    call("setTargetAdminDelay", contracts.Rewards, delays.pricing),
    call("setTargetAdminDelay", contracts.Payouts, delays.commission),
    // Last: from here on the deployer, if it stays admin, waits like one.
    call("grantRole", ROLES.ADMIN, holders.admin, delays.admin),
    ...(holders.admin === deployer ? [] : [call("renounceRole", ROLES.ADMIN, deployer)]),
  ];
}

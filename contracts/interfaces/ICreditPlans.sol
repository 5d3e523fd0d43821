// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RenewalStatus} from "./Renewal.sol";

/// @title Credits by the billing cycle, and by themselves when they run low
/// @notice DESIGN section 4. A plan grants all of a cycle's credits when the cycle is paid; what is not used stays the
/// subscriber's, it is an ERC-20. Prices are in the reserve's smallest unit, credits in wei of STELAI. The reserve asset
/// is taken by the credit store, so that one allowance, to {creditStore}, serves plans and top-ups. Nothing stays here.
/// A renewal or a top-up never costs more than its account agreed to.
interface ICreditPlans {
    /// @notice What is sold. Credits and period of a plan never change, only its price.
    /// @param credits What a cycle grants, in wei of STELAI.
    /// @param price What a cycle costs, in reserve units; zero when the plan is not offered now.
    /// @param period How long a cycle lasts, in seconds: 30 or 365 days.
    struct Plan {
        uint128 credits;
        uint96 price;
        uint32 period;
    }

    /// @notice An account's subscription, one at a time.
    /// @param planId What the running cycle is, ids count from 1; zero when there never was one.
    /// @param renewalPlanId What the next cycle will be.
    /// @param start When the running cycle began, Unix time in seconds.
    /// @param end When it ends. A cycle that ended can be renewed for 14 days more.
    /// @param granted What this cycle granted so far, in wei of STELAI.
    /// @param paid What this cycle cost so far, in reserve units.
    /// @param mandate The most that a renewal may cost, in reserve units; zero when it does not renew.
    struct Subscription {
        uint32 planId;
        uint32 renewalPlanId;
        uint64 start;
        uint64 end;
        uint128 granted;
        uint96 paid;
        uint96 mandate;
    }

    /// @notice What an account agreed to for automatic top-ups.
    /// @param threshold Below this balance, in wei of STELAI, a top-up is due. Credits in tabs and bonus do not count.
    /// @param credits What each top-up buys, in wei of STELAI; zero when the account does not top up.
    /// @param maxPrice The most that one may cost, in reserve units.
    /// @param cap The most that all of a window of 30 days may cost, in reserve units.
    struct TopUp {
        uint128 threshold;
        uint128 credits;
        uint96 maxPrice;
        uint96 cap;
    }

    /// @notice What a top-up would do now, or why it would not.
    enum TopUpStatus {
        /// It can be made now.
        Due,
        /// Nobody agreed to it.
        NotAgreed,
        /// The account has enough credits.
        BalanceEnough,
        /// Sales are stopped.
        Paused,
        /// The package is not for sale, or buys another amount than was agreed to.
        OtherAmount,
        /// The price is above what the account agreed to.
        PriceAboveMaximum,
        /// The window's cap would be passed.
        CapReached,
        /// The account's reserve balance is too small.
        BalanceTooLow,
        /// What the account lets the credit store take is too small.
        AllowanceTooLow
    }

    /// @notice Emitted when a plan is added.
    event PlanAdded(uint256 indexed planId, uint256 credits, uint256 price, uint256 period);
    /// @notice Emitted when a plan's price changed; zero: not offered any more.
    event PlanPriceSet(uint256 indexed planId, uint256 price);
    /// @notice Emitted when a first cycle is paid.
    event Subscribed(
        address indexed account,
        uint256 indexed planId,
        uint256 credits,
        uint256 price,
        uint256 start,
        uint256 end
    );
    /// @notice Emitted when another cycle is paid.
    event Renewed(
        address indexed account,
        uint256 indexed planId,
        uint256 credits,
        uint256 price,
        uint256 start,
        uint256 end
    );
    /// @notice Emitted when the running cycle became one of a larger plan; `credits` and `price` are the difference.
    event Upgraded(
        address indexed account,
        uint256 indexed planId,
        uint256 indexed formerPlanId,
        uint256 credits,
        uint256 price
    );
    /// @notice Emitted when what happens at the end of the cycle changed; a mandate of zero: it ends.
    event RenewalSet(address indexed account, uint256 indexed planId, uint256 mandate);
    /// @notice Emitted when what an account agreed to for top-ups changed; credits of zero: none.
    event TopUpSet(address indexed account, uint256 threshold, uint256 credits, uint256 maxPrice, uint256 cap);
    /// @notice Emitted when an account was topped up.
    /// @param spent What the window's top-ups come to with this one, in reserve units.
    /// @param windowEnd When the window ends, Unix time in seconds.
    event ToppedUp(address indexed account, uint256 credits, uint256 price, uint256 spent, uint256 windowEnd);

    /// @notice Thrown when there is no such plan.
    error UnknownPlan(uint256 planId);
    /// @notice Thrown when the plan is not offered now.
    error PlanNotOffered(uint256 planId);
    /// @notice Thrown when a new plan has no credits, no price, a price below the floor, or another period than 30 or 365
    /// days.
    error InvalidPlan(uint256 index);
    /// @notice Thrown when a plan's new price is below the floor of its credits.
    error PriceBelowFloor(uint256 planId);
    /// @notice Thrown when the price is above what the caller agreed to, both in reserve units.
    error PriceAboveMaximum(uint256 price, uint256 maxPrice);
    /// @notice Thrown when a cycle is still running: upgrade it, or choose what it renews as.
    error AlreadySubscribed(uint256 planId, uint256 end);
    /// @notice Thrown when the caller has no cycle that runs, or could still be renewed.
    error NotSubscribed(address account);
    /// @notice Thrown when the plan is not an upgrade of the running cycle: it grants no more, or its period differs.
    error NotAnUpgrade(uint256 planId, uint256 formerPlanId);
    /// @notice Thrown when a top-up has credits but no highest price, or a cap below it.
    error InvalidTopUp();
    /// @notice Thrown when a top-up cannot be made now.
    error TopUpNotDue(TopUpStatus status);
    /// @notice Thrown when the constructor is given a zero address.
    error InvalidConfiguration();

    /// @notice Where the credits come from, and whom allowances are given to.
    function creditStore() external view returns (address);

    /// @notice How many plans there are; ids count from 1.
    function planCount() external view returns (uint256);

    /// @notice A plan. Reverts when it does not exist.
    function planOf(uint256 planId) external view returns (Plan memory);

    /// @notice An account's subscription; empty when it never had one.
    function subscriptionOf(address account) external view returns (Subscription memory);

    /// @notice What a renewal of each account's subscription would do now.
    function renewalsOf(address[] calldata accounts) external view returns (RenewalStatus[] memory statuses);

    /// @notice What an upgrade would cost now, in reserve units, and grant, in wei of STELAI: the new plan's price less what
    /// this cycle cost, but never less than the floor of the credits it adds; the new plan's credits less what this
    /// cycle granted.
    function upgradeQuote(address account, uint256 planId) external view returns (uint256 price, uint256 credits);

    /// @notice Pays the first cycle of a plan and agrees to renewals at up to `mandate` each (zero: none). By allowance to
    /// {creditStore}.
    /// @param maxPrice The most that this cycle may cost, in reserve units.
    /// @param referrer Who sent the buyer, or the zero address; counts only with an account's first purchase.
    function subscribe(uint256 planId, uint96 maxPrice, uint96 mandate, address referrer) external;

    /// @notice {subscribe} with an EIP-2612 permit of the reserve asset for {creditStore}, of `allowance`, by the caller. A
    /// permit that fails is ignored when the allowance already suffices.
    function subscribeWithPermit(
        uint256 planId,
        uint96 maxPrice,
        uint96 mandate,
        address referrer,
        uint256 allowance,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Turns the running cycle into one of a larger plan of the same period, with the same end. What was to renew
    /// renews as the new plan at up to `mandate` (zero: it does not renew).
    /// @param maxPrice The most that the difference may cost, in reserve units.
    function upgrade(uint256 planId, uint96 maxPrice, uint96 mandate) external;

    /// @notice Chooses what the next cycle will be and the most it may cost, for a cycle that runs or ended up to 14 days
    /// ago: how to downgrade, to change the period, to agree to a higher price, and to come back after {cancel}. A
    /// mandate of zero is {cancel}.
    function setRenewal(uint256 planId, uint96 mandate) external;

    /// @notice Lets the subscription end with what is paid for. Nothing granted is taken back. Never paused.
    function cancel() external;

    /// @notice Pays another cycle of those subscriptions that are due. Anyone; what cannot be is skipped, {renewalsOf} says
    /// why. A late renewal starts now and charges no arrears.
    /// @return statuses What was found of each: {RenewalStatus-Due} was renewed.
    function renew(address[] calldata accounts) external returns (RenewalStatus[] memory statuses);

    /// @notice What an account agreed to for top-ups, what the running window's cost so far, and when it ends (zero: none
    /// runs).
    function topUpOf(address account) external view returns (TopUp memory agreed, uint256 spent, uint256 windowEnd);

    /// @notice What {topUp} would do now.
    function topUpStatusOf(
        address account,
        uint256 packageId,
        uint256 quantity
    ) external view returns (TopUpStatus status);

    /// @notice Agrees to automatic top-ups, or with credits of zero to none. What the running window cost stays counted, so
    /// that setting it anew is no way around the cap. Never paused.
    function setTopUp(TopUp calldata agreed) external;

    /// @notice {setTopUp} with an EIP-2612 permit of the reserve asset for {creditStore}, of `allowance`, by the caller.
    function setTopUpWithPermit(
        TopUp calldata agreed,
        uint256 allowance,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Tops up an account whose balance is below its threshold. Anyone; the package and quantity must come to the
    /// agreed credits at no more than the agreed price.
    function topUp(address account, uint256 packageId, uint256 quantity) external;

    /// @notice Adds plans. Role PRICING.
    function addPlans(Plan[] calldata added) external;

    /// @notice Sets a plan's price; zero: not offered any more. Role PRICING, whose delay is the announcement.
    function setPlanPrice(uint256 planId, uint96 price) external;
}

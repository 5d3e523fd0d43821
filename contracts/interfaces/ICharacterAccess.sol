// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {IERC1363Spender} from "@openzeppelin/contracts/interfaces/IERC1363Spender.sol";
import {RenewalStatus} from "./Renewal.sol";

/// @title Passes: the right to use a character without paying per inference
/// @notice For good, or by the month (30 days) or year (365). Prices are microcredits, paid in $STELAI; days are UTC
/// days. What is paid for a period vests to the character's payee day by day; a day that has begun is used. What has
/// not vested never leaves this contract, so a refund is always funded.
/// Always: `stelai.balanceOf(this) = what has not vested + what vested and is not harvested`.
interface ICharacterAccess is IERC1363Receiver, IERC1363Spender {
    /// @notice What a pass is bought for.
    enum Plan {
        Lifetime,
        Monthly,
        Annual
    }

    /// @notice What is bought, for whom, on what conditions. Also the data of an ERC-1363 transfer or approval,
    /// ABI-encoded.
    /// @param account Who holds the pass; the payer, or whoever is given it.
    /// @param maxPrice The most it may cost now, and with `renews` the most that each renewal may cost.
    /// @param renews Whether it goes on after the period; not of a gift and not of a lifetime.
    /// @param replaces Whether to end first what runs, with its refund: monthly to annual, or back.
    /// @param invite Empty, or an ABI-encoded `ICharacters.Redemption` of the character's to redeem first for `account`;
    /// left alone when the account is allowed without it.
    struct Purchase {
        uint256 characterId;
        address account;
        Plan plan;
        uint40 maxPrice;
        bool renews;
        bool replaces;
        bytes invite;
    }

    /// @notice Whose pass to renew.
    struct PassId {
        uint256 characterId;
        address account;
    }

    /// @notice All of a pass.
    /// @param active Whether it gives access now.
    /// @param lifetime Whether it is for good.
    /// @param until End of the last period that is paid for, Unix time in seconds; zero when there never was one.
    /// @param renewalPlan What it renews as.
    /// @param mandate The most that a renewal may cost, in microcredits; zero when it does not renew.
    /// @param refundable What {cancelNow} would pay back in this block, in microcredits.
    /// @param renewal What a renewal would do now.
    struct Access {
        bool active;
        bool lifetime;
        uint40 until;
        Plan renewalPlan;
        uint40 mandate;
        uint256 refundable;
        RenewalStatus renewal;
    }

    /// @notice Emitted when a pass is bought or given.
    /// @param price In microcredits.
    /// @param start When the period begins: now, or at the end of the one that runs. Unix time in seconds.
    /// @param until When it ends; zero of a lifetime.
    /// @param monthly The monthly price that an early end of a year is priced with, in microcredits.
    event PassBought(
        uint256 indexed characterId,
        address indexed account,
        address indexed payer,
        Plan plan,
        uint40 price,
        uint40 start,
        uint40 until,
        uint40 monthly
    );
    /// @notice Emitted when a pass is renewed, as in {PassBought}; its holder paid.
    event PassRenewed(
        uint256 indexed characterId,
        address indexed account,
        Plan plan,
        uint40 price,
        uint40 start,
        uint40 until,
        uint40 monthly
    );
    /// @notice Emitted when what a holder agreed to for the time after the period changed; a mandate of zero: it ends.
    event RenewalSet(uint256 indexed characterId, address indexed account, Plan plan, uint40 mandate);
    /// @notice Emitted when a holder ended all that was paid for, but a lifetime, and the renewal with it (no
    /// {RenewalSet} tells of it).
    /// @param refund What came back, in microcredits.
    /// @param kept What vested at once because an early end of a year costs more than its days, in microcredits.
    event PassCancelled(uint256 indexed characterId, address indexed account, uint256 refund, uint256 kept);
    /// @notice Emitted when what vested went to the payee.
    /// @param amount In microcredits, gross.
    /// @param through The last UTC day (since 1970) that is harvested.
    event Harvested(uint256 indexed characterId, uint256 amount, uint256 through);

    /// @notice Thrown when the character is suspended: nothing of it is sold.
    error CharacterSuspended(uint256 characterId);
    /// @notice Thrown when the character is private and the account not on its allow list.
    error NotAllowed(uint256 characterId, address account);
    /// @notice Thrown when the character is not sold this way.
    error NotOffered(uint256 characterId, Plan plan);
    /// @notice Thrown when the price is above what the caller agreed to, both in microcredits.
    error PriceAboveMaximum(uint256 price, uint256 maxPrice);
    /// @notice Thrown when the account has the character for good already.
    error AlreadyLifetime(uint256 characterId, address account);
    /// @notice Thrown when the caller's own pass renews already.
    error AlreadySubscribed(uint256 characterId, uint256 until);
    /// @notice Thrown when five periods are paid for already.
    error TooManyPeriods(uint256 characterId, address account);
    /// @notice Thrown when a gift or a lifetime is asked to renew, or a gift to replace what its receiver has.
    error InvalidPurchase();
    /// @notice Thrown when the account has nothing that could be cancelled or renewed: never had, or lapsed.
    error NoPass(uint256 characterId, address account);
    /// @notice Thrown when less than what the caller accepts would come back, both in microcredits.
    error RefundBelowMinimum(uint256 refund, uint256 minimum);
    /// @notice Thrown when an ERC-1363 transfer or approval is not the caller's own of $STELAI.
    error UnexpectedTransfer(address token, address from);
    /// @notice Thrown when what waits to be harvested needs more calls of {harvest} first.
    error HarvestPending(uint256 characterId);

    /// @notice $STELAI.
    function stelai() external view returns (address);

    /// @notice Where earnings go.
    function payouts() external view returns (address);

    /// @notice What is sold, and who earns for it.
    function characters() external view returns (address);

    /// @notice All of an account's pass, in one call; empty when it never held one.
    function accessOf(uint256 characterId, address account) external view returns (Access memory);

    /// @notice Whether an account ever held a pass of a character.
    function everHeld(uint256 characterId, address account) external view returns (bool);

    /// @notice What a renewal of each pass would do now.
    function renewalsOf(PassId[] calldata passes) external view returns (RenewalStatus[] memory statuses);

    /// @notice What {harvest} would take now, in microcredits.
    function harvestable(uint256 characterId) external view returns (uint256);

    /// @notice Buys a pass for good. What the caller's own pass has left of its periods is refunded in the same call.
    /// @param maxPrice The most it may cost, in microcredits.
    /// @param invite Empty, or an ABI-encoded `ICharacters.Redemption`.
    function buyLifetime(uint256 characterId, uint40 maxPrice, bytes calldata invite) external;

    /// @notice Pays a month or a year; on top of one that runs, it begins when that ends.
    /// @param maxPrice The most it may cost, in microcredits; with `renews` also the most each renewal may cost.
    function subscribe(uint256 characterId, Plan plan, uint40 maxPrice, bool renews, bytes calldata invite) external;

    /// @notice Ends what runs with its refund, and subscribes, in one call: monthly to annual, or back.
    function switchPlan(uint256 characterId, Plan plan, uint40 maxPrice, bool renews) external;

    /// @notice Gives a pass; on top of a running one it begins when that ends. It does not renew by itself; what its
    /// receiver agreed to stays, unless that has lapsed or the gift is for good.
    function gift(uint256 characterId, address account, Plan plan, uint40 maxPrice, bytes calldata invite) external;

    /// @notice Renews those passes that can be. Anyone; what cannot be is skipped, {renewalsOf} says why.
    /// @return statuses What was found of each: {RenewalStatus-Due} was renewed.
    function renew(PassId[] calldata passes) external returns (RenewalStatus[] memory statuses);

    /// @notice Agrees to renewals of a pass that was paid for, at most `mandate` microcredits each; of one that ended up to
    /// 14 days ago the first is due at once. A mandate of zero ends the agreement.
    function setRenewal(uint256 characterId, Plan plan, uint40 mandate) external;

    /// @notice Lets the pass end with what is paid for. Never paused.
    function cancelAtPeriodEnd(uint256 characterId) external;

    /// @notice Ends the caller's pass now and pays back what is not used, gifts included; a lifetime stays. A year that
    /// has begun is first priced as if it had been paid by the month, unless the character is suspended. Never paused.
    /// @param minimum The least to accept, in microcredits: what was shown. A day may begin before it is mined.
    /// @return refund In microcredits.
    function cancelNow(uint256 characterId, uint256 minimum) external returns (uint256 refund);

    /// @notice Takes what vested through today to the payee, going on for at most `maxDays` days. Anyone; never paused.
    /// @return amount In microcredits, gross.
    /// @return isCurrent Whether nothing is left to harvest today.
    function harvest(uint256 characterId, uint256 maxDays) external returns (uint256 amount, bool isCurrent);

    /// @notice {harvest} of one page, which must be the last. For a change of payee.
    function harvestAll(uint256 characterId) external;

    /// @notice Stops sales and renewals; no exit. Role GUARDIAN.
    function pause() external;

    /// @notice Resumes them. Role ADMIN.
    function unpause() external;
}

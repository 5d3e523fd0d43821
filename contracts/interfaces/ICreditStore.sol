// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Authorization, Sponsorship} from "./Authorization.sol";

/// @title Where credits are bought and redeemed
/// @notice Holds the reserve. Always: `reserve.balanceOf(this) × 1e18 ≥ floorPrice × stelai.totalSupply()`
/// (DESIGN section 2). Charges round up, redemption rounds down.
interface ICreditStore {
    /// @notice One entry of the price table.
    /// @param credits In wei of STELAI.
    /// @param price In the reserve asset's smallest unit (USDC: 6 decimals).
    struct Package {
        uint128 credits;
        uint128 price;
    }

    /// @notice What a buyer agrees to.
    /// @param packageId A package of the current table; ids are never used twice.
    /// @param quantity How many of it, at least 1.
    /// @param recipient Who receives the credits.
    /// @param referrer Who sent the buyer, or the zero address.
    /// @param maxPrice The most that may be paid for all of it, the sponsor's fee excluded, in reserve units.
    struct Order {
        uint256 packageId;
        uint256 quantity;
        address recipient;
        address referrer;
        uint256 maxPrice;
    }

    /// @notice Emitted when a new price table replaces the old one as a whole.
    /// @param firstId The id of `packages[0]`; the others follow.
    event PackagesReplaced(uint256 indexed firstId, Package[] packages);

    /// @notice Emitted when credits were bought.
    /// @param payer Who paid.
    /// @param recipient Who received the credits.
    /// @param referrer Who sent the buyer, or the zero address.
    /// @param credits In wei of STELAI.
    /// @param packageId Zero when {plans} sold them: a cycle, an upgrade or a top-up.
    /// @param quantity One when {plans} sold them.
    /// @param price In reserve units, the sponsor's fee excluded.
    event Purchased(
        address indexed payer,
        address indexed recipient,
        address indexed referrer,
        uint256 packageId,
        uint256 quantity,
        uint256 credits,
        uint256 price
    );

    /// @notice Emitted when a sponsor was paid for sending a purchase.
    /// @param fee In reserve units.
    event SponsorPaid(address indexed payer, address indexed recipient, uint256 fee);

    /// @notice Emitted when credits were burned for reserve at the floor.
    /// @param credits In wei of STELAI.
    /// @param paid In reserve units.
    event Redeemed(address indexed account, address indexed recipient, uint256 credits, uint256 paid);

    /// @notice Emitted when what the floor does not need went to the treasury.
    /// @param amount In reserve units.
    event SurplusSwept(address indexed treasury, uint256 amount);

    /// @notice Emitted when a sale's margin was given on as bonus credits.
    /// @param credits In wei of STELAI, minted to {rewards}.
    event BonusMinted(address indexed recipient, uint256 credits);

    /// @notice Emitted when a campaign's budget was bought at the floor.
    /// @param credits In wei of STELAI, minted to {rewards}.
    /// @param price In reserve units.
    event BudgetBought(address indexed payer, uint256 credits, uint256 price);

    /// @notice Emitted when credits were burned and nothing paid for them.
    /// @param credits In wei of STELAI.
    event Retired(address indexed account, uint256 credits);

    /// @notice Thrown when the package is not in the current table.
    error PackageNotForSale(uint256 packageId);
    /// @notice Thrown when the quantity is zero.
    error ZeroQuantity();
    /// @notice Thrown when the recipient is the zero address.
    error ZeroRecipient();
    /// @notice Thrown when the price is above what the buyer agreed to.
    error PriceAboveMaximum(uint256 price, uint256 maxPrice);
    /// @notice Thrown when the authorization does not cover the agreed price and fee.
    error AuthorizationTooSmall(uint256 value, uint256 needed);
    /// @notice Thrown when less of the reserve asset arrived than the price (a fee-on-transfer token).
    error ReserveShortfall(uint256 received, uint256 needed);
    /// @notice Thrown when a new table holds a package below the floor, an empty one, or none at all.
    error PackageBelowFloor(uint256 index);
    /// @notice Thrown when a new table has no package or more than 32.
    error InvalidPackageCount(uint256 count);
    /// @notice Thrown when redeeming would pay less than the caller accepts.
    error RedemptionBelowMinimum(uint256 paid, uint256 minimum);
    /// @notice Thrown when there is nothing to redeem.
    error ZeroAmount();
    /// @notice Thrown when anyone but {plans} sells, or anyone but {rewards} buys at the floor.
    error NotSeller(address caller);
    /// @notice Thrown when credits would be sold below the floor.
    error PriceBelowFloor(uint256 price, uint256 needed);
    /// @notice Thrown when the constructor is given a zero address or a zero floor.
    error InvalidConfiguration();

    /// @notice $STELAI.
    function stelai() external view returns (address);

    /// @notice The stablecoin that credits are bought with and redeemed for.
    function reserve() external view returns (address);

    /// @notice What one credit (1e18 wei of STELAI) is redeemed for, in reserve units. Immutable.
    function floorPrice() external view returns (uint256);

    /// @notice Who receives the surplus.
    function treasury() external view returns (address);

    /// @notice Sells by the billing cycle and tops up, see {ICreditPlans}.
    function plans() external view returns (address);

    /// @notice Keeps bonus credits, see {IRewards}.
    function rewards() external view returns (address);

    /// @notice The current price table.
    /// @return firstId The id of `table[0]`; the others follow.
    function packages() external view returns (uint256 firstId, Package[] memory table);

    /// @notice What a purchase costs now, in reserve units, and brings, in wei of STELAI.
    function quote(uint256 packageId, uint256 quantity) external view returns (uint256 price, uint256 credits);

    /// @notice Buys credits with an allowance on the reserve asset.
    /// @return credits In wei of STELAI.
    function buy(Order calldata order) external returns (uint256 credits);

    /// @notice {buy} with an EIP-2612 permit for the reserve asset: of `order.maxPrice`, by the caller.
    /// @dev A permit that fails is ignored when the allowance already suffices, so that a front-run
    /// permit blocks nothing.
    function buyWithPermit(
        Order calldata order,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 credits);

    /// @notice {buy} by anyone, for a payer who signed an EIP-3009 authorization whose nonce is
    /// {buyNonce}. `authorization.value` is at least `order.maxPrice + sponsorship.fee`; what the price
    /// does not need goes back to the payer.
    function buyWithAuthorization(
        Order calldata order,
        Authorization calldata authorization,
        Sponsorship calldata sponsorship
    ) external returns (uint256 credits);

    /// @notice The EIP-3009 nonce that commits to a purchase: keccak256 of the ABI-encoded words
    /// `keccak256("Buy(uint256 packageId,uint256 quantity,address recipient,address referrer,uint256 maxPrice,uint256 fee,address feeRecipient,bytes32 salt)")`
    /// and the values in that order.
    function buyNonce(Order calldata order, Sponsorship calldata sponsorship) external pure returns (bytes32);

    /// @notice Burns the caller's credits and pays the floor for them; pro rata if the reserve was seized.
    /// Needs no allowance. Never paused.
    /// @param amount In wei of STELAI.
    /// @param recipient Who receives the reserve asset.
    /// @param minimum The least to accept, in reserve units.
    /// @return paid In reserve units.
    function redeem(uint256 amount, address recipient, uint256 minimum) external returns (uint256 paid);

    /// @notice What {redeem} would pay now, in reserve units.
    function redemptionOf(uint256 amount) external view returns (uint256 paid);

    /// @notice Sells credits at a price that `payer` agreed to with {plans}, which alone may call. By allowance.
    /// @param credits In wei of STELAI.
    /// @param price In reserve units; at least the floor of `credits`.
    /// @param isSigned Whether the payer sent this very purchase: only then it can bind a referrer (DESIGN section 4).
    function sell(
        address payer,
        address recipient,
        address referrer,
        uint256 credits,
        uint256 price,
        bool isSigned
    ) external;

    /// @notice Sells a campaign's budget to {rewards}, which alone may call, at the floor, rounded up. By allowance of
    /// `payer`, the caller of {rewards}.
    /// @param credits In wei of STELAI.
    /// @return price In reserve units.
    function sellAtFloor(address payer, uint256 credits, uint256 maxPrice) external returns (uint256 price);

    /// @notice Burns the caller's credits and pays nothing for them: their backing becomes surplus. Never paused.
    /// @param amount In wei of STELAI.
    function retire(uint256 amount) external;

    /// @notice What the floor does not need, in reserve units.
    function surplus() external view returns (uint256);

    /// @notice Sends the surplus to the treasury. Anyone may call.
    function sweepSurplus() external returns (uint256 amount);

    /// @notice Replaces the price table. Role PRICING, whose delay is the announcement.
    function setPackages(Package[] calldata table) external;

    /// @notice Stops sales. Role GUARDIAN. Redeeming goes on.
    function pause() external;

    /// @notice Resumes sales. Role ADMIN.
    function unpause() external;
}

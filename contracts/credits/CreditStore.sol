// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Authorization, Sponsorship} from "../interfaces/Authorization.sol";
import {ICreditStore} from "../interfaces/ICreditStore.sol";
import {IReserveAsset} from "../interfaces/IReserveAsset.sol";
import {IStelai} from "../interfaces/IStelai.sol";
import {PurchaseCommitment} from "../libraries/PurchaseCommitment.sol";

/// @title Where credits are bought and redeemed
/// @dev Warning: after a seizure of the reserve, credits are sold at their price and redeemed for less, until the
/// guardian pauses sales.
contract CreditStore is ICreditStore, AccessManaged, Pausable, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant CREDIT = 1e18;
    uint256 private constant MAX_PACKAGES = 32;

    /// @inheritdoc ICreditStore
    address public immutable stelai;
    /// @inheritdoc ICreditStore
    address public immutable reserve;
    /// @inheritdoc ICreditStore
    uint256 public immutable floorPrice;
    /// @inheritdoc ICreditStore
    address public immutable treasury;

    uint256 private _firstId = 1;
    Package[] private _packages;

    /// @param authority The AccessManager.
    /// @param stelai_ $STELAI, which names this contract as its credit store.
    /// @param reserve_ The stablecoin, see {IReserveAsset}.
    /// @param floorPrice_ What a credit is redeemed for, in the reserve's smallest unit.
    /// @param treasury_ Who receives the surplus.
    constructor(
        address authority,
        address stelai_,
        address reserve_,
        uint256 floorPrice_,
        address treasury_
    ) AccessManaged(authority) {
        require(
            authority != address(0) &&
                stelai_ != address(0) &&
                reserve_ != address(0) &&
                floorPrice_ != 0 &&
                treasury_ != address(0),
            InvalidConfiguration()
        );
        stelai = stelai_;
        reserve = reserve_;
        floorPrice = floorPrice_;
        treasury = treasury_;
    }

    // Solvency, before and after every call:
    //
    //     reserve.balanceOf(this) × 1e18 ≥ floorPrice × stelai.totalSupply()
    //
    // 1. Buying keeps at least the price, measured by balance, and the table holds only packages with
    //    credits × floorPrice ≤ price × 1e18; the floor is immutable.
    // 2. Redeeming pays at most amount × floorPrice / 1e18, rounded down, for burning amount.
    // 3. Sweeping leaves floorPrice × supply / 1e18, rounded up.
    // 4. Nothing else moves the reserve or the supply, and none of the three can be entered from within another,
    //    so that a balance measured in one is not moved by another.
    // The issuer of the stablecoin seizing the reserve is outside; redeeming then pays pro rata, so that nobody gains
    // by being first.

    /// @inheritdoc ICreditStore
    function packages() external view returns (uint256 firstId, Package[] memory table) {
        return (_firstId, _packages);
    }

    /// @inheritdoc ICreditStore
    function quote(uint256 packageId, uint256 quantity) public view returns (uint256 price, uint256 credits) {
        uint256 firstId = _firstId;
        require(packageId >= firstId && packageId - firstId < _packages.length, PackageNotForSale(packageId));
        require(quantity != 0, ZeroQuantity());
        Package memory package = _packages[packageId - firstId];
        return (package.price * quantity, package.credits * quantity);
    }

    /// @inheritdoc ICreditStore
    function buy(Order calldata order) external whenNotPaused nonReentrant returns (uint256 credits) {
        return _buyWithAllowance(order);
    }

    /// @inheritdoc ICreditStore
    function buyWithPermit(
        Order calldata order,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external whenNotPaused nonReentrant returns (uint256 credits) {
        // A permit can be sent by anyone who saw it. If it fails for having been used, the allowance is there; if
        // it fails for being wrong, pulling the price fails too.
        // solhint-disable-next-line no-empty-blocks
        try IReserveAsset(reserve).permit(msg.sender, address(this), order.maxPrice, deadline, v, r, s) {} catch {}
        return _buyWithAllowance(order);
    }

    /// @inheritdoc ICreditStore
    function buyWithAuthorization(
        Order calldata order,
        Authorization calldata authorization,
        Sponsorship calldata sponsorship
    ) external whenNotPaused nonReentrant returns (uint256 credits) {
        // Check
        uint256 price;
        (price, credits) = _checkOrder(order);
        uint256 needed = order.maxPrice + sponsorship.fee;
        require(authorization.value >= needed, AuthorizationTooSmall(authorization.value, needed));
        require(sponsorship.fee == 0 || sponsorship.recipient != address(0), ZeroRecipient());

        // Interaction
        uint256 balanceBefore = _reserveBalance();
        IReserveAsset(reserve).receiveWithAuthorization(
            authorization.from,
            address(this),
            authorization.value,
            authorization.validAfter,
            authorization.validBefore,
            PurchaseCommitment.nonceOf(order, sponsorship),
            authorization.signature
        );
        _pay(sponsorship.recipient, sponsorship.fee);
        _pay(authorization.from, authorization.value - price - sponsorship.fee);
        _checkReceived(balanceBefore, price);
        if (sponsorship.fee != 0) emit SponsorPaid(authorization.from, sponsorship.recipient, sponsorship.fee);
        _deliver(order, authorization.from, credits, price);
    }

    /// @inheritdoc ICreditStore
    function buyNonce(Order calldata order, Sponsorship calldata sponsorship) external pure returns (bytes32) {
        return PurchaseCommitment.nonceOf(order, sponsorship);
    }

    /// @inheritdoc ICreditStore
    function redeem(uint256 amount, address recipient, uint256 minimum) external nonReentrant returns (uint256 paid) {
        // Check
        require(amount != 0, ZeroAmount());
        require(recipient != address(0), ZeroRecipient());
        paid = redemptionOf(amount);
        require(paid >= minimum, RedemptionBelowMinimum(paid, minimum));

        // Effect
        IStelai(stelai).burn(msg.sender, amount);
        emit Redeemed(msg.sender, recipient, amount, paid);

        // Interaction
        _pay(recipient, paid);
    }

    /// @inheritdoc ICreditStore
    function redemptionOf(uint256 amount) public view returns (uint256 paid) {
        paid = Math.mulDiv(amount, floorPrice, CREDIT);
        uint256 supply = IERC20(stelai).totalSupply();
        // As long as the reserve covers the floor, the pro rata part is never the smaller one.
        if (supply != 0) paid = Math.min(paid, Math.mulDiv(amount, _reserveBalance(), supply));
    }

    /// @inheritdoc ICreditStore
    function surplus() public view returns (uint256) {
        uint256 owed = Math.mulDiv(IERC20(stelai).totalSupply(), floorPrice, CREDIT, Math.Rounding.Ceil);
        return Math.saturatingSub(_reserveBalance(), owed);
    }

    /// @inheritdoc ICreditStore
    function sweepSurplus() external nonReentrant returns (uint256 amount) {
        amount = surplus();
        if (amount == 0) return 0;
        emit SurplusSwept(treasury, amount);
        _pay(treasury, amount);
    }

    /// @inheritdoc ICreditStore
    function setPackages(Package[] calldata table) external restricted {
        // Check
        require(table.length != 0 && table.length <= MAX_PACKAGES, InvalidPackageCount(table.length));

        // Effect
        uint256 firstId = _firstId + _packages.length;
        _firstId = firstId;
        delete _packages;
        for (uint256 i; i < table.length; ++i) {
            Package calldata package = table[i];
            require(
                package.credits != 0 && package.credits * floorPrice <= package.price * CREDIT,
                PackageBelowFloor(i)
            );
            _packages.push(package);
        }
        emit PackagesReplaced(firstId, table);
    }

    /// @inheritdoc ICreditStore
    function pause() external restricted {
        _pause();
    }

    /// @inheritdoc ICreditStore
    function unpause() external restricted {
        _unpause();
    }

    function _buyWithAllowance(Order calldata order) private returns (uint256 credits) {
        // Check
        uint256 price;
        (price, credits) = _checkOrder(order);

        // Interaction
        uint256 balanceBefore = _reserveBalance();
        IERC20(reserve).safeTransferFrom(msg.sender, address(this), price);
        _checkReceived(balanceBefore, price);
        _deliver(order, msg.sender, credits, price);
    }

    function _checkOrder(Order calldata order) private view returns (uint256 price, uint256 credits) {
        require(order.recipient != address(0), ZeroRecipient());
        (price, credits) = quote(order.packageId, order.quantity);
        require(price <= order.maxPrice, PriceAboveMaximum(price, order.maxPrice));
    }

    function _checkReceived(uint256 balanceBefore, uint256 price) private view {
        uint256 received = Math.saturatingSub(_reserveBalance(), balanceBefore);
        require(received >= price, ReserveShortfall(received, price));
    }

    /// @dev Mints only after the price has been received; $STELAI calls nobody.
    function _deliver(Order calldata order, address payer, uint256 credits, uint256 price) private {
        IStelai(stelai).mint(order.recipient, credits);
        emit Purchased(payer, order.recipient, order.referrer, order.packageId, order.quantity, credits, price);
    }

    function _pay(address to, uint256 amount) private {
        if (amount != 0) IERC20(reserve).safeTransfer(to, amount);
    }

    function _reserveBalance() private view returns (uint256) {
        return IERC20(reserve).balanceOf(address(this));
    }
}

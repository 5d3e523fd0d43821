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
import {IRewards} from "../interfaces/IRewards.sol";
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
    /// @inheritdoc ICreditStore
    address public immutable plans;
    /// @inheritdoc ICreditStore
    address public immutable rewards;

    uint256 private _firstId = 1;
    Package[] private _packages;

    /// @param authority The AccessManager.
    /// @param stelai_ $STELAI, which names this contract as its credit store.
    /// @param reserve_ The stablecoin, see {IReserveAsset}.
    /// @param floorPrice_ What a credit is redeemed for, in the reserve's smallest unit.
    /// @param treasury_ Who receives the surplus.
    /// @param plans_ Who may sell at a price of its own: predicted, deployed later.
    /// @param rewards_ Who is told of purchases and keeps their bonus: predicted, deployed later.
    constructor(
        address authority,
        address stelai_,
        address reserve_,
        uint256 floorPrice_,
        address treasury_,
        address plans_,
        address rewards_
    ) AccessManaged(authority) {
        require(
            authority != address(0) &&
                stelai_ != address(0) &&
                reserve_ != address(0) &&
                floorPrice_ != 0 &&
                treasury_ != address(0) &&
                plans_ != address(0) &&
                rewards_ != address(0),
            InvalidConfiguration()
        );
        stelai = stelai_;
        reserve = reserve_;
        floorPrice = floorPrice_;
        treasury = treasury_;
        plans = plans_;
        rewards = rewards_;
    }

    // Solvency, before and after every call:
    //
    //     reserve.balanceOf(this) × 1e18 ≥ floorPrice × stelai.totalSupply()
    //
    // 1. Every sale keeps at least its price, measured by balance, and mints, its bonus included, at most
    //    price × 1e18 / floorPrice; the floor is immutable.
    // 2. Redeeming pays at most amount × floorPrice / 1e18, rounded down, for burning amount; retiring pays nothing.
    // 3. Sweeping leaves floorPrice × supply / 1e18, rounded up.
    // 4. Nothing else moves the reserve or the supply, and none of them but retiring, which only lowers the supply, can be
    //    entered from within another, so that a balance measured in one is not moved by another.
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
    function sell(
        address payer,
        address recipient,
        address referrer,
        uint256 credits,
        uint256 price,
        bool isSigned
    ) external whenNotPaused nonReentrant {
        // Check
        require(msg.sender == plans, NotSeller(msg.sender));
        uint256 needed = _floorOf(credits);
        require(price >= needed, PriceBelowFloor(price, needed));

        // Interaction
        _take(payer, price);
        emit Purchased(payer, recipient, referrer, 0, 1, credits, price);
        _mint(isSigned ? payer : address(0), recipient, referrer, credits, price);
    }

    /// @inheritdoc ICreditStore
    function sellAtFloor(
        address payer,
        uint256 credits,
        uint256 maxPrice
    ) external whenNotPaused nonReentrant returns (uint256 price) {
        // Check
        require(msg.sender == rewards, NotSeller(msg.sender));
        price = _floorOf(credits);
        require(price <= maxPrice, PriceAboveMaximum(price, maxPrice));

        // Interaction
        _take(payer, price);
        emit BudgetBought(payer, credits, price);
        IStelai(stelai).mint(rewards, credits);
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
    /// @dev Comes in the middle of a sale too: when what a buyer or its referrer had has lapsed.
    function retire(uint256 amount) external {
        // Check
        require(amount != 0, ZeroAmount());

        // Effect
        IStelai(stelai).burn(msg.sender, amount);
        emit Retired(msg.sender, amount);
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
        return Math.saturatingSub(_reserveBalance(), _floorOf(IERC20(stelai).totalSupply()));
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
        _take(msg.sender, price);
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

    function _deliver(Order calldata order, address payer, uint256 credits, uint256 price) private {
        emit Purchased(payer, order.recipient, order.referrer, order.packageId, order.quantity, credits, price);
        _mint(payer, order.recipient, order.referrer, credits, price);
    }

    /// @dev `signer` is who paid by a call or a signature of their own, the zero address when nobody did. Mints only after
    /// the price has been received; $STELAI calls nobody. The bonus is cut to the sale's margin here as well, so that
    /// solvency rests on this contract alone.
    function _mint(address signer, address recipient, address referrer, uint256 credits, uint256 price) private {
        IStelai(stelai).mint(recipient, credits);
        uint256 margin = Math.mulDiv(price, CREDIT, floorPrice) - credits;
        uint256 bonus = IRewards(rewards).recordPurchase(signer, recipient, referrer, credits, margin);
        if (bonus == 0) return;
        require(bonus <= margin, PriceBelowFloor(price, _floorOf(credits + bonus)));
        IStelai(stelai).mint(rewards, bonus);
        emit BonusMinted(recipient, bonus);
    }

    /// @dev Takes a price by allowance.
    function _take(address payer, uint256 price) private {
        uint256 balanceBefore = _reserveBalance();
        IERC20(reserve).safeTransferFrom(payer, address(this), price);
        _checkReceived(balanceBefore, price);
    }

    /// @dev What credits are owed, in reserve units, rounded up.
    function _floorOf(uint256 credits) private view returns (uint256) {
        return Math.mulDiv(credits, floorPrice, CREDIT, Math.Rounding.Ceil);
    }

    function _pay(address to, uint256 amount) private {
        if (amount != 0) IERC20(reserve).safeTransfer(to, amount);
    }

    function _reserveBalance() private view returns (uint256) {
        return IERC20(reserve).balanceOf(address(this));
    }
}

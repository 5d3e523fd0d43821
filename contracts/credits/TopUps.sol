// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICreditPlans} from "../interfaces/ICreditPlans.sol";
import {ICreditStore} from "../interfaces/ICreditStore.sol";
import {IReserveAsset} from "../interfaces/IReserveAsset.sol";

/// @title Credits that are bought by themselves when they run low
/// @dev The part of {CreditPlans} that tops up, and what both parts ask of the credit store. A window's top-ups never cost
/// more than its cap: what they cost is counted before anything is taken, and outlives a changed agreement.
abstract contract TopUps is ICreditPlans, AccessManaged {
    using SafeCast for uint256;

    /// @notice What a window of 30 days cost so far, one slot.
    struct Window {
        uint64 end;
        uint96 spent;
    }

    uint64 private constant WINDOW = 30 days;

    /// @inheritdoc ICreditPlans
    address public immutable creditStore;
    /// @dev The stablecoin that the store takes.
    address internal immutable _reserve;
    /// @dev What a credit is redeemed for.
    uint256 internal immutable _floorPrice;
    /// @dev $STELAI.
    address private immutable _stelai;

    mapping(address account => TopUp) private _topUps;
    mapping(address account => Window) private _windows;

    constructor(address creditStore_) {
        require(creditStore_ != address(0), InvalidConfiguration());
        creditStore = creditStore_;
        _reserve = ICreditStore(creditStore_).reserve();
        _floorPrice = ICreditStore(creditStore_).floorPrice();
        _stelai = ICreditStore(creditStore_).stelai();
    }

    /// @inheritdoc ICreditPlans
    function topUpOf(address account) external view returns (TopUp memory agreed, uint256 spent, uint256 windowEnd) {
        agreed = _topUps[account];
        Window memory window = _windows[account];
        if (block.timestamp < window.end) (spent, windowEnd) = (window.spent, window.end);
    }

    /// @inheritdoc ICreditPlans
    function topUpStatusOf(
        address account,
        uint256 packageId,
        uint256 quantity
    ) external view returns (TopUpStatus status) {
        (status, ) = _topUpOf(account, packageId, quantity);
    }

    /// @inheritdoc ICreditPlans
    function setTopUp(TopUp calldata agreed) external {
        _setTopUp(agreed);
    }

    /// @inheritdoc ICreditPlans
    function setTopUpWithPermit(
        TopUp calldata agreed,
        uint256 allowance,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        _permit(allowance, deadline, v, r, s);
        _setTopUp(agreed);
    }

    /// @inheritdoc ICreditPlans
    function topUp(address account, uint256 packageId, uint256 quantity) external {
        // Check
        (TopUpStatus status, uint256 price) = _topUpOf(account, packageId, quantity);
        require(status == TopUpStatus.Due, TopUpNotDue(status));

        // Effect
        Window storage window = _windows[account];
        if (block.timestamp >= window.end) {
            (window.end, window.spent) = (uint64(block.timestamp) + WINDOW, 0);
        }
        window.spent += price.toUint96();
        uint256 credits = _topUps[account].credits;
        emit ToppedUp(account, credits, price, window.spent, window.end);

        // Interaction
        _sell(account, address(0), credits, price);
    }

    /// @dev Lets the credit store take from the caller. A permit that fails is ignored: anyone who saw it may have sent it,
    /// and without an allowance nothing can be taken.
    function _permit(uint256 allowance, uint256 deadline, uint8 v, bytes32 r, bytes32 s) internal {
        // solhint-disable-next-line no-empty-blocks
        try IReserveAsset(_reserve).permit(msg.sender, creditStore, allowance, deadline, v, r, s) {} catch {}
    }

    /// @dev Has the store sell an account what it agreed to.
    function _sell(address account, address referrer, uint256 credits, uint256 price) internal {
        ICreditStore(creditStore).sell(account, account, referrer, credits, price, msg.sender == account);
    }

    /// @dev Whether the store has stopped selling.
    function _isPaused() internal view returns (bool) {
        return Pausable(creditStore).paused();
    }

    function _setTopUp(TopUp calldata agreed) private {
        bool isNone = agreed.credits == 0;
        require(isNone || (agreed.maxPrice != 0 && agreed.maxPrice <= agreed.cap), InvalidTopUp());
        _topUps[msg.sender] = agreed;
        emit TopUpSet(msg.sender, agreed.threshold, agreed.credits, agreed.maxPrice, agreed.cap);
    }

    /// @dev What a top-up would do now, and its price once that is known.
    function _topUpOf(
        address account,
        uint256 packageId,
        uint256 quantity
    ) private view returns (TopUpStatus status, uint256 price) {
        TopUp memory agreed = _topUps[account];
        if (agreed.credits == 0) return (TopUpStatus.NotAgreed, 0);
        if (IERC20(_stelai).balanceOf(account) >= agreed.threshold) return (TopUpStatus.BalanceEnough, 0);
        if (_isPaused()) return (TopUpStatus.Paused, 0);
        uint256 credits;
        try ICreditStore(creditStore).quote(packageId, quantity) returns (uint256 price_, uint256 credits_) {
            (price, credits) = (price_, credits_);
        } catch {
            return (TopUpStatus.OtherAmount, 0);
        }
        if (credits != agreed.credits) return (TopUpStatus.OtherAmount, price);
        if (price > agreed.maxPrice) return (TopUpStatus.PriceAboveMaximum, price);
        Window memory window = _windows[account];
        uint256 spent = block.timestamp < window.end ? window.spent : 0;
        if (spent + price > agreed.cap) return (TopUpStatus.CapReached, price);
        if (IERC20(_reserve).balanceOf(account) < price) return (TopUpStatus.BalanceTooLow, price);
        if (IERC20(_reserve).allowance(account, creditStore) < price) return (TopUpStatus.AllowanceTooLow, price);
        return (TopUpStatus.Due, price);
    }
}

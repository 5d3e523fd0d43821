// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ICreditStore} from "../interfaces/ICreditStore.sol";
import {IPayouts} from "../interfaces/IPayouts.sol";
import {Splits} from "../libraries/Splits.sol";

/// @title The one door for everything that is earned
/// @dev Every path ends in a pull by the one who is paid, so no recipient can block another. $STELAI calls nobody when
/// it moves; the reserve asset, which may, is only reached through {claimAndRedeem} after all books are closed.
contract Payouts is IPayouts, AccessManaged {
    using SafeERC20 for IERC20;

    /// @inheritdoc IPayouts
    uint16 public constant MAX_COMMISSION_BPS = 3_000;

    /// @inheritdoc IPayouts
    address public immutable stelai;
    /// @inheritdoc IPayouts
    address public immutable treasury;
    /// @notice Where {claimAndRedeem} redeems.
    address public immutable creditStore;

    /// @inheritdoc IPayouts
    mapping(address source => uint16 bps) public commissionOf;
    /// @inheritdoc IPayouts
    mapping(address account => uint256 amount) public claimable;
    /// @inheritdoc IPayouts
    mapping(uint256 split => mapping(uint256 index => uint256 amount)) public flowed;
    /// What a split ever received, plus one: zero says that it was never registered, in the same slot.
    mapping(uint256 split => uint256 amountPlusOne) private _received;

    /// @param authority The AccessManager.
    /// @param stelai_ $STELAI.
    /// @param creditStore_ Where {claimAndRedeem} redeems.
    /// @param treasury_ Who receives the commission.
    constructor(address authority, address stelai_, address creditStore_, address treasury_) AccessManaged(authority) {
        stelai = stelai_;
        creditStore = creditStore_;
        treasury = treasury_;
    }

    /// @inheritdoc IPayouts
    function receivedBySplit(uint256 split) external view returns (uint256) {
        uint256 amountPlusOne = _received[split];
        return amountPlusOne == 0 ? 0 : amountPlusOne - 1;
    }

    /// @inheritdoc IPayouts
    function isPayee(uint256 payee) public view returns (bool) {
        return Splits.isAddress(payee) ? payee != 0 : _received[payee] != 0;
    }

    /// @inheritdoc IPayouts
    function splitOf(Share[] calldata shares) external pure returns (uint256 split) {
        Splits.check(shares);
        return Splits.idOf(shares);
    }

    /// @inheritdoc IPayouts
    function registerSplit(Share[] calldata shares) external returns (uint256 split) {
        // Check
        Splits.check(shares);
        split = Splits.idOf(shares);
        require(_received[split] == 0, SplitAlreadyRegistered(split));
        for (uint256 i; i < shares.length; ++i) {
            require(isPayee(shares[i].recipient), UnknownPayee(shares[i].recipient));
        }

        // Effect
        _received[split] = 1;
        emit SplitRegistered(split, shares);
    }

    /// @inheritdoc IPayouts
    function earn(uint256 payee, uint256 amount, bytes32 ref) external {
        _earn(payee, amount, ref, commissionOf[msg.sender]);
    }

    /// @inheritdoc IPayouts
    function earnAt(uint256 payee, uint256 amount, bytes32 ref, uint16 commissionBps) external {
        require(commissionBps <= MAX_COMMISSION_BPS, CommissionTooHigh(commissionBps));
        _earn(payee, amount, ref, commissionBps);
    }

    /// @inheritdoc IPayouts
    function flow(Flow calldata step) external returns (uint256 amount) {
        uint256 recipient;
        (recipient, amount) = _takeDue(step);
        if (amount != 0) _credit(recipient, amount);
    }

    /// @inheritdoc IPayouts
    function claim(Flow[] calldata steps, address to) external returns (uint256 amount) {
        // Check
        require(to != address(0), ZeroRecipient());

        // Effect
        amount = _withdraw(steps);
        emit Claimed(msg.sender, to, amount, 0);

        // Interaction
        IERC20(stelai).safeTransfer(to, amount);
    }

    /// @inheritdoc IPayouts
    function claimAndRedeem(Flow[] calldata steps, address to, uint256 minimum) external returns (uint256 paid) {
        // Check
        require(to != address(0), ZeroRecipient());

        // Effect
        uint256 amount = _withdraw(steps);

        // Interaction
        paid = ICreditStore(creditStore).redeem(amount, to, minimum);
        emit Claimed(msg.sender, to, amount, paid);
    }

    /// @inheritdoc IPayouts
    function setCommission(address source, uint16 bps) external restricted {
        require(bps <= MAX_COMMISSION_BPS, CommissionTooHigh(bps));
        commissionOf[source] = bps;
        emit CommissionSet(source, bps);
    }

    function _earn(uint256 payee, uint256 amount, bytes32 ref, uint256 commissionBps) private {
        // Check
        require(amount != 0, ZeroAmount());

        // Effect
        uint256 commission = (amount * commissionBps) / Splits.WHOLE;
        if (commission != 0) claimable[treasury] += commission;
        _credit(payee, amount - commission);
        emit Earned(payee, msg.sender, ref, amount, commission);

        // Interaction
        IERC20(stelai).safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @dev Runs the steps and takes all that is the caller's out of the books. What flows to the caller never
    /// touches {claimable}: that would write a slot only to clear it.
    function _withdraw(Flow[] calldata steps) private returns (uint256 amount) {
        uint256 caller = Splits.payeeOf(msg.sender);
        for (uint256 i; i < steps.length; ++i) {
            (uint256 recipient, uint256 due) = _takeDue(steps[i]);
            if (recipient == caller) amount += due;
            else if (due != 0) _credit(recipient, due);
        }
        uint256 booked = claimable[msg.sender];
        if (booked != 0) {
            claimable[msg.sender] = 0;
            amount += booked;
        }
        require(amount != 0, NothingToClaim(msg.sender));
    }

    /// @dev Marks what a share is due as flowed; the caller credits it. Rounded down from the running totals, so that
    /// neither order nor frequency changes what a share gets in the end, and all shares together never exceed what
    /// the split received.
    function _takeDue(Flow calldata step) private returns (uint256 recipient, uint256 due) {
        // Check
        uint256 split = Splits.idOf(step.shares);
        uint256 receivedPlusOne = _received[split];
        require(receivedPlusOne != 0, UnknownPayee(split));
        uint256 index = step.index;
        require(index < step.shares.length, ShareOutOfRange(index));

        // Effect
        Share calldata share = step.shares[index];
        recipient = share.recipient;
        uint256 total = ((receivedPlusOne - 1) * share.bps) / Splits.WHOLE;
        due = total - flowed[split][index];
        if (due != 0) {
            flowed[split][index] = total;
            emit Flowed(split, recipient, due);
        }
    }

    function _credit(uint256 payee, uint256 amount) private {
        if (Splits.isAddress(payee)) {
            require(payee != 0, UnknownPayee(payee));
            claimable[Splits.addressOf(payee)] += amount;
        } else {
            uint256 receivedPlusOne = _received[payee];
            require(receivedPlusOne != 0, UnknownPayee(payee));
            _received[payee] = receivedPlusOne + amount;
        }
    }
}

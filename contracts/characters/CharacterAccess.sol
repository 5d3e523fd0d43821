// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {IERC1363Spender} from "@openzeppelin/contracts/interfaces/IERC1363Spender.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ICharacterAccess} from "../interfaces/ICharacterAccess.sol";
import {ICharacters} from "../interfaces/ICharacters.sol";
import {IPayouts} from "../interfaces/IPayouts.sol";
import {RenewalStatus} from "../interfaces/Renewal.sol";
import {Credits} from "../libraries/Credits.sol";
import {HotPass} from "../libraries/HotPass.sol";
import {Renewals} from "../libraries/Renewals.sol";
import {Vesting} from "../libraries/Vesting.sol";
import {Passes} from "./Passes.sol";

/// @title Passes: the right to use a character without paying per inference
/// @dev Books are closed before credits move; $STELAI, Characters and Payouts are ours and call nobody on the way, but
/// for a contract wallet that is asked, without leave to change anything, whether it signed an invite.
contract CharacterAccess is Passes, AccessManaged, Pausable {
    using SafeERC20 for IERC20;
    using Vesting for Vesting.Book;

    /// @dev Days that {harvestAll} can take.
    uint256 private constant PAGE = 800;

    /// @inheritdoc ICharacterAccess
    address public immutable stelai;
    /// @inheritdoc ICharacterAccess
    address public immutable payouts;
    /// @inheritdoc ICharacterAccess
    address public immutable characters;

    /// @param authority Whose roles may pause: an AccessManager.
    /// @param stelai_ $STELAI.
    /// @param payouts_ Where earnings go.
    /// @param characters_ What is sold, and who earns for it.
    constructor(address authority, address stelai_, address payouts_, address characters_) AccessManaged(authority) {
        stelai = stelai_;
        payouts = payouts_;
        characters = characters_;
    }

    /// @inheritdoc ICharacterAccess
    function accessOf(uint256 characterId, address account) external view returns (Access memory) {
        Access memory access;
        HotPass pass = _passes[characterId][account];
        bool isRunning = pass.isRunning(block.timestamp);
        access.active = pass.isLifetime() || isRunning;
        access.lifetime = pass.isLifetime();
        access.until = pass.until();
        access.renewalPlan = pass.plan();
        access.mandate = pass.mandate();
        if (isRunning) access.refundable = _refundOf(characterId, account, pass, _isSuspended(characterId));
        (access.renewal, ) = _renewalOf(characterId, account, pass);
        return access;
    }

    /// @inheritdoc ICharacterAccess
    function renewalsOf(PassId[] calldata passes) external view returns (RenewalStatus[] memory statuses) {
        statuses = new RenewalStatus[](passes.length);
        for (uint256 i; i < passes.length; ++i) {
            (uint256 characterId, address account) = (passes[i].characterId, passes[i].account);
            (statuses[i], ) = _renewalOf(characterId, account, _passes[characterId][account]);
        }
    }

    /// @inheritdoc ICharacterAccess
    function buyLifetime(uint256 characterId, uint40 maxPrice, bytes calldata invite) external {
        _buy(msg.sender, Purchase(characterId, msg.sender, Plan.Lifetime, maxPrice, false, true, invite), 0);
    }

    /// @inheritdoc ICharacterAccess
    function subscribe(uint256 characterId, Plan plan, uint40 maxPrice, bool renews, bytes calldata invite) external {
        _buy(msg.sender, Purchase(characterId, msg.sender, plan, maxPrice, renews, false, invite), 0);
    }

    /// @inheritdoc ICharacterAccess
    function switchPlan(uint256 characterId, Plan plan, uint40 maxPrice, bool renews) external {
        _buy(msg.sender, Purchase(characterId, msg.sender, plan, maxPrice, renews, true, ""), 0);
    }

    /// @inheritdoc ICharacterAccess
    function gift(uint256 characterId, address account, Plan plan, uint40 maxPrice, bytes calldata invite) external {
        _buy(msg.sender, Purchase(characterId, account, plan, maxPrice, false, false, invite), 0);
    }

    /// @inheritdoc IERC1363Receiver
    /// @dev `data` is an ABI-encoded {Purchase}; what is sent above the price comes back. Only the payer's own transfer
    /// acts: an allowance on $STELAI is no leave to buy passes with it.
    function onTransferReceived(
        address caller,
        address from,
        uint256 value,
        bytes calldata data
    ) external returns (bytes4) {
        require(msg.sender == stelai && caller == from, UnexpectedTransfer(msg.sender, from));
        _buy(from, abi.decode(data, (Purchase)), value);
        return IERC1363Receiver.onTransferReceived.selector;
    }

    /// @inheritdoc IERC1363Spender
    /// @dev `data` is an ABI-encoded {Purchase}; the price is taken from the allowance, what stays of it is for renewals.
    function onApprovalReceived(address owner, uint256, bytes calldata data) external returns (bytes4) {
        require(msg.sender == stelai, UnexpectedTransfer(msg.sender, owner));
        _buy(owner, abi.decode(data, (Purchase)), 0);
        return IERC1363Spender.onApprovalReceived.selector;
    }

    /// @inheritdoc ICharacterAccess
    function renew(PassId[] calldata passes) external returns (RenewalStatus[] memory statuses) {
        statuses = new RenewalStatus[](passes.length);
        for (uint256 i; i < passes.length; ++i) statuses[i] = _renew(passes[i].characterId, passes[i].account);
    }

    /// @inheritdoc ICharacterAccess
    function setRenewal(uint256 characterId, Plan plan, uint40 mandate) external {
        HotPass pass = _passes[characterId][msg.sender];
        require(plan != Plan.Lifetime, InvalidPurchase());
        bool isRenewable = !pass.isLifetime() && !Renewals.hasLapsed(pass.until(), block.timestamp);
        require(isRenewable, NoPass(characterId, msg.sender));
        _passes[characterId][msg.sender] = pass.withRenewal(plan, mandate);
        emit RenewalSet(characterId, msg.sender, plan, mandate);
    }

    /// @inheritdoc ICharacterAccess
    function cancelAtPeriodEnd(uint256 characterId) external {
        HotPass pass = _passOfCaller(characterId);
        _passes[characterId][msg.sender] = pass.withRenewal(pass.plan(), 0);
        emit RenewalSet(characterId, msg.sender, pass.plan(), 0);
    }

    /// @inheritdoc ICharacterAccess
    function cancelNow(uint256 characterId, uint256 minimum) external returns (uint256 refund) {
        HotPass pass = _passOfCaller(characterId);
        (pass, refund) = _cancel(characterId, msg.sender, pass, _isSuspended(characterId));
        require(refund >= minimum, RefundBelowMinimum(refund, minimum));
        _passes[characterId][msg.sender] = pass;
        if (refund != 0) IERC20(stelai).safeTransfer(msg.sender, Credits.toWei(refund));
    }

    /// @inheritdoc ICharacterAccess
    function harvest(uint256 characterId, uint256 maxDays) public returns (uint256 amount, bool isCurrent) {
        // Effect
        uint256 through;
        (amount, through, isCurrent) = _books[characterId].harvest(_today(), maxDays);
        if (amount == 0) return (0, isCurrent);
        emit Harvested(characterId, amount, through);

        // Interaction
        uint256 payee = ICharacters(characters).payeeOf(characterId);
        IPayouts(payouts).earn(payee, Credits.toWei(amount), bytes32(characterId));
    }

    /// @inheritdoc ICharacterAccess
    function harvestAll(uint256 characterId) external {
        if (_books[characterId].isHarvested(_today())) return;
        (, bool isCurrent) = harvest(characterId, PAGE);
        require(isCurrent, HarvestPending(characterId));
    }

    /// @inheritdoc ICharacterAccess
    function pause() external restricted {
        _pause();
    }

    /// @inheritdoc ICharacterAccess
    function unpause() external restricted {
        _unpause();
    }

    /// @dev Sells a pass to `payer`, who has sent `received` wei for it. What the price is above that is pulled, and what
    /// it is below comes back; a refund for what is replaced counts as sent.
    function _buy(address payer, Purchase memory purchase, uint256 received) private {
        // Check
        _requireNotPaused();
        uint256 characterId = purchase.characterId;
        address account = purchase.account;
        bool isGift = payer != account;
        bool isLifetime = purchase.plan == Plan.Lifetime;
        require(
            account != address(0) && !(purchase.renews && (isGift || isLifetime)) && !(purchase.replaces && isGift),
            InvalidPurchase()
        );
        (uint40 price, uint40 monthly) = _offerFor(purchase);
        HotPass pass = _passes[characterId][account];
        require(!pass.isLifetime(), AlreadyLifetime(characterId, account));
        // A gift leaves what its receiver agreed to; but what has lapsed it must not bring back.
        bool keepsAgreement = isGift && !isLifetime && !Renewals.hasLapsed(pass.until(), block.timestamp);

        // Effect
        uint256 have = received;
        if (purchase.replaces && pass.isRunning(block.timestamp)) {
            uint256 refund;
            (pass, refund) = _cancel(characterId, account, pass, false);
            have += Credits.toWei(refund);
        }
        uint40 start = uint40(block.timestamp);
        uint40 end;
        if (isLifetime) {
            pass = pass.asLifetime();
            _books[characterId].credit(price);
        } else {
            bool isRenewing = pass.mandate() != 0 && pass.isRunning(block.timestamp);
            require(isGift || !isRenewing, AlreadySubscribed(characterId, pass.until()));
            (pass, start, end) = _append(characterId, account, pass, purchase.plan == Plan.Annual, price, monthly);
        }
        emit PassBought(characterId, account, payer, purchase.plan, price, start, end, monthly);
        if (purchase.renews || (!keepsAgreement && pass.mandate() != 0)) {
            Plan plan = purchase.renews ? purchase.plan : pass.plan();
            uint40 mandate = purchase.renews ? purchase.maxPrice : 0;
            pass = pass.withRenewal(plan, mandate);
            emit RenewalSet(characterId, account, plan, mandate);
        }
        _passes[characterId][account] = pass;

        // Interaction
        uint256 owed = Credits.toWei(price);
        if (owed > have) IERC20(stelai).safeTransferFrom(payer, address(this), owed - have);
        else if (have > owed) IERC20(stelai).safeTransfer(payer, have - owed);
    }

    function _renew(uint256 characterId, address account) private returns (RenewalStatus status) {
        // Check
        HotPass pass = _passes[characterId][account];
        ICharacters.Terms memory terms;
        (status, terms) = _renewalOf(characterId, account, pass);
        if (status != RenewalStatus.Due) return status;

        // Effect
        Plan plan = pass.plan();
        uint40 price = _priceOf(terms, plan);
        uint40 monthly = _monthlyOf(terms);
        (HotPass renewed, uint40 start, uint40 end) = _append(
            characterId,
            account,
            pass,
            plan == Plan.Annual,
            price,
            monthly
        );
        _passes[characterId][account] = renewed;
        emit PassRenewed(characterId, account, plan, price, start, end, monthly);

        // Interaction
        IERC20(stelai).safeTransferFrom(account, address(this), Credits.toWei(price));
    }

    /// @dev What is asked for, if it is sold to the account at a price it may cost. An invite is redeemed only for who
    /// needs it: redeemed by someone else just before, it would otherwise stop the purchase.
    function _offerFor(Purchase memory purchase) private returns (uint40 price, uint40 monthly) {
        uint256 characterId = purchase.characterId;
        address account = purchase.account;
        (ICharacters.Terms memory terms, bool suspended, bool allowed) = ICharacters(characters).offerTo(
            characterId,
            account
        );
        require(!suspended, CharacterSuspended(characterId));
        if (!allowed) {
            require(purchase.invite.length != 0, NotAllowed(characterId, account));
            ICharacters.Redemption memory redemption = abi.decode(purchase.invite, (ICharacters.Redemption));
            require(redemption.invite.characterId == characterId, NotAllowed(characterId, account));
            ICharacters(characters).redeemInvite(redemption, account);
        }
        price = _priceOf(terms, purchase.plan);
        require(price != 0, NotOffered(characterId, purchase.plan));
        require(price <= purchase.maxPrice, PriceAboveMaximum(price, purchase.maxPrice));
        monthly = _monthlyOf(terms);
    }

    /// @dev The terms are empty unless it is due by time and agreement.
    function _renewalOf(
        uint256 characterId,
        address account,
        HotPass pass
    ) private view returns (RenewalStatus status, ICharacters.Terms memory terms) {
        Renewals.Agreement memory agreement = Renewals.Agreement(pass.until(), pass.mandate());
        status = Renewals.due(agreement, block.timestamp);
        if (status != RenewalStatus.Due) return (status, terms);
        if (paused()) return (RenewalStatus.Paused, terms);
        bool suspended;
        bool allowed;
        (terms, suspended, allowed) = ICharacters(characters).offerTo(characterId, account);
        if (suspended) return (RenewalStatus.Suspended, terms);
        if (!allowed) return (RenewalStatus.NotAllowed, terms);
        uint256 price = _priceOf(terms, pass.plan());
        status = Renewals.affordable(agreement, price, IERC20(stelai), account, address(this), Credits.toWei(price));
    }

    function _passOfCaller(uint256 characterId) private view returns (HotPass pass) {
        pass = _passes[characterId][msg.sender];
        require(pass.until() != 0, NoPass(characterId, msg.sender));
    }

    function _isSuspended(uint256 characterId) private view returns (bool suspended) {
        (, suspended, ) = ICharacters(characters).offerTo(characterId, msg.sender);
    }

    function _priceOf(ICharacters.Terms memory terms, Plan plan) private pure returns (uint40) {
        if (plan == Plan.Lifetime) return terms.lifetime;
        return plan == Plan.Monthly ? terms.monthly : terms.annual;
    }

    /// @dev What an early end of a year is priced with: nobody agrees to it by number, so it is at most a quarter of
    /// the year's price, or raising it just before a purchase or a renewal would take away the refund.
    function _monthlyOf(ICharacters.Terms memory terms) private pure returns (uint40) {
        if (terms.monthly == 0) return terms.annual / 10;
        uint40 most = terms.annual / 4;
        return terms.monthly < most ? terms.monthly : most;
    }
}

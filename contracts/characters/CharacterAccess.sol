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
import {PaidPeriod, PaidPeriods} from "../libraries/PaidPeriods.sol";
import {Renewals} from "../libraries/Renewals.sol";
import {Vesting} from "../libraries/Vesting.sol";

/// @title Passes: the right to use a character without paying per inference
/// @dev Books are closed before credits move; $STELAI, Characters and Payouts are ours and call nobody on the way.
contract CharacterAccess is ICharacterAccess, AccessManaged, Pausable {
    using SafeERC20 for IERC20;
    using Vesting for Vesting.Book;

    /// @dev How many paid periods may wait behind the first one.
    uint256 private constant MAX_QUEUED = 4;
    /// @dev Days that {harvestAll} can take: more than a year, in which every character sells something or nothing.
    uint256 private constant PAGE = 800;

    /// @dev One slot.
    /// @param current The period that ends first.
    /// @param until When the last period ends.
    /// @param mandate The most that a renewal may cost; zero: none.
    /// @param queued How many periods follow `current`.
    struct Pass {
        PaidPeriod current;
        uint40 until;
        uint40 mandate;
        uint8 queued;
        Plan renewalPlan;
        bool lifetime;
    }

    /// @inheritdoc ICharacterAccess
    address public immutable stelai;
    /// @inheritdoc ICharacterAccess
    address public immutable payouts;
    /// @inheritdoc ICharacterAccess
    address public immutable characters;

    mapping(uint256 characterId => mapping(address account => Pass)) private _passes;
    /// Gifts and early purchases, in their order: only the first `queued` count.
    mapping(uint256 characterId => mapping(address account => PaidPeriod[MAX_QUEUED])) private _queues;
    mapping(uint256 characterId => Vesting.Book) private _books;

    /// @param authority Whose roles may pause: an AccessManager.
    /// @param stelai_ $STELAI.
    /// @param payouts_ Where earnings go.
    /// @param characters_ What is sold, and who earns for it.
    constructor(address authority, address stelai_, address payouts_, address characters_) AccessManaged(authority) {
        stelai = stelai_;
        payouts = payouts_;
        characters = characters_;
        IERC20(stelai_).approve(payouts_, type(uint256).max);
    }

    /// @inheritdoc ICharacterAccess
    function accessOf(uint256 characterId, address account) external view returns (Access memory) {
        Pass memory pass = _passes[characterId][account];
        return
            Access({
                active: pass.lifetime || block.timestamp < pass.until,
                lifetime: pass.lifetime,
                until: pass.until,
                renewalPlan: pass.renewalPlan,
                mandate: pass.mandate,
                refundable: _refundOf(characterId, account),
                renewal: _renewalOf(characterId, account)
            });
    }

    /// @inheritdoc ICharacterAccess
    function everHeld(uint256 characterId, address account) external view returns (bool) {
        Pass storage pass = _passes[characterId][account];
        return pass.lifetime || pass.until != 0;
    }

    /// @inheritdoc ICharacterAccess
    function renewalsOf(PassId[] calldata passes) external view returns (RenewalStatus[] memory statuses) {
        statuses = new RenewalStatus[](passes.length);
        for (uint256 i; i < passes.length; ++i) statuses[i] = _renewalOf(passes[i].characterId, passes[i].account);
    }

    /// @inheritdoc ICharacterAccess
    function harvestable(uint256 characterId) external view returns (uint256) {
        return _books[characterId].harvestable(_today());
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
        require(plan != Plan.Lifetime, InvalidPurchase());
        require(_passes[characterId][msg.sender].until != 0, NoPass(characterId, msg.sender));
        _setRenewal(characterId, msg.sender, plan, mandate);
    }

    /// @inheritdoc ICharacterAccess
    function cancelAtPeriodEnd(uint256 characterId) external {
        Pass storage pass = _passes[characterId][msg.sender];
        require(pass.until != 0, NoPass(characterId, msg.sender));
        _setRenewal(characterId, msg.sender, pass.renewalPlan, 0);
    }

    /// @inheritdoc ICharacterAccess
    function cancelNow(uint256 characterId) external returns (uint256 refund) {
        require(_passes[characterId][msg.sender].until != 0, NoPass(characterId, msg.sender));
        refund = _cancel(characterId, msg.sender);
        if (refund != 0) IERC20(stelai).safeTransfer(msg.sender, Credits.toWei(refund));
    }

    /// @inheritdoc ICharacterAccess
    function harvest(uint256 characterId, uint256 maxDays) public returns (uint256 amount, bool isCurrent) {
        // Effect
        Vesting.Book storage book = _books[characterId];
        (amount, isCurrent) = book.harvest(_today(), maxDays);
        if (amount == 0) return (0, isCurrent);
        emit Harvested(characterId, amount, book.through);

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
    function _buy(address payer, Purchase memory purchase, uint256 received) private whenNotPaused {
        // Check
        uint256 characterId = purchase.characterId;
        address account = purchase.account;
        bool isGift = payer != account;
        bool isLifetime = purchase.plan == Plan.Lifetime;
        require(!(purchase.renews && (isGift || isLifetime)), InvalidPurchase());
        require(!(purchase.replaces && isGift) && account != address(0), InvalidPurchase());
        if (purchase.invite.length != 0) {
            ICharacters.Redemption memory redemption = abi.decode(purchase.invite, (ICharacters.Redemption));
            ICharacters(characters).redeemInvite(redemption, account);
        }
        (ICharacters.Terms memory terms, bool suspended, bool allowed) = ICharacters(characters).offerTo(
            characterId,
            account
        );
        require(!suspended, CharacterSuspended(characterId));
        require(allowed, NotAllowed(characterId, account));
        uint40 price = _priceOf(terms, purchase.plan);
        require(price != 0, NotOffered(characterId, purchase.plan));
        require(price <= purchase.maxPrice, PriceAboveMaximum(price, purchase.maxPrice));
        Pass storage pass = _passes[characterId][account];
        require(!pass.lifetime, AlreadyLifetime(characterId, account));

        // Effect
        uint256 have = received;
        if (purchase.replaces && pass.until > block.timestamp) {
            have += Credits.toWei(_cancel(characterId, account));
        }
        uint256 start = block.timestamp;
        uint256 end;
        if (isLifetime) {
            pass.lifetime = true;
            _books[characterId].credit(price);
        } else {
            bool isRenewing = pass.mandate != 0 && pass.until > block.timestamp;
            require(isGift || !isRenewing, AlreadySubscribed(characterId, pass.until));
            (start, end) = _append(characterId, account, purchase.plan, price, terms);
        }
        emit PassBought(
            characterId,
            account,
            payer,
            purchase.plan,
            price,
            uint40(start),
            uint40(end),
            _monthlyOf(terms)
        );
        uint40 mandate = purchase.renews ? purchase.maxPrice : 0;
        if (!isGift && (mandate != 0 || pass.mandate != 0)) _setRenewal(characterId, account, purchase.plan, mandate);

        // Interaction
        uint256 owed = Credits.toWei(price);
        if (owed > have) IERC20(stelai).safeTransferFrom(payer, address(this), owed - have);
        else if (have > owed) IERC20(stelai).safeTransfer(payer, have - owed);
    }

    function _renew(uint256 characterId, address account) private returns (RenewalStatus status) {
        status = _renewalOf(characterId, account);
        if (status != RenewalStatus.Due) return status;

        // Effect
        (ICharacters.Terms memory terms, , ) = ICharacters(characters).offerTo(characterId, account);
        Plan plan = _passes[characterId][account].renewalPlan;
        uint40 price = _priceOf(terms, plan);
        (uint256 start, uint256 end) = _append(characterId, account, plan, price, terms);
        emit PassRenewed(characterId, account, plan, price, uint40(start), uint40(end), _monthlyOf(terms));

        // Interaction
        IERC20(stelai).safeTransferFrom(account, address(this), Credits.toWei(price));
    }

    /// @dev Adds a period that begins now, or when the last one ends.
    function _append(
        uint256 characterId,
        address account,
        Plan plan,
        uint40 price,
        ICharacters.Terms memory terms
    ) private returns (uint256 start, uint256 end) {
        Pass storage pass = _passes[characterId][account];
        bool isAnnual = plan == Plan.Annual;
        bool isRunning = pass.until > block.timestamp;
        start = isRunning ? pass.until : block.timestamp;
        end = start + (isAnnual ? PaidPeriods.YEAR : PaidPeriods.MONTH) * 1 days;
        PaidPeriod period = PaidPeriods.pack(end, price, _monthlyOf(terms), isAnnual);
        if (isRunning) {
            PaidPeriod[MAX_QUEUED] storage queue = _queues[characterId][account];
            _advance(pass, queue);
            require(pass.queued < MAX_QUEUED, TooManyPeriods(characterId, account));
            queue[pass.queued++] = period;
        } else {
            pass.current = period;
            pass.queued = 0;
        }
        pass.until = uint40(end);
        _books[characterId].add(period, _today());
    }

    /// @dev Puts the queue's first period in the place of one that has ended.
    function _advance(Pass storage pass, PaidPeriod[MAX_QUEUED] storage queue) private {
        while (pass.queued != 0 && pass.current.end() <= block.timestamp) {
            pass.current = queue[0];
            uint256 queued = --pass.queued;
            for (uint256 i; i < queued; ++i) queue[i] = queue[i + 1];
        }
    }

    /// @dev Ends all periods and tells what comes back; the caller moves the credits.
    function _cancel(uint256 characterId, address account) private returns (uint256 refund) {
        Pass storage pass = _passes[characterId][account];
        PaidPeriod[MAX_QUEUED] storage queue = _queues[characterId][account];
        Vesting.Book storage book = _books[characterId];
        bool isProRata = _isSuspended(characterId, account);
        uint256 today = _today();
        uint256 kept;
        uint256 queued = pass.queued;
        for (uint256 i; i <= queued; ++i) {
            PaidPeriod period = i == 0 ? pass.current : queue[i - 1];
            uint256 part = period.refund(today, isProRata);
            kept += period.unvested(today) - part;
            refund += part;
            book.remove(period, today, part);
        }
        if (pass.until > block.timestamp) pass.until = uint40(block.timestamp);
        pass.current = PaidPeriods.pack(pass.until, 0, 0, false);
        pass.queued = 0;
        pass.mandate = 0;
        emit PassCancelled(characterId, account, refund, kept);
    }

    function _setRenewal(uint256 characterId, address account, Plan plan, uint40 mandate) private {
        Pass storage pass = _passes[characterId][account];
        pass.renewalPlan = plan;
        pass.mandate = mandate;
        emit RenewalSet(characterId, account, plan, mandate);
    }

    function _refundOf(uint256 characterId, address account) private view returns (uint256 refund) {
        Pass memory pass = _passes[characterId][account];
        if (pass.until <= block.timestamp) return 0;
        bool isProRata = _isSuspended(characterId, account);
        uint256 today = _today();
        refund = pass.current.refund(today, isProRata);
        for (uint256 i; i < pass.queued; ++i) {
            refund += _queues[characterId][account][i].refund(today, isProRata);
        }
    }

    function _renewalOf(uint256 characterId, address account) private view returns (RenewalStatus status) {
        Pass memory pass = _passes[characterId][account];
        if (pass.lifetime) return RenewalStatus.NotRenewing;
        Renewals.Agreement memory agreement = Renewals.Agreement(pass.until, pass.mandate);
        status = Renewals.due(agreement, block.timestamp);
        if (status != RenewalStatus.Due) return status;
        if (paused()) return RenewalStatus.Paused;
        (ICharacters.Terms memory terms, bool suspended, bool allowed) = ICharacters(characters).offerTo(
            characterId,
            account
        );
        if (suspended) return RenewalStatus.Suspended;
        if (!allowed) return RenewalStatus.NotAllowed;
        uint256 price = _priceOf(terms, pass.renewalPlan);
        return Renewals.affordable(agreement, price, IERC20(stelai), account, Credits.toWei(price));
    }

    function _isSuspended(uint256 characterId, address account) private view returns (bool suspended) {
        (, suspended, ) = ICharacters(characters).offerTo(characterId, account);
    }

    function _today() private view returns (uint256) {
        return block.timestamp / 1 days;
    }

    function _priceOf(ICharacters.Terms memory terms, Plan plan) private pure returns (uint40) {
        return
            plan == Plan.Lifetime
                ? terms.lifetime
                : plan == Plan.Monthly
                    ? terms.monthly
                    : terms.annual;
    }

    /// @dev What an early end of a year is priced with: nobody agrees to it by number, so it is at most a quarter of
    /// the year's price, or raising it just before a purchase or a renewal would take away the refund.
    function _monthlyOf(ICharacters.Terms memory terms) private pure returns (uint40) {
        uint40 most = terms.annual / 4;
        return
            terms.monthly == 0
                ? terms.annual / 10
                : terms.monthly < most
                    ? terms.monthly
                    : most;
    }
}

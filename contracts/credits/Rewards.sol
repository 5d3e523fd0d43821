// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICreditStore} from "../interfaces/ICreditStore.sol";
import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {IRewards} from "../interfaces/IRewards.sol";
import {Credits} from "../libraries/Credits.sol";
import {Campaigns} from "./Campaigns.sol";

/// @title Bonus credits
/// @dev Put together from: {Campaigns} what campaigns give, and here the ledger, referrals and the way into tabs and back.
contract Rewards is Campaigns {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;

    /// @notice An account's bonus, one slot.
    struct Ledger {
        uint128 balance;
        uint64 lapsesAt;
    }

    /// @notice Who sent an account, one slot.
    struct Bond {
        address referrer;
        bool isBound;
    }

    uint256 private constant BPS = 10_000;
    /// @dev What both sides of a referral may come to: margins are smaller, and a typing error is caught.
    uint256 private constant MAX_REFERRAL_BPS = 5_000;

    /// @inheritdoc IRewards
    uint64 public constant LIFETIME = 180 days;
    /// @inheritdoc IRewards
    uint64 public constant LIFE_AFTER_RETURN = 30 days;

    /// @inheritdoc IRewards
    address public immutable stelai;
    /// @inheritdoc IRewards
    address public immutable inferenceMeter;

    ReferralTerms private _referralTerms;
    mapping(address account => Ledger) private _ledgers;
    mapping(address account => Bond) private _bonds;
    /// @inheritdoc IRewards
    mapping(address account => uint256) public referralEarnedBy;
    /// @inheritdoc IRewards
    mapping(address operator => bool) public isTrusted;
    /// @dev What a tab had settled when its spending was last recorded, in microcredits.
    mapping(address operator => mapping(uint64 tabId => uint256)) private _recorded;

    modifier onlyMeter() {
        require(msg.sender == inferenceMeter, NotMeter(msg.sender));
        _;
    }

    /// @param authority The AccessManager.
    /// @param stelai_ $STELAI.
    /// @param creditStore_ Tells of purchases, mints their bonus here, and sells budgets.
    /// @param inferenceMeter_ Where bonus credits are spent.
    constructor(
        address authority,
        address stelai_,
        address creditStore_,
        address inferenceMeter_
    ) AccessManaged(authority) Campaigns(creditStore_) {
        require(
            authority != address(0) && stelai_ != address(0) && inferenceMeter_ != address(0),
            InvalidConfiguration()
        );
        stelai = stelai_;
        inferenceMeter = inferenceMeter_;
    }

    // Held, before and after every call:
    //
    //     stelai.balanceOf(this) ≥ Σ bonus + Σ budgets
    //
    // 1. A referral's bonus is minted here by the store in the same call, for what recordPurchase returns.
    // 2. A budget is minted here by the store when it is bought; a claim moves it from the budget to an account.
    // 3. Drawing sends exactly what it takes off; restoring adds exactly what the meter has just sent.
    // 4. What lapses and what a campaign leaves is taken off and burned in one call.

    /// @inheritdoc IRewards
    function bonusOf(address account) external view returns (uint256 balance, uint256 lapsesAt) {
        Ledger memory ledger = _ledgers[account];
        if (!_hasLapsed(ledger)) balance = ledger.balance;
        lapsesAt = ledger.lapsesAt;
    }

    /// @inheritdoc IRewards
    function referrerOf(address account) external view returns (address referrer, bool isBound) {
        Bond memory bond = _bonds[account];
        return (bond.referrer, bond.isBound);
    }

    /// @inheritdoc IRewards
    function referralTerms() external view returns (ReferralTerms memory) {
        return _referralTerms;
    }

    /// @inheritdoc IRewards
    function recordPurchase(
        address signer,
        address recipient,
        address referrer,
        uint256 credits,
        uint256 margin
    ) external returns (uint256 minted) {
        // Check
        require(msg.sender == creditStore, NotCreditStore(msg.sender));

        // Effect
        Bond memory bond = _bonds[recipient];
        // Whoever pays for another, or makes a purchase that they agreed to, must not choose who earns by them for good.
        if (!bond.isBound && signer == recipient) {
            bond = Bond(referrer == recipient ? address(0) : referrer, true);
            _bonds[recipient] = bond;
            emit ReferrerBound(recipient, bond.referrer);
        }
        if (bond.referrer != address(0)) minted = _shareMargin(recipient, bond.referrer, credits, margin);
        _pushOut(recipient, LIFETIME);
    }

    /// @inheritdoc IRewards
    function draw(address account, address operator, uint256 amount) external onlyMeter {
        // Check
        require(isTrusted[operator], OperatorNotTrusted(operator));
        Ledger memory ledger = _ledgers[account];
        uint256 balance = _hasLapsed(ledger) ? 0 : ledger.balance;
        require(amount <= balance, BonusTooLow(balance, amount));

        // Effect
        _ledgers[account].balance = (balance - amount).toUint128();
        emit Drawn(account, operator, amount);

        // Interaction
        IERC20(stelai).safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IRewards
    function restore(address account, uint256 amount) external onlyMeter {
        emit Restored(account, amount);
        _add(account, amount, LIFE_AFTER_RETURN);
    }

    /// @inheritdoc IRewards
    function recordSpending(address operator, uint64[] calldata tabIds) external {
        if (!isTrusted[operator]) return;
        for (uint256 i; i < tabIds.length; ++i) {
            IInferenceMeter.Tab memory tab = IInferenceMeter(inferenceMeter).tabOf(operator, tabIds[i]);
            if (tab.spent <= _recorded[operator][tabIds[i]]) continue;
            _recorded[operator][tabIds[i]] = tab.spent;
            _pushOut(tab.payer, LIFETIME);
        }
    }

    /// @inheritdoc IRewards
    function burnLapsed(address[] calldata accounts) external {
        for (uint256 i; i < accounts.length; ++i) {
            Ledger memory ledger = _ledgers[accounts[i]];
            if (_hasLapsed(ledger) && ledger.balance != 0) _burnLapsed(accounts[i], ledger.balance);
        }
    }

    /// @inheritdoc IRewards
    function setReferralTerms(ReferralTerms calldata terms) external restricted {
        require(uint256(terms.referrerBps) + terms.refereeBps <= MAX_REFERRAL_BPS, InvalidReferralTerms());
        _referralTerms = terms;
        emit ReferralTermsSet(terms.referrerBps, terms.refereeBps, terms.cap);
    }

    /// @inheritdoc IRewards
    function setTrusted(address operator, bool isTrusted_) external restricted {
        require(operator != address(0), ZeroAddress());
        isTrusted[operator] = isTrusted_;
        emit OperatorTrusted(operator, isTrusted_);
    }

    /// @dev Grants both sides of a referral what the terms promise; when the margin is smaller, it is shared in the same
    /// proportion. Rounded down to whole microcredits, which is what tabs are counted in.
    /// @return minted What both come to.
    function _shareMargin(
        address buyer,
        address referrer,
        uint256 credits,
        uint256 margin
    ) private returns (uint256 minted) {
        ReferralTerms memory terms = _referralTerms;
        uint256 forReferrer = (credits * terms.referrerBps) / BPS;
        uint256 forReferee = (credits * terms.refereeBps) / BPS;
        uint256 promised = forReferrer + forReferee;
        if (promised == 0) return 0;
        if (promised > margin) {
            forReferrer = Math.mulDiv(margin, forReferrer, promised);
            forReferee = Math.mulDiv(margin, forReferee, promised);
        }
        uint256 earned = referralEarnedBy[referrer];
        forReferrer = _wholeMicrocredits(Math.min(forReferrer, Math.saturatingSub(terms.cap, earned)));
        forReferee = _wholeMicrocredits(forReferee);
        if (forReferrer != 0) {
            referralEarnedBy[referrer] = earned + forReferrer;
            _grant(referrer, Source.Referrer, 0, forReferrer, bytes32(uint256(uint160(buyer))));
        }
        if (forReferee != 0) _grant(buyer, Source.Referee, 0, forReferee, bytes32(uint256(uint160(buyer))));
        return forReferrer + forReferee;
    }

    /// @inheritdoc Campaigns
    function _grant(address account, Source source, uint256 campaignId, uint256 amount, bytes32 ref) internal override {
        emit Granted(account, source, campaignId, amount, ref);
        _add(account, amount, LIFETIME);
    }

    /// @dev Adds to a balance, which then lives at least `life` more; what had lapsed of it does not come back.
    function _add(address account, uint256 amount, uint64 life) private {
        Ledger memory ledger = _ledgers[account];
        uint256 lapsed = _hasLapsed(ledger) ? ledger.balance : 0;
        _ledgers[account].balance = (ledger.balance - lapsed + amount).toUint128();
        _setLapse(account, ledger.lapsesAt, life);
        if (lapsed != 0) _retireLapsed(account, lapsed);
    }

    /// @dev Gives an account that was ever granted a bonus at least `life` more, for what comes back from its tabs too; what
    /// has lapsed stays lapsed.
    function _pushOut(address account, uint64 life) private {
        Ledger memory ledger = _ledgers[account];
        if (ledger.lapsesAt == 0 || (ledger.balance != 0 && _hasLapsed(ledger))) return;
        _setLapse(account, ledger.lapsesAt, life);
    }

    function _setLapse(address account, uint64 former, uint64 life) private {
        uint64 lapsesAt = uint64(block.timestamp) + life;
        if (lapsesAt <= former) return;
        _ledgers[account].lapsesAt = lapsesAt;
        emit LapseMoved(account, lapsesAt);
    }

    function _burnLapsed(address account, uint256 amount) private {
        _ledgers[account].balance = 0;
        _retireLapsed(account, amount);
    }

    function _retireLapsed(address account, uint256 amount) private {
        emit Lapsed(account, amount);
        ICreditStore(creditStore).retire(amount);
    }

    function _hasLapsed(Ledger memory ledger) private view returns (bool) {
        return block.timestamp > ledger.lapsesAt;
    }

    function _wholeMicrocredits(uint256 amount) private pure returns (uint256) {
        return amount - (amount % Credits.MICROCREDIT);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {Authorization, Sponsorship} from "../interfaces/Authorization.sol";
import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {Credits} from "../libraries/Credits.sol";
import {HotTabs} from "../libraries/HotTab.sol";
import {Tabs} from "./Tabs.sol";

/// @title How credits enter a tab
/// @dev By allowance, by an EIP-3009 authorization that anyone sends, or by ERC-1363.
abstract contract TabFunding is Tabs, Pausable {
    using SafeERC20 for IERC20;

    bytes32 private constant OPEN_TYPEHASH = keccak256(
        "Open(address operator,address sessionKey,uint40 cap,uint64 expiry,uint256 fee,address feeRecipient,bytes32 salt)"
    );
    bytes32 private constant BONUS_OPEN_TYPEHASH = keccak256(
        "OpenWithBonus(address operator,address sessionKey,uint40 cap,uint64 expiry,uint40 bonus,uint256 fee,address feeRecipient,bytes32 salt)"
    );
    bytes32 private constant TOP_UP_TYPEHASH = keccak256(
        "TopUp(address operator,uint64 tabId,uint40 amount,uint256 fee,address feeRecipient,bytes32 salt)"
    );
    /// @dev First word of a transfer's data: open a tab, as the `Opening` that follows says.
    uint8 private constant KIND_OPEN = 0;
    /// @dev First word of a transfer's data: top up the tab that `(address operator, uint64 tabId)` names.
    uint8 private constant KIND_TOP_UP = 1;
    /// @dev First word of a transfer's data: open a tab with bonus credits, as `(Opening, uint40 bonus)` says.
    uint8 private constant KIND_OPEN_WITH_BONUS = 2;

    /// @inheritdoc IInferenceMeter
    uint256 public constant MAX_SPONSOR_FEE = 1 ether;

    /// @inheritdoc IInferenceMeter
    function open(Opening calldata opening) external whenNotPaused returns (uint64 tabId) {
        (address operator, address sessionKey, uint40 cap, uint64 expiry) = _termsOf(opening);
        tabId = _open(msg.sender, operator, sessionKey, cap, expiry);
        _pull(cap);
    }

    /// @inheritdoc IInferenceMeter
    function openWithAuthorization(
        Opening calldata opening,
        Authorization calldata authorization,
        Sponsorship calldata sponsorship
    ) external whenNotPaused returns (uint64 tabId) {
        (address operator, address sessionKey, uint40 cap, uint64 expiry) = _termsOf(opening);
        tabId = _open(authorization.from, operator, sessionKey, cap, expiry);
        _receive(cap, authorization, sponsorship, _openNonce(operator, sessionKey, cap, expiry, sponsorship));
    }

    /// @inheritdoc IInferenceMeter
    function openWithBonus(Opening calldata opening, uint40 bonus) external whenNotPaused returns (uint64 tabId) {
        uint256 paid;
        (tabId, paid) = _openWithBonus(msg.sender, opening, bonus);
        if (paid != 0) _pull(paid);
    }

    /// @inheritdoc IInferenceMeter
    function openWithBonusAndAuthorization(
        Opening calldata opening,
        uint40 bonus,
        Authorization calldata authorization,
        Sponsorship calldata sponsorship
    ) external whenNotPaused returns (uint64 tabId) {
        uint256 paid;
        (tabId, paid) = _openWithBonus(authorization.from, opening, bonus);
        _receive(paid, authorization, sponsorship, bonusOpenNonce(opening, bonus, sponsorship));
    }

    /// @inheritdoc IInferenceMeter
    function topUp(address operator, uint64 tabId, uint40 amount) external whenNotPaused {
        _topUp(msg.sender, operator, tabId, amount);
        _pull(amount);
    }

    /// @inheritdoc IInferenceMeter
    function topUpWithAuthorization(
        address operator,
        uint64 tabId,
        uint40 amount,
        Authorization calldata authorization,
        Sponsorship calldata sponsorship
    ) external whenNotPaused {
        _topUp(authorization.from, operator, tabId, amount);
        _receive(amount, authorization, sponsorship, topUpNonce(operator, tabId, amount, sponsorship));
    }

    /// @inheritdoc IERC1363Receiver
    /// @dev `data` is `abi.encode(uint8(0), Opening)` to open, `abi.encode(uint8(1), operator, tabId)` to top up and
    /// `abi.encode(uint8(2), Opening, uint40 bonus)` to open with bonus credits. Only the payer's own transfer acts: an allowance on $STELAI is no leave to open tabs with it.
    function onTransferReceived(
        address caller,
        address from,
        uint256 value,
        bytes calldata data
    ) external whenNotPaused returns (bytes4) {
        require(msg.sender == address(stelai) && caller == from, UnexpectedTransfer(msg.sender, from));
        uint8 kind = abi.decode(data, (uint8));
        if (kind == KIND_OPEN) {
            (, Opening memory opening) = abi.decode(data, (uint8, Opening));
            _requireValue(value, Credits.toWei(opening.cap));
            _open(from, opening.operator, opening.sessionKey, opening.cap, opening.expiry);
        } else if (kind == KIND_OPEN_WITH_BONUS) {
            (, Opening memory opening, uint40 bonus) = abi.decode(data, (uint8, Opening, uint40));
            (, uint256 paid) = _openWithBonus(from, opening, bonus);
            _requireValue(value, Credits.toWei(paid));
        } else {
            require(kind == KIND_TOP_UP, UnexpectedTransfer(msg.sender, from));
            (, address operator, uint64 tabId) = abi.decode(data, (uint8, address, uint64));
            uint256 amount = Credits.fromWeiUp(value);
            _requireValue(value, Credits.toWei(amount));
            _topUp(from, operator, tabId, amount);
        }
        return IERC1363Receiver.onTransferReceived.selector;
    }

    /// @inheritdoc IInferenceMeter
    function pause() external restricted {
        _pause();
    }

    /// @inheritdoc IInferenceMeter
    function unpause() external restricted {
        _unpause();
    }

    /// @inheritdoc IInferenceMeter
    function openNonce(Opening calldata opening, Sponsorship calldata sponsorship) external pure returns (bytes32) {
        (address operator, address sessionKey, uint40 cap, uint64 expiry) = _termsOf(opening);
        return _openNonce(operator, sessionKey, cap, expiry, sponsorship);
    }

    /// @inheritdoc IInferenceMeter
    function bonusOpenNonce(
        Opening calldata opening,
        uint40 bonus,
        Sponsorship calldata sponsorship
    ) public pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    BONUS_OPEN_TYPEHASH,
                    opening.operator,
                    opening.sessionKey,
                    opening.cap,
                    opening.expiry,
                    bonus,
                    sponsorship.fee,
                    sponsorship.recipient,
                    sponsorship.salt
                )
            );
    }

    /// @inheritdoc IInferenceMeter
    function topUpNonce(
        address operator,
        uint64 tabId,
        uint40 amount,
        Sponsorship calldata sponsorship
    ) public pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    TOP_UP_TYPEHASH,
                    operator,
                    tabId,
                    amount,
                    sponsorship.fee,
                    sponsorship.recipient,
                    sponsorship.salt
                )
            );
    }

    /// @dev Reads an opening's fields once: every reading from calldata checks their width again.
    function _termsOf(
        Opening calldata opening
    ) private pure returns (address operator, address sessionKey, uint40 cap, uint64 expiry) {
        return (opening.operator, opening.sessionKey, opening.cap, opening.expiry);
    }

    /// @dev See {openNonce}.
    function _openNonce(
        address operator,
        address sessionKey,
        uint40 cap,
        uint64 expiry,
        Sponsorship calldata sponsorship
    ) private pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    OPEN_TYPEHASH,
                    operator,
                    sessionKey,
                    cap,
                    expiry,
                    sponsorship.fee,
                    sponsorship.recipient,
                    sponsorship.salt
                )
            );
    }

    /// @dev Records a new tab; the caller moves the credits.
    function _open(
        address payer,
        address operator,
        address sessionKey,
        uint40 cap,
        uint64 expiry
    ) private returns (uint64 tabId) {
        // Check
        require(operator != address(0) && sessionKey != address(0), ZeroAddress());
        require(cap != 0, ZeroAmount());
        uint16 units = _expiryUnits(expiry);

        // Effect
        unchecked {
            tabId = ++tabCount[operator];
        }
        TabState storage state = _tabs[operator][tabId];
        state.hot = HotTabs.pack(sessionKey, cap, 0, units);
        state.payer = payer;
        emit TabOpened(operator, tabId, payer, sessionKey, cap, _time(units));
    }

    /// @dev Records a new tab and moves its bonus credits; the caller moves the paid ones.
    /// @return tabId The tab.
    /// @return paid How many microcredits of the cap are paid credits.
    function _openWithBonus(
        address payer,
        Opening memory opening,
        uint40 bonus
    ) private returns (uint64 tabId, uint256 paid) {
        // Check
        require(bonus != 0 && bonus <= opening.cap, InvalidBonus(bonus, opening.cap));
        paid = opening.cap - bonus;

        // Effect
        tabId = _open(payer, opening.operator, opening.sessionKey, opening.cap, opening.expiry);
        _tabs[opening.operator][tabId].bonus = bonus;
        emit TabBonus(opening.operator, tabId, bonus);

        // Interaction
        _rewards.draw(payer, opening.operator, Credits.toWei(bonus));
    }

    /// @dev Raises a tab's cap; the caller moves the credits.
    function _topUp(address account, address operator, uint64 tabId, uint256 amount) private {
        // Check
        TabState storage state = _openTab(operator, tabId);
        require(account == state.payer, NotPayer(account, state.payer));
        require(amount != 0, ZeroAmount());
        uint256 cap = state.hot.cap() + amount;
        require(cap <= type(uint40).max, CapTooHigh(cap));

        // Effect
        state.hot = state.hot.withCap(uint40(cap));
        emit TabToppedUp(operator, tabId, uint40(amount), uint40(cap));
    }

    /// @dev Takes microcredits from the caller by allowance.
    function _pull(uint256 amount) private {
        // Interaction
        IERC20(address(stelai)).safeTransferFrom(msg.sender, address(this), Credits.toWei(amount));
    }

    /// @dev Takes microcredits and the sponsor's fee by authorization, and pays the sponsor.
    function _receive(
        uint256 amount,
        Authorization calldata authorization,
        Sponsorship calldata sponsorship,
        bytes32 nonce
    ) private {
        // Check
        uint256 fee = sponsorship.fee;
        require(fee <= MAX_SPONSOR_FEE, SponsorFeeTooHigh(fee));
        require(fee == 0 || sponsorship.recipient != address(0), ZeroAddress());
        unchecked {
            _requireValue(authorization.value, Credits.toWei(amount) + fee);
        }

        // Interaction
        stelai.receiveWithAuthorization(
            authorization.from,
            address(this),
            authorization.value,
            authorization.validAfter,
            authorization.validBefore,
            nonce,
            authorization.signature
        );
        if (fee != 0) {
            IERC20(address(stelai)).safeTransfer(sponsorship.recipient, fee);
            emit SponsorPaid(authorization.from, sponsorship.recipient, fee);
        }
    }

    /// @dev More than is needed would stay here and be nobody's.
    function _requireValue(uint256 value, uint256 needed) private pure {
        require(value == needed, AuthorizationTooSmall(value, needed));
    }
}

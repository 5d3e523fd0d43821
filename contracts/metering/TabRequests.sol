// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {Credits} from "../libraries/Credits.sol";
import {Expiry} from "../libraries/Expiry.sol";
import {Vouchers} from "../libraries/Vouchers.sol";
import {Tabs} from "./Tabs.sol";

/// @title What a payer asks of a tab, and how it ends
/// @dev Never paused. Every request of the payer's also comes by signature through anyone.
abstract contract TabRequests is Tabs {
    using SafeERC20 for IERC20;

    /// @inheritdoc IInferenceMeter
    function extend(address operator, uint64 tabId, uint64 expiry) external {
        _extend(msg.sender, operator, tabId, expiry);
    }

    /// @inheritdoc IInferenceMeter
    function extendBySignature(
        address operator,
        uint64 tabId,
        uint64 expiry,
        uint256 deadline,
        bytes calldata signature
    ) external {
        address payer = _tab(operator, tabId).payer;
        bytes32 request = Vouchers.hashExtend(operator, tabId, expiry, _useNonce(payer), deadline);
        _requireRequest(payer, request, deadline, signature);
        _extend(payer, operator, tabId, expiry);
    }

    /// @inheritdoc IInferenceMeter
    function rotate(address operator, uint64 tabId, address sessionKey) external {
        _rotate(msg.sender, operator, tabId, sessionKey);
    }

    /// @inheritdoc IInferenceMeter
    function rotateBySignature(
        address operator,
        uint64 tabId,
        address sessionKey,
        uint256 deadline,
        bytes calldata signature
    ) external {
        address payer = _tab(operator, tabId).payer;
        bytes32 request = Vouchers.hashRotate(operator, tabId, sessionKey, _useNonce(payer), deadline);
        _requireRequest(payer, request, deadline, signature);
        _rotate(payer, operator, tabId, sessionKey);
    }

    /// @inheritdoc IInferenceMeter
    function requestClose(address operator, uint64 tabId) external {
        _requestClose(msg.sender, operator, tabId);
    }

    /// @inheritdoc IInferenceMeter
    function requestCloseBySignature(
        address operator,
        uint64 tabId,
        uint256 deadline,
        bytes calldata signature
    ) external {
        address payer = _tab(operator, tabId).payer;
        bytes32 request = Vouchers.hashRequestClose(operator, tabId, _useNonce(payer), deadline);
        _requireRequest(payer, request, deadline, signature);
        _requestClose(payer, operator, tabId);
    }

    /// @inheritdoc IInferenceMeter
    function close(
        address operator,
        uint64 tabId,
        uint40 total,
        bytes calldata sessionSignature,
        bytes calldata operatorSignature
    ) external {
        // Check
        TabState storage state = _tab(operator, tabId);
        uint40 spent = state.hot.spent();
        require(total == spent, TotalDiffers(spent, total));
        bytes32 digest = _hashTypedDataV4(Vouchers.hashClose(operator, tabId, total));
        address sessionKey = state.hot.sessionKey();
        (address signer, , ) = ECDSA.tryRecoverCalldata(digest, sessionSignature);
        require(signer == sessionKey, InvalidSignature(sessionKey));
        require(
            (msg.sender == operator && operatorSignature.length == 0) ||
                SignatureChecker.isValidSignatureNowCalldata(operator, digest, operatorSignature),
            InvalidSignature(operator)
        );
        _close(state, operator, tabId);
    }

    /// @inheritdoc IInferenceMeter
    function reclaim(address operator, uint64 tabId) external returns (uint40 refund) {
        // Check
        TabState storage state = _tab(operator, tabId);
        uint64 until = _time(state.hot.expiry()) + THAW;
        require(block.timestamp > until, StillThawing(until));
        return _close(state, operator, tabId);
    }

    /// @dev The expiry only rises, and only while the tab is open.
    function _extend(address account, address operator, uint64 tabId, uint64 expiry) private {
        // Check
        TabState storage state = _openTabOf(account, operator, tabId);
        uint16 units = _expiryUnits(expiry);
        require(units > state.hot.expiry(), InvalidExpiry(expiry));

        // Effect
        state.hot = state.hot.withExpiry(units);
        emit TabExtended(operator, tabId, _time(units));
    }

    /// @dev There is one cold slot: the key in it must have had its thaw before another takes its place.
    function _rotate(address account, address operator, uint64 tabId, address sessionKey) private {
        // Check
        TabState storage state = _openTabOf(account, operator, tabId);
        require(sessionKey != address(0), ZeroAddress());
        uint64 until = state.previousKeyUntil;
        require(block.timestamp > until, RotationTooSoon(until));

        // Effect
        address previousKey = state.hot.sessionKey();
        until = uint64(block.timestamp) + THAW;
        state.previousKey = previousKey;
        state.previousKeyUntil = until;
        state.hot = state.hot.withSessionKey(sessionKey);
        emit SessionKeyRotated(operator, tabId, sessionKey, previousKey, until);
    }

    /// @dev Lowers the expiry to now; rounding to whole units must not raise one that already passed.
    function _requestClose(address account, address operator, uint64 tabId) private {
        // Check
        TabState storage state = _openTabOf(account, operator, tabId);

        // Effect
        uint16 units = uint16(Math.min(state.hot.expiry(), Expiry.toUnitsUp(block.timestamp, EPOCH)));
        state.hot = state.hot.withExpiry(units);
        state.stage = Stage.Closing;
        emit TabCloseRequested(operator, tabId, _time(units));
    }

    /// @dev Pays back what is left. With the cap at what was spent nothing can settle any more.
    function _close(TabState storage state, address operator, uint64 tabId) private returns (uint40 refund) {
        // Check
        require(state.stage != Stage.Closed, TabClosing(operator, tabId));

        // Effect
        address payer = state.payer;
        uint40 spent = state.hot.spent();
        refund = state.hot.cap() - spent;
        state.hot = state.hot.withCap(spent);
        state.stage = Stage.Closed;
        emit TabClosed(operator, tabId, payer, spent, refund);

        // Interaction: bonus credits are spent first, so what is left of them is what spending did not reach.
        uint256 bonus = Math.saturatingSub(state.bonus, spent);
        uint256 paid = refund - bonus;
        if (paid != 0) IERC20(address(stelai)).safeTransfer(payer, Credits.toWei(paid));
        if (bonus == 0) return refund;
        IERC20(address(stelai)).safeTransfer(address(_rewards), Credits.toWei(bonus));
        _rewards.restore(payer, Credits.toWei(bonus));
    }

    /// @dev An open tab of which `account` is the payer.
    function _openTabOf(address account, address operator, uint64 tabId) private view returns (TabState storage state) {
        state = _openTab(operator, tabId);
        require(account == state.payer, NotPayer(account, state.payer));
    }

    /// @dev A request in time and signed by the payer, a key or an ERC-1271 wallet.
    function _requireRequest(address payer, bytes32 request, uint256 deadline, bytes calldata signature) private view {
        require(block.timestamp <= deadline, SignatureExpired(deadline));
        require(
            SignatureChecker.isValidSignatureNowCalldata(payer, _hashTypedDataV4(request), signature),
            InvalidSignature(payer)
        );
    }
}

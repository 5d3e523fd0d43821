// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {Batch} from "../libraries/Batch.sol";
import {Credits} from "../libraries/Credits.sol";
import {Lines} from "../libraries/Lines.sol";
import {SettledRows} from "../libraries/SettledRows.sol";
import {Vouchers} from "../libraries/Vouchers.sol";
import {Tabs} from "./Tabs.sol";

/// @title How vouchers become earnings
/// @dev Never paused and never restricted.
abstract contract TabSettlement is Tabs {
    using SettledRows for SettledRows.Writer;

    /// @inheritdoc IInferenceMeter
    function settle(bytes calldata batch) external {
        _settle(msg.sender, batch, false);
    }

    /// @inheritdoc IInferenceMeter
    function settleSealed(address operator, bytes calldata batch) external {
        _settle(operator, batch, true);
    }

    /// @inheritdoc IInferenceMeter
    function collect(uint256 characterId) external returns (uint256 amount) {
        amount = accruedOf[characterId];
        if (amount == 0) return 0;

        // Effect
        accruedOf[characterId] = 0;
        emit Collected(characterId, address(0), amount);

        // Interaction
        payouts.earn(characters.payeeOf(characterId), Credits.toWei(amount), bytes32(characterId));
    }

    /// @inheritdoc IInferenceMeter
    function collectFee(address operator) external returns (uint256 amount) {
        amount = accruedFeeOf[operator];
        if (amount == 0) return 0;

        // Effect
        accruedFeeOf[operator] = 0;
        emit Collected(0, operator, amount);

        // Interaction
        payouts.earn(uint160(operator), Credits.toWei(amount), bytes32(0));
    }

    /// @inheritdoc IInferenceMeter
    function voucherDigest(
        address operator,
        uint64 tabId,
        uint40 base,
        uint40 cumulative,
        bytes32 lines,
        bytes32 receipts
    ) external view returns (bytes32) {
        return _hashTypedDataV4(Vouchers.hashVoucher(operator, tabId, base, cumulative, lines, receipts));
    }

    /// @inheritdoc IInferenceMeter
    function sealDigest(
        address operator,
        uint64 tabId,
        uint40 base,
        uint40 cumulative,
        bytes32 lines,
        bytes32 receipts
    ) external view returns (bytes32) {
        bytes32 voucher = Vouchers.hashVoucher(operator, tabId, base, cumulative, lines, receipts);
        return _hashTypedDataV4(Vouchers.hashSeal(voucher));
    }

    /// @dev Goes through the rows in order. A row is judged before any of it is written; a batch that cannot be
    /// read reverts as a whole. What lines of character 0 come to is written once, at the end.
    function _settle(address operator, bytes calldata batch, bool isSealed) private {
        require(batch.length != 0, MalformedBatch(0));
        mapping(uint64 => TabState) storage tabs = _tabs[operator];
        bytes32 domain = _domainSeparatorV4();
        SettledRows.Writer memory writer = SettledRows.start(batch);
        Batch.Row memory row;
        uint256 fees = 0;
        for (uint256 offset = 0; offset < batch.length;) {
            offset = Batch.read(batch, offset, isSealed, row);
            TabState storage state = tabs[row.tabId];
            bytes calldata lines = batch[row.lineStart:row.lineEnd];
            Skipped status = _judge(state, operator, domain, row, lines, isSealed);
            if (status == Skipped.Paid) {
                state.hot.spent = row.cumulative;
                fees += _accrue(lines);
                writer.paid(batch, row);
            } else {
                writer.skipped(row.tabId, status);
            }
        }
        if (fees != 0) accruedFeeOf[operator] += fees;
        emit Settled(operator, writer.finish());
    }

    /// @dev Credits each line's character.
    /// @return fees What the lines of character 0 come to.
    function _accrue(bytes calldata lines) private returns (uint256 fees) {
        for (uint256 offset = 0; offset < lines.length; offset += Lines.SIZE) {
            (uint256 character, uint256 amount) = Lines.read(lines, offset);
            if (character == 0) fees += amount;
            else if (amount != 0) accruedOf[character] += amount;
        }
    }

    /// @dev Whether a row pays, and if not, why. A tab that does not exist has a cap of zero.
    function _judge(
        TabState storage state,
        address operator,
        bytes32 domain,
        Batch.Row memory row,
        bytes calldata lines,
        bool isSealed
    ) private view returns (Skipped) {
        Hot memory hot = state.hot;
        uint40 cumulative = row.cumulative;
        if (cumulative <= hot.spent) return Skipped.NotAbove;
        if (cumulative > hot.cap) return Skipped.AboveCap;
        if (block.timestamp > uint256(_time(hot.expiry)) + THAW) return Skipped.Expired;
        if (Lines.sum(lines) != cumulative - hot.spent) return Skipped.LinesDiffer;
        bytes32 voucher = Vouchers.hashVoucher(
            operator,
            row.tabId,
            hot.spent,
            cumulative,
            Lines.hash(lines),
            row.receipts
        );
        address signer = _recover(domain, voucher, row.r, row.vs);
        if (signer == address(0)) return Skipped.BadSignature;
        if (signer != hot.sessionKey && !_isPreviousKey(state, signer)) return Skipped.BadSignature;
        if (isSealed && _recover(domain, Vouchers.hashSeal(voucher), row.sealR, row.sealVs) != operator) {
            return Skipped.BadSeal;
        }
        return Skipped.Paid;
    }

    /// @dev Whether `signer` is the key before the last rotation, and still thawing.
    function _isPreviousKey(TabState storage state, address signer) private view returns (bool) {
        return signer == state.previousKey && block.timestamp <= state.previousKeyUntil;
    }

    /// @dev Who signed a struct by r and vs (ERC-2098), or the zero address: a high s is nobody's.
    function _recover(bytes32 domain, bytes32 structHash, bytes32 r, bytes32 vs) private pure returns (address signer) {
        (signer, , ) = ECDSA.tryRecover(MessageHashUtils.toTypedDataHash(domain, structHash), r, vs);
    }
}

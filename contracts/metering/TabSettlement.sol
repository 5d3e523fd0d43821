// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {Batch} from "../libraries/Batch.sol";
import {Credits} from "../libraries/Credits.sol";
import {Expiry} from "../libraries/Expiry.sol";
import {HotTab} from "../libraries/HotTab.sol";
import {Lines} from "../libraries/Lines.sol";
import {Row} from "../libraries/Rows.sol";
import {SettledRows} from "../libraries/SettledRows.sol";
import {Vouchers} from "../libraries/Vouchers.sol";
import {Tabs} from "./Tabs.sol";

/// @title How vouchers become earnings
/// @dev Never paused and never restricted.
abstract contract TabSettlement is Tabs {
    using Batch for bytes;
    using Lines for bytes;
    using SettledRows for bytes;

    /// @dev What all rows of a batch are judged by.
    /// @param oldestExpiry The first expiry, in units, that can still be settled.
    struct Terms {
        address operator;
        bytes32 domain;
        uint256 oldestExpiry;
        bool isSealed;
    }

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
        amount = accruedOf(characterId);
        if (amount == 0) return 0;

        // Effect
        _accrued[characterId] = 0;
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
        Terms memory terms = Terms({
            operator: operator,
            domain: _domainSeparatorV4(),
            oldestExpiry: Expiry.oldestWithin(block.timestamp, THAW, EPOCH),
            isSealed: isSealed
        });
        uint256 sealLength = isSealed ? Batch.SEAL : 0;
        bytes memory rows = new bytes(batch.length);
        uint256 length = 0;
        uint256 fees = 0;
        uint256 offset = 0;
        while (offset < batch.length) {
            Row row;
            bytes calldata lines;
            (row, lines, offset) = batch.rowAt(offset, sealLength);
            TabState storage state = tabs[row.tabId()];
            HotTab hot = state.hot;
            Skipped status = _judge(state, hot, terms, row, lines);
            if (status == Skipped.Paid) {
                state.hot = hot.withSpent(row.cumulative());
                fees += _accrue(lines);
                length = rows.appendPaid(length, row, lines);
            } else {
                length = rows.appendSkipped(length, row, status);
            }
        }
        if (fees != 0) accruedFeeOf[operator] += fees;
        rows.truncate(length);
        emit Settled(operator, rows);
    }

    /// @dev Credits each line's character. No overflow: amounts have 40 bits, and all credits that exist fit far
    /// less than 256. Plainly: for the character and amount of each line,
    /// `if (character == 0) fees += amount; else _accrued[character] += amount;`
    /// @return fees What the lines of character 0 come to.
    function _accrue(bytes calldata lines) private returns (uint256 fees) {
        assembly ("memory-safe") {
            let end := add(lines.offset, lines.length)
            for {
                let line := lines.offset
            } lt(line, end) {
                line := add(line, 20)
            } {
                let word := calldataload(line)
                let character := shr(208, word)
                let amount := and(shr(168, word), 0xffffffffff)
                switch character
                case 0 {
                    fees := add(fees, amount)
                }
                default {
                    let slot := add(_accrued.slot, character)
                    sstore(slot, add(sload(slot), amount))
                }
            }
        }
    }

    /// @dev Whether a row pays, and if not, why. A tab that does not exist has a cap of zero.
    function _judge(
        TabState storage state,
        HotTab hot,
        Terms memory terms,
        Row row,
        bytes calldata lines
    ) private view returns (Skipped) {
        uint40 base = hot.spent();
        uint40 cumulative = row.cumulative();
        if (cumulative <= base) return Skipped.NotAbove;
        if (cumulative > hot.cap()) return Skipped.AboveCap;
        if (hot.expiry() < terms.oldestExpiry) return Skipped.Expired;
        unchecked {
            if (lines.sum() != cumulative - base) return Skipped.LinesDiffer;
        }
        bytes32 voucher = Vouchers.hashVoucher(
            terms.operator,
            row.tabId(),
            base,
            cumulative,
            lines.hash(),
            row.receipts()
        );
        (bytes32 r, bytes32 vs) = row.signature();
        address signer = _recover(terms.domain, voucher, r, vs);
        if (signer != hot.sessionKey() && !_isPreviousKey(state, signer)) return Skipped.BadSignature;
        if (terms.isSealed) {
            (r, vs) = Batch.sealAfter(lines);
            if (_recover(terms.domain, Vouchers.hashSeal(voucher), r, vs) != terms.operator) return Skipped.BadSeal;
        }
        return Skipped.Paid;
    }

    /// @dev Whether `signer` is the key before the last rotation, and still thawing.
    function _isPreviousKey(TabState storage state, address signer) private view returns (bool) {
        return signer != address(0) && signer == state.previousKey && block.timestamp <= state.previousKeyUntil;
    }

    /// @dev Who signed a struct by r and vs (ERC-2098), or the zero address: a high s is nobody's (EIP-2).
    function _recover(bytes32 domain, bytes32 structHash, bytes32 r, bytes32 vs) private pure returns (address signer) {
        (signer, , ) = ECDSA.tryRecover(MessageHashUtils.toTypedDataHash(domain, structHash), r, vs);
    }
}

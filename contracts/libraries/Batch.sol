// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {Lines} from "./Lines.sol";

/// @notice Where a row begins in calldata. Only {Batch-rowAt} makes one, of a row that is all there.
type Row is uint256;

using Rows for Row global;

/// @title Reading a batch of packed rows from calldata
/// @dev A row: tabId (8 bytes), cumulative (5), receipts (32), r (32), vs (32), line count (1), lines
/// (20 each), and in a sealed batch the seal's r (32) and vs (32).
library Batch {
    /// @notice Bytes of a row before its lines.
    uint256 internal constant HEAD = 110;
    /// @notice Bytes of a seal.
    uint256 internal constant SEAL = 64;
    /// @notice The most lines a voucher may have.
    uint256 internal constant MAX_LINES = 16;

    /// @notice The row that begins at `offset`.
    /// @dev Reverts with {IInferenceMeter.MalformedBatch} when the batch does not hold a whole row there. The count
    /// is read before that is known; what then stands in its place cannot make the row fit.
    /// @param offset Within the batch.
    /// @param sealLength {SEAL} in a sealed batch, else 0.
    /// @return row The row.
    /// @return lines Its packed lines.
    /// @return next Where the row after it begins.
    function rowAt(
        bytes calldata batch,
        uint256 offset,
        uint256 sealLength
    ) internal pure returns (Row row, bytes calldata lines, uint256 next) {
        row = _rowIn(batch, offset);
        uint256 count = row.lineCount();
        lines = row.lines(count);
        // No overflow: `offset` is within the batch, and a count has 8 bits.
        unchecked {
            next = offset + HEAD + lines.length + sealLength;
        }
        if (count == 0 || count > MAX_LINES || next > batch.length) revert IInferenceMeter.MalformedBatch(offset);
    }

    /// @notice The seal that follows the lines of a row in a sealed batch.
    /// @dev Plainly: the two words after `lines`, which {rowAt} has bounded.
    function sealAfter(bytes calldata lines) internal pure returns (bytes32 r, bytes32 vs) {
        assembly ("memory-safe") {
            let end := add(lines.offset, lines.length)
            r := calldataload(end)
            vs := calldataload(add(end, 32))
        }
    }

    /// @dev Plainly: `offset` in calldata rather than in the batch.
    function _rowIn(bytes calldata batch, uint256 offset) private pure returns (Row row) {
        assembly ("memory-safe") {
            row := add(batch.offset, offset)
        }
    }
}

/// @title The fields of a row
library Rows {
    /// @notice Which tab a row settles.
    function tabId(Row row) internal pure returns (uint64) {
        return uint64(uint256(_word(row, 0)) >> 192);
    }

    /// @notice The tab's total after the row.
    function cumulative(Row row) internal pure returns (uint40) {
        return uint40(uint256(_word(row, 0)) >> 152);
    }

    /// @notice The head of the receipt chain.
    function receipts(Row row) internal pure returns (bytes32) {
        return _word(row, 13);
    }

    /// @notice The session key's signature.
    function signature(Row row) internal pure returns (bytes32 r, bytes32 vs) {
        return (_word(row, 45), _word(row, 77));
    }

    /// @notice How many lines a row has: the last byte of its head.
    function lineCount(Row row) internal pure returns (uint256) {
        return uint8(uint256(_word(row, Batch.HEAD - 32)));
    }

    /// @notice The packed lines of a row of `count` lines.
    /// @dev Plainly: the `count * Lines.SIZE` bytes after the head.
    function lines(Row row, uint256 count) internal pure returns (bytes calldata packed) {
        uint256 head = Batch.HEAD;
        unchecked {
            uint256 length = count * Lines.SIZE;
            assembly ("memory-safe") {
                packed.offset := add(row, head)
                packed.length := length
            }
        }
    }

    /// @dev Plainly: the 32 bytes at `offset` of the row.
    function _word(Row row, uint256 offset) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := calldataload(add(row, offset))
        }
    }
}

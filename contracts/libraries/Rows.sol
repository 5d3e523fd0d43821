// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Lines} from "./Lines.sol";

/// @notice Where a row begins in calldata. Only `Batch.rowAt` makes one, of a row that is all there.
type Row is uint256;

using Rows for Row global;

/// @title The fields of a packed row
/// @dev tabId (8 bytes), cumulative (5), receipts (32), r (32), vs (32), line count (1), lines (20 each).
library Rows {
    /// @notice Bytes of a row before its lines.
    uint256 internal constant HEAD = 110;

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
        return uint8(uint256(_word(row, HEAD - 32)));
    }

    /// @notice The packed lines of a row of `count` lines.
    /// @dev Plainly: the `count * Lines.SIZE` bytes after the head.
    function lines(Row row, uint256 count) internal pure returns (bytes calldata packed) {
        unchecked {
            uint256 length = count * Lines.SIZE;
            assembly ("memory-safe") {
                packed.offset := add(row, HEAD)
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

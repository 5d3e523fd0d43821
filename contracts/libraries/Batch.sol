// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {Row, Rows} from "./Rows.sol";

/// @title Reading a batch of packed rows from calldata
/// @dev Row after row, and in a sealed batch after each row the seal's r (32 bytes) and vs (32).
library Batch {
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
            next = offset + Rows.HEAD + lines.length + sealLength;
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

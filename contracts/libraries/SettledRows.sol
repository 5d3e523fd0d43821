// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {Row} from "./Rows.sol";

/// @title Writing the rows of the `Settled` event
/// @dev A row: tabId (8 bytes), status (1), and if it was paid cumulative (5), receipts (32), line count (1)
/// and the lines (20 each). Every row is shorter than the row of the batch it reports, by more than the 32
/// bytes that a word may write too far, so a buffer as long as the batch is enough. `length` is how much of
/// the buffer is written; both functions that append return it anew.
library SettledRows {
    /// @notice Reports a row that was skipped.
    /// @dev Plainly: appends `abi.encodePacked(tabId, status)`
    function appendSkipped(
        bytes memory buffer,
        uint256 length,
        Row row,
        IInferenceMeter.Skipped status
    ) internal pure returns (uint256) {
        uint256 word = (uint256(row.tabId()) << 192) | (uint256(status) << 184);
        assembly ("memory-safe") {
            mstore(add(add(buffer, 0x20), length), word)
        }
        unchecked {
            return length + 9;
        }
    }

    /// @notice Reports a row that was paid.
    /// @dev Plainly: appends `abi.encodePacked(tabId, uint8(0), cumulative, receipts, uint8(count), lines)`. In the
    /// row the count stands right before the lines, so that both are copied together.
    function appendPaid(
        bytes memory buffer,
        uint256 length,
        Row row,
        bytes calldata lines
    ) internal pure returns (uint256) {
        uint256 head = (uint256(row.tabId()) << 192) | (uint256(row.cumulative()) << 144);
        bytes32 receipts = row.receipts();
        assembly ("memory-safe") {
            let end := add(add(buffer, 0x20), length)
            mstore(end, head)
            mstore(add(end, 14), receipts)
            calldatacopy(add(end, 46), sub(lines.offset, 1), add(lines.length, 1))
        }
        unchecked {
            return length + 47 + lines.length;
        }
    }

    /// @notice Shortens the buffer to what is written.
    /// @dev In place; `length` is at most the buffer's. Plainly: `buffer = buffer[:length]`
    function truncate(bytes memory buffer, uint256 length) internal pure {
        assembly ("memory-safe") {
            mstore(buffer, length)
        }
    }
}

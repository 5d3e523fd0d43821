// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {Batch} from "./Batch.sol";

/// @title Writing the rows of the `Settled` event
/// @dev A row: tabId (8 bytes), status (1), and if it was paid cumulative (5), receipts (32), line count (1)
/// and the lines (20 each). Every row is shorter than the row of the batch it reports, by more than the 32
/// bytes that a word may write too far, so a buffer as long as the batch is enough.
library SettledRows {
    /// @notice The rows so far: the first `length` bytes of `buffer`.
    struct Writer {
        bytes buffer;
        uint256 length;
    }

    /// @notice A writer for the rows of `batch`.
    function start(bytes calldata batch) internal pure returns (Writer memory writer) {
        writer.buffer = new bytes(batch.length);
    }

    /// @notice Reports a row that was skipped. Plainly: appends `abi.encodePacked(tabId, status)`
    function skipped(Writer memory writer, uint64 tabId, IInferenceMeter.Skipped status) internal pure {
        bytes memory buffer = writer.buffer;
        uint256 length = writer.length;
        uint256 word = (uint256(tabId) << 192) | (uint256(status) << 184);
        assembly ("memory-safe") {
            mstore(add(add(buffer, 0x20), length), word)
        }
        writer.length = length + 9;
    }

    /// @notice Reports a row that was paid. Plainly: appends
    /// `abi.encodePacked(tabId, uint8(0), cumulative, receipts, batch[lineStart - 1:lineEnd])`,
    /// the last of which is the line count and the lines as they came.
    function paid(Writer memory writer, bytes calldata batch, Batch.Row memory row) internal pure {
        bytes memory buffer = writer.buffer;
        uint256 length = writer.length;
        uint256 head = (uint256(row.tabId) << 192) | (uint256(row.cumulative) << 144);
        bytes32 receipts = row.receipts;
        uint256 from = row.lineStart - 1;
        uint256 size = row.lineEnd - from;
        assembly ("memory-safe") {
            let end := add(add(buffer, 0x20), length)
            mstore(end, head)
            mstore(add(end, 14), receipts)
            calldatacopy(add(end, 46), add(batch.offset, from), size)
        }
        writer.length = length + 46 + size;
    }

    /// @notice The rows written.
    /// @dev Shortens the buffer in place. Plainly: `buffer[:length]`
    function finish(Writer memory writer) internal pure returns (bytes memory rows) {
        rows = writer.buffer;
        uint256 length = writer.length;
        assembly ("memory-safe") {
            mstore(rows, length)
        }
    }
}

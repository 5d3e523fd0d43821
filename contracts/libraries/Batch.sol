// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {Lines} from "./Lines.sol";

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

    /// @notice A row as read; `lines` are the packed lines.
    /// @param lineStart Where the lines begin in the batch, in bytes.
    /// @param lineEnd Where they end.
    struct Row {
        uint64 tabId;
        uint40 cumulative;
        bytes32 receipts;
        bytes32 r;
        bytes32 vs;
        bytes32 sealR;
        bytes32 sealVs;
        uint256 lineStart;
        uint256 lineEnd;
    }

    /// @notice Reads the row at `offset` into `row`, which is used again for every row of a batch.
    /// Reverts with {IInferenceMeter.MalformedBatch} when there is no whole row.
    /// @param isSealed Whether a seal follows the lines.
    /// @return next Where the row after it begins.
    function read(
        bytes calldata batch,
        uint256 offset,
        bool isSealed,
        Row memory row
    ) internal pure returns (uint256 next) {
        uint256 lineStart = offset + HEAD;
        require(lineStart <= batch.length, IInferenceMeter.MalformedBatch(offset));
        uint256 count = uint8(batch[lineStart - 1]);
        uint256 lineEnd = lineStart + count * Lines.SIZE;
        next = isSealed ? lineEnd + SEAL : lineEnd;
        require(count != 0 && count <= MAX_LINES && next <= batch.length, IInferenceMeter.MalformedBatch(offset));

        row.tabId = uint64(bytes8(_word(batch, offset)));
        row.cumulative = uint40(bytes5(_word(batch, offset + 8)));
        row.receipts = _word(batch, offset + 13);
        row.r = _word(batch, offset + 45);
        row.vs = _word(batch, offset + 77);
        row.lineStart = lineStart;
        row.lineEnd = lineEnd;
        if (isSealed) {
            row.sealR = _word(batch, lineEnd);
            row.sealVs = _word(batch, lineEnd + 32);
        }
    }

    /// @dev The 32 bytes at `offset`, which the caller has bounded. Plainly: `bytes32(batch[offset:])`
    function _word(bytes calldata batch, uint256 offset) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := calldataload(add(batch.offset, offset))
        }
    }
}

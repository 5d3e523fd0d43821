// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The packed lines of a voucher: who is paid
/// @dev A line: character (6 bytes), amount (5), inferences (3), milliunits (6).
library Lines {
    /// @notice Bytes of a line.
    uint256 internal constant SIZE = 20;

    /// @notice What all lines come to, in microcredits. No overflow: amounts have 40 bits.
    /// @dev Plainly: `for (offset = 0; offset < lines.length; offset += SIZE) total += amount of read(lines, offset)`
    function sum(bytes calldata lines) internal pure returns (uint256 total) {
        assembly ("memory-safe") {
            let end := add(lines.offset, lines.length)
            for {
                let line := lines.offset
            } lt(line, end) {
                line := add(line, SIZE)
            } {
                total := add(total, and(shr(168, calldataload(line)), 0xffffffffff))
            }
        }
    }

    /// @notice The character (0: the operator itself) and the amount in microcredits of the line at `offset`.
    /// @dev The caller keeps `offset` a multiple of {SIZE} within the lines. Plainly:
    /// `(uint48(bytes6(lines[offset:])), uint40(bytes5(lines[offset + 6:])))`
    function read(bytes calldata lines, uint256 offset) internal pure returns (uint256 character, uint256 amount) {
        assembly ("memory-safe") {
            let word := calldataload(add(lines.offset, offset))
            character := shr(208, word)
            amount := and(shr(168, word), 0xffffffffff)
        }
    }

    /// @notice The hash that a voucher signs.
    /// @dev Copied over free memory and not kept. Plainly: `keccak256(lines)`
    function hash(bytes calldata lines) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, lines.offset, lines.length)
            result := keccak256(free, lines.length)
        }
    }
}

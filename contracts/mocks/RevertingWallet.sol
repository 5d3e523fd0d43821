// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title An ERC-1271 wallet that reverts whenever it is asked
contract RevertingWallet is IERC1271 {
    /// @notice Thrown always.
    error Refused();

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        revert Refused();
    }
}

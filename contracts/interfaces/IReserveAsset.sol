// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @title What the credit store uses of its reserve asset
/// @notice USDC since version 2.2.
interface IReserveAsset is IERC20, IERC20Permit {
    /// @notice ERC-3009: moves `value` from the signer to the caller, who must be `to`.
    /// @param signature 65 bytes of a key, or whatever an ERC-1271 wallet understands.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;
}

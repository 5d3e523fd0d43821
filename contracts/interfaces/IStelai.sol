// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1363} from "@openzeppelin/contracts/interfaces/IERC1363.sol";
import {IERC3009, IERC3009Cancel} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @title $STELAI, the credit
/// @notice ERC-20 with 18 decimals; 1 STELAI is 1 credit. ERC-1363, ERC-2612 and ERC-3009, the latter with
/// signatures as v, r, s and as bytes (ERC-1271 wallets). Minted and burned by {ICreditStore} alone.
interface IStelai is IERC1363, IERC20Permit, IERC3009, IERC3009Cancel {
    /// @notice Thrown when anyone but the credit store mints or burns.
    error NotCreditStore(address caller);

    /// @notice The only address that may mint and burn.
    function creditStore() external view returns (address);

    /// @notice Where earnings are paid in. Its allowance is endless: it takes only from its own caller ({IPayouts.earn}),
    /// whose call is the leave to do so, and reading another would cost every earning a storage slot.
    function payouts() external view returns (address);

    /// @notice Mints credits that the store has just been paid for.
    /// @param to Who receives them.
    /// @param amount In wei of STELAI.
    function mint(address to, uint256 amount) external;

    /// @notice Burns credits that the store is about to redeem for their owner.
    /// @param from Whose credits; the store calls this only for its own caller.
    /// @param amount In wei of STELAI.
    function burn(address from, uint256 amount) external;

    /// @notice ERC-3009 with the signature as bytes: 65 bytes of a key, or an ERC-1271 wallet's.
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;

    /// @notice ERC-3009 with the signature as bytes: 65 bytes of a key, or an ERC-1271 wallet's.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;

    /// @notice ERC-3009 with the signature as bytes: 65 bytes of a key, or an ERC-1271 wallet's.
    function cancelAuthorization(address authorizer, bytes32 nonce, bytes calldata signature) external;
}

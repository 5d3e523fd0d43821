// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPayouts} from "../interfaces/IPayouts.sol";

/// @title Payees and splits
/// @notice A payee below 2^160 is an address; any other is a split, the hash of its shares (DESIGN section 4).
library Splits {
    /// @notice All of a split, in ten-thousandths.
    uint256 internal constant WHOLE = 10_000;
    /// @notice The most shares a split may have.
    uint256 internal constant MAX_SHARES = 32;

    /// @notice Whether a payee is an address; the zero address included.
    function isAddress(uint256 payee) internal pure returns (bool) {
        return payee <= type(uint160).max;
    }

    /// @notice The address that a payee below 2^160 is.
    function addressOf(uint256 payee) internal pure returns (address) {
        return address(uint160(payee));
    }

    /// @notice The payee that an address is.
    function payeeOf(address account) internal pure returns (uint256) {
        return uint160(account);
    }

    /// @notice The name of a split: keccak256 of its ABI-encoded shares.
    function idOf(IPayouts.Share[] calldata shares) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(shares)));
    }

    /// @notice Reverts unless there are 1 to {MAX_SHARES} shares, none empty, of strictly ascending recipients, that add
    /// up to {WHOLE}, and whose hash does not read as an address.
    function check(IPayouts.Share[] calldata shares) internal pure {
        require(shares.length != 0 && shares.length <= MAX_SHARES, IPayouts.InvalidShares());
        uint256 sum;
        uint256 previous; // Starts at zero, so that no recipient is zero.
        for (uint256 i; i < shares.length; ++i) {
            IPayouts.Share calldata share = shares[i];
            require(share.recipient > previous && share.bps != 0, IPayouts.InvalidShares());
            previous = share.recipient;
            sum += share.bps;
        }
        require(sum == WHOLE && !isAddress(idOf(shares)), IPayouts.InvalidShares());
    }
}

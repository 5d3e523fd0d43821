// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Microcredits and wei of $STELAI
/// @dev 1 credit = 1e18 wei = 1,000,000 microcredits (DESIGN section 1).
library Credits {
    /// @notice One microcredit, in wei of $STELAI.
    uint256 internal constant MICROCREDIT = 1e12;

    /// @notice An amount of microcredits, in wei. Exact: what a contract holds or a tab caps fits 128 bits by far.
    function toWei(uint256 microcredits) internal pure returns (uint256) {
        unchecked {
            return microcredits * MICROCREDIT;
        }
    }

    /// @notice An amount of wei in whole microcredits, rounded up.
    function fromWeiUp(uint256 amount) internal pure returns (uint256) {
        return amount == 0 ? 0 : (amount - 1) / MICROCREDIT + 1;
    }
}

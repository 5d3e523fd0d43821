// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice All of a tab that settling reads and writes, in one word: from the top session key (160 bits), cap
/// (40), spent (40) and expiry (16, in units of `Expiry`).
type HotTab is uint256;

using HotTabs for HotTab global;

/// @title The fields of a {HotTab}
/// @dev A struct of these widths is the same slot, but the compiler loads it once a field and again to write one.
library HotTabs {
    uint256 private constant SESSION_KEY_SHIFT = 96;
    uint256 private constant CAP_SHIFT = 56;
    uint256 private constant SPENT_SHIFT = 16;

    /// @notice A tab of these fields.
    function pack(address key, uint40 cap_, uint40 spent_, uint16 expiry_) internal pure returns (HotTab) {
        return
            HotTab.wrap(
                (uint256(uint160(key)) << SESSION_KEY_SHIFT) |
                    (uint256(cap_) << CAP_SHIFT) |
                    (uint256(spent_) << SPENT_SHIFT) |
                    expiry_
            );
    }

    /// @notice Whose signature on vouchers spends the tab.
    function sessionKey(HotTab hot) internal pure returns (address) {
        return address(uint160(HotTab.unwrap(hot) >> SESSION_KEY_SHIFT));
    }

    /// @notice The most it can ever spend, in microcredits.
    function cap(HotTab hot) internal pure returns (uint40) {
        return uint40(HotTab.unwrap(hot) >> CAP_SHIFT);
    }

    /// @notice What is settled, in microcredits.
    function spent(HotTab hot) internal pure returns (uint40) {
        return uint40(HotTab.unwrap(hot) >> SPENT_SHIFT);
    }

    /// @notice Until when it serves, in units.
    function expiry(HotTab hot) internal pure returns (uint16) {
        return uint16(HotTab.unwrap(hot));
    }

    /// @notice The same tab with another session key.
    function withSessionKey(HotTab hot, address key) internal pure returns (HotTab) {
        return _replace(hot, type(uint160).max, SESSION_KEY_SHIFT, uint160(key));
    }

    /// @notice The same tab with another cap.
    function withCap(HotTab hot, uint40 cap_) internal pure returns (HotTab) {
        return _replace(hot, type(uint40).max, CAP_SHIFT, cap_);
    }

    /// @notice The same tab with another settled total.
    function withSpent(HotTab hot, uint40 spent_) internal pure returns (HotTab) {
        return _replace(hot, type(uint40).max, SPENT_SHIFT, spent_);
    }

    /// @notice The same tab with another expiry.
    function withExpiry(HotTab hot, uint16 expiry_) internal pure returns (HotTab) {
        return _replace(hot, type(uint16).max, 0, expiry_);
    }

    function _replace(HotTab hot, uint256 mask, uint256 shift, uint256 value) private pure returns (HotTab) {
        return HotTab.wrap((HotTab.unwrap(hot) & ~(mask << shift)) | (value << shift));
    }
}

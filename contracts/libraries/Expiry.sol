// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Times in units of four hours since an epoch
/// @dev 16 bits of them reach 29 years; rounding up gives a tab at most one unit more than was asked for. Times and
/// epochs fit 64 bits and units 16, so that nothing here overflows; no time is before the epoch.
library Expiry {
    /// @notice One unit, in seconds.
    uint256 internal constant UNIT = 4 hours;

    /// @notice The most units that fit 16 bits.
    uint256 internal constant MAX_UNITS = type(uint16).max;

    /// @notice The first unit boundary at or after `time`, in units.
    /// @param time Unix time in seconds, not before `epoch`.
    /// @param epoch Unix time in seconds at which the units start.
    function toUnitsUp(uint256 time, uint256 epoch) internal pure returns (uint256) {
        unchecked {
            return (time - epoch + UNIT - 1) / UNIT;
        }
    }

    /// @notice The first unit boundary that is at most `grace` seconds before `time`, in units.
    function oldestWithin(uint256 time, uint256 grace, uint256 epoch) internal pure returns (uint256) {
        unchecked {
            return time <= epoch + grace ? 0 : toUnitsUp(time - grace, epoch);
        }
    }

    /// @notice The unix time in seconds of a unit boundary.
    function toTime(uint256 units, uint256 epoch) internal pure returns (uint64) {
        unchecked {
            return uint64(epoch + units * UNIT);
        }
    }
}

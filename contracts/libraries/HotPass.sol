// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacterAccess} from "../interfaces/ICharacterAccess.sol";
import {PaidPeriod} from "./PaidPeriods.sol";

/// @notice All of a pass but the periods that wait, in one word: from the top the period that ends first (128 bits;
/// it may be over), when the last period ends (40, Unix time in seconds), the most that a renewal may cost (40,
/// microcredits; zero: none), how many periods wait (8), what it renews as (8) and whether it is for good (8).
type HotPass is uint256;

using HotPasses for HotPass global;

/// @title The fields of a {HotPass}
/// @dev A struct of these widths is the same slot, but the compiler loads it once a field and again to write one.
library HotPasses {
    uint256 private constant CURRENT_SHIFT = 104;
    uint256 private constant UNTIL_SHIFT = 64;
    uint256 private constant MANDATE_SHIFT = 24;
    uint256 private constant QUEUED_SHIFT = 16;
    uint256 private constant PLAN_SHIFT = 8;

    /// @notice The period that ends first.
    function current(HotPass pass) internal pure returns (PaidPeriod) {
        return PaidPeriod.wrap(uint128(HotPass.unwrap(pass) >> CURRENT_SHIFT));
    }

    /// @notice When the last period ends; zero when there never was one.
    function until(HotPass pass) internal pure returns (uint40) {
        return uint40(HotPass.unwrap(pass) >> UNTIL_SHIFT);
    }

    /// @notice The most that a renewal may cost.
    function mandate(HotPass pass) internal pure returns (uint40) {
        return uint40(HotPass.unwrap(pass) >> MANDATE_SHIFT);
    }

    /// @notice How many periods follow {current}.
    function queued(HotPass pass) internal pure returns (uint8) {
        return uint8(HotPass.unwrap(pass) >> QUEUED_SHIFT);
    }

    /// @notice What it renews as.
    function plan(HotPass pass) internal pure returns (ICharacterAccess.Plan) {
        return ICharacterAccess.Plan(uint8(HotPass.unwrap(pass) >> PLAN_SHIFT));
    }

    /// @notice Whether it is for good.
    function isLifetime(HotPass pass) internal pure returns (bool) {
        return uint8(HotPass.unwrap(pass)) != 0;
    }

    /// @notice Whether a period that was paid for runs at `time`.
    function isRunning(HotPass pass, uint256 time) internal pure returns (bool) {
        return time < pass.until();
    }

    /// @notice The same pass with other periods.
    function withPeriods(
        HotPass pass,
        PaidPeriod current_,
        uint256 until_,
        uint256 queued_
    ) internal pure returns (HotPass) {
        uint256 rest = HotPass.unwrap(pass) & ((1 << UNTIL_SHIFT) - 1) & ~(uint256(type(uint8).max) << QUEUED_SHIFT);
        uint256 periods = (uint256(PaidPeriod.unwrap(current_)) << CURRENT_SHIFT) | (until_ << UNTIL_SHIFT);
        return HotPass.wrap(rest | periods | (queued_ << QUEUED_SHIFT));
    }

    /// @notice The same pass with another agreement on its renewal.
    function withRenewal(HotPass pass, ICharacterAccess.Plan plan_, uint40 mandate_) internal pure returns (HotPass) {
        uint256 mask = (uint256(type(uint40).max) << MANDATE_SHIFT) | (uint256(type(uint8).max) << PLAN_SHIFT);
        uint256 agreement = (uint256(mandate_) << MANDATE_SHIFT) | (uint256(plan_) << PLAN_SHIFT);
        return HotPass.wrap((HotPass.unwrap(pass) & ~mask) | agreement);
    }

    /// @notice The same pass, for good.
    function asLifetime(HotPass pass) internal pure returns (HotPass) {
        return HotPass.wrap(HotPass.unwrap(pass) | 1);
    }
}

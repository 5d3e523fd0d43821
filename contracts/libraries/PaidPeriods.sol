// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice One month or year that was paid for, in 128 bits: from the top its end (40 bits, Unix time in seconds),
/// the price paid (40, microcredits), the monthly price of then (40, microcredits) and whether it is a year (8).
type PaidPeriod is uint128;

using PaidPeriods for PaidPeriod global;

/// @title What of a paid period is used, and what comes back (DESIGN section 4, CharacterAccess)
/// @dev A period of N days vests on N whole UTC days, the first of them the day it begins in; a day that has begun is
/// used. Days count from 1970.
library PaidPeriods {
    uint256 private constant END_SHIFT = 88;
    uint256 private constant PAID_SHIFT = 48;
    uint256 private constant MONTHLY_SHIFT = 8;

    /// @notice Days of a month and of a year.
    uint256 internal constant MONTH = 30;
    uint256 internal constant YEAR = 365;

    /// @notice A period that begins at `start`, Unix time in seconds.
    /// @param paid_ What it cost, in microcredits.
    /// @param monthly_ What a month cost then, in microcredits.
    function startingAt(
        uint256 start,
        uint256 paid_,
        uint256 monthly_,
        bool isAnnual_
    ) internal pure returns (PaidPeriod) {
        return _pack(start + (isAnnual_ ? YEAR : MONTH) * 1 days, paid_, monthly_, isAnnual_);
    }

    /// @notice What stands for a period that was cancelled: nothing of it is left.
    function endedAt(uint256 end_) internal pure returns (PaidPeriod) {
        return _pack(end_, 0, 0, false);
    }

    /// @notice When access by it ends, Unix time in seconds.
    function end(PaidPeriod period) internal pure returns (uint256) {
        return PaidPeriod.unwrap(period) >> END_SHIFT;
    }

    /// @notice What was paid, in microcredits.
    function paid(PaidPeriod period) internal pure returns (uint256) {
        return uint40(PaidPeriod.unwrap(period) >> PAID_SHIFT);
    }

    /// @notice What a month cost when it was paid, in microcredits; a tenth of the year's price where none was sold.
    function monthly(PaidPeriod period) internal pure returns (uint256) {
        return uint40(PaidPeriod.unwrap(period) >> MONTHLY_SHIFT);
    }

    /// @notice Whether it is a year.
    function isAnnual(PaidPeriod period) internal pure returns (bool) {
        return uint8(PaidPeriod.unwrap(period)) != 0;
    }

    /// @notice How many days it has.
    function length(PaidPeriod period) internal pure returns (uint256) {
        return period.isAnnual() ? YEAR : MONTH;
    }

    /// @notice What vests on each of its days, in microcredits: the remainder vests at once.
    function rate(PaidPeriod period) internal pure returns (uint256) {
        return period.paid() / period.length();
    }

    /// @notice The UTC day that it begins in.
    function firstDay(PaidPeriod period) internal pure returns (uint256) {
        return period.dayAfter() - period.length();
    }

    /// @notice The UTC day after the last on which it vests; access by it ends in the course of that day.
    function dayAfter(PaidPeriod period) internal pure returns (uint256) {
        return period.end() / 1 days;
    }

    /// @notice The first of its days that has not begun on `today`, or the day after its last.
    function firstUnused(PaidPeriod period, uint256 today) internal pure returns (uint256) {
        uint256 first = period.firstDay();
        if (today < first) return first;
        uint256 last = period.dayAfter();
        return today < last ? today + 1 : last;
    }

    /// @notice What of it has not vested on `today`, in microcredits.
    function unvested(PaidPeriod period, uint256 today) internal pure returns (uint256) {
        return period.rate() * (period.dayAfter() - period.firstUnused(today));
    }

    /// @notice What the holder gets back who ends it on `today`, in microcredits: what has not vested. A year that has
    /// begun is first priced as if it had been paid by the month, each day a thirtieth, rounded up; unless
    /// `isProRata`.
    function refund(PaidPeriod period, uint256 today, bool isProRata) internal pure returns (uint256 amount) {
        amount = period.unvested(today);
        uint256 first = period.firstDay();
        if (!period.isAnnual() || isProRata || today < first) return amount;
        uint256 used = period.firstUnused(today) - first;
        uint256 cost = (used * period.monthly() + MONTH - 1) / MONTH;
        uint256 rest = period.paid() > cost ? period.paid() - cost : 0;
        return rest < amount ? rest : amount;
    }

    function _pack(uint256 end_, uint256 paid_, uint256 monthly_, bool isAnnual_) private pure returns (PaidPeriod) {
        uint256 packed = (end_ << END_SHIFT) | (paid_ << PAID_SHIFT) | (monthly_ << MONTHLY_SHIFT);
        return PaidPeriod.wrap(uint128(packed | (isAnnual_ ? 1 : 0)));
    }
}

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

    /// @notice A period of these fields.
    function pack(uint256 end_, uint256 paid_, uint256 monthly_, bool annual_) internal pure returns (PaidPeriod) {
        return
            PaidPeriod.wrap(
                uint128((end_ << END_SHIFT) | (paid_ << PAID_SHIFT) | (monthly_ << MONTHLY_SHIFT) | (annual_ ? 1 : 0))
            );
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
        return period.end() / 1 days - period.length();
    }

    /// @notice The first of its days that has not begun on `today`, or the day after its last.
    function firstUnused(PaidPeriod period, uint256 today) internal pure returns (uint256) {
        uint256 first = period.firstDay();
        uint256 last = first + period.length();
        uint256 next = today + 1;
        return
            next < first
                ? first
                : next > last
                    ? last
                    : next;
    }

    /// @notice What of it has not vested on `today`, in microcredits.
    function unvested(PaidPeriod period, uint256 today) internal pure returns (uint256) {
        return period.rate() * (period.firstDay() + period.length() - period.firstUnused(today));
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
}

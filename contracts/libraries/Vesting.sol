// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PaidPeriod} from "./PaidPeriods.sol";

/// @title What many periods earn together, day by day
/// @notice A difference array: a period changes it in two places, however long it is, and a harvest adds up the days
/// since the last one. Amounts are microcredits, days are UTC days since 1970.
/// @dev Always: what was paid in = refunds + harvests + `vested` + what the rate and its changes still bring.
library Vesting {
    /// @dev Enough days until the year 2149. Four changes share a slot.
    uint256 private constant DAYS = 1 << 16;

    /// @notice The income of one character.
    /// @param rate What vested on the day `through`.
    /// @param through The last day that was harvested.
    /// @param last The last day on which the rate changes; after it nothing vests.
    /// @param vested What vested outside of the days, and is not harvested.
    /// @param changes By how much the rate changes on a day after `through`.
    struct Book {
        uint64 rate;
        uint32 through;
        uint32 last;
        uint96 vested;
        int64[DAYS] changes;
    }

    /// @notice Enters a period that was paid for; what vests of it until today, vests now.
    function add(Book storage book, PaidPeriod period, uint256 today) internal {
        uint256 rate = period.rate();
        uint256 first = period.firstDay();
        uint256 end = first + period.length();
        if (book.through == 0) book.through = uint32(today - 1);
        _change(book, first, int256(rate));
        _change(book, end, -int256(rate));
        if (end > book.last) book.last = uint32(end);
        credit(book, period.paid() - rate * period.length());
    }

    /// @notice Takes out what of a period has not begun on `today`; what of that is not refunded vests now.
    function remove(Book storage book, PaidPeriod period, uint256 today, uint256 refund) internal {
        uint256 unvested = period.unvested(today);
        if (unvested == 0) return;
        uint256 rate = period.rate();
        _change(book, period.firstUnused(today), -int256(rate));
        _change(book, period.firstDay() + period.length(), int256(rate));
        credit(book, unvested - refund);
    }

    /// @notice Enters what is earned at once.
    function credit(Book storage book, uint256 amount) internal {
        if (amount != 0) book.vested += uint96(amount);
    }

    /// @notice Takes what vested, going on for at most `maxDays` days.
    /// @return amount In microcredits.
    /// @return isCurrent Whether all that vested until today is taken.
    function harvest(
        Book storage book,
        uint256 today,
        uint256 maxDays
    ) internal returns (uint256 amount, bool isCurrent) {
        uint256 through;
        int256 rate;
        (amount, through, rate, isCurrent) = _sum(book, today, maxDays);
        book.through = uint32(isCurrent ? today : through);
        book.rate = uint64(uint256(rate));
        book.vested = 0;
    }

    /// @notice What {harvest} would take with days without end.
    function harvestable(Book storage book, uint256 today) internal view returns (uint256 amount) {
        (amount, , , ) = _sum(book, today, type(uint256).max);
    }

    /// @notice Whether nothing that vested until today waits to be harvested.
    function isHarvested(Book storage book, uint256 today) internal view returns (bool) {
        return book.vested == 0 && (book.through >= today || book.through >= book.last);
    }

    /// @dev After `last` the rate is zero, so those days need no look.
    function _sum(
        Book storage book,
        uint256 today,
        uint256 maxDays
    ) private view returns (uint256 amount, uint256 through, int256 rate, bool isCurrent_) {
        amount = book.vested;
        through = book.through;
        rate = int256(uint256(book.rate));
        uint256 last = book.last < today ? book.last : today;
        isCurrent_ = through >= last || last - through <= maxDays;
        uint256 until = isCurrent_ ? last : through + maxDays;
        while (through < until) {
            rate += book.changes[++through];
            amount += uint256(rate);
        }
    }

    /// @dev On a day that was harvested the change is made up for at once.
    function _change(Book storage book, uint256 day, int256 by) private {
        uint256 through = book.through;
        if (day > through) {
            book.changes[day] += int64(by);
        } else {
            book.rate = uint64(uint256(int256(uint256(book.rate)) + by));
            book.vested = uint96(uint256(int256(uint256(book.vested)) + by * int256(through - day + 1)));
        }
    }
}

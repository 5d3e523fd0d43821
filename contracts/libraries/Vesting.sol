// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PaidPeriod} from "./PaidPeriods.sol";

/// @title What many periods earn together, day by day
/// @notice A difference array: a period changes it in two places, however long it is, and a harvest adds up the days
/// since the last one. Amounts are microcredits, days are UTC days since 1970.
/// @dev Always: what was paid in = refunds + harvests + `vested` + what the rate and its changes still bring.
library Vesting {
    /// @dev Enough days until the year 2149.
    uint256 private constant DAYS = 1 << 16;
    /// @dev Changes that share a slot, and how many days they are apart.
    uint256 private constant LANES = 4;
    uint256 private constant STRIDE = 30;

    /// @notice Where the sum stands. One slot.
    /// @param rate What vested on the day `through`.
    /// @param through The last day that was harvested, or on which nothing was to vest; never after today.
    /// @param last The last day on which the rate changes; from it on nothing vests.
    /// @param vested What vested outside of the days, or today after its harvest, and is not harvested.
    struct Head {
        uint64 rate;
        uint32 through;
        uint32 last;
        uint96 vested;
    }

    /// @notice The income of one character.
    /// @param changes By how much the rate changes on a day after `head.through`, see {_index}.
    struct Book {
        Head head;
        int64[DAYS] changes;
    }

    /// @notice Enters a period that begins today or later; what vests of it today, vests now.
    function add(Book storage book, PaidPeriod period, uint256 today) internal {
        Head memory head = book.head;
        uint64 rate = uint64(period.rate());
        uint256 first = period.firstDay();
        uint256 end = period.dayAfter();
        // Nothing vested since `last`: no harvest needs to walk through those days.
        if (head.through >= head.last) head.through = uint32(today);
        if (first > head.through) {
            book.changes[_index(first)] += int64(rate);
        } else {
            // It begins today, and the sum stands there already.
            head.rate += rate;
            head.vested += rate;
        }
        book.changes[_index(end)] -= int64(rate);
        if (end > head.last) head.last = uint32(end);
        head.vested += uint96(period.paid() - rate * period.length());
        book.head = head;
    }

    /// @notice Takes out what of a period has not begun on `today`.
    /// @param isProRata See {PaidPeriods-refund}.
    /// @return refund What goes back to the holder.
    /// @return kept What of the rest vests now.
    function remove(
        Book storage book,
        PaidPeriod period,
        uint256 today,
        bool isProRata
    ) internal returns (uint256 refund, uint256 kept) {
        uint256 unvested = period.unvested(today);
        if (unvested == 0) return (0, 0);
        refund = period.refund(today, isProRata);
        kept = unvested - refund;
        // Both days are after today, so after `through`.
        int64 rate = int64(uint64(period.rate()));
        book.changes[_index(period.firstUnused(today))] -= rate;
        book.changes[_index(period.dayAfter())] += rate;
        if (kept != 0) credit(book, kept);
    }

    /// @notice Enters what is earned at once.
    function credit(Book storage book, uint256 amount) internal {
        book.head.vested += uint96(amount);
    }

    /// @notice Takes what vested, going on for at most `maxDays` days.
    /// @return amount In microcredits.
    /// @return through The last day that is taken now.
    /// @return isCurrent Whether all that vested until today is taken.
    function harvest(
        Book storage book,
        uint256 today,
        uint256 maxDays
    ) internal returns (uint256 amount, uint256 through, bool isCurrent) {
        Head memory head = book.head;
        (amount, isCurrent) = _sum(book, head, today, maxDays);
        through = head.through;
        book.head = head;
    }

    /// @notice What {harvest} would take with days without end.
    function harvestable(Book storage book, uint256 today) internal view returns (uint256 amount) {
        (amount, ) = _sum(book, book.head, today, DAYS);
    }

    /// @notice Whether nothing that vested until today waits to be harvested.
    function isHarvested(Book storage book, uint256 today) internal view returns (bool) {
        Head memory head = book.head;
        return head.vested == 0 && (head.through >= today || head.through >= head.last);
    }

    /// @dev A day shares its slot with those a month's length away: three renewals of four change one slot, not two.
    /// One to one, and below {DAYS} for days before 2149.
    function _index(uint256 day) private pure returns (uint256) {
        uint256 block_ = day / (STRIDE * LANES);
        uint256 lane = (day / STRIDE) % LANES;
        return (block_ * STRIDE + (day % STRIDE)) * LANES + lane;
    }

    /// @dev Takes from `head`, in memory. From `last` on the rate is zero, so those days need no look.
    function _sum(
        Book storage book,
        Head memory head,
        uint256 today,
        uint256 maxDays
    ) private view returns (uint256 amount, bool isCurrent) {
        amount = head.vested;
        head.vested = 0;
        uint256 day = head.through;
        uint256 until = head.last < today ? head.last : today;
        isCurrent = day >= until || until - day <= maxDays;
        if (!isCurrent) until = day + maxDays;
        int256 rate = int256(uint256(head.rate));
        while (day < until) {
            rate += book.changes[_index(++day)];
            amount += uint256(rate);
        }
        head.rate = uint64(uint256(rate));
        head.through = uint32(isCurrent ? today : day);
    }
}

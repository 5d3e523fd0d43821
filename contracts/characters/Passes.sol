// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacterAccess} from "../interfaces/ICharacterAccess.sol";
import {HotPass} from "../libraries/HotPass.sol";
import {PaidPeriod, PaidPeriods} from "../libraries/PaidPeriods.sol";
import {Vesting} from "../libraries/Vesting.sol";

/// @title Who holds which pass until when, and what of it is earned
/// @dev The books alone: {CharacterAccess} sells, asks Characters for prices, and moves credits.
abstract contract Passes is ICharacterAccess {
    using Vesting for Vesting.Book;

    /// @dev How many paid periods may wait behind the first one.
    uint256 private constant MAX_QUEUED = 4;

    mapping(uint256 characterId => mapping(address account => HotPass)) internal _passes;
    mapping(uint256 characterId => Vesting.Book) internal _books;
    /// Gifts and early purchases, in their order: only the first `queued` count.
    mapping(uint256 characterId => mapping(address account => PaidPeriod[MAX_QUEUED])) private _queues;

    /// @inheritdoc ICharacterAccess
    function everHeld(uint256 characterId, address account) external view returns (bool) {
        HotPass pass = _passes[characterId][account];
        return pass.isLifetime() || pass.until() != 0;
    }

    /// @inheritdoc ICharacterAccess
    function harvestable(uint256 characterId) external view returns (uint256) {
        return _books[characterId].harvestable(_today());
    }

    /// @dev Adds a period that begins now, or when the last one ends. The caller keeps what `pass` becomes.
    /// @param monthly What an early end of a year is priced with.
    function _append(
        uint256 characterId,
        address account,
        HotPass pass,
        bool isAnnual,
        uint256 price,
        uint256 monthly
    ) internal returns (HotPass appended, uint40 start, uint40 end) {
        bool isRunning = pass.isRunning(block.timestamp);
        start = isRunning ? pass.until() : uint40(block.timestamp);
        PaidPeriod period = PaidPeriods.startingAt(start, price, monthly, isAnnual);
        end = uint40(period.end());
        appended = isRunning ? _enqueue(characterId, account, pass, period) : pass.withPeriods(period, end, 0);
        _books[characterId].add(period, _today());
    }

    /// @dev Ends all periods and the renewal, and tells what comes back. The caller keeps what `pass` becomes, and
    /// moves the credits.
    function _cancel(
        uint256 characterId,
        address account,
        HotPass pass,
        bool isProRata
    ) internal returns (HotPass cancelled, uint256 refund) {
        Vesting.Book storage book = _books[characterId];
        uint256 today = _today();
        uint256 kept;
        for (uint256 i; i <= pass.queued(); ++i) {
            (uint256 back, uint256 rest) = book.remove(_periodOf(characterId, account, pass, i), today, isProRata);
            refund += back;
            kept += rest;
        }
        uint256 end = pass.isRunning(block.timestamp) ? block.timestamp : pass.until();
        cancelled = pass.withPeriods(PaidPeriods.endedAt(end), end, 0).withRenewal(pass.plan(), 0);
        emit PassCancelled(characterId, account, refund, kept);
    }

    /// @dev What {_cancel} would tell of a pass that runs.
    function _refundOf(
        uint256 characterId,
        address account,
        HotPass pass,
        bool isProRata
    ) internal view returns (uint256 refund) {
        for (uint256 i; i <= pass.queued(); ++i) {
            refund += _periodOf(characterId, account, pass, i).refund(_today(), isProRata);
        }
    }

    function _today() internal view returns (uint256) {
        return block.timestamp / 1 days;
    }

    /// @dev Puts a period behind the others, after those that are over have left the queue.
    function _enqueue(uint256 characterId, address account, HotPass pass, PaidPeriod period) private returns (HotPass) {
        PaidPeriod[MAX_QUEUED] storage queue = _queues[characterId][account];
        PaidPeriod current = pass.current();
        uint256 queued = pass.queued();
        while (queued != 0 && current.end() <= block.timestamp) {
            current = queue[0];
            --queued;
            for (uint256 i; i < queued; ++i) queue[i] = queue[i + 1];
        }
        require(queued < MAX_QUEUED, TooManyPeriods(characterId, account));
        queue[queued] = period;
        return pass.withPeriods(current, period.end(), queued + 1);
    }

    function _periodOf(
        uint256 characterId,
        address account,
        HotPass pass,
        uint256 index
    ) private view returns (PaidPeriod) {
        return index == 0 ? pass.current() : _queues[characterId][account][index - 1];
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacterAccess} from "../../contracts/interfaces/ICharacterAccess.sol";
import {ICharacters} from "../../contracts/interfaces/ICharacters.sol";
import {Campaign} from "./Base.sol";
import {World} from "./World.sol";

/// @notice Who acts on passes, and the books as anyone could keep them: a list of periods, no difference array.
abstract contract AccessActors is World, Campaign {
    /// @notice A month or a year that was paid for.
    struct Period {
        uint256 start;
        uint256 paid;
        uint256 monthly;
        bool isAnnual;
        bool isCancelled;
        uint256 refunded;
    }

    /// @notice What an account holds and agreed to, as it must be.
    struct Held {
        bool isLifetime;
        uint256 until;
        uint256 mandate;
        ICharacterAccess.Plan plan;
        Period[] periods;
    }

    uint256 internal constant CHARACTERS = 2;
    uint256 internal constant ACCOUNTS = 3;
    uint256 internal constant FUNDS = 50_000e18;

    address internal stranger = vm.addr(999);
    address[ACCOUNTS] internal accounts = [vm.addr(101), vm.addr(102), vm.addr(103)];
    address[3] internal creators = [vm.addr(901), vm.addr(902), vm.addr(903)];

    mapping(uint256 characterId => mapping(address account => Held)) internal held;
    /// @notice All in microcredits.
    mapping(uint256 characterId => uint256) internal lifetimes;
    mapping(uint256 characterId => uint256) internal harvested;
    mapping(address payee => uint256) internal earned;
    mapping(address account => uint256) internal paid;
    mapping(address account => uint256) internal refunded;

    constructor() {
        vm.warp(1_790_000_000);
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            fund(accounts[i], 10);
            vm.prank(accounts[i]);
            stelai.approve(address(access), type(uint256).max);
        }
        for (uint256 id = 1; id <= CHARACTERS; ++id) {
            publish(creators[0], uint160(creators[0]));
            _reprice(id, ICharacters.Terms(20_000_000, 5_000_000, 48_000_000, 0, 0));
        }
    }

    /// @notice What vested of a character's sales until today.
    function vestedOf(uint256 characterId) internal view returns (uint256 total) {
        total = lifetimes[characterId];
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            Period[] storage periods = held[characterId][accounts[i]].periods;
            for (uint256 j = 0; j < periods.length; ++j) {
                total += periods[j].paid - periods[j].refunded - _unvested(periods[j]);
            }
        }
    }

    /// @notice What of a character's sales has not vested.
    function unearnedOf(uint256 characterId) internal view returns (uint256 total) {
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            Period[] storage periods = held[characterId][accounts[i]].periods;
            for (uint256 j = 0; j < periods.length; ++j) total += _unvested(periods[j]);
        }
    }

    /// @notice What an account must get that cancels now.
    function refundOf(uint256 characterId, address account) internal view returns (uint256 total) {
        bool isSuspended = characters.characterOf(characterId).suspended;
        Period[] storage periods = held[characterId][account].periods;
        for (uint256 j = 0; j < periods.length; ++j) total += _refundOf(periods[j], isSuspended);
    }

    /// @notice All that a wrong call must not change.
    function fingerprint() internal view returns (bytes32 all) {
        for (uint256 id = 1; id <= CHARACTERS; ++id) {
            all = keccak256(abi.encode(all, access.harvestable(id), characters.payeeOf(id)));
            for (uint256 i = 0; i < ACCOUNTS; ++i) {
                all = keccak256(abi.encode(all, access.accessOf(id, accounts[i]), stelai.balanceOf(accounts[i])));
            }
        }
        return keccak256(abi.encode(all, stelai.balanceOf(address(access)), stelai.balanceOf(address(payouts))));
    }

    function _reprice(uint256 characterId, ICharacters.Terms memory terms) internal {
        vm.prank(characters.ownerOf(characterId));
        characters.setTerms(characterId, terms);
    }

    /// @dev Enters a sale: what runs is followed, what has ended is not.
    function _enter(uint256 characterId, address account, address payer, ICharacterAccess.Plan plan) internal {
        (ICharacters.Terms memory terms, ) = characters.termsOf(characterId);
        Held storage pass = held[characterId][account];
        uint256 price = _priceOf(terms, plan);
        paid[payer] += price;
        if (plan == ICharacterAccess.Plan.Lifetime) {
            pass.isLifetime = true;
            pass.mandate = 0;
            lifetimes[characterId] += price;
            return;
        }
        bool isAnnual = plan == ICharacterAccess.Plan.Annual;
        uint256 start = pass.until > block.timestamp ? pass.until : block.timestamp;
        pass.until = start + (isAnnual ? 365 days : 30 days);
        pass.periods.push(Period(start, price, _monthlyOf(terms), isAnnual, false, 0));
    }

    /// @dev Enters a cancellation, and tells what it pays back.
    function _enterCancelled(uint256 characterId, address account) internal returns (uint256 refund) {
        refund = refundOf(characterId, account);
        bool isSuspended = characters.characterOf(characterId).suspended;
        Held storage pass = held[characterId][account];
        for (uint256 j = 0; j < pass.periods.length; ++j) {
            if (_unvested(pass.periods[j]) == 0) continue;
            pass.periods[j].refunded = _refundOf(pass.periods[j], isSuspended);
            pass.periods[j].isCancelled = true;
        }
        if (pass.until > block.timestamp) pass.until = block.timestamp;
        pass.mandate = 0;
        refunded[account] += refund;
    }

    function _priceOf(ICharacters.Terms memory terms, ICharacterAccess.Plan plan) internal pure returns (uint256) {
        if (plan == ICharacterAccess.Plan.Lifetime) return terms.lifetime;
        return plan == ICharacterAccess.Plan.Monthly ? terms.monthly : terms.annual;
    }

    function _monthlyOf(ICharacters.Terms memory terms) private pure returns (uint256) {
        if (terms.monthly == 0) return terms.annual / 10;
        return terms.monthly > terms.annual / 4 ? terms.annual / 4 : terms.monthly;
    }

    function _length(Period storage period) private view returns (uint256) {
        return period.isAnnual ? 365 : 30;
    }

    /// @dev How many of its days have begun.
    function _begun(Period storage period) private view returns (uint256) {
        uint256 first = period.start / 1 days;
        uint256 today = block.timestamp / 1 days;
        if (today < first) return 0;
        uint256 begun = today - first + 1;
        return begun < _length(period) ? begun : _length(period);
    }

    function _unvested(Period storage period) private view returns (uint256) {
        if (period.isCancelled) return 0;
        return (period.paid / _length(period)) * (_length(period) - _begun(period));
    }

    function _refundOf(Period storage period, bool isSuspended) private view returns (uint256) {
        uint256 unvested = _unvested(period);
        uint256 begun = _begun(period);
        if (!period.isAnnual || isSuspended || begun == 0) return unvested;
        uint256 cost = (begun * period.monthly + 29) / 30;
        uint256 rest = cost < period.paid ? period.paid - cost : 0;
        return rest < unvested ? rest : unvested;
    }
}

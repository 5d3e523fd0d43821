// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceMeter} from "../../contracts/interfaces/IInferenceMeter.sol";
import {MeterActors} from "./MeterActors.sol";

/// @notice What payers, operators, creators and passers-by do with tabs. Every call goes through: where there is no
/// tab to act on, one is opened first.
abstract contract MeterHandler is MeterActors {
    function selectors() internal pure override returns (bytes4[] memory all) {
        all = new bytes4[](15);
        all[0] = this.open.selector;
        all[1] = this.topUp.selector;
        all[2] = this.extend.selector;
        all[3] = this.rotate.selector;
        all[4] = this.requestClose.selector;
        all[5] = this.settle.selector;
        all[6] = this.settleSealed.selector;
        all[7] = this.forge.selector;
        all[8] = this.close.selector;
        all[9] = this.reclaim.selector;
        all[10] = this.collect.selector;
        all[11] = this.changePayee.selector;
        all[12] = this.intrude.selector;
        all[13] = this.pause.selector;
        all[14] = this.wait.selector;
    }

    function open(uint256 seed, uint40 cap, uint32 duration) external counted {
        _open(seed, cap, duration);
    }

    function topUp(uint256 seed, uint40 amount) external counted {
        Known storage tab = _open(seed);
        amount = uint40(bound(amount, 1, 1_000_000));
        address payer = vm.addr(tab.payerKey);
        bytes memory data = abi.encode(uint8(1), tab.operator, tab.id);
        vm.prank(payer);
        stelai.transferAndCall(address(meter), uint256(amount) * 1e12, data);
    }

    function extend(uint256 seed, uint32 more) external {
        Known storage tab = _open(seed);
        uint64 expiry = uint64(block.timestamp + bound(more, 4 hours + 1, 300 days));
        uint64 now_ = meter.tabOf(tab.operator, tab.id).expiry;
        if (expiry <= now_) expiry = now_ + 1;
        if (expiry > block.timestamp + 365 days) return;
        if (seed % 2 == 0) {
            vm.prank(vm.addr(tab.payerKey));
            meter.extend(tab.operator, tab.id, expiry);
        } else {
            bytes32 digest = _digest(keccak256(abi.encode(EXTEND, tab.operator, tab.id, expiry, _nonce(tab), FOREVER)));
            meter.extendBySignature(tab.operator, tab.id, expiry, FOREVER, signed(tab.payerKey, digest));
        }
        _count();
    }

    function rotate(uint256 seed) external {
        Known storage tab = _open(seed);
        if (block.timestamp <= meter.tabOf(tab.operator, tab.id).previousKeyUntil) return;
        uint256 key = ++keys;
        address sessionKey = vm.addr(key);
        if (seed % 2 == 0) {
            vm.prank(vm.addr(tab.payerKey));
            meter.rotate(tab.operator, tab.id, sessionKey);
        } else {
            bytes32 digest = _digest(
                keccak256(abi.encode(ROTATE, tab.operator, tab.id, sessionKey, _nonce(tab), FOREVER))
            );
            meter.rotateBySignature(tab.operator, tab.id, sessionKey, FOREVER, signed(tab.payerKey, digest));
        }
        tab.previousKey = tab.sessionKey;
        tab.sessionKey = key;
        _count();
    }

    function requestClose(uint256 seed) external counted {
        Known storage tab = _open(seed);
        uint64 before = meter.tabOf(tab.operator, tab.id).expiry;
        if (seed % 2 == 0) {
            vm.prank(vm.addr(tab.payerKey));
            meter.requestClose(tab.operator, tab.id);
        } else {
            bytes32 digest = _digest(keccak256(abi.encode(REQUEST_CLOSE, tab.operator, tab.id, _nonce(tab), FOREVER)));
            meter.requestCloseBySignature(tab.operator, tab.id, FOREVER, signed(tab.payerKey, digest));
        }
        promised(meter.tabOf(tab.operator, tab.id).expiry <= before, "closing raises no expiry");
    }

    /// @dev A voucher pays once: sent again, nothing moves.
    function settle(uint256 seed, uint40 amount) external counted {
        Known storage tab = _spendable(seed);
        bytes memory row = _voucher(tab, seed, amount);
        vm.prank(tab.operator);
        meter.settle(row);
        _expectSettled(tab);
        bytes32 before = fingerprint();
        vm.prank(tab.operator);
        meter.settle(row);
        promised(fingerprint() == before, "a replay pays nothing");
    }

    function settleSealed(uint256 seed, uint40 amount) external counted {
        Known storage tab = _spendable(seed);
        bytes memory row = bytes.concat(_voucher(tab, seed, amount), compact(tab.operatorKey, lastSeal));
        vm.prank(stranger);
        meter.settleSealed(tab.operator, row);
        _expectSettled(tab);
        bytes32 before = fingerprint();
        meter.settleSealed(tab.operator, row);
        promised(fingerprint() == before, "a replay pays nothing");
    }

    /// @dev Rows that are wrong in one thing: nothing moves.
    function forge(uint256 seed, uint40 amount, uint8 flaw) external counted {
        Known storage tab = _spendable(seed);
        Row memory row = _row(tab, seed, amount);
        flaw %= 8;
        if (flaw == 0) row.key = ++keys;
        if (flaw == 1) row.base += 1;
        if (flaw == 2) _raiseAboveCap(row, meter.tabOf(tab.operator, tab.id).cap);
        if (flaw == 3) row.cumulative += 1;
        if (flaw == 4) row.signedOperator = stranger;
        if (flaw == 5) row.signedReceipts = keccak256("other");
        if (flaw == 6) row.cumulative = row.base;
        if (flaw == 7) row.key = _staleKey(tab);
        bytes memory packed = _pack(row);
        bytes32 before = fingerprint();
        vm.prank(tab.operator);
        meter.settle(packed);
        promised(fingerprint() == before, "a wrong voucher changes nothing");

        bytes memory unsealed = bytes.concat(_pack(_row(tab, seed, amount)), compact(++keys, lastSeal));
        meter.settleSealed(tab.operator, unsealed);
        promised(fingerprint() == before, "a wrong seal changes nothing");
    }

    function close(uint256 seed) external counted {
        Known storage tab = _open(seed);
        uint40 spent = meter.tabOf(tab.operator, tab.id).spent;
        bytes32 digest = _digest(keccak256(abi.encode(CLOSE, tab.operator, tab.id, spent)));
        bytes memory session = signed(tab.sessionKey, digest);
        meter.close(tab.operator, tab.id, spent, session, signed(tab.operatorKey, digest));
        tab.closed = true;
        _expectClosedForGood(tab);
    }

    /// @dev By time alone, and by anyone, a tab ends.
    function reclaim(uint256 seed) external counted {
        Known storage tab = _unended(seed);
        uint64 until = meter.tabOf(tab.operator, tab.id).expiry + meter.THAW();
        bytes memory data = abi.encodeCall(IInferenceMeter.reclaim, (tab.operator, tab.id));
        if (block.timestamp <= until) {
            promised(!attempt(stranger, address(meter), data), "reclaiming waits for the thaw");
            vm.warp(uint256(until) + 1);
        }
        vm.prank(stranger);
        meter.reclaim(tab.operator, tab.id);
        tab.closed = true;
        _expectClosedForGood(tab);
    }

    function collect(uint256 seed) external counted {
        if (seed % 2 == 0) meter.collect(bound(seed >> 8, 1, CHARACTERS));
        else meter.collectFee(vm.addr(operatorKeys[(seed >> 8) % operatorKeys.length]));
    }

    function changePayee(uint256 seed) external counted {
        uint256 characterId = bound(seed, 1, CHARACTERS);
        uint256 accrued = meter.accruedOf(characterId);
        uint256 before = stelai.balanceOf(address(payouts));
        vm.prank(creator);
        characters.setPayee(characterId, uint160(vm.addr(900 + (seed % 3))));
        promised(stelai.balanceOf(address(payouts)) - before == accrued * 1e12, "the old payee gets what was settled");
    }

    /// @dev What a passer-by tries with somebody's tab fails and moves nothing.
    function intrude(uint256 seed, uint8 way) external counted {
        Known storage tab = _open(seed);
        bytes memory data = _intrusion(tab, way);
        bytes32 before = fingerprint();
        promised(!attempt(stranger, address(meter), data), "an intrusion is refused");
        promised(fingerprint() == before, "an intrusion changes nothing");
    }

    /// @dev A pause stops what enters and nothing that leaves.
    function pause(uint256 seed, uint40 amount) external counted {
        Known storage tab = _spendable(seed);
        bytes memory row = _voucher(tab, seed, amount);
        vm.prank(admin);
        meter.pause();
        bytes memory data = abi.encodeCall(IInferenceMeter.topUp, (tab.operator, tab.id, 1));
        promised(!attempt(vm.addr(tab.payerKey), address(meter), data), "a pause stops top-ups");
        vm.prank(tab.operator);
        meter.settle(row);
        _expectSettled(tab);
        meter.collect(1);
        meter.collectFee(tab.operator);
        vm.prank(admin);
        meter.unpause();
    }

    function wait(uint32 time) external counted {
        vm.warp(block.timestamp + bound(time, 1, 3 days));
    }

    /// @dev All of it is right but that it is more than the cap.
    function _raiseAboveCap(Row memory row, uint40 cap) private pure {
        row.cumulative = cap + 1;
        row.count = 1;
        row.lines = abi.encodePacked(uint48(1), row.cumulative - row.base, uint24(1), uint48(1_000));
    }

    /// @dev The key before the last rotation once its thaw is over, or nobody's key.
    function _staleKey(Known storage tab) private returns (uint256) {
        bool over = block.timestamp > meter.tabOf(tab.operator, tab.id).previousKeyUntil;
        return tab.previousKey != 0 && over ? tab.previousKey : ++keys;
    }

    /// @dev Nothing raises a closed tab's cap or total again.
    function _expectClosedForGood(Known storage tab) private {
        IInferenceMeter.Tab memory state = meter.tabOf(tab.operator, tab.id);
        promised(state.cap == state.spent && state.closing, "a closed tab holds nothing");
        address payer = vm.addr(tab.payerKey);
        bytes memory topUpCall = abi.encodeCall(IInferenceMeter.topUp, (tab.operator, tab.id, 1));
        promised(!attempt(payer, address(meter), topUpCall), "a closed tab stays closed");
        bytes memory reclaimCall = abi.encodeCall(IInferenceMeter.reclaim, (tab.operator, tab.id));
        promised(!attempt(payer, address(meter), reclaimCall), "a tab ends once");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Authorization, Sponsorship} from "../../contracts/interfaces/Authorization.sol";
import {IInferenceMeter} from "../../contracts/interfaces/IInferenceMeter.sol";
import {Campaign} from "./Base.sol";
import {World} from "./World.sol";

/// @notice Who acts on the meter, the tabs they know of, and how they sign.
abstract contract MeterActors is World, Campaign {
    /// @notice A tab as its parties know it.
    /// @param settled The settled total as it must be.
    struct Known {
        address operator;
        uint64 id;
        uint256 operatorKey;
        uint256 payerKey;
        uint256 sessionKey;
        uint256 previousKey;
        uint40 settled;
        bool closed;
    }

    /// @notice A row before it is signed and packed; what is signed and what is sent may differ.
    struct Row {
        uint64 tabId;
        uint40 base;
        uint40 cumulative;
        bytes32 receipts;
        bytes32 signedReceipts;
        address signedOperator;
        bytes lines;
        uint8 count;
        uint256 key;
    }

    uint256 internal constant CHARACTERS = 3;
    uint256 internal constant FOREVER = type(uint128).max;
    bytes32 internal constant CLOSE = keccak256("Close(address operator,uint64 tabId,uint40 total)");
    bytes32 internal constant EXTEND = keccak256(
        "Extend(address operator,uint64 tabId,uint64 expiry,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant ROTATE = keccak256(
        "Rotate(address operator,uint64 tabId,address sessionKey,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant REQUEST_CLOSE = keccak256(
        "RequestClose(address operator,uint64 tabId,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    address internal creator = vm.addr(900);
    address internal stranger = vm.addr(999);

    uint256[3] internal payerKeys = [uint256(101), 102, 103];
    uint256[2] internal operatorKeys = [uint256(201), 202];
    Known[] internal known;
    /// @notice Sponsors' fees that a payer has paid, in wei.
    mapping(uint256 payerKey => uint256) internal feesPaid;
    /// @notice The last key given out; session keys count up from here.
    uint256 internal keys = 10_000;
    /// @notice The digest of a seal on the voucher that was signed last.
    bytes32 internal lastSeal;

    constructor() {
        for (uint256 i = 0; i < payerKeys.length; ++i) {
            address payer = vm.addr(payerKeys[i]);
            fund(payer, 10);
            vm.prank(payer);
            stelai.approve(address(meter), type(uint256).max);
        }
        for (uint256 i = 0; i < CHARACTERS; ++i) publish(creator, uint160(vm.addr(901 + i)));
    }

    /// @notice All that a wrong call must not change.
    function fingerprint() internal view returns (bytes32 all) {
        for (uint256 i = 0; i < known.length; ++i) {
            all = keccak256(abi.encode(all, meter.tabOf(known[i].operator, known[i].id)));
        }
        for (uint256 id = 1; id <= CHARACTERS; ++id) all = keccak256(abi.encode(all, meter.accruedOf(id)));
        for (uint256 i = 0; i < operatorKeys.length; ++i) {
            address operator = vm.addr(operatorKeys[i]);
            all = keccak256(
                abi.encode(all, meter.accruedFeeOf(operator), meter.tabCount(operator), stelai.balanceOf(operator))
            );
        }
        for (uint256 i = 0; i < payerKeys.length; ++i) {
            address payer = vm.addr(payerKeys[i]);
            all = keccak256(abi.encode(all, stelai.balanceOf(payer), meter.nonces(payer)));
        }
        return keccak256(abi.encode(all, stelai.balanceOf(address(meter)), stelai.balanceOf(address(payouts))));
    }

    /// @dev Opens a tab in one of the three ways.
    function _open(uint256 seed, uint40 cap, uint32 duration) internal returns (Known storage tab) {
        uint256 payerKey = payerKeys[seed % payerKeys.length];
        uint256 operatorKey = operatorKeys[(seed >> 8) % operatorKeys.length];
        uint256 sessionKey = ++keys;
        IInferenceMeter.Opening memory opening = IInferenceMeter.Opening({
            operator: vm.addr(operatorKey),
            sessionKey: vm.addr(sessionKey),
            cap: uint40(bound(cap, 2, 10_000_000)),
            expiry: uint64(block.timestamp + bound(duration, 1, 30 days))
        });
        uint256 way = (seed >> 16) % 3;
        if (way == 0) {
            vm.prank(vm.addr(payerKey));
            meter.open(opening);
        } else if (way == 1) {
            vm.prank(vm.addr(payerKey));
            stelai.transferAndCall(address(meter), uint256(opening.cap) * 1e12, abi.encode(uint8(0), opening));
        } else {
            _openWithAuthorization(payerKey, opening, (seed >> 24) % 1e15);
        }
        known.push();
        tab = known[known.length - 1];
        (tab.operator, tab.operatorKey, tab.payerKey) = (opening.operator, operatorKey, payerKey);
        (tab.sessionKey, tab.id) = (sessionKey, meter.tabCount(opening.operator));
    }

    /// @dev A tab that its payer has not asked to close; a new one when there is none.
    function _open(uint256 seed) internal returns (Known storage) {
        for (uint256 i = 0; i < known.length; ++i) {
            Known storage tab = known[((seed % known.length) + i) % known.length];
            if (!tab.closed && !meter.tabOf(tab.operator, tab.id).closing) return tab;
        }
        return _open(seed, uint40(seed >> 32), uint32(seed >> 64));
    }

    /// @dev A tab that has not ended; a new one when there is none.
    function _unended(uint256 seed) internal returns (Known storage) {
        for (uint256 i = 0; i < known.length; ++i) {
            Known storage tab = known[((seed % known.length) + i) % known.length];
            if (!tab.closed) return tab;
        }
        return _open(seed, uint40(seed >> 32), uint32(seed >> 64));
    }

    /// @dev A tab with something left that can still be settled; a new one when there is none.
    function _spendable(uint256 seed) internal returns (Known storage) {
        for (uint256 i = 0; i < known.length; ++i) {
            Known storage tab = known[((seed % known.length) + i) % known.length];
            IInferenceMeter.Tab memory state = meter.tabOf(tab.operator, tab.id);
            if (state.spent < state.cap && block.timestamp <= uint256(state.expiry) + meter.THAW()) return tab;
        }
        return _open(seed, uint40(seed >> 32), uint32(seed >> 64));
    }

    /// @dev A good row of one to three lines, by the session key or the one before it while that thaws.
    function _row(Known storage tab, uint256 seed, uint40 amount) internal view returns (Row memory row) {
        IInferenceMeter.Tab memory state = meter.tabOf(tab.operator, tab.id);
        uint40 rise = uint40(bound(amount, 1, state.cap - state.spent));
        uint8 count = uint8(bound(seed >> 40, 1, 3));
        uint40 each = rise / count;
        for (uint256 i = 0; i < count; ++i) {
            uint48 character = uint48((seed >> (48 + 8 * i)) % (CHARACTERS + 1));
            uint40 part = i == 0 ? rise - each * (count - 1) : each;
            row.lines = abi.encodePacked(row.lines, character, part, uint24(1), uint48(1_000));
        }
        bool previous = tab.previousKey != 0 && block.timestamp <= state.previousKeyUntil && (seed >> 80) % 2 == 0;
        (row.tabId, row.base, row.cumulative, row.count) = (tab.id, state.spent, state.spent + rise, count);
        (row.receipts, row.signedReceipts) = (keccak256(abi.encode(seed)), keccak256(abi.encode(seed)));
        (row.signedOperator, row.key) = (tab.operator, previous ? tab.previousKey : tab.sessionKey);
    }

    function _pack(Row memory row) internal returns (bytes memory) {
        bytes32 lines = keccak256(row.lines);
        address operator = row.signedOperator;
        bytes32 digest = meter.voucherDigest(operator, row.tabId, row.base, row.cumulative, lines, row.signedReceipts);
        lastSeal = meter.sealDigest(operator, row.tabId, row.base, row.cumulative, lines, row.signedReceipts);
        return
            abi.encodePacked(row.tabId, row.cumulative, row.receipts, compact(row.key, digest), row.count, row.lines);
    }

    /// @dev A good row, which is remembered as settled.
    function _voucher(Known storage tab, uint256 seed, uint40 amount) internal returns (bytes memory) {
        Row memory row = _row(tab, seed, amount);
        tab.settled = row.cumulative;
        return _pack(row);
    }

    function _expectSettled(Known storage tab) internal view {
        promised(meter.tabOf(tab.operator, tab.id).spent == tab.settled, "a good voucher pays");
    }

    function _nonce(Known storage tab) internal view returns (uint256) {
        return meter.nonces(vm.addr(tab.payerKey));
    }

    /// @dev The EIP-712 digest of a struct of the meter's.
    function _digest(bytes32 structHash) internal view returns (bytes32) {
        return _typed("Stelai InferenceMeter", address(meter), structHash);
    }

    /// @dev What a stranger might send for a tab that is not theirs.
    function _intrusion(Known storage tab, uint8 way) internal view returns (bytes memory) {
        (address operator, uint64 id) = (tab.operator, tab.id);
        uint64 far = meter.tabOf(operator, id).expiry + 5 hours;
        bytes memory forged = signed(999, keccak256("a signature of the stranger's"));
        way %= 10;
        if (way == 0) return abi.encodeCall(IInferenceMeter.topUp, (operator, id, 1));
        if (way == 1) return abi.encodeCall(IInferenceMeter.extend, (operator, id, far));
        if (way == 2) return abi.encodeCall(IInferenceMeter.rotate, (operator, id, stranger));
        if (way == 3) return abi.encodeCall(IInferenceMeter.requestClose, (operator, id));
        if (way == 4) return abi.encodeCall(IInferenceMeter.extendBySignature, (operator, id, far, FOREVER, forged));
        if (way == 5) {
            return abi.encodeCall(IInferenceMeter.rotateBySignature, (operator, id, stranger, FOREVER, forged));
        }
        if (way == 6) return abi.encodeCall(IInferenceMeter.requestCloseBySignature, (operator, id, FOREVER, forged));
        if (way == 7) return abi.encodeCall(IInferenceMeter.close, (operator, id, tab.settled, forged, forged));
        if (way == 8) return abi.encodeCall(IInferenceMeter.pause, ());
        IInferenceMeter.Opening memory opening = IInferenceMeter.Opening(stranger, stranger, 1_000, far);
        Authorization memory authorization = Authorization(vm.addr(tab.payerKey), 1e15, 0, FOREVER, forged);
        Sponsorship memory sponsorship = Sponsorship(0, stranger, 0);
        return abi.encodeCall(IInferenceMeter.openWithAuthorization, (opening, authorization, sponsorship));
    }

    function _openWithAuthorization(uint256 payerKey, IInferenceMeter.Opening memory opening, uint256 fee) private {
        address payer = vm.addr(payerKey);
        Sponsorship memory sponsorship = Sponsorship(fee, opening.operator, bytes32(keys));
        uint256 value = uint256(opening.cap) * 1e12 + fee;
        bytes32 nonce = meter.openNonce(opening, sponsorship);
        bytes32 structHash = keccak256(abi.encode(RECEIVE, payer, address(meter), value, 0, FOREVER, nonce));
        bytes memory signature = signed(payerKey, _typed("Stelai", address(stelai), structHash));
        feesPaid[payerKey] += fee;
        vm.prank(stranger);
        meter.openWithAuthorization(opening, Authorization(payer, value, 0, FOREVER, signature), sponsorship);
    }

    function _typed(string memory name, address verifyingContract, bytes32 structHash) private view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
        );
        bytes32 domain = keccak256(
            abi.encode(typeHash, keccak256(bytes(name)), keccak256("1"), block.chainid, verifyingContract)
        );
        return keccak256(abi.encodePacked("\x19\x01", domain, structHash));
    }
}

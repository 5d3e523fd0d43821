// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceMeter} from "../../contracts/interfaces/IInferenceMeter.sol";
import {Batch} from "../../contracts/libraries/Batch.sol";
import {Expiry} from "../../contracts/libraries/Expiry.sol";
import {HotTab, HotTabs} from "../../contracts/libraries/HotTab.sol";
import {Lines} from "../../contracts/libraries/Lines.sol";
import {Row} from "../../contracts/libraries/Rows.sol";
import {SettledRows} from "../../contracts/libraries/SettledRows.sol";
import {Vouchers} from "../../contracts/libraries/Vouchers.sol";
import {Cheats} from "./Base.sol";

/// @notice What is written in assembly against its plain form.
contract LibrariesTest is Cheats {
    struct Fields {
        uint64 tabId;
        uint40 cumulative;
        bytes32 receipts;
        bytes32 r;
        bytes32 vs;
        bytes32 sealR;
        bytes32 sealVs;
    }

    function testFuzz_voucherHash(address operator, uint64 tabId, uint40 base, Fields calldata f) external pure {
        bytes32 typeHash = keccak256(
            "Voucher(address operator,uint64 tabId,uint40 base,uint40 cumulative,bytes32 lines,bytes32 receipts)"
        );
        bytes32 plain = keccak256(abi.encode(typeHash, operator, tabId, base, f.cumulative, f.r, f.receipts));
        bytes32 hash = Vouchers.hashVoucher(operator, tabId, base, f.cumulative, f.r, f.receipts);
        promised(hash == plain, "a voucher's hash is the plain one");
    }

    /// @dev Rows of a batch are read field by field as `abi.encodePacked` wrote them, wherever they stand.
    function testFuzz_rows(
        Fields calldata f,
        bytes32[16] calldata noise,
        uint8 count,
        uint8 rows,
        bool isSealed
    ) external view {
        bytes memory lines = _lines(noise, uint8(bound(count, 1, 16)));
        bytes memory row = _row(f, lines, isSealed);
        uint256 before = bound(rows, 0, 3);
        bytes memory batch;
        for (uint256 i = 0; i < before; ++i) batch = bytes.concat(batch, row);
        uint256 next = this.checkRow(bytes.concat(batch, row), batch.length, isSealed, f, lines);
        promised(next == batch.length + row.length, "the next row begins where this one ends");
    }

    function testFuzz_lines(bytes32[16] calldata noise, uint8 count) external view {
        this.checkLines(_lines(noise, uint8(bound(count, 1, 16))), noise);
    }

    /// @dev Whatever a batch ends in before its row does, it cannot be read.
    function testFuzz_truncated(
        Fields calldata f,
        bytes32[16] calldata noise,
        uint8 count,
        uint256 cut,
        bool isSealed
    ) external {
        bytes memory row = _row(f, _lines(noise, uint8(bound(count, 1, 16))), isSealed);
        cut = bound(cut, 1, row.length - 1);
        assembly ("memory-safe") {
            mstore(row, sub(mload(row), cut))
        }
        bytes memory data = abi.encodeCall(this.read, (row, isSealed));
        promised(!attempt(address(this), address(this), data), "a truncated row is refused");
    }

    function testFuzz_settledRows(
        Fields calldata f,
        bytes32[16] calldata noise,
        uint8 count,
        uint8 status
    ) external view {
        uint8 lineCount = uint8(bound(count, 1, 16));
        status = uint8(bound(status, 1, 6));
        bytes memory lines = _lines(noise, lineCount);
        bytes memory row = _row(f, lines, false);
        bytes memory paid = abi.encodePacked(f.tabId, uint8(0), f.cumulative, f.receipts, lineCount, lines);
        bytes memory skipped = abi.encodePacked(f.tabId, status);
        bytes memory written = this.write(bytes.concat(row, row, row), IInferenceMeter.Skipped(status));
        promised(keccak256(written) == keccak256(bytes.concat(paid, skipped, paid)), "rows are written as packed");
    }

    function testFuzz_hotTab(
        address key,
        uint40 cap,
        uint40 spent,
        uint16 expiry,
        uint40 other,
        uint16 later
    ) external pure {
        HotTab hot = HotTabs.pack(key, cap, spent, expiry);
        _expect(hot, key, cap, spent, expiry);
        _expect(hot.withCap(other), key, other, spent, expiry);
        _expect(hot.withSpent(other), key, cap, other, expiry);
        _expect(hot.withExpiry(later), key, cap, spent, later);
        address another = address(uint160(uint256(keccak256(abi.encode(key)))));
        _expect(hot.withSessionKey(another), another, cap, spent, expiry);
    }

    /// @dev The oldest expiry of a batch says of every expiry what the sum of expiry and thaw says.
    function testFuzz_expiry(uint32 epoch, uint32 elapsed, uint16 units) external pure {
        uint256 time = uint256(epoch) + elapsed;
        bool inTime = time <= uint256(Expiry.toTime(units, epoch)) + 24 hours;
        promised((units >= Expiry.oldestWithin(time, 24 hours, epoch)) == inTime, "expired is expired");
        uint256 up = Expiry.toUnitsUp(time, epoch);
        promised(Expiry.toTime(up, epoch) >= time && Expiry.toTime(up, epoch) < time + 4 hours, "units round up");
    }

    function checkRow(
        bytes calldata batch,
        uint256 offset,
        bool isSealed,
        Fields calldata f,
        bytes calldata expected
    ) external pure returns (uint256 next) {
        Row row;
        bytes calldata lines;
        (row, lines, next) = Batch.rowAt(batch, offset, isSealed ? Batch.SEAL : 0);
        promised(row.tabId() == f.tabId && row.cumulative() == f.cumulative, "tab and total are read");
        (bytes32 r, bytes32 vs) = row.signature();
        promised(row.receipts() == f.receipts && r == f.r && vs == f.vs, "receipts and signature are read");
        promised(keccak256(lines) == keccak256(expected), "lines are read");
        if (!isSealed) return next;
        (r, vs) = Batch.sealAfter(lines);
        promised(r == f.sealR && vs == f.sealVs, "the seal is read");
    }

    function checkLines(bytes calldata lines, bytes32[16] calldata noise) external pure {
        uint256 sum = 0;
        for (uint256 i = 0; i * 20 < lines.length; ++i) {
            (uint256 character, uint256 amount) = Lines.read(lines, i * 20);
            promised(character == uint48(bytes6(noise[i])), "the character is read");
            promised(amount == uint40(bytes5(noise[i] << 48)), "the amount is read");
            sum += amount;
        }
        promised(Lines.sum(lines) == sum, "the sum is the plain one");
        promised(Lines.hash(lines) == keccak256(lines), "the hash is the plain one");
    }

    function read(bytes calldata batch, bool isSealed) external pure {
        Batch.rowAt(batch, 0, isSealed ? Batch.SEAL : 0);
    }

    function write(bytes calldata batch, IInferenceMeter.Skipped status) external pure returns (bytes memory buffer) {
        buffer = new bytes(batch.length);
        (Row row, bytes calldata lines, uint256 next) = Batch.rowAt(batch, 0, 0);
        uint256 length = SettledRows.appendPaid(buffer, 0, row, lines);
        (row, lines, next) = Batch.rowAt(batch, next, 0);
        length = SettledRows.appendSkipped(buffer, length, row, status);
        (row, lines, next) = Batch.rowAt(batch, next, 0);
        length = SettledRows.appendPaid(buffer, length, row, lines);
        SettledRows.truncate(buffer, length);
    }

    function _expect(HotTab hot, address key, uint40 cap, uint40 spent, uint16 expiry) private pure {
        promised(hot.sessionKey() == key && hot.cap() == cap, "key and cap are kept");
        promised(hot.spent() == spent && hot.expiry() == expiry, "total and expiry are kept");
    }

    function _lines(bytes32[16] calldata noise, uint8 count) private pure returns (bytes memory lines) {
        for (uint256 i = 0; i < count; ++i) lines = bytes.concat(lines, bytes20(noise[i]));
    }

    function _row(Fields calldata f, bytes memory lines, bool isSealed) private pure returns (bytes memory row) {
        row = abi.encodePacked(f.tabId, f.cumulative, f.receipts, f.r, f.vs, uint8(lines.length / 20), lines);
        if (isSealed) row = abi.encodePacked(row, f.sealR, f.sealVs);
    }
}

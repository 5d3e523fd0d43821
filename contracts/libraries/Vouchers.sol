// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The EIP-712 structs of metering
/// @notice Struct hashes; the domain is the meter's. DESIGN section 5.
library Vouchers {
    bytes32 internal constant VOUCHER_TYPEHASH = keccak256(
        "Voucher(address operator,uint64 tabId,uint40 base,uint40 cumulative,bytes32 lines,bytes32 receipts)"
    );
    bytes32 internal constant SEAL_TYPEHASH = keccak256("Seal(bytes32 voucher)");
    bytes32 internal constant CLOSE_TYPEHASH = keccak256("Close(address operator,uint64 tabId,uint40 total)");
    bytes32 internal constant EXTEND_TYPEHASH = keccak256(
        "Extend(address operator,uint64 tabId,uint64 expiry,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant ROTATE_TYPEHASH = keccak256(
        "Rotate(address operator,uint64 tabId,address sessionKey,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant REQUEST_CLOSE_TYPEHASH = keccak256(
        "RequestClose(address operator,uint64 tabId,uint256 nonce,uint256 deadline)"
    );

    /// @notice A voucher's struct hash. `lines` is the keccak256 of the packed lines.
    /// @dev Written over free memory and not kept, so that a batch does not pay for memory that grows with
    /// its rows. Plainly:
    /// `keccak256(abi.encode(VOUCHER_TYPEHASH, operator, tabId, base, cumulative, lines, receipts))`
    function hashVoucher(
        address operator,
        uint64 tabId,
        uint40 base,
        uint40 cumulative,
        bytes32 lines,
        bytes32 receipts
    ) internal pure returns (bytes32 hash) {
        bytes32 typeHash = VOUCHER_TYPEHASH;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, typeHash)
            mstore(add(free, 0x20), shr(96, shl(96, operator)))
            mstore(add(free, 0x40), and(tabId, 0xffffffffffffffff))
            mstore(add(free, 0x60), and(base, 0xffffffffff))
            mstore(add(free, 0x80), and(cumulative, 0xffffffffff))
            mstore(add(free, 0xa0), lines)
            mstore(add(free, 0xc0), receipts)
            hash := keccak256(free, 0xe0)
        }
    }

    /// @notice A seal's struct hash.
    /// @param voucher The sealed voucher's struct hash.
    function hashSeal(bytes32 voucher) internal pure returns (bytes32) {
        return keccak256(abi.encode(SEAL_TYPEHASH, voucher));
    }

    /// @notice The struct hash of a close by both sides.
    function hashClose(address operator, uint64 tabId, uint40 total) internal pure returns (bytes32) {
        return keccak256(abi.encode(CLOSE_TYPEHASH, operator, tabId, total));
    }

    /// @notice The struct hash of a payer's request to serve longer.
    function hashExtend(
        address operator,
        uint64 tabId,
        uint64 expiry,
        uint256 nonce,
        uint256 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(EXTEND_TYPEHASH, operator, tabId, expiry, nonce, deadline));
    }

    /// @notice The struct hash of a payer's request for another session key.
    function hashRotate(
        address operator,
        uint64 tabId,
        address sessionKey,
        uint256 nonce,
        uint256 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(ROTATE_TYPEHASH, operator, tabId, sessionKey, nonce, deadline));
    }

    /// @notice The struct hash of a payer's request to close.
    function hashRequestClose(
        address operator,
        uint64 tabId,
        uint256 nonce,
        uint256 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(REQUEST_CLOSE_TYPEHASH, operator, tabId, nonce, deadline));
    }
}

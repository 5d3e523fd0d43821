// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IReviews} from "../interfaces/IReviews.sol";

/// @title Receipts of inferences as evidence
/// @notice An operator signs them under the InferenceMeter's domain (EIP-712, DESIGN section 5). They prove what was
/// served to which tab; the meter itself never reads them.
library Receipts {
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 private constant RECEIPT_TYPEHASH = keccak256(
        "Receipt(address operator,uint64 tabId,uint64 sequence,bytes32 request,bytes32 response,uint48 characterId,uint40 termsVersion,uint48 milliunits,uint8 quality,uint40 amount,uint40 fee,uint64 servedAt,bytes32 previous)"
    );

    /// @notice A receipt's struct hash. All of its fields are static, so its encoding is its fields in order.
    function hash(IReviews.Receipt calldata receipt) internal pure returns (bytes32) {
        return keccak256(abi.encode(RECEIPT_TYPEHASH, receipt));
    }

    /// @notice Whether the receipt's operator signed it; contract wallets by ERC-1271.
    function isSigned(
        IReviews.Receipt calldata receipt,
        bytes calldata signature,
        address meter
    ) internal view returns (bool) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN_TYPEHASH, keccak256("Stelai InferenceMeter"), keccak256("1"), block.chainid, meter)
        );
        bytes32 digest = MessageHashUtils.toTypedDataHash(domain, hash(receipt));
        return SignatureChecker.isValidSignatureNowCalldata(receipt.operator, digest, signature);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Sponsorship} from "../interfaces/Authorization.sol";
import {ICreditStore} from "../interfaces/ICreditStore.sol";

/// @title The EIP-3009 nonce of a sponsored purchase
/// @notice The payer's wallet signs only a nonce; being the hash of the whole agreement, it leaves the sender
/// nothing to choose (DESIGN section 4).
library PurchaseCommitment {
    bytes32 internal constant BUY_TYPEHASH = keccak256(
        "Buy(uint256 packageId,uint256 quantity,address recipient,address referrer,uint256 maxPrice,uint256 fee,address feeRecipient,bytes32 salt)"
    );

    /// @notice The nonce that commits to `order` and `sponsorship`.
    function nonceOf(
        ICreditStore.Order calldata order,
        Sponsorship calldata sponsorship
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    BUY_TYPEHASH,
                    order.packageId,
                    order.quantity,
                    order.recipient,
                    order.referrer,
                    order.maxPrice,
                    sponsorship.fee,
                    sponsorship.recipient,
                    sponsorship.salt
                )
            );
    }
}

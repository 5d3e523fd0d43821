// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A payer's EIP-3009 `ReceiveWithAuthorization`, as given to an entry that pulls with it.
/// @dev The nonce is not a field: the entry computes it as the hash of what the payer agreed to
/// (DESIGN section 4), so the signature is good for exactly that call and nobody can bend it.
/// @param from The payer, who signed.
/// @param value What may be taken, in the token's smallest unit.
/// @param validAfter Unix time in seconds after which the authorization is valid.
/// @param validBefore Unix time in seconds before which the authorization is valid.
/// @param signature 65 bytes r, s, v of a wallet key, or whatever an ERC-1271 wallet understands.
struct Authorization {
    address from;
    uint256 value;
    uint256 validAfter;
    uint256 validBefore;
    bytes signature;
}

/// @notice What the payer grants the one who sends the transaction for them.
/// @param fee The sponsor's fee, in the smallest unit of the token that is paid with.
/// @param recipient Who receives the fee.
/// @param salt Any value not used before; makes two equal agreements two nonces.
struct Sponsorship {
    uint256 fee;
    address recipient;
    bytes32 salt;
}

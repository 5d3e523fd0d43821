// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Where an operator is paid for single calls
/// @notice The pay-to address of an operator for one-off payments by ERC-3009, as x402's `exact` scheme makes them. What
/// comes in leaves only as earnings: lines through Payouts, at the commission of metered use, or the price of a lifetime
/// pass for who paid. Nobody can withdraw from it, its operator included.
/// @dev Warning: who paid signs the amount and this address, not the lines; that the lines are those of the call that was
/// paid is the operator's word, like the call's answer. A payment made past {settle}, by a plain transfer or by somebody
/// else sending the authorization, waits here until {distribute}.
interface IOperatorReceiver {
    /// @notice Who earns what of a payment.
    /// @param characterId The character whose payee earns; 0 for the operator itself.
    /// @param amount In wei of STELAI; above zero.
    struct Line {
        uint256 characterId;
        uint256 amount;
    }

    /// @notice An ERC-3009 `TransferWithAuthorization` to this contract.
    /// @param signature 65 bytes of the payer's key, or what its ERC-1271 wallet understands.
    struct Payment {
        address from;
        uint256 value;
        uint256 validAfter;
        uint256 validBefore;
        bytes32 nonce;
        bytes signature;
    }

    /// @notice A payment came in and left as its lines, and as a pass if `passOf` is not 0.
    /// @param nonce The authorization's.
    /// @param value In wei of STELAI.
    /// @param passOf The character that `from` now has a lifetime pass of; 0 for none.
    event Settled(address indexed from, bytes32 indexed nonce, uint256 value, uint256 passOf);
    /// @notice A line was earned. A pass is told of by CharacterAccess.
    /// @param amount In wei of STELAI, commission included.
    event Distributed(uint256 indexed characterId, uint256 amount);

    /// @notice Thrown when anyone but the operator calls.
    error NotOperator(address caller);
    /// @notice Thrown when a pass and lines are not exactly the payment.
    error Unbalanced(uint256 value, uint256 spent);

    /// @notice Whose receiver this is.
    function operator() external view returns (address);

    /// @notice Takes a payment and passes all of it on, in one call. Only the operator.
    /// @param passOf A character whose lifetime pass `payment.from` is given, at its price now, or 0.
    function settle(Payment calldata payment, Line[] calldata lines, uint256 passOf) external;

    /// @notice Passes on a payment that came in past {settle}, and nothing of what else is here. Only the operator.
    /// @param value What came in, in wei of STELAI: lines and pass come to exactly that.
    /// @param account Who is given the pass; anything when there is none.
    function distribute(uint256 value, Line[] calldata lines, uint256 passOf, address account) external;
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The operators' receivers
/// @notice Makes each operator's {IOperatorReceiver}, one for good, so that a payer can check that an address to pay to is
/// one: `receiverOf(IOperatorReceiver(payTo).operator()) == payTo`.
interface IOperatorReceivers {
    /// @notice An operator has its receiver.
    event OperatorReceiverCreated(address indexed operator, address receiver);

    /// @notice Thrown when an operator has a receiver already.
    error AlreadyCreated(address operator, address receiver);
    /// @notice Thrown when the operator is the zero address.
    error ZeroOperator();

    /// @notice The receiver of an operator; the zero address before it is created.
    function receiverOf(address operator) external view returns (address receiver);

    /// @notice Makes the receiver of an operator. Anyone.
    function create(address operator) external returns (address receiver);
}

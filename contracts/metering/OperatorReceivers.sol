// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacterAccess} from "../interfaces/ICharacterAccess.sol";
import {ICharacters} from "../interfaces/ICharacters.sol";
import {IOperatorReceivers} from "../interfaces/IOperatorReceivers.sol";
import {OperatorReceiver} from "./OperatorReceiver.sol";

/// @title The operators' receivers
contract OperatorReceivers is IOperatorReceivers {
    address private immutable _stelai;
    address private immutable _payouts;
    ICharacters private immutable _characters;
    ICharacterAccess private immutable _access;
    address private immutable _meter;

    /// @inheritdoc IOperatorReceivers
    mapping(address operator => address receiver) public receiverOf;

    constructor(address stelai, address payouts, ICharacters characters, ICharacterAccess access, address meter) {
        _stelai = stelai;
        _payouts = payouts;
        _characters = characters;
        _access = access;
        _meter = meter;
    }

    /// @inheritdoc IOperatorReceivers
    function create(address operator) external returns (address receiver) {
        // Check
        require(operator != address(0), ZeroOperator());
        require(receiverOf[operator] == address(0), AlreadyCreated(operator, receiverOf[operator]));

        // Effect
        receiver = address(new OperatorReceiver(operator, _stelai, _payouts, _characters, _access, _meter));
        receiverOf[operator] = receiver;
        emit OperatorReceiverCreated(operator, receiver);
    }
}

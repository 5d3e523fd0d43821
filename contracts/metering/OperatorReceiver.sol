// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacterAccess} from "../interfaces/ICharacterAccess.sol";
import {ICharacters} from "../interfaces/ICharacters.sol";
import {IOperatorReceiver} from "../interfaces/IOperatorReceiver.sol";
import {IPayouts} from "../interfaces/IPayouts.sol";
import {IStelai} from "../interfaces/IStelai.sol";
import {Credits} from "../libraries/Credits.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title Where an operator is paid for single calls
/// @dev Made by {OperatorReceivers}. Holds nothing between calls but what came in past {settle}. STELAI calls nobody, and
/// Payouts and CharacterAccess only it, so nothing is entered twice.
contract OperatorReceiver is IOperatorReceiver {
    /// @inheritdoc IOperatorReceiver
    address public immutable operator;
    address private immutable _stelai;
    address private immutable _payouts;
    ICharacters private immutable _characters;
    ICharacterAccess private immutable _access;
    address private immutable _meter;

    modifier onlyOperator() {
        require(msg.sender == operator, NotOperator(msg.sender));
        _;
    }

    /// @param meter Whose commission the lines pay.
    constructor(
        address operator_,
        address stelai,
        address payouts,
        ICharacters characters,
        ICharacterAccess access,
        address meter
    ) {
        operator = operator_;
        _stelai = stelai;
        _payouts = payouts;
        _characters = characters;
        _access = access;
        _meter = meter;
    }

    /// @inheritdoc IOperatorReceiver
    function settle(Payment calldata payment, Line[] calldata lines, uint256 passOf) external onlyOperator {
        IStelai(_stelai).transferWithAuthorization(
            payment.from,
            address(this),
            payment.value,
            payment.validAfter,
            payment.validBefore,
            payment.nonce,
            payment.signature
        );
        emit Settled(payment.from, payment.nonce, payment.value, passOf);
        _distribute(payment.value, lines, passOf, payment.from);
    }

    /// @inheritdoc IOperatorReceiver
    function distribute(uint256 value, Line[] calldata lines, uint256 passOf, address account) external onlyOperator {
        _distribute(value, lines, passOf, account);
    }

    /// @dev Exactly `value` leaves: what others brought here stays theirs, whatever a pass costs by now.
    function _distribute(uint256 value, Line[] calldata lines, uint256 passOf, address account) private {
        uint256 held = IERC20(_stelai).balanceOf(address(this));

        // Interactions
        if (passOf != 0) _givePass(passOf, account);
        uint16 commissionBps = IPayouts(_payouts).commissionOf(_meter);
        for (uint256 i; i < lines.length; ++i) {
            (uint256 characterId, uint256 amount) = (lines[i].characterId, lines[i].amount);
            emit Distributed(characterId, amount);
            uint256 payee = characterId == 0 ? uint160(operator) : _characters.payeeOf(characterId);
            IPayouts(_payouts).earnAt(payee, amount, bytes32(characterId), commissionBps);
        }

        // Check
        uint256 spent = held - IERC20(_stelai).balanceOf(address(this));
        require(spent == value, Unbalanced(value, spent));
    }

    /// @dev Pays with what is here, at most the price of now; never more than this call may spend, see {_distribute}.
    function _givePass(uint256 characterId, address account) private {
        (ICharacters.Terms memory terms, ) = _characters.termsOf(characterId);
        IERC20(_stelai).approve(address(_access), Credits.toWei(terms.lifetime));
        _access.gift(characterId, account, ICharacterAccess.Plan.Lifetime, terms.lifetime, "");
    }
}

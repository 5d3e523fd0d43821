// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC1363} from "@openzeppelin/contracts/token/ERC20/extensions/ERC1363.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IStelai} from "../interfaces/IStelai.sol";
import {ERC3009Bytes} from "./ERC3009Bytes.sol";

/// @title $STELAI, the credit
contract Stelai is IStelai, ERC1363, ERC20Permit, ERC3009Bytes {
    /// @inheritdoc IStelai
    address public immutable creditStore;
    /// @inheritdoc IStelai
    address public immutable payouts;

    modifier onlyCreditStore() {
        require(msg.sender == creditStore, NotCreditStore(msg.sender));
        _;
    }

    /// @param creditStore_ The only address that may mint and burn: predicted, it is deployed next.
    /// @param payouts_ Needs no allowance: predicted, it is deployed after that.
    constructor(address creditStore_, address payouts_) ERC20("Stelai", "STELAI") ERC20Permit("Stelai") {
        creditStore = creditStore_;
        payouts = payouts_;
    }

    /// @inheritdoc IERC20
    function allowance(address owner, address spender) public view override(ERC20, IERC20) returns (uint256) {
        return spender == payouts ? type(uint256).max : super.allowance(owner, spender);
    }

    /// @inheritdoc IStelai
    function mint(address to, uint256 amount) external onlyCreditStore {
        _mint(to, amount);
    }

    /// @inheritdoc IStelai
    function burn(address from, uint256 amount) external onlyCreditStore {
        _burn(from, amount);
    }

    /// @inheritdoc IStelai
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) public override(IStelai, ERC3009Bytes) {
        super.transferWithAuthorization(from, to, value, validAfter, validBefore, nonce, signature);
    }

    /// @inheritdoc IStelai
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) public override(IStelai, ERC3009Bytes) {
        super.receiveWithAuthorization(from, to, value, validAfter, validBefore, nonce, signature);
    }

    /// @inheritdoc IStelai
    function cancelAuthorization(
        address authorizer,
        bytes32 nonce,
        bytes calldata signature
    ) public override(IStelai, ERC3009Bytes) {
        super.cancelAuthorization(authorizer, nonce, signature);
    }

    /// @inheritdoc IERC20Permit
    function nonces(address owner) public view override(ERC20Permit, IERC20Permit) returns (uint256) {
        return super.nonces(owner);
    }
}

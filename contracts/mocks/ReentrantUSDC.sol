// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {TestUSDC} from "./TestUSDC.sol";

/// @title A reserve asset that makes one armed call in the middle of a transfer
/// @notice Stands for any token with hooks. The call comes after the balances have moved.
contract ReentrantUSDC is TestUSDC {
    address private _target;
    bytes private _data;

    /// @notice The next transfer calls `target` with `data`, once, and reverts as it does.
    function arm(address target, bytes calldata data) external {
        _target = target;
        _data = data;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        address target = _target;
        if (target == address(0)) return;
        _target = address(0);
        Address.functionCall(target, _data);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {TestUSDC} from "./TestUSDC.sol";

/// @title A reserve asset whose balances all grow or shrink at once
/// @notice Accounts hold shares; a transfer moves shares rounded down, so that it may move a unit less than was asked.
contract RebasingUSDC is TestUSDC {
    uint256 private constant ONE = 1_000_000;
    uint256 private _perShare = ONE;

    /// @notice Every balance becomes its shares times `perShare` millionths.
    function rebase(uint256 perShare) external {
        _perShare = perShare;
    }

    /// @inheritdoc ERC20
    function balanceOf(address account) public view override returns (uint256) {
        return (super.balanceOf(account) * _perShare) / ONE;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, (value * ONE) / _perShare);
    }
}

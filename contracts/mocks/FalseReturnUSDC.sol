// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {TestUSDC} from "./TestUSDC.sol";

/// @title A reserve asset that says no by its return value alone, once it is told to
contract FalseReturnUSDC is TestUSDC {
    bool private _refuses;

    /// @notice From now on transfers move nothing and return false, or move again.
    function refuse(bool refuses) external {
        _refuses = refuses;
    }

    /// @inheritdoc ERC20
    function transfer(address to, uint256 value) public override returns (bool) {
        return !_refuses && super.transfer(to, value);
    }

    /// @inheritdoc ERC20
    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        return !_refuses && super.transferFrom(from, to, value);
    }
}

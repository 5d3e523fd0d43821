// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestUSDC} from "./TestUSDC.sol";

/// @title A reserve asset whose issuer refuses accounts, as USDC's can
contract BlacklistingUSDC is TestUSDC {
    mapping(address account => bool) private _isBlacklisted;

    /// @notice Thrown when either side of a transfer is refused.
    error Blacklisted(address account);

    /// @notice Refuses an account from now on, or no longer.
    function blacklist(address account, bool isBlacklisted) external {
        _isBlacklisted[account] = isBlacklisted;
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!_isBlacklisted[from], Blacklisted(from));
        require(!_isBlacklisted[to], Blacklisted(to));
        super._update(from, to, value);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {RenewalStatus} from "../interfaces/Renewal.sol";

/// @title When a period that was paid for is paid for again
/// @notice One charge a period, at most the mandate, and nothing for the time in between: a late renewal starts now.
library Renewals {
    /// @notice How long after its end a period can still be renewed. Who comes back later agrees anew.
    uint256 internal constant LAPSE = 14 days;

    /// @notice What was agreed to.
    /// @param end When the period that was paid for ends, Unix time in seconds.
    /// @param mandate The most that a renewal may cost; zero is no agreement.
    struct Agreement {
        uint256 end;
        uint256 mandate;
    }

    /// @notice Whether time and agreement let a renewal happen now; what is sold is judged by the caller.
    function due(Agreement memory agreement, uint256 time) internal pure returns (RenewalStatus) {
        if (agreement.mandate == 0) return RenewalStatus.NotRenewing;
        if (time < agreement.end) return RenewalStatus.NotDue;
        return hasLapsed(agreement.end, time) ? RenewalStatus.Lapsed : RenewalStatus.Due;
    }

    /// @notice Whether what ended at `end` can no longer be renewed; true as well of what never began (an end of zero).
    function hasLapsed(uint256 end, uint256 time) internal pure returns (bool) {
        return time > end + LAPSE;
    }

    /// @notice Whether the price now is agreed to, and can be taken from `payer`.
    /// @param price In the unit of the mandate; zero is not offered.
    /// @param spender Who will take it.
    /// @param amount The same in the token's smallest unit.
    function affordable(
        Agreement memory agreement,
        uint256 price,
        IERC20 token,
        address payer,
        address spender,
        uint256 amount
    ) internal view returns (RenewalStatus) {
        if (price == 0) return RenewalStatus.NotOffered;
        if (price > agreement.mandate) return RenewalStatus.PriceAboveMandate;
        if (token.balanceOf(payer) < amount) return RenewalStatus.BalanceTooLow;
        if (token.allowance(payer, spender) < amount) return RenewalStatus.AllowanceTooLow;
        return RenewalStatus.Due;
    }
}

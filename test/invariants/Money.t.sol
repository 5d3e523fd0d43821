// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MoneyHandler} from "./MoneyHandler.sol";

/// @notice Promises 1, 2, 3 and 6 of DESIGN section 10, as far as they are CreditStore's and Payouts'.
contract MoneyTest is MoneyHandler {
    /// @notice The reserve covers the floor of every credit there is.
    /// forge-config: default.invariant.fail-on-revert = true
    function invariant_reserveCoversTheFloor() external view {
        promised(isSolvent(), "the reserve covers the floor");
        uint256 reserve = usdc.balanceOf(address(store));
        promised(reserve == paidIn - paidOut, "the reserve moves by sales, redemptions and sweeps alone");
    }

    /// @notice Payouts holds exactly what it owes, and whatever was earned is somebody's.
    /// forge-config: default.invariant.fail-on-revert = true
    function invariant_whatIsEarnedIsSomebodys() external view {
        uint256 owed = payouts.claimable(treasury);
        for (uint256 i = 0; i < people.length; ++i) owed += payouts.claimable(people[i]);
        for (uint256 i = 0; i < splits.length; ++i) {
            uint256 received = payouts.receivedBySplit(splits[i]);
            uint256 flowed = payouts.flowed(splits[i], 0) + payouts.flowed(splits[i], 1);
            promised(flowed <= received, "a split never pays more than it received");
            owed += received - flowed;
            uint256 due = (received * sharesOfSplit[i][0].bps) / 10_000 + (received * sharesOfSplit[i][1].bps) / 10_000;
            promised(received - due < 2, "dust is less than the number of shares");
        }
        promised(stelai.balanceOf(address(payouts)) == owed, "Payouts holds what it owes");
        promised(owed + claimed == earned, "what was credited is what was received");
    }

    function title() internal pure override returns (string memory) {
        return "MONEY";
    }
}

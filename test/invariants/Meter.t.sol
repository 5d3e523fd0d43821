// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceMeter} from "../../contracts/interfaces/IInferenceMeter.sol";
import {MeterHandler} from "./MeterHandler.sol";

/// @notice Promises 2, 5, 6 and 7 of DESIGN section 10, as far as they are the meter's.
contract MeterTest is MeterHandler {
    /// @notice Each tab holds what it was given less what was settled, and the meter holds exactly what it owes.
    /// forge-config: default.invariant.fail-on-revert = true
    function invariant_meterHoldsWhatItOwes() external view {
        uint256 owed = 0;
        uint256[] memory traced = new uint256[](payerKeys.length);
        for (uint256 i = 0; i < known.length; ++i) {
            Known storage kept = known[i];
            IInferenceMeter.Tab memory tab = meter.tabOf(kept.operator, kept.id);
            promised(tab.spent <= tab.cap, "settled is at most the cap");
            promised(tab.spent == kept.settled, "settled is what good vouchers came to, no more and no less");
            promised(!kept.closed || tab.spent == tab.cap, "a closed tab holds nothing");
            owed += tab.cap - tab.spent;
            traced[kept.payerKey - payerKeys[0]] += tab.cap;
        }
        for (uint256 id = 1; id <= CHARACTERS; ++id) owed += meter.accruedOf(id);
        for (uint256 i = 0; i < operatorKeys.length; ++i) owed += meter.accruedFeeOf(vm.addr(operatorKeys[i]));
        promised(stelai.balanceOf(address(meter)) == owed * 1e12, "the meter holds what it owes");

        for (uint256 i = 0; i < payerKeys.length; ++i) {
            uint256 all = stelai.balanceOf(vm.addr(payerKeys[i])) + traced[i] * 1e12 + feesPaid[payerKeys[i]];
            promised(all == 50_000e18, "a payer parts with what they signed, and nothing else");
        }
        promised(isSolvent(), "the reserve covers the floor");
    }

    function title() internal pure override returns (string memory) {
        return "METER";
    }
}

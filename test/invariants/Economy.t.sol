// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInferenceMeter} from "../../contracts/interfaces/IInferenceMeter.sol";
import {IRewards} from "../../contracts/interfaces/IRewards.sol";
import {EconomyHandler} from "./EconomyHandler.sol";

/// @notice Promises 1, 2, 4 and 6 of DESIGN section 10 and what section 2 says of farming, over the whole economy: packages,
/// plans, top-ups, bonuses, campaigns, tabs, passes, licences, payouts, and an admin among the actors.
contract EconomyTest is EconomyHandler {
    /// @notice The reserve covers the floor of every credit there is, bonuses and budgets included.
    /// forge-config: default.invariant.fail-on-revert = true
    function invariant_reserveCoversTheFloor() external view {
        promised(isSolvent(), "the reserve covers the floor");
    }

    /// @notice Whatever people do with each other, all of them together never have more than they brought and campaigns
    /// gave: what they redeemed, and what all credits are worth that are not a budget.
    /// forge-config: default.invariant.fail-on-revert = true
    function invariant_nothingIsGainedWithoutACampaign() external view {
        int256 worth = int256((stelai.totalSupply() - budgets()) * FLOOR);
        int256 given = int256(givenByCampaigns() * FLOOR);
        promised(gainOfPeople() * 1e18 + worth <= given, "a loop is profitable only by a campaign's budget");
    }

    /// @notice A campaign gives its budget and nothing else, and nobody more than their part of it.
    /// forge-config: default.invariant.fail-on-revert = true
    function invariant_budgetsAreKept() external view {
        for (uint256 id = 1; id < campaigns.length; ++id) {
            IRewards.Campaign memory campaign = rewards.campaignOf(id);
            CampaignBook storage book = campaigns[id];
            promised(campaign.given == book.given, "a campaign gave what was claimed");
            promised(
                campaign.given + campaign.budget + book.burned == book.funded,
                "a budget is given, left or burned"
            );
            promised(campaign.givenToday <= campaign.daily, "a day gives its part at most");
            uint256 claimed = 0;
            for (uint256 i = 0; i < people.length; ++i) {
                uint256 part = rewards.claimedOf(id, people[i]);
                promised(part <= campaign.perAccount, "an account gets its part at most");
                claimed += part;
            }
            promised(claimed == campaign.given, "what was given is somebody's");
        }
    }

    /// @notice Rewards and the meter hold at least what they owe; bonus credits are nowhere else.
    /// forge-config: default.invariant.fail-on-revert = true
    function invariant_bonusIsHeld() external view {
        promised(stelai.balanceOf(address(rewards)) >= livingBonus() + budgets(), "Rewards holds what it owes");
        uint256 owed = meter.accruedFeeOf(operator);
        for (uint256 id = 1; id <= CHARACTERS; ++id) owed += meter.accruedOf(id);
        for (uint256 i = 0; i < tabs.length; ++i) {
            IInferenceMeter.Tab memory tab = meter.tabOf(operator, tabs[i].id);
            owed += tab.cap - tab.spent;
            promised(tab.bonus == tabs[i].bonus, "a tab's bonus never changes");
        }
        promised(stelai.balanceOf(address(meter)) == owed * 1e12, "the meter holds what it owes");
    }

    function title() internal pure override returns (string memory) {
        return "ECONOMY";
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacterAccess} from "../../contracts/interfaces/ICharacterAccess.sol";
import {AccessHandler} from "./AccessHandler.sol";

/// @notice Promises 2, 4 and 6 of DESIGN section 10, as far as they are of passes.
contract AccessTest is AccessHandler {
    function title() internal pure override returns (string memory) {
        return "ACCESS";
    }

    /// @notice After every call; one campaign for both.
    /// forge-config: default.invariant.fail-on-revert = true
    function invariant_passesKeepWhatWasAgreed() external view {
        _holdWhatTheyOwe();
        _areWhatWasAgreedTo();
    }

    /// @dev The passes hold what has not vested and what vested and is not harvested, to the wei; and what was paid is
    /// what came back, what was harvested, and what is still here.
    function _holdWhatTheyOwe() private view {
        uint256 owed = 0;
        for (uint256 id = 1; id <= CHARACTERS; ++id) {
            uint256 open = vestedOf(id) - harvested[id];
            promised(access.harvestable(id) == open, "what vested is what the periods that stand come to");
            owed += open + unearnedOf(id);
        }
        promised(stelai.balanceOf(address(access)) == owed * 1e12, "the passes hold what they owe");

        uint256 gone = owed;
        uint256 came = 0;
        for (uint256 id = 1; id <= CHARACTERS; ++id) gone += harvested[id];
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            gone += refunded[accounts[i]];
            came += paid[accounts[i]];
            uint256 balance = FUNDS + refunded[accounts[i]] * 1e12 - paid[accounts[i]] * 1e12;
            promised(stelai.balanceOf(accounts[i]) == balance, "who pays parts with what they agreed to, no more");
        }
        promised(came == gone, "paid is refunded, harvested or here");
        for (uint256 i = 0; i < creators.length; ++i) {
            promised(payouts.claimable(creators[i]) == earned[creators[i]] * 1e12, "each payee earned their own days");
        }
    }

    /// @dev A pass says what was agreed to, and what cancelling it pays.
    function _areWhatWasAgreedTo() private view {
        for (uint256 id = 1; id <= CHARACTERS; ++id) {
            for (uint256 i = 0; i < ACCOUNTS; ++i) {
                Held storage pass = held[id][accounts[i]];
                ICharacterAccess.Access memory told = access.accessOf(id, accounts[i]);
                promised(told.until == pass.until, "it ends when its periods do");
                promised(told.lifetime == pass.isLifetime, "it is for good when that was bought");
                promised(told.active == (pass.isLifetime || block.timestamp < pass.until), "it is good until then");
                promised(told.mandate == pass.mandate, "its mandate is what its holder agreed to");
                promised(told.mandate == 0 || told.renewalPlan == pass.plan, "and so is what it renews as");
                promised(told.refundable == refundOf(id, accounts[i]), "a refund rests on what was paid");
            }
        }
    }
}

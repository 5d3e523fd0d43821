// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacterAccess} from "../../contracts/interfaces/ICharacterAccess.sol";
import {ICreditStore} from "../../contracts/interfaces/ICreditStore.sol";
import {IInferenceMeter} from "../../contracts/interfaces/IInferenceMeter.sol";
import {ILicenses} from "../../contracts/interfaces/ILicenses.sol";
import {IPayouts} from "../../contracts/interfaces/IPayouts.sol";
import {EconomyCampaigns} from "./EconomyCampaigns.sol";

/// @notice How credits are spent and earned, and what passers-by try.
abstract contract EconomyHandler is EconomyCampaigns {
    function selectors() internal pure override returns (bytes4[] memory all) {
        all = new bytes4[](28);
        all[0] = this.buy.selector;
        all[1] = this.redeem.selector;
        all[2] = this.retire.selector;
        all[3] = this.sweep.selector;
        all[4] = this.reprice.selector;
        all[5] = this.setPlanPrice.selector;
        all[6] = this.subscribe.selector;
        all[7] = this.upgrade.selector;
        all[8] = this.agree.selector;
        all[9] = this.renew.selector;
        all[10] = this.setTopUp.selector;
        all[11] = this.topUp.selector;
        all[12] = this.startCampaign.selector;
        all[13] = this.fundCampaign.selector;
        all[14] = this.endCampaign.selector;
        all[15] = this.redeemCode.selector;
        all[16] = this.claimGrant.selector;
        all[17] = this.recordSpending.selector;
        all[18] = this.burnLapsed.selector;
        all[19] = this.setTerms.selector;
        all[20] = this.openTab.selector;
        all[21] = this.openWithBonus.selector;
        all[22] = this.settle.selector;
        all[23] = this.endTab.selector;
        all[24] = this.cashOut.selector;
        all[25] = this.usePass.selector;
        all[26] = this.tradeLicence.selector;
        all[27] = this.intrude.selector;
    }

    function openTab(uint256 seed, uint40 cap) external {
        uint256 payer = seed % PEOPLE;
        uint256 paid = stelai.balanceOf(people[payer]) / 1e12;
        if (paid == 0) return;
        cap = uint40(bound(cap, 1, paid < 100_000_000 ? paid : 100_000_000));
        vm.prank(people[payer]);
        uint64 id = meter.open(_opening(cap));
        tabs.push(OpenTab(id, payer, 0, false));
        _count();
    }

    /// @dev All of the cap or a part of it; what is not there is refused.
    function openWithBonus(uint256 seed, uint40 bonus, uint40 more) external {
        uint256 payer = seed % PEOPLE;
        address person = people[payer];
        uint256 balance = bonusOf(person) / 1e12;
        uint256 paid = stelai.balanceOf(person) / 1e12;
        if (balance == 0) return;
        bonus = uint40(bound(bonus, 1, balance < 50_000_000 ? balance : 50_000_000));
        more = uint40(bound(more, 0, paid < 50_000_000 ? paid : 50_000_000));
        IInferenceMeter.Opening memory opening = _opening(bonus + more);
        if (balance < 50_000_000) {
            opening.cap = uint40(balance + 1);
            bytes memory data = abi.encodeCall(IInferenceMeter.openWithBonus, (opening, uint40(balance + 1)));
            promised(!attempt(person, address(meter), data), "nobody spends a bonus that they do not have");
            opening.cap = bonus + more;
        }
        uint256 before = stelai.balanceOf(person);
        vm.prank(person);
        uint64 id = meter.openWithBonus(opening, bonus);
        promised(before - stelai.balanceOf(person) == uint256(more) * 1e12, "a bonus pays its part of the cap");
        promised(bonusOf(person) / 1e12 == balance - bonus, "a bonus is taken off the ledger");
        tabs.push(OpenTab(id, payer, bonus, false));
        _count();
    }

    function settle(uint256 seed, uint40 amount) external {
        (bool isFound, OpenTab storage tab) = _tab(seed);
        if (!isFound) return;
        IInferenceMeter.Tab memory state = meter.tabOf(operator, tab.id);
        if (state.spent == state.cap || block.timestamp > state.expiry) return;
        uint48 characterId = uint48((seed >> 16) % (CHARACTERS + 1));
        spend(tab, uint40(bound(amount, 1, state.cap - state.spent)), characterId);
        _count();
    }

    /// @dev What spending did not reach of the bonus goes back to the ledger and never to the wallet.
    function endTab(uint256 seed) external {
        (bool isFound, OpenTab storage tab) = _tab(seed);
        if (!isFound) return;
        IInferenceMeter.Tab memory state = meter.tabOf(operator, tab.id);
        uint256 until = uint256(state.expiry) + meter.THAW();
        if (block.timestamp <= until) vm.warp(until + 1);
        address person = people[tab.payer];
        uint256 held = stelai.balanceOf(person);
        uint256 ledger = bonusOf(person);
        uint256 back = state.bonus > state.spent ? state.bonus - state.spent : 0;
        vm.prank(stranger);
        uint40 refund = meter.reclaim(operator, tab.id);
        tab.hasEnded = true;
        promised(
            stelai.balanceOf(person) - held == (refund - back) * 1e12,
            "only paid credits come back to the wallet"
        );
        promised(bonusOf(person) == ledger + back * 1e12, "an unspent bonus is on the ledger again");
        (, uint256 lapsesAt) = rewards.bonusOf(person);
        promised(back == 0 || lapsesAt >= block.timestamp + 30 days, "what came back lives 30 days");
        _count();
    }

    /// @dev Collects and redeems what characters, works, the operator and the treasury earned.
    function cashOut(uint256 seed) external {
        meter.collect(1 + (seed % CHARACTERS));
        meter.collectFee(operator);
        address person = seed % 7 == 0 ? operator : people[(seed >> 8) % PEOPLE];
        if (payouts.claimable(person) == 0) return;
        vm.prank(person);
        payouts.claimAndRedeem(new IPayouts.Flow[](0), PURSE, 0);
        _count();
    }

    /// @dev Bought with paid credits; ended for its refund, or harvested.
    function usePass(uint256 seed) external {
        address person = people[seed % PEOPLE];
        uint256 id = 1 + ((seed >> 8) % CHARACTERS);
        bool isRunning = access.accessOf(id, person).active;
        if (isRunning && (seed >> 16) % 2 == 0) {
            uint256 before = stelai.balanceOf(person);
            vm.prank(person);
            uint256 refund = access.cancelNow(id, 0);
            promised(stelai.balanceOf(person) - before == refund * 1e12, "a refund is paid");
        } else if (!isRunning && stelai.balanceOf(person) >= 5e18) {
            vm.prank(person);
            access.subscribe(id, ICharacterAccess.Plan.Monthly, 5_000_000, false, "");
        } else {
            access.harvest(id, 60);
        }
        _count();
    }

    /// @dev Bought into escrow; released, or refunded by time.
    function tradeLicence(uint256 seed) external {
        if (openLicences.length != 0 && seed % 2 == 0) {
            uint256 id = openLicences[openLicences.length - 1];
            openLicences.pop();
            uint256[] memory ids = new uint256[](1);
            ids[0] = id;
            ILicenses.Licence memory licence = licenses.licenceOf(id);
            if ((seed >> 8) % 2 == 0 && block.timestamp <= licence.since + 1 days) {
                vm.prank(operator);
                licenses.attest(ids);
                vm.warp(block.timestamp + 3 days + 1);
            } else {
                vm.warp(block.timestamp + 1 days + 1);
            }
            licenses.conclude(ids);
        } else {
            address person = people[(seed >> 16) % PEOPLE];
            if (stelai.balanceOf(person) < 3e18) return;
            vm.prank(person);
            openLicences.push(licenses.buy(offerId, person));
        }
        _count();
    }

    /// @dev What a passer-by tries fails: nobody draws, restores, sells, mints, burns or grants who may not.
    function intrude(uint256 seed) external counted {
        address victim = people[seed % PEOPLE];
        uint256 way = (seed >> 8) % 9;
        address target = address(rewards);
        bytes memory data;
        if (way == 0) data = abi.encodeCall(rewards.draw, (victim, operator, 1e12));
        if (way == 1) data = abi.encodeCall(rewards.restore, (stranger, 1e12));
        if (way == 2) data = abi.encodeCall(rewards.recordPurchase, (stranger, stranger, victim, 1e18, 1e18));
        if (way == 3) data = abi.encodeCall(rewards.setTrusted, (stranger, true));
        if (way == 4) data = abi.encodeCall(rewards.stopCampaign, (1));
        if (way > 4) target = address(store);
        if (way == 5) data = abi.encodeCall(ICreditStore.sell, (victim, stranger, stranger, 1e18, 1e6, true));
        if (way == 6) data = abi.encodeCall(ICreditStore.sellAtFloor, (victim, 1e18, 1e6));
        if (way > 6) target = address(stelai);
        if (way == 7) data = abi.encodeCall(stelai.mint, (stranger, 1));
        if (way == 8) data = abi.encodeCall(stelai.burn, (victim, 1));
        bytes32 before = _fingerprint();
        promised(!attempt(stranger, target, data), "an intrusion is refused");
        promised(!attempt(admin, target, data) || way == 3 || way == 4, "no role does it either");
        if (way == 4) _noteStopped(1);
        else promised(_fingerprint() == before, "an intrusion changes nothing");
    }

    function _opening(uint40 cap) private view returns (IInferenceMeter.Opening memory) {
        return IInferenceMeter.Opening(operator, vm.addr(SESSION_KEY), cap, uint64(block.timestamp + 3 days));
    }

    /// @dev A tab that has not ended.
    function _tab(uint256 seed) private view returns (bool isFound, OpenTab storage tab) {
        tab = tabs.length == 0 ? _none() : tabs[seed % tabs.length];
        for (uint256 i = 0; i < tabs.length; ++i) {
            tab = tabs[((seed % tabs.length) + i) % tabs.length];
            if (!tab.hasEnded) return (true, tab);
        }
    }

    function _none() private pure returns (OpenTab storage tab) {
        assembly ("memory-safe") {
            tab.slot := 0
        }
    }

    /// @dev All that a wrong call must not change.
    function _fingerprint() private view returns (bytes32 all) {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            all = keccak256(
                abi.encode(all, stelai.balanceOf(people[i]), usdc.balanceOf(people[i]), bonusOf(people[i]))
            );
        }
        return keccak256(abi.encode(all, stelai.totalSupply(), usdc.balanceOf(address(store)), budgets()));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICreditPlans} from "../../contracts/interfaces/ICreditPlans.sol";
import {ICreditStore} from "../../contracts/interfaces/ICreditStore.sol";
import {RenewalStatus} from "../../contracts/interfaces/Renewal.sol";
import {EconomyActors} from "./EconomyActors.sol";

/// @notice How credits come and go: packages, plans, top-ups, redemption, and an admin who changes prices.
abstract contract EconomyPurchases is EconomyActors {
    /// @dev For oneself or another, naming anyone as referrer, oneself too.
    function buy(uint256 seed, uint256 quantity) external counted {
        ICreditStore.Order memory order;
        (uint256 firstId, ICreditStore.Package[] memory table) = store.packages();
        order.packageId = firstId + (seed % table.length);
        order.quantity = bound(quantity, 1, 3);
        address payer = people[(seed >> 8) % PEOPLE];
        order.recipient = (seed >> 16) % 4 == 0 ? people[(seed >> 24) % PEOPLE] : payer;
        order.referrer = (seed >> 32) % 3 == 0 ? address(0) : people[(seed >> 40) % PEOPLE];
        uint256 credits;
        (order.maxPrice, credits) = store.quote(order.packageId, order.quantity);
        (address former, bool wasBound) = rewards.referrerOf(order.recipient);
        give(payer, order.maxPrice);
        uint256 held = stelai.balanceOf(order.recipient);
        uint256 most = stelai.totalSupply() + (order.maxPrice * 1e18) / FLOOR;
        vm.prank(payer);
        store.buy(order);
        promised(stelai.balanceOf(order.recipient) - held == credits, "a buyer receives what was quoted");
        promised(stelai.totalSupply() <= most, "a sale mints no more than it pays for, its bonus included");
        (address referrer, bool isBound) = rewards.referrerOf(order.recipient);
        if (wasBound) promised(referrer == former, "the first referrer stays");
        else promised(isBound == (payer == order.recipient), "only a purchase for oneself binds");
        promised(referrer != order.recipient, "nobody refers themselves");
    }

    /// @dev Rounds down, however small the amount.
    function redeem(uint256 seed, uint256 amount) external {
        address person = people[seed % PEOPLE];
        uint256 balance = stelai.balanceOf(person);
        if (balance == 0) return;
        amount = bound(amount, 1, balance);
        vm.prank(person);
        uint256 paid = store.redeem(amount, PURSE, 0);
        promised(paid == (amount * FLOOR) / 1e18, "redeeming pays the floor, rounded down");
        _count();
    }

    function retire(uint256 seed, uint256 amount) external {
        address person = people[seed % PEOPLE];
        uint256 balance = stelai.balanceOf(person);
        if (balance == 0) return;
        uint256 reserve = usdc.balanceOf(address(store));
        vm.prank(person);
        store.retire(bound(amount, 1, 1 + (balance - 1) / 50));
        promised(usdc.balanceOf(address(store)) == reserve, "retiring pays nothing");
        _count();
    }

    function sweep() external counted {
        vm.prank(stranger);
        store.sweepSurplus();
        promised(store.surplus() == 0, "a sweep takes all that the floor does not need");
    }

    /// @dev A new table, at the floor or above, to the wei.
    function reprice(uint256 seed, uint128 credits, uint64 above) external counted {
        ICreditStore.Package[] memory table = new ICreditStore.Package[](1 + (seed % 3));
        for (uint256 i = 0; i < table.length; ++i) {
            uint256 amount = bound(uint256(keccak256(abi.encode(credits, i))), 1e18, 10_000e18);
            table[i] = ICreditStore.Package(uint128(amount), uint128(_floorOf(amount) + (above % 3) * (above % 5e7)));
        }
        vm.prank(admin);
        store.setPackages(table);
    }

    /// @dev Down to the floor, up, or not offered at all.
    function setPlanPrice(uint256 seed, uint64 above) external counted {
        uint256 planId = bound(seed, 1, plans.planCount());
        uint256 floor = _floorOf(plans.planOf(planId).credits);
        bytes memory tooLow = abi.encodeCall(ICreditPlans.setPlanPrice, (planId, uint96(floor - 1)));
        promised(!attempt(admin, address(plans), tooLow), "no plan is sold below the floor");
        vm.prank(admin);
        plans.setPlanPrice(planId, above % 7 == 0 ? 0 : uint96(floor + (above % 2e7)));
    }

    function subscribe(uint256 seed, uint64 mandate) external {
        if (_subscribe(people[seed % PEOPLE], seed >> 8, mandate % 5 == 0 ? 0 : uint96(mandate % 6e7))) _count();
    }

    function upgrade(uint256 seed, uint64 mandate) external {
        address person = people[seed % PEOPLE];
        uint256 planId = bound(seed >> 8, 1, plans.planCount());
        _subscribe(person, 0, uint96(mandate % 6e7));
        ICreditPlans.Subscription memory former = plans.subscriptionOf(person);
        bool isRunning = block.timestamp < former.end;
        if (!isRunning || plans.planOf(planId).price == 0 || plans.planOf(planId).credits <= former.granted) return;
        (uint256 price, uint256 credits) = plans.upgradeQuote(person, planId);
        give(person, price);
        uint256 before = stelai.balanceOf(person);
        vm.prank(person);
        plans.upgrade(planId, uint96(price), uint96(mandate % 6e7));
        ICreditPlans.Subscription memory running = plans.subscriptionOf(person);
        promised(running.end == former.end, "an upgrade keeps the end");
        promised(running.granted == plans.planOf(planId).credits, "an upgrade grants the difference");
        promised(stelai.balanceOf(person) - before == credits, "an upgrade grants what was quoted");
        _count();
    }

    /// @dev A downgrade, another agreement, or the end of it.
    function agree(uint256 seed, uint64 mandate) external {
        address person = people[seed % PEOPLE];
        ICreditPlans.Subscription memory running = plans.subscriptionOf(person);
        if (running.planId == 0 || block.timestamp > running.end + 14 days) return;
        uint256 planId = bound(seed >> 8, 1, plans.planCount());
        vm.prank(person);
        if (seed % 5 == 0) plans.cancel();
        else plans.setRenewal(planId, uint96(mandate % 6e7));
        promised(plans.subscriptionOf(person).end == running.end, "agreeing moves no end");
        _count();
    }

    /// @dev At most the mandate, at most once a period.
    function renew(uint256 seed, uint64 dollars) external {
        address person = people[seed % PEOPLE];
        _subscribe(person, seed >> 8, 6e7);
        ICreditPlans.Subscription memory former = plans.subscriptionOf(person);
        if (former.planId == 0) return;
        if (seed % 3 != 0 && block.timestamp < former.end) vm.warp(former.end + (seed % 2 days));
        give(person, (seed >> 16) % 3 == 0 ? dollars % 6e7 : 6e7);
        uint256 before = usdc.balanceOf(person);
        vm.prank(stranger);
        RenewalStatus[] memory statuses = plans.renew(_one(person));
        uint256 paid = before - usdc.balanceOf(person);
        promised((paid != 0) == (statuses[0] == RenewalStatus.Due), "only what is due is paid");
        promised(paid <= former.mandate, "a renewal never exceeds its mandate");
        if (paid == 0) return;
        promised(block.timestamp >= former.end, "a cycle is paid once");
        before = usdc.balanceOf(person);
        promised(plans.renew(_one(person))[0] != RenewalStatus.Due, "a renewed cycle is not due");
        promised(usdc.balanceOf(person) == before, "a cycle is never paid twice");
        _count();
    }

    function setTopUp(uint256 seed, uint128 threshold, uint64 cap) external counted {
        _agreeToTopUps(people[(seed >> 8) % PEOPLE], seed, threshold % 20_000e18, cap);
    }

    /// @dev Never above the window's cap, never above what one may cost.
    function topUp(uint256 seed) external {
        address person = people[seed % PEOPLE];
        (uint256 firstId, ) = store.packages();
        (uint256 price, uint256 credits) = store.quote(firstId, 1);
        if ((seed >> 16) % 4 != 0) _agreeToTopUps(person, 1, stelai.balanceOf(person) + credits, 2);
        (ICreditPlans.TopUp memory agreed, uint256 spent, ) = plans.topUpOf(person);
        give(person, price);
        bool isDue = plans.topUpStatusOf(person, firstId, 1) == ICreditPlans.TopUpStatus.Due;
        uint256 before = usdc.balanceOf(person);
        bytes memory data = abi.encodeCall(ICreditPlans.topUp, (person, firstId, 1));
        promised(attempt(stranger, address(plans), data) == isDue, "what is due is topped up, nothing else");
        uint256 paid = before - usdc.balanceOf(person);
        promised(isDue ? paid == price : paid == 0, "a top-up costs its price");
        if (!isDue) return;
        (, uint256 nowSpent, ) = plans.topUpOf(person);
        promised(paid <= agreed.maxPrice && nowSpent <= agreed.cap, "a top-up keeps to its limits");
        promised(nowSpent == spent + paid, "a window counts what it cost");
        _count();
    }

    /// @dev Pays a first cycle, if none runs and the plan is offered.
    function _subscribe(address person, uint256 which, uint96 mandate) private returns (bool) {
        uint256 planId = bound(which, 1, plans.planCount());
        ICreditPlans.Plan memory plan = plans.planOf(planId);
        if (plan.price == 0 || block.timestamp < plans.subscriptionOf(person).end) return false;
        give(person, plan.price);
        uint256 before = stelai.balanceOf(person);
        uint256 reserve = usdc.balanceOf(address(store));
        vm.prank(person);
        plans.subscribe(planId, plan.price, mandate, people[(which >> 8) % PEOPLE]);
        promised(stelai.balanceOf(person) - before == plan.credits, "a cycle grants its credits");
        promised(usdc.balanceOf(address(store)) - reserve == plan.price, "a cycle is paid for");
        return true;
    }

    /// @dev To the smallest package of now, at its price or a little above, and a cap of up to three of them.
    function _agreeToTopUps(address person, uint256 seed, uint256 threshold, uint256 cap) private {
        (uint256 firstId, ) = store.packages();
        (uint256 price, uint256 credits) = store.quote(firstId, 1);
        ICreditPlans.TopUp memory agreed;
        agreed.threshold = uint128(threshold);
        agreed.credits = seed % 7 == 0 ? 0 : uint128(credits);
        agreed.maxPrice = uint96(price + (seed % 1e6));
        agreed.cap = uint96(price * (1 + (cap % 3)) + 1e6);
        vm.prank(person);
        plans.setTopUp(agreed);
    }

    function _floorOf(uint256 credits) private pure returns (uint256) {
        return (credits * FLOOR + 1e18 - 1) / 1e18;
    }

    function _one(address account) private pure returns (address[] memory accounts) {
        accounts = new address[](1);
        accounts[0] = account;
    }
}

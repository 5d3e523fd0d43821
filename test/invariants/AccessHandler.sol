// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacterAccess} from "../../contracts/interfaces/ICharacterAccess.sol";
import {ICharacters} from "../../contracts/interfaces/ICharacters.sol";
import {RenewalStatus} from "../../contracts/interfaces/Renewal.sol";
import {AccessActors} from "./AccessActors.sol";

/// @notice What holders, friends, creators, moderators, guardians and passers-by do with passes.
abstract contract AccessHandler is AccessActors {
    uint256 private constant LAPSE = 14 days;

    function selectors() internal pure override returns (bytes4[] memory all) {
        all = new bytes4[](16);
        all[0] = this.subscribe.selector;
        all[1] = this.gift.selector;
        all[2] = this.buyLifetime.selector;
        all[3] = this.switchPlan.selector;
        all[4] = this.renew.selector;
        all[5] = this.agree.selector;
        all[6] = this.cancelAtPeriodEnd.selector;
        all[7] = this.cancelNow.selector;
        all[8] = this.harvest.selector;
        all[9] = this.changePayee.selector;
        all[10] = this.transfer.selector;
        all[11] = this.reprice.selector;
        all[12] = this.suspend.selector;
        all[13] = this.pause.selector;
        all[14] = this.intrude.selector;
        all[15] = this.wait.selector;
    }

    function subscribe(uint256 seed, bool isAnnual, bool renews) external {
        (uint256 id, address account) = _pick(seed);
        ICharacterAccess.Plan plan = isAnnual ? ICharacterAccess.Plan.Annual : ICharacterAccess.Plan.Monthly;
        ICharacterAccess.Purchase memory purchase = _purchaseOf(id, account, plan);
        purchase.renews = renews;
        Held storage pass = held[id][account];
        bool isRunning = pass.until > block.timestamp;
        if (isRunning && pass.mandate != 0) {
            _expectRefused(account, purchase);
            return;
        }
        if (!_buy(seed, account, purchase)) return;
        _enter(id, account, account, plan);
        pass.mandate = renews ? purchase.maxPrice : 0;
        if (renews) pass.plan = plan;
        _count();
    }

    /// @dev Changes nothing that its receiver agreed to, but what has lapsed.
    function gift(uint256 seed, uint8 plan_) external {
        (uint256 id, address account) = _pick(seed);
        address payer = accounts[(seed >> 32) % ACCOUNTS];
        if (payer == account) return;
        ICharacterAccess.Plan plan = ICharacterAccess.Plan(plan_ % 8 == 0 ? 0 : 1 + (plan_ % 2));
        if (!_buy(seed, payer, _purchaseOf(id, account, plan))) return;
        if (block.timestamp > held[id][account].until + LAPSE) held[id][account].mandate = 0;
        _enter(id, account, payer, plan);
        _count();
    }

    function buyLifetime(uint256 seed) external {
        (uint256 id, address account) = _pick(seed);
        // Rarely: whoever has it for good does nothing else with it.
        if ((seed >> 48) % 6 != 0) return;
        ICharacterAccess.Purchase memory purchase = _purchaseOf(id, account, ICharacterAccess.Plan.Lifetime);
        purchase.replaces = true;
        if (!_buy(seed, account, purchase)) return;
        _replaced(id, account);
        _enter(id, account, account, purchase.plan);
        _count();
    }

    function switchPlan(uint256 seed, bool isAnnual, bool renews) external {
        (uint256 id, address account) = _pick(seed);
        ICharacterAccess.Plan plan = isAnnual ? ICharacterAccess.Plan.Annual : ICharacterAccess.Plan.Monthly;
        ICharacterAccess.Purchase memory purchase = _purchaseOf(id, account, plan);
        (purchase.renews, purchase.replaces) = (renews, true);
        if (!_buy(seed, account, purchase)) return;
        _replaced(id, account);
        _enter(id, account, account, plan);
        held[id][account].mandate = renews ? purchase.maxPrice : 0;
        if (renews) held[id][account].plan = plan;
        _count();
    }

    /// @dev Exactly those that are due, agreed to and can be paid; at most once a period.
    function renew(uint256 seed, uint256 allowance) external {
        _waitForEnd(seed);
        uint256 last = CHARACTERS * ACCOUNTS;
        ICharacterAccess.PassId[] memory ids = new ICharacterAccess.PassId[](last);
        for (uint256 i = 0; i < last; ++i) {
            ids[i] = ICharacterAccess.PassId(1 + (i % CHARACTERS), accounts[i / CHARACTERS]);
        }
        allowance = bound(allowance, 0, 8) * 3_000_000e12;
        address poor = accounts[allowance % ACCOUNTS];
        vm.prank(poor);
        stelai.approve(address(access), allowance);
        vm.prank(stranger);
        RenewalStatus[] memory statuses = access.renew(ids);
        bool hasRenewed = false;
        for (uint256 i = 0; i < last; ++i) {
            (uint256 id, address account) = (ids[i].characterId, ids[i].account);
            uint256 price = _dueOf(id, account);
            bool isDue = price != 0 && (account != poor || price * 1e12 <= allowance);
            promised(isDue == (statuses[i] == RenewalStatus.Due), "what is due and agreed to is renewed, nothing else");
            if (!isDue) continue;
            if (account == poor) allowance -= price * 1e12;
            _enter(id, account, account, held[id][account].plan);
            hasRenewed = true;
        }
        statuses = access.renew(ids);
        for (uint256 i = 0; i < last; ++i) promised(statuses[i] != RenewalStatus.Due, "once a period");
        vm.prank(poor);
        stelai.approve(address(access), type(uint256).max);
        if (hasRenewed) _count();
    }

    function agree(uint256 seed, bool isAnnual, uint40 mandate) external {
        (uint256 id, address account) = _pick(seed);
        ICharacterAccess.Plan plan = isAnnual ? ICharacterAccess.Plan.Annual : ICharacterAccess.Plan.Monthly;
        mandate = uint40(bound(mandate, 0, 60_000_000));
        Held storage pass = held[id][account];
        bool isRenewable = !pass.isLifetime && pass.until != 0 && block.timestamp <= pass.until + LAPSE;
        bytes memory data = abi.encodeCall(ICharacterAccess.setRenewal, (id, plan, mandate));
        promised(attempt(account, address(access), data) == isRenewable, "what runs or just ended can be agreed on");
        if (!isRenewable) return;
        (pass.plan, pass.mandate) = (plan, mandate);
        _count();
    }

    function cancelAtPeriodEnd(uint256 seed) external {
        (uint256 id, address account) = _pick(seed);
        if (held[id][account].until == 0) return;
        vm.prank(account);
        access.cancelAtPeriodEnd(id);
        held[id][account].mandate = 0;
        _count();
    }

    function cancelNow(uint256 seed) external {
        (uint256 id, address account) = _pick(seed);
        if (held[id][account].until == 0) return;
        _cancel(id, account);
        _count();
    }

    function harvest(uint256 seed, uint16 maxDays) external counted {
        uint256 id = 1 + (seed % CHARACTERS);
        vm.prank(stranger);
        (uint256 amount, bool isCurrent) = access.harvest(id, maxDays % 400);
        uint256 open = vestedOf(id) - harvested[id];
        promised(amount <= open && (!isCurrent || amount == open), "a harvest takes what vested");
        _enterHarvest(id, amount);
    }

    /// @dev What vested through today is the old payee's.
    function changePayee(uint256 seed) external counted {
        uint256 id = 1 + (seed % CHARACTERS);
        _harvestInPages(id, abi.encodeCall(ICharacters.setPayee, (id, uint160(creators[(seed >> 8) % 3]))));
    }

    function transfer(uint256 seed) external {
        uint256 id = 1 + (seed % CHARACTERS);
        address owner = characters.ownerOf(id);
        address to = creators[(seed >> 8) % 3];
        if (to == owner) return;
        _harvestInPages(id, abi.encodeCall(characters.transferFrom, (owner, to, id)));
        promised(characters.payeeOf(id) == uint160(to), "the new owner earns from now on");
        _count();
    }

    /// @dev Some prices are below a microcredit a day, some plans are not sold.
    function reprice(uint256 seed) external counted {
        uint40 most = seed % 4 == 0 ? 500 : 60_000_000;
        uint40 lifetime = uint40((seed >> 8) % 40_000_000);
        uint40 monthly = (seed >> 16) % 5 == 0 ? 0 : uint40((seed >> 24) % (most / 4));
        uint40 annual = (seed >> 56) % 5 == 0 ? 0 : uint40((seed >> 64) % most);
        _reprice(1 + ((seed >> 4) % CHARACTERS), ICharacters.Terms(lifetime, monthly, annual, 0, 0));
    }

    function suspend(uint256 seed) external counted {
        vm.prank(admin);
        characters.setSuspended(1 + (seed % CHARACTERS), seed % 3 == 0, "reported");
    }

    /// @dev A pause stops sales and renewals, and no exit.
    function pause(uint256 seed) external counted {
        (uint256 id, address account) = _pick(seed);
        vm.prank(admin);
        access.pause();
        _expectRefused(account, _purchaseOf(id, account, ICharacterAccess.Plan.Monthly));
        if (held[id][account].until != 0) _cancel(id, account);
        vm.prank(stranger);
        (uint256 amount, ) = access.harvest(id, 400);
        _enterHarvest(id, amount);
        ICharacterAccess.PassId[] memory ids = new ICharacterAccess.PassId[](ACCOUNTS);
        for (uint256 i = 0; i < ACCOUNTS; ++i) ids[i] = ICharacterAccess.PassId(id, accounts[i]);
        RenewalStatus[] memory statuses = access.renew(ids);
        for (uint256 i = 0; i < ACCOUNTS; ++i) promised(statuses[i] != RenewalStatus.Due, "a pause stops renewals");
        vm.prank(admin);
        access.unpause();
    }

    /// @dev What a passer-by tries with somebody's pass fails and moves nothing.
    function intrude(uint256 seed, uint8 way) external counted {
        (uint256 id, address account) = _pick(seed);
        ICharacterAccess.Purchase memory purchase = _purchaseOf(id, account, ICharacterAccess.Plan.Monthly);
        bytes memory data;
        way %= 7;
        if (way == 0) data = abi.encodeCall(ICharacterAccess.cancelNow, (id, 0));
        if (way == 1) data = abi.encodeCall(ICharacterAccess.cancelAtPeriodEnd, (id));
        if (way == 2) data = abi.encodeCall(ICharacterAccess.setRenewal, (id, purchase.plan, type(uint40).max));
        if (way == 3) data = abi.encodeCall(ICharacterAccess.pause, ());
        if (way == 4) data = abi.encodeCall(access.onTransferReceived, (account, account, 1e30, abi.encode(purchase)));
        if (way == 5) data = abi.encodeCall(access.onApprovalReceived, (account, 1e30, abi.encode(purchase)));
        if (way == 6) data = abi.encodeCall(ICharacterAccess.gift, (id, account, purchase.plan, type(uint40).max, ""));
        bytes32 before = fingerprint();
        promised(!attempt(stranger, address(access), data), "an intrusion is refused");
        promised(fingerprint() == before, "an intrusion changes nothing");
    }

    function wait(uint256 time) external counted {
        uint256 most =
            time % 4 == 0
                ? 400 days
                : time % 4 == 1
                    ? 1 days
                    : 20 days;
        vm.warp(block.timestamp + bound(time >> 8, 1, most));
    }

    /// @dev Buys in one of three ways; whatever must be refused is, and nothing else.
    function _buy(uint256 seed, address payer, ICharacterAccess.Purchase memory purchase) private returns (bool) {
        Held storage pass = held[purchase.characterId][purchase.account];
        (ICharacters.Terms memory terms, bool suspended, ) = characters.offerTo(purchase.characterId, payer);
        uint256 price = _priceOf(terms, purchase.plan);
        bool isPeriod = purchase.plan != ICharacterAccess.Plan.Lifetime;
        bool isFull = isPeriod && !purchase.replaces && _waiting(pass) > 4;
        if (suspended || price == 0 || pass.isLifetime || isFull) {
            _expectRefused(payer, purchase);
            return false;
        }
        purchase.maxPrice = uint40(price + ((seed >> 80) % 3));
        uint256 way = (seed >> 72) % 3;
        vm.prank(payer);
        if (way == 0) stelai.transferAndCall(address(access), (price + 7) * 1e12, abi.encode(purchase));
        else if (way == 1) stelai.approveAndCall(address(access), type(uint256).max, abi.encode(purchase));
        else if (purchase.replaces && isPeriod) {
            access.switchPlan(purchase.characterId, purchase.plan, purchase.maxPrice, purchase.renews);
        } else if (payer != purchase.account) {
            access.gift(purchase.characterId, purchase.account, purchase.plan, purchase.maxPrice, "");
        } else if (isPeriod) {
            access.subscribe(purchase.characterId, purchase.plan, purchase.maxPrice, purchase.renews, "");
        } else access.buyLifetime(purchase.characterId, purchase.maxPrice, "");
        return true;
    }

    function _expectRefused(address payer, ICharacterAccess.Purchase memory purchase) private {
        purchase.maxPrice = type(uint40).max;
        vm.prank(payer);
        try stelai.approveAndCall(address(access), type(uint256).max, abi.encode(purchase)) {
            promised(false, "what is not sold is refused");
        } catch {}
    }

    /// @dev Goes to the end, or a fortnight later, of a pass that renews.
    function _waitForEnd(uint256 seed) private {
        for (uint256 i = 0; i < CHARACTERS * ACCOUNTS; ++i) {
            (uint256 id, address account) = _pick((seed >> 1) + i + (i << 16));
            Held storage pass = held[id][account];
            if (pass.mandate == 0 || pass.isLifetime || pass.until <= block.timestamp) continue;
            uint256[4] memory late = [uint256(0), 0, LAPSE, LAPSE + 1];
            vm.warp(pass.until + late[(seed >> 40) % 4]);
            return;
        }
    }

    function _replaced(uint256 id, address account) private {
        if (held[id][account].until > block.timestamp) _enterCancelled(id, account);
    }

    function _cancel(uint256 id, address account) private {
        uint256 shown = access.accessOf(id, account).refundable;
        vm.prank(account);
        uint256 refund = access.cancelNow(id, shown);
        promised(refund == shown, "what was shown is paid");
        promised(refund == _enterCancelled(id, account), "a refund rests on what was paid");
    }

    function _enterHarvest(uint256 id, uint256 amount) private {
        harvested[id] += amount;
        earned[address(uint160(characters.payeeOf(id)))] += amount;
    }

    /// @dev Sends the owner's call, turning pages as often as it is refused for them.
    function _harvestInPages(uint256 id, bytes memory data) private {
        address payee = address(uint160(characters.payeeOf(id)));
        while (!attempt(characters.ownerOf(id), address(characters), data)) {
            (uint256 amount, bool isCurrent) = access.harvest(id, 100);
            promised(!isCurrent, "only waiting pages hold a change of payee up");
            _enterHarvest(id, amount);
        }
        uint256 open = vestedOf(id) - harvested[id];
        harvested[id] += open;
        earned[payee] += open;
    }

    /// @dev The price of the renewal that must happen now; zero: none.
    function _dueOf(uint256 id, address account) private view returns (uint256) {
        Held storage pass = held[id][account];
        (ICharacters.Terms memory terms, bool suspended, ) = characters.offerTo(id, account);
        bool isTime = block.timestamp >= pass.until && block.timestamp <= pass.until + LAPSE;
        uint256 price = _priceOf(terms, pass.plan);
        return isTime && !pass.isLifetime && !suspended && price <= pass.mandate ? price : 0;
    }

    /// @dev How many periods have not ended.
    function _waiting(Held storage pass) private view returns (uint256 count) {
        for (uint256 j = 0; j < pass.periods.length; ++j) {
            Period storage period = pass.periods[j];
            uint256 end = period.start + (period.isAnnual ? 365 days : 30 days);
            if (!period.isCancelled && end > block.timestamp && pass.until > block.timestamp) ++count;
        }
    }

    function _pick(uint256 seed) private view returns (uint256 id, address account) {
        return (1 + (seed % CHARACTERS), accounts[(seed >> 16) % ACCOUNTS]);
    }

    function _purchaseOf(
        uint256 id,
        address account,
        ICharacterAccess.Plan plan
    ) private pure returns (ICharacterAccess.Purchase memory) {
        return ICharacterAccess.Purchase(id, account, plan, type(uint40).max, false, false, "");
    }
}

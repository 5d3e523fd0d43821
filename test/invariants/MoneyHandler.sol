// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Authorization, Sponsorship} from "../../contracts/interfaces/Authorization.sol";
import {ICreditStore} from "../../contracts/interfaces/ICreditStore.sol";
import {IPayouts} from "../../contracts/interfaces/IPayouts.sol";
import {Campaign} from "./Base.sol";
import {World} from "./World.sol";

/// @notice What buyers, earners, admins and passers-by do with CreditStore and Payouts.
abstract contract MoneyHandler is World, Campaign {
    uint256 private constant PEOPLE = 4;
    uint256 private constant FOREVER = type(uint128).max;

    address[] internal people;
    address private _stranger = vm.addr(999);
    /// @dev The second split is a share of the third.
    uint256[] internal splits;
    IPayouts.Share[][] internal sharesOfSplit;

    /// @dev Reserve that came in and went out, as the books have it.
    uint256 internal paidIn;
    uint256 internal paidOut;
    /// @dev $STELAI that came into Payouts and went out.
    uint256 internal earned;
    uint256 internal claimed;

    constructor() {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            address person = vm.addr(101 + i);
            people.push(person);
            fund(person, 2);
            vm.prank(person);
            stelai.approve(address(payouts), type(uint256).max);
        }
        paidIn = usdc.balanceOf(address(store));
        _register(sharesOf(uint160(people[0]), 3_333, uint160(people[1])));
        _register(sharesOf(uint160(people[1]), 1, uint160(people[2])));
        _register(sharesOf(uint160(people[3]), 2_501, splits[1]));
    }

    function selectors() internal pure override returns (bytes4[] memory all) {
        all = new bytes4[](13);
        all[0] = this.buy.selector;
        all[1] = this.redeem.selector;
        all[2] = this.sweep.selector;
        all[3] = this.donate.selector;
        all[4] = this.reprice.selector;
        all[5] = this.sellBelowFloor.selector;
        all[6] = this.earn.selector;
        all[7] = this.setCommission.selector;
        all[8] = this.flow.selector;
        all[9] = this.claim.selector;
        all[10] = this.claimAndRedeem.selector;
        all[11] = this.intrude.selector;
        all[12] = this.pause.selector;
    }

    function buy(uint256 seed, uint256 quantity) external counted {
        (uint256 firstId, ICreditStore.Package[] memory table) = store.packages();
        uint256 id = firstId + (seed % table.length);
        quantity = bound(quantity, 1, 5);
        (uint256 price, uint256 credits) = store.quote(id, quantity);
        address person = people[(seed >> 8) % PEOPLE];
        usdc.mint(person, price);
        vm.prank(person);
        usdc.approve(address(store), price);
        uint256 before = stelai.balanceOf(person);
        vm.prank(person);
        store.buy(ICreditStore.Order(id, quantity, person, _stranger, price));
        promised(stelai.balanceOf(person) - before == credits, "a buyer receives what was quoted");
        promised(usdc.balanceOf(person) == 0, "a buyer pays what was quoted");
        paidIn += price;
    }

    /// @dev Rounds down, however small the amount.
    function redeem(uint256 seed, uint256 amount) external {
        address person = people[seed % PEOPLE];
        uint256 balance = stelai.balanceOf(person);
        if (balance == 0) return;
        amount = bound(amount, 1, seed % 2 == 0 ? balance : (balance < 1e13 ? balance : 1e13));
        vm.prank(person);
        uint256 paid = store.redeem(amount, treasury, 0);
        promised(paid * 1e18 <= amount * FLOOR, "redeeming pays at most the floor");
        promised((paid + 1) * 1e18 > amount * FLOOR, "redeeming pays the floor, rounded down");
        paidOut += paid;
        _count();
    }

    function sweep() external counted {
        uint256 surplus = store.surplus();
        vm.prank(_stranger);
        promised(store.sweepSurplus() == surplus, "a sweep takes the surplus");
        promised(store.surplus() == 0, "a sweep takes all of it");
        paidOut += surplus;
    }

    function donate(uint64 amount) external counted {
        usdc.mint(address(store), amount);
        paidIn += amount;
    }

    /// @dev An admin's new table, at the floor or above, to the wei.
    function reprice(uint256 seed, uint128 credits, uint64 above) external counted {
        ICreditStore.Package[] memory table = new ICreditStore.Package[](1 + (seed % 3));
        for (uint256 i = 0; i < table.length; ++i) {
            uint256 amount = bound(uint256(keccak256(abi.encode(credits, i))), 1, 10_000e18);
            uint256 floor = (amount * FLOOR + 1e18 - 1) / 1e18;
            table[i] = ICreditStore.Package(uint128(amount), uint128(floor + (above % 3 == 0 ? 0 : above % 1e8)));
        }
        vm.prank(admin);
        store.setPackages(table);
    }

    /// @dev Not even an admin sells a wei of credit below the floor.
    function sellBelowFloor(uint128 credits) external counted {
        uint256 amount = bound(credits, 1e18, 10_000e18);
        uint256 floor = (amount * FLOOR + 1e18 - 1) / 1e18;
        ICreditStore.Package[] memory table = new ICreditStore.Package[](1);
        table[0] = ICreditStore.Package(uint128(amount), uint128(floor - 1));
        bytes memory data = abi.encodeCall(ICreditStore.setPackages, (table));
        promised(!attempt(admin, address(store), data), "nothing is sold below the floor");
    }

    function earn(uint256 seed, uint256 amount) external {
        address source = people[seed % PEOPLE];
        uint256 balance = stelai.balanceOf(source);
        if (balance == 0) return;
        uint256 which = (seed >> 8) % (PEOPLE + splits.length);
        uint256 payee = which < PEOPLE ? uint160(people[which]) : splits[which - PEOPLE];
        amount = bound(amount, 1, seed % 3 == 0 ? 1 + ((balance - 1) % 10_007) : balance);
        vm.prank(source);
        payouts.earn(payee, amount, bytes32(seed));
        earned += amount;
        _count();
    }

    function setCommission(uint256 seed, uint16 bps) external counted {
        address source = people[seed % PEOPLE];
        bytes memory tooHigh = abi.encodeCall(IPayouts.setCommission, (source, 3_001));
        promised(!attempt(admin, address(payouts), tooHigh), "no commission is above 30 %");
        vm.prank(admin);
        payouts.setCommission(source, uint16(bound(bps, 0, 3_000)));
    }

    /// @dev Anyone may move a share on; it lowers nobody's claim.
    function flow(uint256 seed) external counted {
        uint256 before = _claims();
        vm.prank(_stranger);
        payouts.flow(_step(seed));
        promised(_claims() >= before, "a flow lowers nobody's claim");
    }

    function claim(uint256 seed) external {
        (address person, IPayouts.Flow[] memory steps) = _claimOf(seed);
        uint256 before = stelai.balanceOf(person);
        vm.prank(person);
        try payouts.claim(steps, person) returns (uint256 amount) {
            promised(stelai.balanceOf(person) - before == amount, "a claim pays what it says");
            claimed += amount;
            _count();
        } catch {
            promised(_claimsOf(person) == 0, "only who has nothing to claim is refused");
        }
    }

    function claimAndRedeem(uint256 seed) external {
        (address person, IPayouts.Flow[] memory steps) = _claimOf(seed);
        uint256 held = stelai.balanceOf(address(payouts));
        vm.prank(person);
        try payouts.claimAndRedeem(steps, treasury, 0) returns (uint256 paid) {
            uint256 amount = held - stelai.balanceOf(address(payouts));
            promised(paid == (amount * FLOOR) / 1e18, "a redeemed claim pays the floor");
            claimed += amount;
            paidOut += paid;
            _count();
        } catch {
            promised(_claimsOf(person) == 0, "only who has nothing to claim is refused");
        }
    }

    /// @dev What a passer-by tries fails and moves nothing.
    function intrude(uint256 seed) external counted {
        bytes32 before = _fingerprint();
        address victim = people[seed % PEOPLE];
        uint256 way = (seed >> 8) % 9;
        bytes memory data;
        address target = address(store);
        if (way == 0) data = abi.encodeCall(ICreditStore.redeem, (1, _stranger, 0));
        if (way == 1) data = abi.encodeCall(ICreditStore.setPackages, (new ICreditStore.Package[](1)));
        if (way == 2) data = abi.encodeCall(ICreditStore.pause, ());
        if (way == 3) data = _forgedPurchase(victim);
        if (way > 3) target = address(payouts);
        if (way == 4) data = abi.encodeCall(IPayouts.claim, (new IPayouts.Flow[](0), _stranger));
        if (way == 5) data = abi.encodeCall(IPayouts.setCommission, (victim, 0));
        if (way == 6) data = abi.encodeCall(IPayouts.earn, (uint160(victim), 1, 0));
        if (way > 6) target = address(stelai);
        if (way == 7) data = abi.encodeCall(stelai.mint, (_stranger, 1));
        if (way == 8) data = abi.encodeCall(stelai.burn, (victim, 1));
        promised(!attempt(_stranger, target, data), "an intrusion is refused");
        promised(_fingerprint() == before, "an intrusion changes nothing");
    }

    /// @dev A pause stops sales and no exit.
    function pause(uint256 seed) external counted {
        vm.prank(admin);
        store.pause();
        (uint256 firstId, ) = store.packages();
        ICreditStore.Order memory order = ICreditStore.Order(firstId, 1, people[0], address(0), type(uint128).max);
        promised(!attempt(people[0], address(store), abi.encodeCall(ICreditStore.buy, (order))), "a pause stops sales");
        address person = people[seed % PEOPLE];
        if (stelai.balanceOf(person) != 0) {
            vm.prank(person);
            paidOut += store.redeem(1, person, 0);
        }
        vm.prank(admin);
        store.unpause();
    }

    function _register(IPayouts.Share[] memory shares) private {
        splits.push(payouts.registerSplit(shares));
        IPayouts.Share[] storage kept = sharesOfSplit.push();
        for (uint256 i = 0; i < shares.length; ++i) kept.push(shares[i]);
    }

    function _step(uint256 seed) private view returns (IPayouts.Flow memory) {
        return IPayouts.Flow(sharesOfSplit[seed % splits.length], (seed >> 8) % 2);
    }

    /// @dev Somebody, and one to three steps before their claim.
    function _claimOf(uint256 seed) private view returns (address person, IPayouts.Flow[] memory steps) {
        steps = new IPayouts.Flow[](1 + (seed % 3));
        for (uint256 i = 0; i < steps.length; ++i) steps[i] = _step(seed >> (16 + 16 * i));
        person = (seed >> 8) % 5 == 0 ? treasury : people[(seed >> 12) % PEOPLE];
    }

    function _claimsOf(address person) private view returns (uint256) {
        return payouts.claimable(person);
    }

    function _claims() private view returns (uint256 all) {
        for (uint256 i = 0; i < PEOPLE; ++i) all += payouts.claimable(people[i]);
    }

    function _forgedPurchase(address victim) private view returns (bytes memory) {
        (uint256 firstId, ) = store.packages();
        ICreditStore.Order memory order = ICreditStore.Order(firstId, 1, _stranger, address(0), type(uint64).max);
        bytes memory forged = signed(999, keccak256("a signature of the stranger's"));
        Authorization memory authorization = Authorization(victim, type(uint128).max, 0, FOREVER, forged);
        return abi.encodeCall(ICreditStore.buyWithAuthorization, (order, authorization, Sponsorship(0, _stranger, 0)));
    }

    /// @dev All that a wrong call must not change.
    function _fingerprint() private view returns (bytes32 all) {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            address person = people[i];
            all = keccak256(
                abi.encode(
                    all,
                    stelai.balanceOf(person),
                    usdc.balanceOf(person),
                    payouts.claimable(person),
                    payouts.commissionOf(person)
                )
            );
        }
        (uint256 firstId, ) = store.packages();
        return keccak256(abi.encode(all, firstId, stelai.totalSupply(), usdc.balanceOf(address(store))));
    }
}

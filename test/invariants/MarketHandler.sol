// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacters} from "../../contracts/interfaces/ICharacters.sol";
import {ILicenses} from "../../contracts/interfaces/ILicenses.sol";
import {IPayouts} from "../../contracts/interfaces/IPayouts.sol";
import {IResale} from "../../contracts/interfaces/IResale.sol";
import {IWorks} from "../../contracts/interfaces/IWorks.sol";
import {Campaign} from "./Base.sol";
import {World} from "./World.sol";

/// @notice What a transfer of either token takes.
interface ITransferable {
    function transferFrom(address from, address to, uint256 tokenId) external;
}

/// @notice What creators, buyers, attestor, resolver and passers-by do on the market.
abstract contract MarketHandler is World, Campaign {
    /// @notice An order as its parties know it, in wei.
    struct Order {
        uint256 offerId;
        uint256 workId;
        ILicenses.Tier tier;
        ILicenses.Status status;
        address holder;
        uint256 price;
        uint256 bond;
        uint256 commission;
        uint40 since;
        uint40 expiry;
        bool isEnded;
    }

    uint256 internal constant PEOPLE = 4;
    uint256 internal constant WORKS = 3;

    IWorks internal works;
    ILicenses internal licenses;
    IResale internal resale;
    address[] internal people;
    address internal attestor = vm.addr(700);
    address private _stranger = vm.addr(999);
    /// @notice By licence; the first is no order.
    Order[] internal orders;
    uint256 internal offerCount;
    uint256 internal funded;
    uint256 internal earned;
    bool private _isPausedOnce;

    constructor() {
        uint256 nonce = vm.getNonce(address(this));
        address licensesAt = vm.computeCreateAddress(address(this), nonce + 1);
        address resaleAt = vm.computeCreateAddress(address(this), nonce + 2);
        works = IWorks(_place("Works.sol:Works", abi.encode(manager, payouts, meter, licensesAt, resaleAt)));
        licenses = ILicenses(_place("Licenses.sol:Licenses", abi.encode(manager, stelai, payouts, works, resaleAt)));
        resale = IResale(_place("Resale.sol:Resale", abi.encode(manager, stelai, payouts, works, licensesAt)));
        promised(address(licenses) == licensesAt && address(resale) == resaleAt, "predicted addresses hold");
        vm.prank(admin);
        payouts.setCommission(licensesAt, 1_000);
        vm.prank(admin);
        payouts.setCommission(resaleAt, 1_000);
        for (uint256 i = 0; i < PEOPLE; ++i) {
            people.push(vm.addr(101 + i));
            fund(people[i], 4);
            funded += stelai.balanceOf(people[i]);
            vm.prank(people[i]);
            stelai.approve(licensesAt, type(uint256).max);
            vm.prank(people[i]);
            stelai.approve(resaleAt, type(uint256).max);
        }
        orders.push();
        for (uint256 i = 0; i < WORKS; ++i) _create(people[i], i);
        for (uint256 i = 0; i < WORKS * 4; ++i) _offer(i * 257 + (i << 24), uint64(7_777_777 + i));
        _sellOne(people[0]);
    }

    function selectors() internal pure override returns (bytes4[] memory all) {
        all = new bytes4[](14);
        all[0] = this.offer.selector;
        all[1] = this.buy.selector;
        all[2] = this.attest.selector;
        all[3] = this.accept.selector;
        all[4] = this.dispute.selector;
        all[5] = this.resolve.selector;
        all[6] = this.conclude.selector;
        all[7] = this.pass.selector;
        all[8] = this.moveLicence.selector;
        all[9] = this.moveWork.selector;
        all[10] = this.resell.selector;
        all[11] = this.setCommission.selector;
        all[12] = this.intrude.selector;
        all[13] = this.resellWork.selector;
    }

    function offer(uint256 seed, uint64 price) external counted {
        _offer(seed, price);
    }

    function _offer(uint256 seed, uint64 price) private {
        uint256 workId = 1 + (seed % WORKS);
        (address owner, , , ) = works.saleOf(workId);
        ILicenses.NewOffer[] memory offers = new ILicenses.NewOffer[](1);
        ILicenses.Tier tier = ILicenses.Tier((seed >> 8) % 3);
        uint32 duration = (seed >> 16) % 3 == 0 ? 0 : uint32(bound(seed >> 24, 1, 20 days));
        uint32 supply = tier == ILicenses.Tier.Exclusive ? 1 : uint32((seed >> 20) % 4);
        uint64 microcredits = uint64(bound(price, 1, 50_000_000));
        offers[0] = ILicenses.NewOffer(tier, microcredits, supply, duration, attestor, keccak256("terms"));
        vm.prank(owner);
        promised(licenses.offer(workId, offers) == ++offerCount, "offers are numbered in a row");
    }

    /// @dev Paid by allowance or along with the transfer; refused exactly when an exclusive one is in the way.
    function buy(uint256 seed) external {
        uint256 offerId = bound(seed >> 32, 1, offerCount);
        ILicenses.Offer memory offered = licenses.offerOf(offerId);
        address buyer = people[seed % PEOPLE];
        uint256 price = uint256(offered.price) * 1e12;
        uint256 before = stelai.balanceOf(buyer);
        bool isPossible = _isFor(offerId, offered) && before >= price;
        bytes memory data = abi.encodeCall(ILicenses.buy, (offerId, buyer));
        address target = address(licenses);
        if ((seed >> 8) % 2 == 0) {
            bytes memory payment = abi.encode(ILicenses.Payment(false, offerId, buyer, ""));
            uint256 sent = price + 5 <= before ? price + 5 : price;
            data = abi.encodeWithSignature("transferAndCall(address,uint256,bytes)", licenses, sent, payment);
            target = address(stelai);
        }
        promised(attempt(buyer, target, data) == isPossible, "an offer is sold when nothing is in the way");
        if (!isPossible) return;
        promised(before - stelai.balanceOf(buyer) == price, "a buyer pays the price");
        Order storage order = orders.push();
        uint256 id = orders.length - 1;
        (order.offerId, order.workId, order.tier, order.holder) = (offerId, offered.workId, offered.tier, buyer);
        order.price = price;
        order.commission = (price * payouts.commissionOf(address(licenses))) / 10_000;
        order.expiry = offered.duration == 0 ? 0 : uint40(block.timestamp + offered.duration);
        _turn(order, ILicenses.Status.Escrowed);
        promised(licenses.licenceOf(id).status == ILicenses.Status.Escrowed, "the licence is the order");
        _count();
    }

    function attest(uint256 seed) external {
        (uint256 id, Order storage order) = _order(seed, ILicenses.Status.Escrowed);
        if (id == 0) return;
        bool isInTime = block.timestamp <= order.since + 1 days;
        vm.prank(attestor);
        licenses.attest(_one(id));
        if (!isInTime) return;
        _turn(order, ILicenses.Status.Delivered);
        _count();
    }

    function accept(uint256 seed) external {
        (uint256 id, Order storage order) = _order(seed, ILicenses.Status.Delivered);
        if (id == 0) return;
        vm.prank(order.holder);
        licenses.accept(id);
        _release(order);
        _count();
    }

    function dispute(uint256 seed) external {
        (uint256 id, Order storage order) = _order(seed, ILicenses.Status.Delivered);
        if (id == 0) return;
        uint256 bond = licenses.bondOf(id);
        bool isPossible = block.timestamp <= order.since + 3 days && stelai.balanceOf(order.holder) >= bond;
        bytes memory data = abi.encodeCall(ILicenses.dispute, (id, "ipfs://evidence"));
        promised(attempt(order.holder, address(licenses), data) == isPossible, "a holder disputes in time");
        if (!isPossible) return;
        promised(bond * 20 >= order.price && bond * 20 < order.price + 20e12, "a bond is a twentieth, rounded up");
        order.bond = bond;
        _turn(order, ILicenses.Status.Disputed);
        _count();
    }

    function resolve(uint256 seed) external {
        (uint256 id, Order storage order) = _order(seed, ILicenses.Status.Disputed);
        if (id == 0) return;
        bool isRefund = (seed >> 8) % 2 == 0;
        bool isInTime = block.timestamp <= order.since + 7 days;
        uint256 before = stelai.balanceOf(order.holder);
        bytes memory data = abi.encodeCall(ILicenses.resolve, (id, isRefund, ""));
        promised(attempt(admin, address(licenses), data) == isInTime, "a dispute is decided in time");
        if (!isInTime) return;
        if (isRefund) _refund(order, before);
        else _release(order);
        _count();
    }

    /// @dev A stranger's, of one order, rather of one that is due: time ends each that is, and no other.
    function conclude(uint256 seed) external {
        uint256 id = bound(seed, 0, orders.length - 1);
        for (uint256 i = 1; i < orders.length && !_isDue(orders[id]); ++i) id = (id + 1) % orders.length;
        if (id == 0) return;
        Order storage order = orders[id];
        bool isDue = _isDue(order);
        uint256 before = stelai.balanceOf(order.holder);
        vm.prank(_stranger);
        licenses.conclude(_one(id));
        if (!isDue) return;
        if (order.status == ILicenses.Status.Delivered) _release(order);
        else _refund(order, before);
        _count();
    }

    function _isDue(Order storage order) private view returns (bool) {
        if (order.isEnded) return false;
        if (order.status == ILicenses.Status.Delivered) return block.timestamp > order.since + 3 days;
        if (order.status == ILicenses.Status.Escrowed) return block.timestamp > order.since + 1 days;
        return order.status == ILicenses.Status.Disputed && block.timestamp > order.since + 7 days;
    }

    function pass(uint256 seed) external counted {
        vm.warp(block.timestamp + (seed % 5 == 0 ? bound(seed >> 8, 1, 4 days) : bound(seed >> 8, 1, 6 hours)));
    }

    /// @dev Only what is released, not personal and not over moves.
    function moveLicence(uint256 seed) external {
        uint256 id = bound(seed >> 32, 0, orders.length - 1);
        if (id == 0) return;
        Order storage order = orders[id];
        address to = people[seed % PEOPLE];
        bool moves = _moves(order);
        bytes memory data = abi.encodeCall(ITransferable.transferFrom, (order.holder, to, id));
        promised(attempt(order.holder, address(licenses), data) == moves, "a licence moves when it may");
        if (!moves) return;
        order.holder = to;
        _count();
    }

    /// @dev Voids its offers; open orders go on.
    function moveWork(uint256 seed) external {
        if (seed % 4 != 0) return;
        uint256 workId = 1 + ((seed >> 8) % WORKS);
        (address owner, , uint32 epoch, ) = works.saleOf(workId);
        vm.prank(owner);
        ITransferable(address(works)).transferFrom(owner, people[(seed >> 16) % PEOPLE], workId);
        (, , uint32 next, ) = works.saleOf(workId);
        promised(next == epoch + 1, "a transfer voids offers");
        _count();
    }

    /// @dev A licence changes hands for credits: paid is royalty, commission and the rest to the seller.
    function resell(uint256 seed, uint64 price) external {
        uint256 id = bound(seed >> 32, 0, orders.length - 1);
        for (uint256 i = 0; i < orders.length && !_moves(orders[id]); ++i) id = (id + 1) % orders.length;
        if (!_moves(orders[id])) return;
        Order storage order = orders[id];
        price = uint64(bound(price, 1, 20_000_000));
        address buyer = people[seed % PEOPLE];
        if (stelai.balanceOf(buyer) < uint256(price) * 1e12) return;
        vm.prank(order.holder);
        resale.list(address(licenses), id, price, uint40(block.timestamp));
        uint256 held = stelai.balanceOf(address(payouts));
        vm.prank(buyer);
        resale.buy(address(licenses), id, price, buyer);
        promised(stelai.balanceOf(address(payouts)) - held == uint256(price) * 1e12, "all of a resale is earned");
        promised(!resale.isListed(address(licenses), id), "what was sold is not listed");
        earned += uint256(price) * 1e12;
        order.holder = buyer;
        _count();
    }

    /// @dev A work changes hands for credits: the royalty goes to its royalty payee whole, the rest to the seller less the
    /// commission; its offers are void, its open orders go on.
    function resellWork(uint256 seed, uint64 price) external {
        if (seed % 4 != 0) return;
        uint256 workId = 1 + ((seed >> 8) % WORKS);
        price = uint64(bound(price, 1, 20_000_000));
        address buyer = people[(seed >> 16) % PEOPLE];
        if (stelai.balanceOf(buyer) < uint256(price) * 1e12) return;
        (address owner, , uint32 epoch, ) = works.saleOf(workId);
        vm.prank(owner);
        resale.list(address(works), workId, price, uint40(block.timestamp));
        uint256 held = stelai.balanceOf(address(payouts));
        uint256 booked = payouts.claimable(treasury);
        vm.prank(buyer);
        resale.buy(address(works), workId, price, buyer);
        promised(
            stelai.balanceOf(address(payouts)) - held == uint256(price) * 1e12,
            "all of a work's resale is earned"
        );
        uint256 rest = (price - (uint256(price) * 777) / 10_000) * 1e12;
        promised(payouts.claimable(treasury) - booked == rest / 10, "no commission is taken of the royalty");
        (address holder, , uint32 next, ) = works.saleOf(workId);
        promised(holder == buyer && next == epoch + 1, "a resale hands over and voids offers");
        promised(!resale.isListed(address(works), workId), "a work that was sold is not listed");
        earned += uint256(price) * 1e12;
        _count();
    }

    function setCommission(uint16 bps) external counted {
        vm.prank(admin);
        payouts.setCommission(address(licenses), uint16(bound(bps, 0, 3_000)));
    }

    /// @dev What a passer-by tries fails.
    function intrude(uint256 seed) external counted {
        uint256 id = bound(seed >> 32, 0, orders.length - 1);
        address holder = orders[id].holder;
        uint256 way = seed % 6;
        bytes memory data = abi.encodeCall(ILicenses.accept, (id));
        address target = address(licenses);
        if (way == 1) data = abi.encodeCall(ILicenses.dispute, (id, ""));
        if (way == 2) data = abi.encodeCall(ILicenses.resolve, (id, true, ""));
        if (way == 3) data = abi.encodeCall(ITransferable.transferFrom, (holder, _stranger, id));
        if (way == 4) data = abi.encodeCall(ILicenses.offer, (1, new ILicenses.NewOffer[](1)));
        if (way == 5) {
            target = address(resale);
            data = abi.encodeCall(IResale.buy, (address(licenses), id, 0, _stranger));
        }
        promised(!attempt(_stranger, target, data), "an intrusion is refused");
    }

    /// @dev Whether nothing is in the way of this offer, from the orders alone.
    function _isFor(uint256 offerId, ILicenses.Offer memory offered) private view returns (bool) {
        (, , uint32 epoch, ) = works.saleOf(offered.workId);
        if (epoch != offered.epoch) return false;
        uint256 sold = 0;
        for (uint256 i = 1; i < orders.length; ++i) {
            Order storage order = orders[i];
            if (order.status == ILicenses.Status.Refunded) continue;
            if (order.offerId == offerId) ++sold;
            if (order.workId != offered.workId || !_isLive(order)) continue;
            if (order.tier == ILicenses.Tier.Exclusive) return false;
            if (offered.tier == ILicenses.Tier.Exclusive) return false;
        }
        if (offered.tier == ILicenses.Tier.Exclusive && _isHeldUp(offered.workId)) return false;
        return offered.supply == 0 || sold < offered.supply;
    }

    /// @dev A refunded licence with an end counts as long as others that were sold beside it do.
    function _isHeldUp(uint256 workId) private view returns (bool) {
        uint256 until = 0;
        uint256 count = 0;
        for (uint256 i = 1; i < orders.length; ++i) {
            Order storage order = orders[i];
            if (order.workId != workId || order.tier == ILicenses.Tier.Exclusive || order.expiry == 0) continue;
            if (order.status != ILicenses.Status.Refunded) ++count;
            if (order.expiry > until) until = order.expiry;
        }
        return count != 0 && until >= block.timestamp;
    }

    function _isLive(Order storage order) internal view returns (bool) {
        return order.status != ILicenses.Status.Refunded && (order.expiry == 0 || order.expiry >= block.timestamp);
    }

    function _moves(Order storage order) private view returns (bool) {
        return order.status == ILicenses.Status.Released && order.tier != ILicenses.Tier.Personal && _isLive(order);
    }

    function _release(Order storage order) private {
        promised(!order.isEnded, "an order ends once");
        order.isEnded = true;
        earned += order.price + order.bond;
        _turn(order, ILicenses.Status.Released);
    }

    function _refund(Order storage order, uint256 before) private {
        promised(!order.isEnded, "an order ends once");
        order.isEnded = true;
        uint256 back = stelai.balanceOf(order.holder) - before;
        promised(back == order.price + order.bond, "a refund is price and bond");
        _turn(order, ILicenses.Status.Refunded);
    }

    function _turn(Order storage order, ILicenses.Status status) private {
        (order.status, order.since) = (status, uint40(block.timestamp));
    }

    /// @dev The first order from a random place on that has this status.
    function _order(uint256 seed, ILicenses.Status status) private view returns (uint256 id, Order storage order) {
        for (uint256 i = 0; i < orders.length; ++i) {
            id = (((seed >> 32) % orders.length) + i) % orders.length;
            if (orders[id].status == status) return (id, orders[id]);
        }
        return (0, orders[0]);
    }

    function _one(uint256 id) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = id;
    }

    /// @dev A commercial licence of the second work, for ever, that was accepted: there is one to resell in every run.
    function _sellOne(address buyer) private {
        _offer(256, 9_999_999);
        vm.prank(buyer);
        uint256 id = licenses.buy(offerCount, buyer);
        Order storage order = orders.push();
        (order.offerId, order.workId, order.tier) = (offerCount, 2, ILicenses.Tier.Commercial);
        (order.holder, order.price) = (buyer, 10_000_000e12);
        vm.prank(attestor);
        licenses.attest(_one(id));
        vm.prank(buyer);
        licenses.accept(id);
        _release(order);
    }

    /// @dev The third derives from the first two.
    function _create(address creator, uint256 index) private {
        IWorks.NewWork memory work;
        work.modality = ICharacters.Modality.Image;
        (work.metadataURI, work.contentHash) = ("ipfs://work", keccak256("file"));
        (work.royaltyBps, work.allowsDerivatives, work.derivativeBps) = (777, true, 3_333);
        work.shares = new IPayouts.Share[](1);
        work.shares[0] = IPayouts.Share(uint160(creator), 10_000);
        work.parents = new uint256[](index == 2 ? 2 : 0);
        work.maxParentsBps = index == 2 ? 6_666 : 0;
        if (index == 2) (work.parents[0], work.parents[1]) = (1, 2);
        IWorks.Proof memory none;
        vm.prank(creator);
        works.create(work, none, new ILicenses.NewOffer[](0));
    }

    function _place(string memory artifact, bytes memory arguments) private returns (address placed) {
        bytes memory code = bytes.concat(vm.getCode(artifact), arguments);
        assembly ("memory-safe") {
            placed := create(0, add(code, 0x20), mload(code))
        }
        promised(placed != address(0), artifact);
    }
}

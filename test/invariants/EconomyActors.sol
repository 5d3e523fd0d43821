// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacters} from "../../contracts/interfaces/ICharacters.sol";
import {ICreditPlans} from "../../contracts/interfaces/ICreditPlans.sol";
import {ILicenses} from "../../contracts/interfaces/ILicenses.sol";
import {IPayouts} from "../../contracts/interfaces/IPayouts.sol";
import {IRewards} from "../../contracts/interfaces/IRewards.sol";
import {IWorks} from "../../contracts/interfaces/IWorks.sol";
import {Campaign} from "./Base.sol";
import {World} from "./World.sol";

/// @notice Who lives in the whole economy: people who buy, refer, claim, spend and earn, an admin with every role, an
/// operator, and what all of them have in common. Every dollar that people redeem goes to {PURSE}.
abstract contract EconomyActors is World, Campaign {
    /// @notice A tab as its payer knows it.
    struct OpenTab {
        uint64 id;
        uint256 payer;
        uint40 bonus;
        bool hasEnded;
    }

    /// @notice A campaign as the books have it, in wei.
    struct CampaignBook {
        uint256 key;
        IRewards.Source source;
        uint256 perAccount;
        uint256 funded;
        uint256 given;
        uint256 burned;
    }

    uint256 internal constant PEOPLE = 4;
    uint256 internal constant CHARACTERS = 2;
    uint256 internal constant OPERATOR_KEY = 700;
    uint256 internal constant SESSION_KEY = 800;
    uint96 internal constant MOST = type(uint96).max;
    address internal constant PURSE = address(0xCAFE);

    address internal stranger = vm.addr(999);
    address internal operator = vm.addr(OPERATOR_KEY);
    address[] internal people;
    OpenTab[] internal tabs;
    /// @notice By id; the first is none.
    CampaignBook[] internal campaigns;
    uint256[] internal openLicences;
    IWorks internal works;
    ILicenses internal licenses;
    uint256 internal offerId;
    /// @notice Dollars that people were given.
    uint256 internal minted;
    uint256 private _deeds;

    constructor() {
        vm.warp(block.timestamp + 100 days);
        uint256 nonce = vm.getNonce(address(this));
        address licensesAt = vm.computeCreateAddress(address(this), nonce + 1);
        works = IWorks(place("Works.sol:Works", abi.encode(manager, payouts, meter, licensesAt, stranger)));
        licenses = ILicenses(place("Licenses.sol:Licenses", abi.encode(manager, stelai, payouts, works, stranger)));
        promised(address(licenses) == licensesAt, "the predicted address of the licences holds");
        for (uint256 i = 0; i < PEOPLE; ++i) {
            address person = vm.addr(101 + i);
            people.push(person);
            vm.prank(person);
            usdc.approve(address(store), type(uint256).max);
            _allow(person, address(meter));
            _allow(person, address(access));
            _allow(person, licensesAt);
        }
        usdc.mint(admin, 1e15);
        vm.prank(admin);
        usdc.approve(address(store), type(uint256).max);
        _configure(licensesAt);
        for (uint256 i = 0; i < CHARACTERS; ++i) {
            uint256 id = publish(people[i], uint160(people[i]));
            vm.prank(people[i]);
            characters.setTerms(id, ICharacters.Terms(0, 5_000_000, 0, 1_000, 1_000));
        }
        _offerWork();
        campaigns.push();
    }

    /// @notice What campaigns gave away so far, in wei.
    function givenByCampaigns() internal view returns (uint256 total) {
        for (uint256 id = 1; id < campaigns.length; ++id) total += campaigns[id].given;
    }

    /// @notice What campaigns have left to give, in wei.
    function budgets() internal view returns (uint256 total) {
        for (uint256 id = 1; id < campaigns.length; ++id) total += rewards.campaignOf(id).budget;
    }

    /// @notice What people can spend of their bonus now, in wei.
    function livingBonus() internal view returns (uint256 total) {
        for (uint256 i = 0; i < people.length; ++i) total += bonusOf(people[i]);
    }

    /// @notice What people have in dollars beyond what they were given; negative while they have credits.
    function gainOfPeople() internal view returns (int256) {
        uint256 has = usdc.balanceOf(PURSE);
        for (uint256 i = 0; i < people.length; ++i) has += usdc.balanceOf(people[i]);
        return int256(has) - int256(minted);
    }

    function bonusOf(address account) internal view returns (uint256 balance) {
        (balance, ) = rewards.bonusOf(account);
    }

    function give(address person, uint256 dollars) internal {
        usdc.mint(person, dollars);
        minted += dollars;
    }

    /// @dev Tells of a claim what it must have given.
    function enterGiven(uint256 campaignId, address account, uint256 amount, uint256 before) internal {
        campaigns[campaignId].given += amount;
        promised(bonusOf(account) - before == amount, "a claim gives what it says");
    }

    function newDeed() internal returns (bytes32) {
        return keccak256(abi.encode("deed", ++_deeds));
    }

    /// @dev Spends an exact part of a tab on a character: by its session key, settled by the operator.
    function spend(OpenTab storage tab, uint40 amount, uint48 characterId) internal {
        uint40 base = meter.tabOf(operator, tab.id).spent;
        bytes memory lines = abi.encodePacked(characterId, amount, uint24(1), uint48(1_000));
        bytes32 digest = meter.voucherDigest(operator, tab.id, base, base + amount, keccak256(lines), bytes32(0));
        bytes memory row = abi.encodePacked(
            tab.id,
            base + amount,
            bytes32(0),
            compact(SESSION_KEY, digest),
            uint8(1),
            lines
        );
        vm.prank(operator);
        meter.settle(row);
        promised(meter.tabOf(operator, tab.id).spent == base + amount, "a good voucher pays");
    }

    function place(string memory artifact, bytes memory arguments) internal returns (address placed) {
        bytes memory code = bytes.concat(vm.getCode(artifact), arguments);
        assembly ("memory-safe") {
            placed := create(0, add(code, 0x20), mload(code))
        }
        promised(placed != address(0), artifact);
    }

    function _allow(address person, address spender) private {
        vm.prank(person);
        stelai.approve(spender, type(uint256).max);
    }

    /// @dev Commissions, two plans, referral terms and the operator's trust.
    function _configure(address licensesAt) private {
        address[3] memory sources = [address(meter), address(access), licensesAt];
        for (uint256 i = 0; i < sources.length; ++i) {
            vm.prank(admin);
            payouts.setCommission(sources[i], 500);
        }
        ICreditPlans.Plan[] memory added = new ICreditPlans.Plan[](3);
        added[0] = ICreditPlans.Plan(1_000e18, 9_500_000, 30 days);
        added[1] = ICreditPlans.Plan(3_000e18, 27_000_000, 30 days);
        added[2] = ICreditPlans.Plan(5_000e18, 42_500_000, 30 days);
        vm.prank(admin);
        plans.addPlans(added);
        vm.prank(admin);
        rewards.setReferralTerms(IRewards.ReferralTerms(1_000, 500, 1_000e18));
        vm.prank(admin);
        rewards.setTrusted(operator, true);
    }

    function _offerWork() private {
        address owner = people[2];
        IWorks.NewWork memory work;
        (work.metadataURI, work.contentHash, work.royaltyBps) = ("ipfs://work", keccak256("file"), 500);
        work.modality = ICharacters.Modality.Image;
        work.shares = new IPayouts.Share[](1);
        work.shares[0] = IPayouts.Share(uint160(owner), 10_000);
        IWorks.Proof memory none;
        ILicenses.NewOffer[] memory offers = new ILicenses.NewOffer[](1);
        offers[0] = ILicenses.NewOffer(ILicenses.Tier.Personal, 3_000_000, 0, 0, operator, keccak256("terms"));
        vm.prank(owner);
        works.create(work, none, offers);
        offerId = 1;
    }
}

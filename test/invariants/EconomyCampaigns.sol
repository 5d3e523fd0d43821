// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewards} from "../../contracts/interfaces/IRewards.sol";
import {EconomyPurchases} from "./EconomyPurchases.sol";

/// @notice What campaigns give, and how what they gave lapses.
abstract contract EconomyCampaigns is EconomyPurchases {
    function startCampaign(uint256 seed, uint64 perAccount) external counted {
        _start(seed, perAccount);
    }

    function _start(uint256 seed, uint64 perAccount) private {
        uint256 id = campaigns.length;
        uint256 key = 100_000 + id;
        bool isPromotion = seed % 2 == 0;
        IRewards.NewCampaign memory campaign;
        campaign.source = isPromotion ? IRewards.Source.Promotion : IRewards.Source.Contribution;
        campaign.signer = vm.addr(key);
        campaign.start = uint64(block.timestamp);
        campaign.end = uint64(block.timestamp + bound(seed >> 8, 1 days, 60 days));
        campaign.perAccount = uint128(bound(perAccount, 1, 100_000_000)) * 1e12;
        campaign.daily = campaign.perAccount * uint128(1 + ((seed >> 16) % 4));
        vm.prank(admin);
        promised(rewards.startCampaign(campaign) == id, "campaigns are numbered in a row");
        campaigns.push(CampaignBook(key, campaign.source, campaign.perAccount, 0, 0, 0));
        _fund(id, campaign.perAccount * 3);
    }

    function fundCampaign(uint256 seed, uint64 amount) external {
        uint256 id = _campaign(seed);
        if (id == 0) return;
        _fund(id, uint128(bound(amount, 1, 500_000_000)) * 1e12);
        _count();
    }

    /// @dev By time, or by the admin before it; what is left is burned.
    function endCampaign(uint256 seed) external {
        uint256 id = _campaign(seed);
        if (id == 0) return;
        uint256 left = rewards.campaignOf(id).budget;
        if (seed % 3 == 0) {
            vm.prank(admin);
            rewards.stopCampaign(id);
        } else {
            vm.warp(uint256(rewards.campaignOf(id).end) + 1);
            vm.prank(stranger);
            rewards.endCampaign(id);
        }
        campaigns[id].burned += left;
        promised(rewards.campaignOf(id).budget == 0, "a campaign that ended has nothing left");
        _count();
    }

    /// @dev Once for an account, for no other, within budget and day.
    function redeemCode(uint256 seed) external {
        uint256 id = _campaignOf(seed, IRewards.Source.Promotion);
        address account = people[(seed >> 32) % PEOPLE];
        bytes memory signature = signed(campaigns[id].key, rewards.redemptionDigest(id, account));
        bytes memory stolen = abi.encodeCall(IRewards.redeemCode, (id, stranger, signature));
        promised(!attempt(stranger, address(rewards), stolen), "a copied code is useless");
        uint256 amount = campaigns[id].perAccount;
        bool isPossible = rewards.claimedOf(id, account) == 0 && _isLeft(id, amount);
        uint256 before = bonusOf(account);
        bytes memory data = abi.encodeCall(IRewards.redeemCode, (id, account, signature));
        promised(attempt(stranger, address(rewards), data) == isPossible, "a code is good within its limits");
        if (!isPossible) return;
        enterGiven(id, account, amount, before);
        promised(!attempt(account, address(rewards), data), "a code is good once");
        _count();
    }

    /// @dev A deed counts once, for its account, up to the account's part.
    function claimGrant(uint256 seed, uint64 amount_) external {
        uint256 id = _campaignOf(seed, IRewards.Source.Contribution);
        address account = people[(seed >> 32) % PEOPLE];
        uint256 amount = bound(amount_, 1, campaigns[id].perAccount / 1e12) * 1e12;
        IRewards.Grant memory grant = IRewards.Grant(id, account, amount, newDeed(), block.timestamp);
        bytes memory signature = signed(campaigns[id].key, rewards.grantDigest(grant));
        bool isPossible = rewards.claimedOf(id, account) + amount <= campaigns[id].perAccount && _isLeft(id, amount);
        uint256 before = bonusOf(account);
        bytes memory data = abi.encodeCall(IRewards.claimGrant, (grant, signature));
        promised(attempt(stranger, address(rewards), data) == isPossible, "a grant is good within its limits");
        if (!isPossible) return;
        enterGiven(id, account, amount, before);
        promised(!attempt(account, address(rewards), data), "a deed counts once");
        (grant.account, grant.deed) = (stranger, newDeed());
        data = abi.encodeCall(IRewards.claimGrant, (grant, signature));
        promised(!attempt(stranger, address(rewards), data), "a grant is good for its account alone");
        _count();
    }

    /// @dev Lowers no balance and no lapse date.
    function recordSpending(uint256 seed) external {
        if (tabs.length == 0) return;
        uint64[] memory ids = new uint64[](1);
        ids[0] = tabs[seed % tabs.length].id;
        address payer = people[tabs[seed % tabs.length].payer];
        (uint256 before, uint256 lapsedAt) = rewards.bonusOf(payer);
        vm.prank(stranger);
        rewards.recordSpending(operator, ids);
        (uint256 balance, uint256 lapsesAt) = rewards.bonusOf(payer);
        promised(balance == before && lapsesAt >= lapsedAt, "spending keeps a bonus alive and changes nothing else");
        _count();
    }

    /// @dev Sometimes after a long time. Then Rewards holds exactly what living bonuses and budgets come to.
    function burnLapsed(uint256 seed) external counted {
        if (seed % 4 == 0) vm.warp(block.timestamp + 181 days);
        else vm.warp(block.timestamp + bound(seed >> 8, 1, 3 days));
        uint256 living = livingBonus();
        rewards.burnLapsed(people);
        promised(livingBonus() == living, "only what lapsed is burned");
        promised(stelai.balanceOf(address(rewards)) == living + budgets(), "Rewards holds its bonuses and budgets");
    }

    /// @dev Any terms: the margin is the limit.
    function setTerms(uint16 referrerBps, uint16 refereeBps, uint128 cap) external counted {
        vm.prank(admin);
        rewards.setReferralTerms(
            IRewards.ReferralTerms(uint16(bound(referrerBps, 0, 3_000)), uint16(bound(refereeBps, 0, 2_000)), cap)
        );
    }

    /// @dev Enters into the books that the admin stopped a campaign.
    function _noteStopped(uint256 id) internal {
        if (id >= campaigns.length) return;
        CampaignBook storage book = campaigns[id];
        book.burned = book.funded - book.given - rewards.campaignOf(id).budget;
    }

    function _fund(uint256 id, uint128 amount) private {
        uint256 before = usdc.balanceOf(address(store));
        vm.prank(admin);
        uint256 cost = rewards.fundCampaign(id, amount, type(uint256).max);
        promised(usdc.balanceOf(address(store)) - before == cost, "a budget is paid for");
        promised(cost * 1e18 >= uint256(amount) * FLOOR, "a budget costs the floor, rounded up");
        campaigns[id].funded += amount;
    }

    /// @dev One that is open; zero when there is none.
    function _campaign(uint256 seed) private view returns (uint256) {
        for (uint256 i = 0; i + 1 < campaigns.length; ++i) {
            uint256 id = 1 + (((seed % (campaigns.length - 1)) + i) % (campaigns.length - 1));
            if (block.timestamp <= rewards.campaignOf(id).end) return id;
        }
        return 0;
    }

    /// @dev One of a kind that is open; a new one when there is none.
    function _campaignOf(uint256 seed, IRewards.Source source) private returns (uint256 id) {
        id = _campaign(seed);
        if (id != 0 && campaigns[id].source == source) return id;
        for (id = 1; id < campaigns.length; ++id) {
            if (campaigns[id].source == source && block.timestamp <= rewards.campaignOf(id).end) return id;
        }
        _start((seed << 1) | (source == IRewards.Source.Promotion ? 0 : 1), uint64(seed >> 64));
    }

    function _isLeft(uint256 id, uint256 amount) private view returns (bool) {
        IRewards.Campaign memory campaign = rewards.campaignOf(id);
        uint256 today = campaign.day == block.timestamp / 1 days ? campaign.givenToday : 0;
        return amount <= campaign.budget && today + amount <= campaign.daily;
    }
}

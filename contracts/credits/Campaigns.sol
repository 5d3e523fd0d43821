// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ICreditStore} from "../interfaces/ICreditStore.sol";
import {IRewards} from "../interfaces/IRewards.sol";
import {Credits} from "../libraries/Credits.sol";

/// @title What campaigns give
/// @dev The part of {Rewards} that starts, funds and ends campaigns and checks claims. A claim never gives more than the
/// campaign's budget, its day and the account's share have left: {_take} is the only way out of a budget but burning.
abstract contract Campaigns is IRewards, AccessManaged, EIP712 {
    bytes32 private constant REDEMPTION_TYPEHASH = keccak256("Redemption(uint256 campaignId,address account)");
    bytes32 private constant GRANT_TYPEHASH = keccak256(
        "Grant(uint256 campaignId,address account,uint256 amount,bytes32 deed,uint256 deadline)"
    );

    /// @inheritdoc IRewards
    address public immutable creditStore;
    /// @inheritdoc IRewards
    uint256 public campaignCount;

    mapping(uint256 campaignId => Campaign) private _campaigns;
    /// @inheritdoc IRewards
    mapping(address signer => uint256 campaignId) public campaignBySigner;
    /// @inheritdoc IRewards
    mapping(uint256 campaignId => mapping(address account => uint256)) public claimedOf;
    /// @inheritdoc IRewards
    mapping(uint256 campaignId => mapping(bytes32 deed => bool)) public isDeedUsed;

    constructor(address creditStore_) EIP712("Stelai Rewards", "1") {
        require(creditStore_ != address(0), InvalidConfiguration());
        creditStore = creditStore_;
    }

    /// @inheritdoc IRewards
    function campaignOf(uint256 campaignId) external view returns (Campaign memory) {
        return _campaign(campaignId);
    }

    /// @inheritdoc IRewards
    function redeemCode(uint256 campaignId, address account, bytes calldata signature) external {
        // Check
        Campaign storage campaign = _openCampaign(campaignId, Source.Promotion);
        _requireSignature(campaign.signer, redemptionDigest(campaignId, account), signature);

        // Effect
        uint256 amount = campaign.perAccount;
        _take(campaign, campaignId, account, amount);
        _grant(account, Source.Promotion, campaignId, amount, bytes32(0));
    }

    /// @inheritdoc IRewards
    function claimGrant(Grant calldata grant, bytes calldata signature) external {
        // Check
        Campaign storage campaign = _openCampaign(grant.campaignId, Source.Contribution);
        require(block.timestamp <= grant.deadline, SignatureExpired(grant.deadline));
        _requireSignature(campaign.signer, grantDigest(grant), signature);
        _requireAmount(grant.amount);
        require(!isDeedUsed[grant.campaignId][grant.deed], DeedUsed(grant.campaignId, grant.deed));

        // Effect
        isDeedUsed[grant.campaignId][grant.deed] = true;
        _take(campaign, grant.campaignId, grant.account, grant.amount);
        _grant(grant.account, Source.Contribution, grant.campaignId, grant.amount, grant.deed);
    }

    /// @inheritdoc IRewards
    function redemptionDigest(uint256 campaignId, address account) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(REDEMPTION_TYPEHASH, campaignId, account)));
    }

    /// @inheritdoc IRewards
    function grantDigest(Grant calldata grant) public view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(
                        GRANT_TYPEHASH,
                        grant.campaignId,
                        grant.account,
                        grant.amount,
                        grant.deed,
                        grant.deadline
                    )
                )
            );
    }

    /// @inheritdoc IRewards
    function endCampaign(uint256 campaignId) external {
        Campaign storage campaign = _campaign(campaignId);
        require(block.timestamp > campaign.end, CampaignStillOpen(campaignId, campaign.end));
        _end(campaign, campaignId);
    }

    /// @inheritdoc IRewards
    function startCampaign(NewCampaign calldata campaign) external restricted returns (uint256 campaignId) {
        // Check
        bool isCampaign = campaign.source == Source.Promotion || campaign.source == Source.Contribution;
        bool isWindow = campaign.start < campaign.end && campaign.end > block.timestamp;
        require(isCampaign && isWindow && campaign.daily >= campaign.perAccount, InvalidCampaign());
        require(campaign.signer != address(0) && campaignBySigner[campaign.signer] == 0, InvalidCampaign());
        _requireAmount(campaign.perAccount);

        // Effect
        campaignId = ++campaignCount;
        campaignBySigner[campaign.signer] = campaignId;
        Campaign storage state = _campaigns[campaignId];
        (state.source, state.signer) = (campaign.source, campaign.signer);
        (state.start, state.end) = (campaign.start, campaign.end);
        (state.perAccount, state.daily) = (campaign.perAccount, campaign.daily);
        emit CampaignStarted(campaignId, campaign.source, campaign.signer, campaign);
    }

    /// @inheritdoc IRewards
    function fundCampaign(
        uint256 campaignId,
        uint128 amount,
        uint256 maxCost
    ) external restricted returns (uint256 cost) {
        // Check
        Campaign storage campaign = _campaign(campaignId);
        require(block.timestamp <= campaign.end, CampaignNotOpen(campaignId));
        _requireAmount(amount);

        // Interaction, then effect: a budget counts only once it is held.
        cost = ICreditStore(creditStore).sellAtFloor(msg.sender, amount, maxCost);
        campaign.budget += amount;
        emit CampaignFunded(campaignId, msg.sender, amount, cost);
    }

    /// @inheritdoc IRewards
    function stopCampaign(uint256 campaignId) external restricted {
        Campaign storage campaign = _campaign(campaignId);
        require(block.timestamp <= campaign.end, CampaignNotOpen(campaignId));
        campaign.end = uint64(block.timestamp) - 1;
        _end(campaign, campaignId);
    }

    /// @dev Records a bonus; what backs it is held already, or minted in the same call.
    function _grant(address account, Source source, uint256 campaignId, uint256 amount, bytes32 ref) internal virtual;

    /// @dev Takes a claim off the budget, within the day's and the account's part of it.
    function _take(Campaign storage campaign, uint256 campaignId, address account, uint256 amount) private {
        // Check
        require(account != address(0), ZeroAddress());
        uint256 claimed = claimedOf[campaignId][account] + amount;
        require(claimed <= campaign.perAccount, AccountCapReached(campaignId, account));
        require(amount <= campaign.budget, BudgetExhausted(campaignId, campaign.budget, amount));
        uint32 today = uint32(block.timestamp / 1 days);
        uint256 given = campaign.day == today ? campaign.givenToday : 0;
        uint256 left = Math.saturatingSub(campaign.daily, given);
        require(amount <= left, DailyCapReached(campaignId, left, amount));

        // Effect: amount is at most the budget, so that each of these fits 128 bits.
        claimedOf[campaignId][account] = claimed;
        campaign.budget -= uint128(amount);
        campaign.given += uint128(amount);
        campaign.givenToday = uint128(given + amount);
        campaign.day = today;
    }

    /// @dev Burns what is left; again it burns nothing.
    function _end(Campaign storage campaign, uint256 campaignId) private {
        uint256 burned = campaign.budget;
        campaign.budget = 0;
        emit CampaignEnded(campaignId, burned);
        if (burned != 0) ICreditStore(creditStore).retire(burned);
    }

    function _campaign(uint256 campaignId) private view returns (Campaign storage campaign) {
        campaign = _campaigns[campaignId];
        require(campaign.signer != address(0), UnknownCampaign(campaignId));
    }

    function _openCampaign(uint256 campaignId, Source source) private view returns (Campaign storage campaign) {
        campaign = _campaign(campaignId);
        require(campaign.source == source, WrongCampaign(campaignId));
        bool isOpen = block.timestamp >= campaign.start && block.timestamp <= campaign.end;
        require(isOpen, CampaignNotOpen(campaignId));
    }

    function _requireSignature(address signer, bytes32 digest, bytes calldata signature) private view {
        require(SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature), InvalidSignature(signer));
    }

    function _requireAmount(uint256 amount) private pure {
        require(amount != 0 && amount % Credits.MICROCREDIT == 0, InvalidAmount(amount));
    }
}

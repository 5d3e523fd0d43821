// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Bonus credits: spend-only, first spent, never withdrawn, they lapse
/// @notice DESIGN section 2 and 4. Amounts are wei of STELAI, whole microcredits; times Unix seconds. Every bonus credit is
/// a $STELAI held here, backed like any other: a referral's comes out of its sale's margin, a campaign's budget is bought
/// at the floor. Always: `stelai.balanceOf(this) ≥ Σ bonus + Σ budgets`. The only way out for a bonus is a tab with a
/// trusted operator; what lapses, and what a campaign leaves, is burned, and its backing is surplus.
interface IRewards {
    /// @notice Where a bonus came from.
    enum Source {
        /// The account sent the buyer.
        Referrer,
        /// The account was sent.
        Referee,
        /// A code.
        Promotion,
        /// A deed that a campaign's signer vouched for.
        Contribution
    }

    /// @notice What a referral brings of each paid purchase, in basis points of the credits bought.
    /// @param referrerBps To who sent the buyer.
    /// @param refereeBps To the buyer.
    /// @param cap The most that an account can ever earn as a referrer, in wei.
    struct ReferralTerms {
        uint16 referrerBps;
        uint16 refereeBps;
        uint128 cap;
    }

    /// @notice What a campaign is started with.
    /// @param source {Source-Promotion} or {Source-Contribution}.
    /// @param signer Of a promotion the address of the code's key; of contributions who vouches for deeds. Names one
    /// campaign, ever.
    /// @param start When claims begin.
    /// @param end When they end.
    /// @param perAccount The most an account can get of it, in wei; of a promotion what everyone gets, once.
    /// @param daily The most it gives away in a UTC day, in wei.
    /// @param uri Where it is described, for people; `ipfs://` or `https://`.
    struct NewCampaign {
        Source source;
        address signer;
        uint64 start;
        uint64 end;
        uint128 perAccount;
        uint128 daily;
        string uri;
    }

    /// @notice A campaign as it stands.
    /// @param budget What is left to give, in wei.
    /// @param given What it gave so far, in wei.
    /// @param givenToday What it gave on `day`, in wei.
    /// @param day The UTC day (since 1970) of `givenToday`.
    struct Campaign {
        Source source;
        address signer;
        uint64 start;
        uint64 end;
        uint128 perAccount;
        uint128 daily;
        uint128 budget;
        uint128 given;
        uint128 givenToday;
        uint32 day;
    }

    /// @notice What a campaign's signer vouches for (EIP-712:
    /// `Grant(uint256 campaignId,address account,uint256 amount,bytes32 deed,uint256 deadline)`).
    /// @param amount In wei, whole microcredits.
    /// @param deed What was done, as a hash; good once per campaign.
    struct Grant {
        uint256 campaignId;
        address account;
        uint256 amount;
        bytes32 deed;
        uint256 deadline;
    }

    /// @notice Emitted when an account's first purchase for itself bound it for good; the zero address: to nobody.
    event ReferrerBound(address indexed account, address indexed referrer);
    /// @notice Emitted when a bonus is granted.
    /// @param campaignId Zero of a referral.
    /// @param ref Of a referral the buyer; of a contribution the deed; of a promotion zero.
    event Granted(
        address indexed account,
        Source indexed source,
        uint256 indexed campaignId,
        uint256 amount,
        bytes32 ref
    );
    /// @notice Emitted when an account's lapse date moved.
    event LapseMoved(address indexed account, uint256 lapsesAt);
    /// @notice Emitted when a bonus went into a tab.
    event Drawn(address indexed account, address indexed operator, uint256 amount);
    /// @notice Emitted when what a tab left of it came back.
    event Restored(address indexed account, uint256 amount);
    /// @notice Emitted when a bonus lapsed and was burned.
    event Lapsed(address indexed account, uint256 amount);
    /// @notice Emitted when what referrals bring changed.
    event ReferralTermsSet(uint256 referrerBps, uint256 refereeBps, uint256 cap);
    /// @notice Emitted when a campaign is started.
    event CampaignStarted(
        uint256 indexed campaignId,
        Source indexed source,
        address indexed signer,
        NewCampaign campaign
    );
    /// @notice Emitted when a budget grew; `cost` in reserve units.
    event CampaignFunded(uint256 indexed campaignId, address indexed payer, uint256 amount, uint256 cost);
    /// @notice Emitted when a campaign ended for good, and what was left of its budget was burned.
    event CampaignEnded(uint256 indexed campaignId, uint256 burned);
    /// @notice Emitted when bonus credits may fund tabs with an operator, or no longer.
    event OperatorTrusted(address indexed operator, bool isTrusted);

    /// @notice Thrown when anyone but the credit store records a purchase.
    error NotCreditStore(address caller);
    /// @notice Thrown when anyone but the meter draws or restores.
    error NotMeter(address caller);
    /// @notice Thrown when bonus credits may not fund tabs with the operator.
    error OperatorNotTrusted(address operator);
    /// @notice Thrown when an account has less bonus, both in wei.
    error BonusTooLow(uint256 balance, uint256 needed);
    /// @notice Thrown when there is no such campaign.
    error UnknownCampaign(uint256 campaignId);
    /// @notice Thrown when a campaign is not of the kind that was asked for.
    error WrongCampaign(uint256 campaignId);
    /// @notice Thrown when a campaign has not begun, or is over.
    error CampaignNotOpen(uint256 campaignId);
    /// @notice Thrown when a campaign's window is still open.
    error CampaignStillOpen(uint256 campaignId, uint256 end);
    /// @notice Thrown when a campaign's budget is used up.
    error BudgetExhausted(uint256 campaignId, uint256 budget, uint256 needed);
    /// @notice Thrown when a campaign gave today what it gives in a day.
    error DailyCapReached(uint256 campaignId, uint256 left, uint256 needed);
    /// @notice Thrown when an account got of a campaign what it can get.
    error AccountCapReached(uint256 campaignId, address account);
    /// @notice Thrown when a deed was granted for already.
    error DeedUsed(uint256 campaignId, bytes32 deed);
    /// @notice Thrown when a signature is not by whom it must be.
    error InvalidSignature(address expected);
    /// @notice Thrown when a signature comes after its deadline.
    error SignatureExpired(uint256 deadline);
    /// @notice Thrown when a campaign's window, amounts or signer make no sense, or the signer has one already.
    error InvalidCampaign();
    /// @notice Thrown when an amount is zero or not of whole microcredits.
    error InvalidAmount(uint256 amount);
    /// @notice Thrown when both sides of a referral would get more than half of what was bought.
    error InvalidReferralTerms();
    /// @notice Thrown when the zero address would hold a bonus.
    error ZeroAddress();
    /// @notice Thrown when the constructor is given a zero address.
    error InvalidConfiguration();

    /// @notice 180 days: how long a bonus lives after its account's last purchase, recorded spending or grant.
    function LIFETIME() external view returns (uint64);

    /// @notice 30 days: the least that a bonus lives after it came back from a tab.
    function LIFE_AFTER_RETURN() external view returns (uint64);

    /// @notice $STELAI.
    function stelai() external view returns (address);

    /// @notice Where credits are bought; records purchases.
    function creditStore() external view returns (address);

    /// @notice The only place where bonus credits are spent.
    function inferenceMeter() external view returns (address);

    /// @notice What an account can spend now, in wei, and until when.
    function bonusOf(address account) external view returns (uint256 balance, uint256 lapsesAt);

    /// @notice Who sent an account, and whether that is decided.
    function referrerOf(address account) external view returns (address referrer, bool isBound);

    /// @notice What an account earned as a referrer so far, in wei.
    function referralEarnedBy(address account) external view returns (uint256);

    /// @notice What referrals bring now.
    function referralTerms() external view returns (ReferralTerms memory);

    /// @notice Whether bonus credits may fund tabs with an operator.
    function isTrusted(address operator) external view returns (bool);

    /// @notice How many campaigns there are; ids count from 1.
    function campaignCount() external view returns (uint256);

    /// @notice A campaign as it stands. Reverts when it does not exist.
    function campaignOf(uint256 campaignId) external view returns (Campaign memory);

    /// @notice The campaign of a signer or a code's key; zero when there is none.
    function campaignBySigner(address signer) external view returns (uint256 campaignId);

    /// @notice What an account got of a campaign, in wei.
    function claimedOf(uint256 campaignId, address account) external view returns (uint256);

    /// @notice Whether a campaign granted for a deed.
    function isDeedUsed(uint256 campaignId, bytes32 deed) external view returns (bool);

    /// @notice Redeems a promotion's code for `account`, by anyone.
    /// @param signature By the code's key, over the EIP-712 struct `Redemption(uint256 campaignId,address account)`: a copied
    /// transaction can only redeem for the same account.
    function redeemCode(uint256 campaignId, address account, bytes calldata signature) external;

    /// @notice Claims a contribution's bonus for the grant's account, by anyone.
    /// @param signature By the campaign's signer, a key or an ERC-1271 wallet.
    function claimGrant(Grant calldata grant, bytes calldata signature) external;

    /// @notice The EIP-712 digest of a redemption.
    function redemptionDigest(uint256 campaignId, address account) external view returns (bytes32);

    /// @notice The EIP-712 digest of a grant.
    function grantDigest(Grant calldata grant) external view returns (bytes32);

    /// @notice Pushes out the lapse dates of the payers of tabs that settled more since the last time. Anyone; of trusted
    /// operators, others and unchanged tabs are skipped. Reverts for a tab that does not exist.
    function recordSpending(address operator, uint64[] calldata tabIds) external;

    /// @notice Burns what lapsed of each account. Anyone.
    function burnLapsed(address[] calldata accounts) external;

    /// @notice Ends a campaign whose window has closed and burns what is left of its budget. Anyone.
    function endCampaign(uint256 campaignId) external;

    /// @notice What a purchase brings, called by the credit store before it mints as much to this contract: binds the
    /// recipient if it signed for itself the first time, and shares out `min(what the terms promise, margin)`.
    /// @param signer Who paid by a call or a signature of their own; the zero address when a keeper made the purchase.
    /// @param credits What was bought, in wei.
    /// @param margin What the sale's margin buys at the floor, in wei.
    /// @return minted What the credit store mints to this contract, at most `margin`.
    function recordPurchase(
        address signer,
        address recipient,
        address referrer,
        uint256 credits,
        uint256 margin
    ) external returns (uint256 minted);

    /// @notice Moves bonus credits of an account into a tab: to the meter, which calls.
    function draw(address account, address operator, uint256 amount) external;

    /// @notice Takes back what a tab left, which the meter, which calls, has just sent. Never reverts for it.
    function restore(address account, uint256 amount) external;

    /// @notice Starts a campaign. Role CAMPAIGNS.
    function startCampaign(NewCampaign calldata campaign) external returns (uint256 campaignId);

    /// @notice Buys budget at the floor, with the caller's allowance of the reserve asset to the credit store. Role
    /// CAMPAIGNS.
    /// @param amount In wei, whole microcredits.
    /// @param maxCost The most it may cost, in reserve units.
    function fundCampaign(uint256 campaignId, uint128 amount, uint256 maxCost) external returns (uint256 cost);

    /// @notice Ends a campaign before its time (a leaked code, a lost key) and burns what is left. Role CAMPAIGNS.
    function stopCampaign(uint256 campaignId) external;

    /// @notice Sets what referrals bring from now on. Role PRICING.
    function setReferralTerms(ReferralTerms calldata terms) external;

    /// @notice Lets bonus credits fund tabs with an operator, or not. What is in a tab stays there. Role CAMPAIGNS.
    function setTrusted(address operator, bool isTrusted_) external;
}

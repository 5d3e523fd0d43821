// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Licences in escrow
/// @notice An ERC-721 whose id is its order and whose record is its escrow (DESIGN section 4):
///
/// | from | to | who, when |
/// |---|---|---|
/// | – | Escrowed | the buyer pays; price, terms, payee and commission are pinned |
/// | Escrowed | Delivered | the offer's attestor, within {DELIVERY} |
/// | Escrowed | Refunded | anyone after that |
/// | Delivered | Released | the holder any time; anyone after {INSPECTION} |
/// | Delivered | Disputed | the holder within {INSPECTION}, with a bond |
/// | Disputed | Released or Refunded | the resolver within {RESOLUTION}; then anyone, refunded |
///
/// Refunded burns the licence. Always: `stelai.balanceOf(this) ≥ Σ prices of open orders + Σ bonds of disputes`.
interface ILicenses {
    /// @notice What the buyer may do; the offer's terms say it in words.
    enum Tier {
        Personal,
        Commercial,
        Exclusive
    }

    enum Status {
        None,
        Escrowed,
        Delivered,
        Disputed,
        Released,
        Refunded
    }

    /// @notice What is offered. An offer never changes: its id pins all of it.
    /// @param price Microcredits; never zero.
    /// @param supply How many are sold at most; zero is any number. Exclusive: one.
    /// @param duration Seconds from the purchase; zero is for ever.
    /// @param attestor Who attests delivery: the operator that holds the key.
    /// @param termsHash keccak256 of the licence's text.
    struct NewOffer {
        Tier tier;
        uint64 price;
        uint32 supply;
        uint32 duration;
        address attestor;
        bytes32 termsHash;
    }

    /// @notice An offer as it stands.
    /// @param epoch The work's epoch that it was made in; it is void in any other.
    /// @param payee Who earns, pinned.
    struct Offer {
        uint256 workId;
        Tier tier;
        uint64 price;
        uint32 supply;
        uint32 sold;
        uint32 duration;
        uint32 epoch;
        bool closed;
        address attestor;
        bytes32 termsHash;
        uint256 payee;
    }

    /// @notice A licence as it stands.
    /// @param since When its status began, Unix seconds.
    /// @param expiry The right's last second, Unix; zero is never.
    /// @param commissionBps The commission, pinned.
    /// @param moves How often it changed hands since it was bought.
    struct Licence {
        uint256 offerId;
        Status status;
        uint40 since;
        uint40 expiry;
        uint16 commissionBps;
        uint32 moves;
    }

    /// @notice What credits are for that come by ERC-1363, ABI-encoded.
    /// @param isDispute Whether they are the bond of a dispute; else the price of a licence.
    /// @param id The licence of the dispute; else the offer.
    /// @param recipient Who gets the licence.
    /// @param evidenceURI What is disputed.
    struct Payment {
        bool isDispute;
        uint256 id;
        address recipient;
        string evidenceURI;
    }

    /// @notice Emitted when something is offered.
    event Offered(uint256 indexed offerId, uint256 indexed workId, NewOffer offer, uint256 payee, uint32 epoch);
    /// @notice Emitted when the owner closed an offer.
    event OfferClosed(uint256 indexed offerId);
    /// @notice Emitted when a licence is bought.
    event Bought(
        uint256 indexed licenceId,
        uint256 indexed offerId,
        address indexed holder,
        address payer,
        uint16 commissionBps,
        uint40 expiry
    );
    /// @notice Emitted when the attestor said that the file can be had.
    event Delivered(uint256 indexed licenceId);
    /// @notice Emitted when the seller was paid.
    event Released(uint256 indexed licenceId);
    /// @notice Emitted when the holder got the price back, and the bond where there was one; the licence is burned.
    event Refunded(uint256 indexed licenceId, address indexed holder, uint256 amount);
    /// @notice Emitted when the holder disputes.
    event Disputed(uint256 indexed licenceId, address indexed holder, uint256 bond, string evidenceURI);
    /// @notice Emitted when the resolver decided.
    event Resolved(uint256 indexed licenceId, address indexed resolver, bool isRefund, string reasonURI);

    /// @notice Thrown when an offer has no price, no attestor or no terms, or an exclusive one a supply other than one.
    error InvalidOffer();
    /// @notice Thrown when the caller does not own the work.
    error NotSeller(uint256 workId, address caller);
    /// @notice Thrown when there is no such offer, it is closed, or the work changed hands or payee since.
    error OfferVoid(uint256 offerId);
    /// @notice Thrown when all were sold.
    error SoldOut(uint256 offerId);
    /// @notice Thrown when an exclusive licence is open or live.
    error SoldExclusively(uint256 workId, uint256 licenceId);
    /// @notice Thrown when an exclusive licence is asked for while others are live. One with an end counts until then,
    /// though it was refunded, as long as any that was sold beside it does: the chain keeps their last end alone.
    error StillLicensed(uint256 workId);
    /// @notice Thrown when a moderator suspended the work.
    error WorkSuspended(uint256 workId);
    /// @notice Thrown when the licence is in another status than the call needs.
    error WrongStatus(uint256 licenceId, Status status);
    /// @notice Thrown when it is too early or too late; `until` is when that turns.
    error WrongTime(uint256 licenceId, uint256 until);
    /// @notice Thrown when the caller is not the offer's attestor.
    error NotAttestor(uint256 licenceId, address caller);
    /// @notice Thrown when the caller does not hold the licence.
    error NotHolder(uint256 licenceId, address caller);
    /// @notice Thrown when a licence does not move: not released, personal, or expired.
    error LicenceLocked(uint256 licenceId);
    /// @notice Thrown when credits came by another way than the payer's own transfer of $STELAI, or too few.
    error UnexpectedPayment(address token, address from);
    /// @notice Thrown when an address is longer than 256 bytes.
    error InvalidURI();

    /// @notice 24 hours: within them the attestor attests.
    function DELIVERY() external view returns (uint40);

    /// @notice 72 hours: within them the holder disputes.
    function INSPECTION() external view returns (uint40);

    /// @notice 7 days: within them the resolver decides.
    function RESOLUTION() external view returns (uint40);

    /// @notice 500: a dispute's bond in ten-thousandths of the price.
    function BOND_BPS() external view returns (uint16);

    /// @notice An offer as it stands.
    function offerOf(uint256 offerId) external view returns (Offer memory);

    /// @notice A licence as it stands, refunded ones too.
    function licenceOf(uint256 licenceId) external view returns (Licence memory);

    /// @notice Whether an account may use the work under this licence now: it holds it, the licence is delivered or
    /// released, and it has not ended. One that is disputed or not delivered yet gives no right.
    function isLicensed(uint256 licenceId, address account) external view returns (bool);

    /// @notice Whether a licence does not move: it is not released, personal, or ended.
    function isLocked(uint256 licenceId) external view returns (bool);

    /// @notice The bond a dispute of this licence takes, in wei of STELAI.
    function bondOf(uint256 licenceId) external view returns (uint256);

    /// @notice Offers a work. Its owner, or {IWorks.create} for its creator.
    function offer(uint256 workId, NewOffer[] calldata offers) external returns (uint256 firstOfferId);

    /// @notice Closes offers to new buyers. The owner of their works.
    function closeOffers(uint256[] calldata offerIds) external;

    /// @notice Buys a licence, paid from the caller's allowance. The offer's id pins price and terms.
    /// @param recipient Who gets the licence, and what is refunded of it.
    function buy(uint256 offerId, address recipient) external returns (uint256 licenceId);

    /// @notice Says that the holders of these can have their files. The attestor of their offers; what is not Escrowed any
    /// more, or too late, is passed over.
    function attest(uint256[] calldata licenceIds) external;

    /// @notice Accepts what was delivered: the seller is paid. The holder.
    function accept(uint256 licenceId) external;

    /// @notice Ends orders that time has decided: refunds what was not delivered or not resolved in time, releases what
    /// was not disputed in time. Anyone; what is not due is passed over.
    function conclude(uint256[] calldata licenceIds) external;

    /// @notice Disputes what was delivered; the bond is taken from the caller's allowance. The holder.
    function dispute(uint256 licenceId, string calldata evidenceURI) external;

    /// @notice Decides a dispute. Role RESOLVER.
    function resolve(uint256 licenceId, bool isRefund, string calldata reasonURI) external;

    /// @notice Ends new sales. Role GUARDIAN.
    function pause() external;

    /// @notice Allows new sales. Role GUARDIAN's admin.
    function unpause() external;
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ILicenses} from "../interfaces/ILicenses.sol";
import {IWorks} from "../interfaces/IWorks.sol";

/// @title What is offered of works, and what of it is sold
/// @dev The part of {Licenses} that knows nothing of credits.
abstract contract Offers is ILicenses {
    /// @dev What is sold of a work. One slot.
    /// @param exclusive The exclusive licence that is open or live.
    /// @param exclusiveUntil When that one ends.
    /// @param perpetual How many without an end are open or live.
    /// @param dated How many with an end were sold since the last time that all of those were past, refunded ones left
    /// out.
    /// @param firstDated The first of them.
    /// @param datedUntil When the last of them is past; zero for none.
    struct Market {
        uint48 exclusive;
        uint40 exclusiveUntil;
        uint32 perpetual;
        uint32 dated;
        uint48 firstDated;
        uint40 datedUntil;
    }

    /// @dev An offer in four slots; only the first changes.
    struct StoredOffer {
        uint48 workId;
        Tier tier;
        bool closed;
        uint64 price;
        uint32 supply;
        uint32 sold;
        uint32 duration;
        uint32 epoch;
        address attestor;
        bytes32 termsHash;
        uint256 payee;
    }

    /// @notice What is licensed.
    address public immutable works;

    mapping(uint256 offerId => StoredOffer) internal _offers;
    mapping(uint256 workId => Market) private _markets;
    uint48 private _offerCount;

    /// @param works_ What is licensed.
    constructor(address works_) {
        works = works_;
    }

    /// @inheritdoc ILicenses
    function offerOf(uint256 offerId) external view returns (Offer memory) {
        StoredOffer storage offered = _offers[offerId];
        return
            Offer({
                workId: offered.workId,
                tier: offered.tier,
                price: offered.price,
                supply: offered.supply,
                sold: offered.sold,
                duration: offered.duration,
                epoch: offered.epoch,
                closed: offered.closed,
                attestor: offered.attestor,
                termsHash: offered.termsHash,
                payee: offered.payee
            });
    }

    /// @inheritdoc ILicenses
    function offer(uint256 workId, NewOffer[] calldata offers) external returns (uint256 firstOfferId) {
        (address owner, uint256 payee, uint32 epoch, ) = IWorks(works).saleOf(workId);
        require(msg.sender == owner || msg.sender == works, NotSeller(workId, msg.sender));
        firstOfferId = _offerCount + 1;
        for (uint256 i; i < offers.length; ++i) {
            NewOffer calldata given = offers[i];
            bool isExclusive = given.tier == Tier.Exclusive;
            require(
                given.price != 0 &&
                    given.attestor != address(0) &&
                    given.termsHash != 0 &&
                    (!isExclusive || given.supply == 1),
                InvalidOffer()
            );
            uint256 offerId = ++_offerCount;
            _offers[offerId] = StoredOffer({
                workId: uint48(workId),
                tier: given.tier,
                closed: false,
                price: given.price,
                supply: given.supply,
                sold: 0,
                duration: given.duration,
                epoch: epoch,
                attestor: given.attestor,
                termsHash: given.termsHash,
                payee: payee
            });
            emit Offered(offerId, workId, given, payee, epoch);
        }
    }

    /// @inheritdoc ILicenses
    function closeOffers(uint256[] calldata offerIds) external {
        for (uint256 i; i < offerIds.length; ++i) {
            StoredOffer storage offered = _offers[offerIds[i]];
            require(offered.price != 0, OfferVoid(offerIds[i]));
            (address owner, , , ) = IWorks(works).saleOf(offered.workId);
            require(msg.sender == owner, NotSeller(offered.workId, msg.sender));
            offered.closed = true;
            emit OfferClosed(offerIds[i]);
        }
    }

    /// @dev Takes an offer's next licence. Exclusive needs no live perpetual licence and every dated one past; while it is
    /// open or live, no other is sold.
    function _sell(uint256 offerId, uint256 licenceId) internal returns (uint64 price, uint40 expiry) {
        // Check
        StoredOffer storage offered = _offers[offerId];
        uint256 workId = offered.workId;
        require(workId != 0 && !offered.closed, OfferVoid(offerId));
        (, , uint32 epoch, bool suspended) = IWorks(works).saleOf(workId);
        require(epoch == offered.epoch, OfferVoid(offerId));
        require(!suspended, WorkSuspended(workId));
        uint32 sold = offered.sold;
        require(offered.supply == 0 || sold < offered.supply, SoldOut(offerId));
        Market memory market = _markets[workId];
        bool isTaken = market.exclusive != 0 && market.exclusiveUntil >= block.timestamp;
        require(!isTaken, SoldExclusively(workId, market.exclusive));
        bool isAnyDated = market.datedUntil >= block.timestamp;

        // Effect
        expiry = offered.duration == 0 ? 0 : uint40(block.timestamp + offered.duration);
        if (offered.tier == Tier.Exclusive) {
            require(market.perpetual == 0 && !isAnyDated, StillLicensed(workId));
            market.exclusive = uint48(licenceId);
            market.exclusiveUntil = expiry == 0 ? type(uint40).max : expiry;
        } else if (expiry == 0) {
            ++market.perpetual;
        } else {
            if (!isAnyDated) (market.dated, market.firstDated) = (0, uint48(licenceId));
            ++market.dated;
            if (expiry > market.datedUntil) market.datedUntil = expiry;
        }
        _markets[workId] = market;
        offered.sold = sold + 1;
        price = offered.price;
    }

    /// @dev Gives a refunded licence back to its offer; what it closed is open again.
    function _giveBack(StoredOffer storage offered, uint256 licenceId, uint40 expiry) internal {
        --offered.sold;
        Market storage market = _markets[offered.workId];
        if (offered.tier == Tier.Exclusive) {
            // One that had ended meanwhile may have made room for another.
            if (market.exclusive == licenceId) (market.exclusive, market.exclusiveUntil) = (0, 0);
        } else if (expiry == 0) {
            --market.perpetual;
        } else if (licenceId >= market.firstDated && --market.dated == 0) {
            market.datedUntil = 0;
        }
    }
}

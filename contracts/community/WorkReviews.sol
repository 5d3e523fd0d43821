// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {ILicenses} from "../interfaces/ILicenses.sol";
import {IWorkReviews} from "../interfaces/IWorkReviews.sol";
import {IWorks} from "../interfaces/IWorks.sol";

/// @title Reviews of works by those who hold a licence that was released
/// @dev Nobody's to change but the author's; it holds nothing and nothing depends on it.
contract WorkReviews is IWorkReviews {
    uint256 private constant MAX_URI_BYTES = 256;

    /// @dev One slot.
    struct Entry {
        uint8 rating;
        uint48 licenceId;
    }

    /// @notice The works.
    address public immutable works;
    /// @notice Their licences.
    address public immutable licenses;

    mapping(uint256 workId => Score) private _scores;
    mapping(uint256 workId => mapping(address author => Entry)) private _entries;
    /// @inheritdoc IWorkReviews
    mapping(uint256 licenceId => address author) public reviewerOf;

    /// @param works_ The works.
    /// @param licenses_ Their licences.
    constructor(address works_, address licenses_) {
        works = works_;
        licenses = licenses_;
    }

    /// @inheritdoc IWorkReviews
    function scoreOf(uint256 workId) external view returns (Score memory) {
        return _scores[workId];
    }

    /// @inheritdoc IWorkReviews
    function ratingOf(uint256 workId, address author) external view returns (uint8) {
        return _entries[workId][author].rating;
    }

    /// @inheritdoc IWorkReviews
    function review(uint256 workId, uint256 licenceId, uint8 rating, string calldata textURI) external {
        // Check
        require(rating != 0 && rating <= 5, InvalidRating(rating));
        require(bytes(textURI).length <= MAX_URI_BYTES, InvalidTextURI());
        bool isOwn = _ownerOf(workId) == msg.sender || IWorks(works).workOf(workId).creator == msg.sender;
        require(!isOwn, OwnWork(workId));
        Entry storage entry = _entries[workId][msg.sender];
        Score storage score = _scores[workId];

        // Effect
        if (entry.rating == 0) {
            _checkLicensee(workId, licenceId);
            entry.licenceId = uint48(licenceId);
            reviewerOf[licenceId] = msg.sender;
            ++score.count;
        }
        score.sum = score.sum - entry.rating + rating;
        entry.rating = rating;
        emit WorkReviewed(workId, msg.sender, entry.licenceId, rating, textURI);
    }

    /// @inheritdoc IWorkReviews
    function withdraw(uint256 workId) external {
        Entry memory entry = _entries[workId][msg.sender];
        require(entry.rating != 0, NoReview(workId, msg.sender));
        delete _entries[workId][msg.sender];
        delete reviewerOf[entry.licenceId];
        Score storage score = _scores[workId];
        --score.count;
        score.sum -= entry.rating;
        emit WorkReviewWithdrawn(workId, msg.sender);
    }

    /// @inheritdoc IWorkReviews
    function reply(uint256 workId, address author, string calldata textURI) external {
        require(_ownerOf(workId) == msg.sender, NotWorkOwner(workId, msg.sender));
        require(_entries[workId][author].rating != 0, NoReview(workId, author));
        require(bytes(textURI).length <= MAX_URI_BYTES, InvalidTextURI());
        emit WorkReviewReplied(workId, author, msg.sender, textURI);
    }

    function _checkLicensee(uint256 workId, uint256 licenceId) private view {
        address author = reviewerOf[licenceId];
        require(author == address(0), LicenceReviewed(licenceId, author));
        ILicenses.Licence memory licence = ILicenses(licenses).licenceOf(licenceId);
        bool isReleased =
            licence.status == ILicenses.Status.Released &&
                ILicenses(licenses).offerOf(licence.offerId).workId == workId;
        require(isReleased && IERC721(licenses).ownerOf(licenceId) == msg.sender, NotLicensee(licenceId, msg.sender));
    }

    function _ownerOf(uint256 workId) private view returns (address) {
        return IERC721(works).ownerOf(workId);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Reviews of works by those who hold a licence that was released
/// @notice One per account and work, and one per licence. The text is stored elsewhere, its address is in the event; stars are counted here.
interface IWorkReviews {
    /// @notice A work's stars.
    struct Score {
        uint64 count;
        uint64 sum;
    }

    /// @notice Emitted when a review is written or changed.
    /// @param licenceId The licence that it rests on. Of a changed one, on which it rested first.
    /// @param rating 1 to 5.
    /// @param textURI `ipfs://…` of the text as JSON, or empty.
    event WorkReviewed(
        uint256 indexed workId,
        address indexed author,
        uint256 indexed licenceId,
        uint8 rating,
        string textURI
    );
    /// @notice Emitted when an author took a review back.
    event WorkReviewWithdrawn(uint256 indexed workId, address indexed author);
    /// @notice Emitted when the work's owner answered a review; an empty text takes the answer back.
    event WorkReviewReplied(uint256 indexed workId, address indexed author, address indexed owner, string textURI);

    /// @notice Thrown when a rating is not 1 to 5.
    error InvalidRating(uint8 rating);
    /// @notice Thrown when a text's address is longer than 256 bytes.
    error InvalidTextURI();
    /// @notice Thrown when the owner or the creator reviews what is theirs.
    error OwnWork(uint256 workId);
    /// @notice Thrown when the author does not hold this licence, it is of another work, or it is not released.
    error NotLicensee(uint256 licenceId, address author);
    /// @notice Thrown when another account's review rests on this licence: it was passed on, one review came with it.
    error LicenceReviewed(uint256 licenceId, address author);
    /// @notice Thrown when there is no such review.
    error NoReview(uint256 workId, address author);
    /// @notice Thrown when the caller does not own the work.
    error NotWorkOwner(uint256 workId, address caller);

    /// @notice A work's number of reviews and sum of stars.
    function scoreOf(uint256 workId) external view returns (Score memory);

    /// @notice An author's stars for a work; zero is no review.
    function ratingOf(uint256 workId, address author) external view returns (uint8);

    /// @notice Whose review rests on a licence; the zero address for nobody's.
    function reviewerOf(uint256 licenceId) external view returns (address author);

    /// @notice Writes the caller's review, who holds a released licence; or changes one that stands, whoever holds the
    /// licence by then.
    function review(uint256 workId, uint256 licenceId, uint8 rating, string calldata textURI) external;

    /// @notice Takes the caller's review back.
    function withdraw(uint256 workId) external;

    /// @notice Answers a review, or changes the answer. The work's owner.
    function reply(uint256 workId, address author, string calldata textURI) external;
}

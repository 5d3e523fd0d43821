// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Reviews of characters by those who paid and used them
/// @notice One per account and character: of a pass's holder, or of the payer of a tab that holds a receipt of an
/// operator the character lists. The text is stored elsewhere, its address is in the event; stars are counted here.
interface IReviews {
    /// @notice An inference as its operator signed it (EIP-712, under the InferenceMeter's domain).
    struct Receipt {
        address operator;
        uint64 tabId;
        uint64 sequence;
        bytes32 request;
        bytes32 response;
        uint48 characterId;
        uint40 termsVersion;
        uint48 milliunits;
        uint8 quality;
        uint40 amount;
        uint40 fee;
        uint64 servedAt;
        bytes32 previous;
    }

    /// @notice A character's stars.
    struct Score {
        uint64 count;
        uint64 sum;
    }

    /// @notice Emitted when a review is written or changed.
    /// @param rating 1 to 5.
    /// @param textURI `ipfs://…` of the text as JSON, or empty.
    /// @param byReceipt Whether it rests on a receipt; otherwise on a pass. Of a changed one, on what it rested first.
    event Reviewed(uint256 indexed characterId, address indexed author, uint8 rating, string textURI, bool byReceipt);
    /// @notice Emitted when an author took a review back.
    event ReviewWithdrawn(uint256 indexed characterId, address indexed author);
    /// @notice Emitted when the character's owner answered a review; an empty text takes the answer back.
    event Replied(uint256 indexed characterId, address indexed author, address indexed owner, string textURI);

    /// @notice Thrown when a rating is not 1 to 5.
    error InvalidRating(uint8 rating);
    /// @notice Thrown when a text's address is longer than 256 bytes.
    error InvalidTextURI();
    /// @notice Thrown when the owner reviews what is theirs.
    error OwnCharacter(uint256 characterId);
    /// @notice Thrown when the author never held a pass of the character.
    error NeverHeld(uint256 characterId, address author);
    /// @notice Thrown when the receipt is for another character, or of nothing that was charged.
    error UnfitReceipt();
    /// @notice Thrown when the character does not list the receipt's operator.
    error OperatorNotListed(uint256 characterId, address operator);
    /// @notice Thrown when the receipt's tab is not the author's.
    error NotPayer(address author);
    /// @notice Thrown when the operator did not sign the receipt.
    error InvalidReceiptSignature();
    /// @notice Thrown when there is no such review.
    error NoReview(uint256 characterId, address author);
    /// @notice Thrown when the caller does not own the character.
    error NotCharacterOwner(uint256 characterId, address caller);

    /// @notice A character's number of reviews and sum of stars.
    function scoreOf(uint256 characterId) external view returns (Score memory);

    /// @notice An author's stars for a character; zero is no review.
    function ratingOf(uint256 characterId, address author) external view returns (uint8);

    /// @notice Writes the caller's review, who holds or held a pass; or changes one that stands.
    function review(uint256 characterId, uint8 rating, string calldata textURI) external;

    /// @notice Writes the caller's review on the proof of a receipt; or changes one that stands.
    /// @param signature The operator's.
    function reviewWithReceipt(
        uint256 characterId,
        uint8 rating,
        string calldata textURI,
        Receipt calldata receipt,
        bytes calldata signature
    ) external;

    /// @notice Takes the caller's review back.
    function withdraw(uint256 characterId) external;

    /// @notice Answers a review, or changes the answer. The character's owner.
    function reply(uint256 characterId, address author, string calldata textURI) external;
}

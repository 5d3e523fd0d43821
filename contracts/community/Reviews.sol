// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacterAccess} from "../interfaces/ICharacterAccess.sol";
import {ICharacters} from "../interfaces/ICharacters.sol";
import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {IReviews} from "../interfaces/IReviews.sol";
import {Receipts} from "../libraries/Receipts.sol";

/// @title Reviews of characters by those who paid and used them
/// @dev Nobody's to change but the author's; it holds nothing and nothing depends on it.
contract Reviews is IReviews {
    uint256 private constant MAX_URI_BYTES = 256;

    /// @dev One slot.
    struct Entry {
        uint8 rating;
        bool byReceipt;
    }

    /// @notice The characters.
    address public immutable characters;
    /// @notice Who holds and held passes.
    address public immutable access;
    /// @notice Whose tabs receipts belong to, and under whose domain they are signed.
    address public immutable meter;

    mapping(uint256 characterId => Score) private _scores;
    mapping(uint256 characterId => mapping(address author => Entry)) private _entries;

    /// @param characters_ The characters.
    /// @param access_ Their passes.
    /// @param meter_ The InferenceMeter.
    constructor(address characters_, address access_, address meter_) {
        characters = characters_;
        access = access_;
        meter = meter_;
    }

    /// @inheritdoc IReviews
    function scoreOf(uint256 characterId) external view returns (Score memory) {
        return _scores[characterId];
    }

    /// @inheritdoc IReviews
    function ratingOf(uint256 characterId, address author) external view returns (uint8) {
        return _entries[characterId][author].rating;
    }

    /// @inheritdoc IReviews
    function review(uint256 characterId, uint8 rating, string calldata textURI) external {
        if (_entries[characterId][msg.sender].rating == 0) {
            require(ICharacterAccess(access).everHeld(characterId, msg.sender), NeverHeld(characterId, msg.sender));
        }
        _write(characterId, rating, textURI, false);
    }

    /// @inheritdoc IReviews
    function reviewWithReceipt(
        uint256 characterId,
        uint8 rating,
        string calldata textURI,
        Receipt calldata receipt,
        bytes calldata signature
    ) external {
        if (_entries[characterId][msg.sender].rating == 0) _checkReceipt(characterId, receipt, signature);
        _write(characterId, rating, textURI, true);
    }

    /// @inheritdoc IReviews
    function withdraw(uint256 characterId) external {
        Entry memory entry = _entries[characterId][msg.sender];
        require(entry.rating != 0, NoReview(characterId, msg.sender));
        delete _entries[characterId][msg.sender];
        Score storage score = _scores[characterId];
        --score.count;
        score.sum -= entry.rating;
        emit ReviewWithdrawn(characterId, msg.sender);
    }

    /// @inheritdoc IReviews
    function reply(uint256 characterId, address author, string calldata textURI) external {
        require(_ownerOf(characterId) == msg.sender, NotCharacterOwner(characterId, msg.sender));
        require(_entries[characterId][author].rating != 0, NoReview(characterId, author));
        require(bytes(textURI).length <= MAX_URI_BYTES, InvalidTextURI());
        emit Replied(characterId, author, msg.sender, textURI);
    }

    /// @dev Counts a new review, or counts a changed one anew.
    function _write(uint256 characterId, uint8 rating, string calldata textURI, bool byReceipt) private {
        // Check
        require(rating != 0 && rating <= 5, InvalidRating(rating));
        require(bytes(textURI).length <= MAX_URI_BYTES, InvalidTextURI());
        require(_ownerOf(characterId) != msg.sender, OwnCharacter(characterId));

        // Effect
        Entry storage entry = _entries[characterId][msg.sender];
        Score storage score = _scores[characterId];
        if (entry.rating == 0) {
            entry.byReceipt = byReceipt;
            ++score.count;
        }
        score.sum = score.sum - entry.rating + rating;
        entry.rating = rating;
        emit Reviewed(characterId, msg.sender, rating, textURI, entry.byReceipt);
    }

    function _checkReceipt(uint256 characterId, Receipt calldata receipt, bytes calldata signature) private view {
        require(receipt.characterId == characterId && uint256(receipt.amount) + receipt.fee != 0, UnfitReceipt());
        address operator = receipt.operator;
        require(ICharacters(characters).isOperator(characterId, operator), OperatorNotListed(characterId, operator));
        require(IInferenceMeter(meter).tabOf(operator, receipt.tabId).payer == msg.sender, NotPayer(msg.sender));
        require(Receipts.isSigned(receipt, signature, meter), InvalidReceiptSignature());
    }

    function _ownerOf(uint256 characterId) private view returns (address) {
        return ICharacters(characters).ownerOf(characterId);
    }
}

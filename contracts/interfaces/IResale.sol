// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Resale of works and licences
/// @notice Swaps a listed work or licence for credits in one call: the royalty goes to the work's royalty payee, the
/// rest to the seller, both through Payouts, commission taken there. A listing is void once its token moved.
interface IResale {
    /// @notice A listing as it stands.
    /// @param seller Who listed it; zero for none.
    /// @param price Microcredits.
    /// @param moves How often the token had moved; of a work, how often its payee had changed, too.
    /// @param until Last second it can be bought in, Unix.
    struct Listing {
        address seller;
        uint64 price;
        uint32 moves;
        uint40 until;
    }

    /// @notice What credits buy that come by ERC-1363, ABI-encoded.
    /// @param price What was agreed to, in microcredits.
    /// @param recipient Who gets the token.
    struct Purchase {
        address collection;
        uint256 tokenId;
        uint64 price;
        address recipient;
    }

    /// @notice Emitted when a token is listed, or its listing changed.
    event Listed(
        address indexed collection,
        uint256 indexed tokenId,
        address indexed seller,
        uint64 price,
        uint40 until
    );
    /// @notice Emitted when a seller took a listing back.
    event Delisted(address indexed collection, uint256 indexed tokenId);
    /// @notice Emitted when a token was sold; `royalty` is the part of the price that the royalty payee got.
    event Resold(
        address indexed collection,
        uint256 indexed tokenId,
        address indexed buyer,
        address seller,
        uint64 price,
        uint64 royalty
    );

    /// @notice Thrown when a collection is neither Works nor Licenses.
    error UnknownCollection(address collection);
    /// @notice Thrown when the caller does not own the token.
    error NotTokenOwner(uint256 tokenId, address caller);
    /// @notice Thrown when a listing has no price or its end is past.
    error InvalidListing();
    /// @notice Thrown when the token is not listed, was sold or moved, does not move, or its listing ended.
    error NotListed(address collection, uint256 tokenId);
    /// @notice Thrown when a moderator suspended the work.
    error WorkSuspended(uint256 workId);
    /// @notice Thrown when the price is not the one that was agreed to.
    error PriceChanged(uint64 price);
    /// @notice Thrown when credits came by another way than the payer's own transfer of $STELAI, or too few.
    error UnexpectedPayment(address token, address from);

    /// @notice A listing as it stands.
    function listingOf(address collection, uint256 tokenId) external view returns (Listing memory);

    /// @notice Whether a listing stands: its token did not move since, may move, and its last second is not past.
    function isListed(address collection, uint256 tokenId) external view returns (bool);

    /// @notice Lists the caller's token, or changes its listing. No approval is needed: this contract moves what is listed.
    function list(address collection, uint256 tokenId, uint64 price, uint40 until) external;

    /// @notice Takes a listing back. Its seller.
    function delist(address collection, uint256 tokenId) external;

    /// @notice Buys a listed token, paid from the caller's allowance.
    /// @param price What was agreed to, in microcredits.
    function buy(address collection, uint256 tokenId, uint64 price, address recipient) external;

    /// @notice Ends new sales. Role GUARDIAN.
    function pause() external;

    /// @notice Allows new sales. Role GUARDIAN's admin.
    function unpause() external;
}

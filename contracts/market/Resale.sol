// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ILicenses} from "../interfaces/ILicenses.sol";
import {IPayouts} from "../interfaces/IPayouts.sol";
import {IResale} from "../interfaces/IResale.sol";
import {IWorks} from "../interfaces/IWorks.sol";
import {Credits} from "../libraries/Credits.sol";
import {Splits} from "../libraries/Splits.sol";

/// @title Resale of works and licences
/// @dev Holds credits within one call only, and never a token.
contract Resale is IResale, IERC1363Receiver, AccessManaged, Pausable {
    using SafeERC20 for IERC20;

    /// @notice $STELAI.
    address public immutable stelai;
    /// @notice Where sellers and royalties are paid.
    address public immutable payouts;
    /// @notice Works that can be listed.
    address public immutable works;
    /// @notice Licences that can be listed.
    address public immutable licenses;

    mapping(address collection => mapping(uint256 tokenId => Listing)) private _listings;

    /// @param authority Whose roles may pause: an AccessManager.
    /// @param stelai_ $STELAI.
    /// @param payouts_ Where sellers and royalties are paid.
    /// @param works_ Works that can be listed.
    /// @param licenses_ Licences that can be listed.
    constructor(
        address authority,
        address stelai_,
        address payouts_,
        address works_,
        address licenses_
    ) AccessManaged(authority) {
        stelai = stelai_;
        payouts = payouts_;
        works = works_;
        licenses = licenses_;
    }

    /// @inheritdoc IResale
    function listingOf(address collection, uint256 tokenId) external view returns (Listing memory) {
        return _listings[collection][tokenId];
    }

    /// @inheritdoc IResale
    function isListed(address collection, uint256 tokenId) public view returns (bool) {
        Listing memory listing = _listings[collection][tokenId];
        return
            listing.seller != address(0) &&
            block.timestamp <= listing.until &&
            listing.moves == _movesOf(collection, tokenId) &&
            IERC721(collection).ownerOf(tokenId) == listing.seller &&
            (collection == works || !ILicenses(licenses).isLocked(tokenId));
    }

    /// @inheritdoc IResale
    function list(address collection, uint256 tokenId, uint64 price, uint40 until) external {
        uint32 moves = _movesOf(collection, tokenId);
        require(IERC721(collection).ownerOf(tokenId) == msg.sender, NotTokenOwner(tokenId, msg.sender));
        require(price != 0 && until >= block.timestamp, InvalidListing());
        _listings[collection][tokenId] = Listing(msg.sender, price, moves, until);
        emit Listed(collection, tokenId, msg.sender, price, until);
    }

    /// @inheritdoc IResale
    function delist(address collection, uint256 tokenId) external {
        require(_listings[collection][tokenId].seller == msg.sender, NotTokenOwner(tokenId, msg.sender));
        delete _listings[collection][tokenId];
        emit Delisted(collection, tokenId);
    }

    /// @inheritdoc IResale
    function buy(address collection, uint256 tokenId, uint64 price, address recipient) external {
        IERC20(stelai).safeTransferFrom(msg.sender, address(this), Credits.toWei(price));
        _buy(Purchase(collection, tokenId, price, recipient));
    }

    /// @inheritdoc IERC1363Receiver
    /// @dev `data` is an ABI-encoded {Purchase}; what is sent above its price comes back. Only the payer's own transfer
    /// acts: an allowance on $STELAI is no leave to buy with it.
    function onTransferReceived(
        address caller,
        address from,
        uint256 value,
        bytes calldata data
    ) external returns (bytes4) {
        Purchase memory purchase = abi.decode(data, (Purchase));
        uint256 price = Credits.toWei(purchase.price);
        require(msg.sender == stelai && caller == from && value >= price, UnexpectedPayment(msg.sender, from));
        _buy(purchase);
        if (value > price) IERC20(stelai).safeTransfer(from, value - price);
        return IERC1363Receiver.onTransferReceived.selector;
    }

    /// @inheritdoc IResale
    function pause() external restricted {
        _pause();
    }

    /// @inheritdoc IResale
    function unpause() external restricted {
        _unpause();
    }

    /// @dev The credits are here already.
    function _buy(Purchase memory purchase) private {
        // Check
        _requireNotPaused();
        (address collection, uint256 tokenId, uint64 price) = (purchase.collection, purchase.tokenId, purchase.price);
        require(isListed(collection, tokenId), NotListed(collection, tokenId));
        Listing memory listing = _listings[collection][tokenId];
        require(price == listing.price, PriceChanged(listing.price));

        uint256 workId = collection == works ? tokenId : _workOf(tokenId);
        (, , , bool suspended) = IWorks(works).saleOf(workId);
        require(!suspended, WorkSuspended(workId));

        // Effect
        delete _listings[collection][tokenId];
        (uint256 royaltyPayee, uint64 royalty) = IWorks(works).royaltyOf(workId, price);
        emit Resold(collection, tokenId, purchase.recipient, listing.seller, price, royalty);

        // Interaction
        uint256 seller = Splits.payeeOf(listing.seller);
        bytes32 ref = bytes32(tokenId);
        if (royalty != 0) IPayouts(payouts).earnAt(royaltyPayee, Credits.toWei(royalty), ref, 0);
        IPayouts(payouts).earn(seller, Credits.toWei(price - royalty), ref);
        IERC721(collection).transferFrom(listing.seller, purchase.recipient, tokenId);
    }

    function _workOf(uint256 licenceId) private view returns (uint256) {
        return ILicenses(licenses).offerOf(ILicenses(licenses).licenceOf(licenceId).offerId).workId;
    }

    function _movesOf(address collection, uint256 tokenId) private view returns (uint32 moves) {
        if (collection == works) (, , moves, ) = IWorks(works).saleOf(tokenId);
        else if (collection == licenses) moves = ILicenses(licenses).licenceOf(tokenId).moves;
        else revert UnknownCollection(collection);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {ICharacters} from "../interfaces/ICharacters.sol";
import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {ILicenses} from "../interfaces/ILicenses.sol";
import {IPayouts} from "../interfaces/IPayouts.sol";
import {IReviews} from "../interfaces/IReviews.sol";
import {IWorks} from "../interfaces/IWorks.sol";
import {Receipts} from "../libraries/Receipts.sol";
import {Splits} from "../libraries/Splits.sol";

/// @title Works: what was made, whose it is, and who earns with it
/// @dev Holds no credits. Parents have lower ids by construction, so there are no cycles.
contract Works is IWorks, ERC721, IERC2981, AccessManaged {
    /// @inheritdoc IWorks
    uint16 public constant MAX_ROYALTY_BPS = 1_000;
    /// @inheritdoc IWorks
    uint16 public constant MAX_DERIVATIVE_BPS = 5_000;
    /// @inheritdoc IWorks
    uint16 public constant MAX_PARENTS_BPS = 9_000;
    /// @inheritdoc IWorks
    uint256 public constant MAX_PARENTS = 8;
    /// @inheritdoc IWorks
    uint8 public constant MAX_DEPTH = 4;

    uint256 private constant MAX_URI_BYTES = 256;

    /// @notice Where works earn.
    address public immutable payouts;
    /// @notice Whose receipts prove where a work comes from.
    address public immutable meter;
    /// @notice Where licences are offered.
    address public immutable licenses;
    /// @notice May move what its owner listed there.
    address public immutable resale;

    /// @notice How many works there are; the newest has this id.
    uint256 public workCount;
    /// @notice The work that a receipt proves; zero for none.
    mapping(bytes32 receipt => uint256 workId) public workOfReceipt;

    mapping(uint256 workId => Work) private _works;
    mapping(uint256 workId => ParentShare[]) private _parents;
    mapping(uint256 workId => string) private _metadata;

    /// @param authority Whose roles may suspend: an AccessManager.
    /// @param payouts_ Where works earn.
    /// @param meter_ The InferenceMeter.
    /// @param licenses_ The Licenses of these works.
    /// @param resale_ The Resale of these works.
    constructor(
        address authority,
        address payouts_,
        address meter_,
        address licenses_,
        address resale_
    ) ERC721("Stelai Works", "STELAI-W") AccessManaged(authority) {
        payouts = payouts_;
        meter = meter_;
        licenses = licenses_;
        resale = resale_;
    }

    /// @inheritdoc IWorks
    function workOf(uint256 workId) external view returns (Work memory) {
        _requireOwned(workId);
        return _works[workId];
    }

    /// @inheritdoc IWorks
    function parentsOf(uint256 workId) external view returns (ParentShare[] memory) {
        _requireOwned(workId);
        return _parents[workId];
    }

    /// @inheritdoc IWorks
    function saleOf(uint256 workId) external view returns (address owner, uint256 payee, uint32 epoch, bool suspended) {
        Work storage work = _works[workId];
        return (_requireOwned(workId), work.payee, work.epoch, work.suspended);
    }

    /// @inheritdoc IWorks
    function royaltyOf(uint256 workId, uint64 price) external view returns (uint256 payee, uint64 amount) {
        _requireOwned(workId);
        Work storage work = _works[workId];
        return (work.royaltyPayee, uint64((uint256(price) * work.royaltyBps) / Splits.WHOLE));
    }

    /// @inheritdoc IERC2981
    /// @dev For other marketplaces, which can pay addresses only: the creator. Ours pays the royalty payee.
    function royaltyInfo(uint256 workId, uint256 price) external view returns (address receiver, uint256 amount) {
        Work storage work = _works[workId];
        return (work.creator, (price * work.royaltyBps) / Splits.WHOLE);
    }

    /// @inheritdoc ERC721
    function tokenURI(uint256 workId) public view override returns (string memory) {
        _requireOwned(workId);
        return _metadata[workId];
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return interfaceId == type(IERC2981).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @inheritdoc IWorks
    function create(
        NewWork calldata work,
        Proof calldata proof,
        ILicenses.NewOffer[] calldata offers
    ) external returns (uint256 workId) {
        // Check
        require(work.modality != ICharacters.Modality.Chat, NotAWork());
        require(work.contentHash != 0, NoContent());
        require(work.royaltyBps <= MAX_ROYALTY_BPS, RoyaltyTooHigh(work.royaltyBps));
        require(work.derivativeBps <= MAX_DERIVATIVE_BPS, DerivativeShareTooHigh(work.derivativeBps));
        _checkMetadata(work.metadataURI);

        // Effect
        uint256 ownerPayee = _payeeOf(work.shares);
        workId = ++workCount;
        bytes32 receipt = _prove(workId, work.contentHash, proof);
        uint8 depth = _derive(workId, work.parents, work.maxParentsBps);
        _metadata[workId] = work.metadataURI;
        uint256 payee = _payeeFor(workId, ownerPayee);
        _works[workId] = Work({
            creator: msg.sender,
            epoch: 1,
            royaltyBps: work.royaltyBps,
            derivativeBps: work.derivativeBps,
            allowsDerivatives: work.allowsDerivatives,
            suspended: false,
            depth: depth,
            modality: work.modality,
            contentHash: work.contentHash,
            payee: payee,
            ownerPayee: ownerPayee,
            royaltyPayee: payee,
            receipt: receipt
        });
        _mint(msg.sender, workId);
        emit WorkCreated(
            workId,
            msg.sender,
            work.contentHash,
            work.modality,
            work.metadataURI,
            work.royaltyBps,
            _parents[workId],
            receipt
        );
        emit WorkPayeeSet(workId, ownerPayee, payee, 1);
        emit DerivativesSet(workId, work.allowsDerivatives, work.derivativeBps);

        // Interaction
        if (offers.length != 0) ILicenses(licenses).offer(workId, offers);
    }

    /// @inheritdoc IWorks
    function setMetadata(uint256 workId, string calldata metadataURI) external {
        _checkOwner(workId);
        _checkMetadata(metadataURI);
        _metadata[workId] = metadataURI;
        emit WorkMetadataSet(workId, metadataURI);
    }

    /// @inheritdoc IWorks
    function setPayee(uint256 workId, uint256 payee) external {
        _checkOwner(workId);
        _checkPayee(payee);
        _setPayee(workId, payee);
    }

    /// @inheritdoc IWorks
    function setDerivatives(uint256 workId, bool allowed, uint16 bps) external {
        _checkOwner(workId);
        require(bps <= MAX_DERIVATIVE_BPS, DerivativeShareTooHigh(bps));
        _works[workId].allowsDerivatives = allowed;
        _works[workId].derivativeBps = bps;
        emit DerivativesSet(workId, allowed, bps);
    }

    /// @inheritdoc IWorks
    function setSuspended(uint256 workId, bool suspended) external restricted {
        _requireOwned(workId);
        _works[workId].suspended = suspended;
        emit WorkSuspensionSet(workId, suspended);
    }

    /// @dev A transfer voids offers and makes the new owner the payee of the owner's part.
    function _update(address to, uint256 workId, address auth) internal override returns (address from) {
        from = super._update(to, workId, auth);
        if (from != address(0)) _setPayee(workId, Splits.payeeOf(to));
    }

    /// @dev What is listed there, Resale moves without another approval.
    function _isAuthorized(address owner, address spender, uint256 workId) internal view override returns (bool) {
        return spender == resale || super._isAuthorized(owner, spender, workId);
    }

    function _setPayee(uint256 workId, uint256 ownerPayee) private {
        Work storage work = _works[workId];
        uint256 payee = _payeeFor(workId, ownerPayee);
        uint32 epoch = ++work.epoch;
        (work.ownerPayee, work.payee) = (ownerPayee, payee);
        emit WorkPayeeSet(workId, ownerPayee, payee, epoch);
    }

    /// @dev Takes the receipt as proof of one work, by the payer of its tab.
    function _prove(uint256 workId, bytes32 contentHash, Proof calldata proof) private returns (bytes32 receipt) {
        if (proof.signature.length == 0) return 0;
        IReviews.Receipt calldata given = proof.receipt;
        receipt = Receipts.hash(given);
        require(given.response == contentHash && workOfReceipt[receipt] == 0, UnfitProof());
        address payer = IInferenceMeter(meter).tabOf(given.operator, given.tabId).payer;
        require(payer == msg.sender, UnfitProof());
        require(Receipts.isSigned(given, proof.signature, meter), InvalidProofSignature());
        workOfReceipt[receipt] = workId;
    }

    /// @dev Pins what the parents are owed.
    function _derive(uint256 workId, uint256[] calldata parents, uint256 maximum) private returns (uint8 depth) {
        require(parents.length <= MAX_PARENTS, InvalidParents());
        uint256 owed;
        uint256 previous;
        for (uint256 i; i < parents.length; ++i) {
            uint256 parent = parents[i];
            require(parent > previous && parent < workId, InvalidParents());
            previous = parent;
            Work storage work = _works[parent];
            require(work.allowsDerivatives || _requireOwned(parent) == msg.sender, DerivativesNotAllowed(parent));
            require(work.depth < MAX_DEPTH, TooDeep(parent));
            if (work.depth >= depth) depth = work.depth + 1;
            owed += work.derivativeBps;
            _parents[workId].push(ParentShare(parent, work.payee, work.derivativeBps));
        }
        if (maximum > MAX_PARENTS_BPS) maximum = MAX_PARENTS_BPS;
        require(owed <= maximum, ParentsOwedTooMuch(owed, maximum));
    }

    /// @dev The parents' shares and the owner's part as one payee; recipients that meet are one share.
    function _payeeFor(uint256 workId, uint256 ownerPayee) private returns (uint256) {
        ParentShare[] storage parents = _parents[workId];
        IPayouts.Share[] memory shares = new IPayouts.Share[](parents.length + 1);
        uint256 count;
        uint16 rest = uint16(Splits.WHOLE);
        for (uint256 i; i < parents.length; ++i) {
            ParentShare storage parent = parents[i];
            if (parent.bps == 0) continue;
            rest -= parent.bps;
            count = _put(shares, count, parent.payee, parent.bps);
        }
        count = _put(shares, count, ownerPayee, rest);
        if (count == 1) return ownerPayee;
        assembly ("memory-safe") {
            mstore(shares, count)
        }
        uint256 split = IPayouts(payouts).splitOf(shares);
        if (!IPayouts(payouts).isPayee(split)) IPayouts(payouts).registerSplit(shares);
        return split;
    }

    /// @dev Adds a share where it belongs in the ascending order.
    function _put(
        IPayouts.Share[] memory shares,
        uint256 count,
        uint256 recipient,
        uint16 bps
    ) private pure returns (uint256) {
        uint256 place = count;
        while (place != 0 && shares[place - 1].recipient >= recipient) --place;
        if (place < count && shares[place].recipient == recipient) {
            shares[place].bps += bps;
            return count;
        }
        for (uint256 i = count; i > place; --i) shares[i] = shares[i - 1];
        shares[place] = IPayouts.Share(recipient, bps);
        return count + 1;
    }

    /// @dev One share of the whole is its recipient; more are a split, which someone may have published before.
    function _payeeOf(IPayouts.Share[] calldata shares) private returns (uint256 payee) {
        if (shares.length == 1 && shares[0].bps == Splits.WHOLE) {
            payee = shares[0].recipient;
            _checkPayee(payee);
        } else {
            payee = IPayouts(payouts).splitOf(shares);
            if (!IPayouts(payouts).isPayee(payee)) IPayouts(payouts).registerSplit(shares);
        }
    }

    function _checkOwner(uint256 workId) private view {
        require(_requireOwned(workId) == msg.sender, NotWorkOwner(workId, msg.sender));
    }

    function _checkPayee(uint256 payee) private view {
        require(IPayouts(payouts).isPayee(payee), InvalidWorkPayee(payee));
    }

    function _checkMetadata(string calldata uri) private pure {
        require(bytes(uri).length != 0 && bytes(uri).length <= MAX_URI_BYTES, InvalidMetadataURI());
    }
}

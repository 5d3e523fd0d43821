// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICharacters} from "./ICharacters.sol";
import {ILicenses} from "./ILicenses.sol";
import {IPayouts} from "./IPayouts.sol";
import {IReviews} from "./IReviews.sol";

/// @title Works: what was made, whose it is, and who earns with it
/// @notice An ERC-721 with ERC-2981. A work names the file by its hash, its title, preview and encrypted file by its
/// metadata, and may prove by the operator's receipt that its creator had it made. It may name parent works; what each
/// is owed is pinned at mint, and the payee of the work is the split of the parents' shares and the owner's part: an
/// owner changes only their own part.
interface IWorks {
    /// @notice What a work is created from.
    /// @param modality What it is; never Chat.
    /// @param metadataURI `ipfs://…` of the JSON that names title, description, tags, preview and encrypted file.
    /// @param contentHash keccak256 of the file.
    /// @param shares Who earns the creator's part; more than one become a split, published if it is new.
    /// @param royaltyBps Part of every resale's price, in ten-thousandths.
    /// @param allowsDerivatives Whether works of others may name it as a parent.
    /// @param derivativeBps Part of what those earn that is owed to it, in ten-thousandths.
    /// @param maxParentsBps The most that the parents may be owed together, whatever they ask by then.
    /// @param parents Works that it derives from, strictly ascending.
    struct NewWork {
        ICharacters.Modality modality;
        string metadataURI;
        bytes32 contentHash;
        IPayouts.Share[] shares;
        uint16 royaltyBps;
        bool allowsDerivatives;
        uint16 derivativeBps;
        uint16 maxParentsBps;
        uint256[] parents;
    }

    /// @notice The receipt that a work was generated under, and the operator's signature of it; an empty signature is
    /// none.
    struct Proof {
        IReviews.Receipt receipt;
        bytes signature;
    }

    /// @notice A work as it stands.
    /// @param creator Who minted it.
    /// @param epoch Counts what voids offers: transfers and changes of the payee.
    /// @param depth How many generations of parents it has.
    /// @param payee Who earns what it sells for: the split of parents and owner, or the owner's payee alone.
    /// @param ownerPayee Who earns the owner's part.
    /// @param royaltyPayee Who earns royalties: the payee at mint.
    /// @param receipt The struct hash of the receipt that was proved; zero for none.
    struct Work {
        address creator;
        uint32 epoch;
        uint16 royaltyBps;
        uint16 derivativeBps;
        bool allowsDerivatives;
        bool suspended;
        uint8 depth;
        ICharacters.Modality modality;
        bytes32 contentHash;
        uint256 payee;
        uint256 ownerPayee;
        uint256 royaltyPayee;
        bytes32 receipt;
    }

    /// @notice What is owed to a parent, as it was pinned.
    struct ParentShare {
        uint256 workId;
        uint256 payee;
        uint16 bps;
    }

    /// @notice Emitted when a work is minted.
    event WorkCreated(
        uint256 indexed workId,
        address indexed creator,
        bytes32 indexed contentHash,
        ICharacters.Modality modality,
        string metadataURI,
        uint16 royaltyBps,
        ParentShare[] parents,
        bytes32 receipt
    );
    /// @notice Emitted when its title, description or preview changed. The file never does.
    event WorkMetadataSet(uint256 indexed workId, string metadataURI);
    /// @notice Emitted when who earns changed, by the owner or by a transfer; offers of older epochs are void.
    event WorkPayeeSet(uint256 indexed workId, uint256 ownerPayee, uint256 payee, uint32 epoch);
    /// @notice Emitted when what derivatives may and owe changed; those that exist keep what was pinned.
    event DerivativesSet(uint256 indexed workId, bool allowed, uint16 bps);
    /// @notice Emitted when a moderator suspended it or lifted that.
    event WorkSuspensionSet(uint256 indexed workId, bool suspended);

    /// @notice Thrown when a work is made of words alone: those are no work here.
    error NotAWork();
    /// @notice Thrown when an address is empty or longer than 256 bytes.
    error InvalidMetadataURI();
    /// @notice Thrown when the content hash is zero.
    error NoContent();
    /// @notice Thrown when the payee can earn nothing: zero, or a split that is not registered.
    error InvalidWorkPayee(uint256 payee);
    /// @notice Thrown when a royalty is above {MAX_ROYALTY_BPS}.
    error RoyaltyTooHigh(uint16 bps);
    /// @notice Thrown when derivatives would owe more than {MAX_DERIVATIVE_BPS}.
    error DerivativeShareTooHigh(uint16 bps);
    /// @notice Thrown when parents are more than {MAX_PARENTS} or not strictly ascending.
    error InvalidParents();
    /// @notice Thrown when a parent allows no derivatives of others.
    error DerivativesNotAllowed(uint256 parent);
    /// @notice Thrown when the chain of parents would be longer than {MAX_DEPTH}.
    error TooDeep(uint256 parent);
    /// @notice Thrown when parents would be owed more than {MAX_PARENTS_BPS} together, or than was agreed to.
    error ParentsOwedTooMuch(uint256 bps, uint256 maximum);
    /// @notice Thrown when a receipt is of another file or another payer, or proves another work already.
    error UnfitProof();
    /// @notice Thrown when the operator did not sign the receipt.
    error InvalidProofSignature();
    /// @notice Thrown when the caller does not own the work.
    error NotWorkOwner(uint256 workId, address caller);

    /// @notice 1,000: no royalty is above 10 %.
    function MAX_ROYALTY_BPS() external view returns (uint16);

    /// @notice 5,000: no derivative owes one parent more than half.
    function MAX_DERIVATIVE_BPS() external view returns (uint16);

    /// @notice 9,000: a creator keeps a tenth at least.
    function MAX_PARENTS_BPS() external view returns (uint16);

    /// @notice 8.
    function MAX_PARENTS() external view returns (uint256);

    /// @notice 4: generations of parents above a work.
    function MAX_DEPTH() external view returns (uint8);

    /// @notice A work as it stands. Reverts for one that does not exist.
    function workOf(uint256 workId) external view returns (Work memory);

    /// @notice What its parents are owed.
    function parentsOf(uint256 workId) external view returns (ParentShare[] memory);

    /// @notice What a market needs to sell it: the owner, who earns, the epoch, and whether it is suspended.
    function saleOf(uint256 workId) external view returns (address owner, uint256 payee, uint32 epoch, bool suspended);

    /// @notice Who earns a resale's royalty, and how much of a price in microcredits that is.
    function royaltyOf(uint256 workId, uint64 price) external view returns (uint256 payee, uint64 amount);

    /// @notice Mints the caller's work; with offers for it, where there are any.
    /// @param proof The receipt it was generated under, or an empty signature.
    /// @param offers What is offered with it; empty for nothing yet.
    function create(
        NewWork calldata work,
        Proof calldata proof,
        ILicenses.NewOffer[] calldata offers
    ) external returns (uint256 workId);

    /// @notice Changes title, description and preview. The owner.
    function setMetadata(uint256 workId, string calldata metadataURI) external;

    /// @notice Changes who earns the owner's part; voids its offers. The owner.
    function setPayee(uint256 workId, uint256 payee) external;

    /// @notice Changes what derivatives to come may and owe. The owner.
    function setDerivatives(uint256 workId, bool allowed, uint16 bps) external;

    /// @notice Ends or lifts new sales. Role MODERATOR.
    function setSuspended(uint256 workId, bool suspended) external;
}

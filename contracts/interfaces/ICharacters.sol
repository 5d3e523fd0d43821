// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IPayouts} from "./IPayouts.sol";

/// @title AI characters
/// @notice ERC-721; ids count from 1. Character 0 is the operator itself and is never minted.
/// Prices are microcredits.
interface ICharacters is IERC721 {
    /// @notice What a character makes.
    enum Modality {
        Chat,
        Image,
        Video,
        Voice,
        Music
    }

    /// @notice Who finds it: everyone, whoever knows the address, or only its owner and the allow list.
    enum Visibility {
        Public,
        Unlisted,
        Private
    }

    /// @notice A character's prices, in microcredits; 0 is free for `perInference` and `perUnit`, and
    /// "not offered" for the passes.
    struct Terms {
        uint40 lifetime;
        uint40 monthly;
        uint40 annual;
        uint40 perInference;
        uint40 perUnit;
    }

    /// @notice What a creator publishes in one call.
    /// @param payee Who earns: an address or a registered split; ignored when `shares` are given.
    /// @param metadataURI `ipfs://…` of the public card.
    /// @param personaHash keccak256 of salt and persona; zero when it has none.
    /// @param operators Who may serve it.
    /// @param shares A split to register (if it is not yet) and to pay; or empty.
    struct Creation {
        Modality modality;
        Visibility visibility;
        uint256 payee;
        bytes32 personaHash;
        string metadataURI;
        Terms terms;
        address[] operators;
        IPayouts.Share[] shares;
    }

    /// @notice Leave to use a private character, signed by its owner (EIP-712) and redeemed once.
    /// @param account Whom it is for; zero when whoever has the key may redeem it.
    /// @param key Whose signature redeems it for an account; zero when it is for `account`.
    /// @param generation {inviteGenerationOf} when it was signed.
    /// @param expiry Unix time in seconds until which it can be redeemed.
    /// @param salt Makes two equal invites two.
    struct Invite {
        uint256 characterId;
        address account;
        address key;
        uint64 generation;
        uint64 expiry;
        bytes32 salt;
    }

    /// @notice An invite with its proofs.
    /// @param signature The owner's, over the invite.
    /// @param keySignature The invite key's (EIP-712 `Redemption(bytes32 invite,address account)`), so that who copies a
    /// redemption on its way gains nothing; empty when the invite is for an account.
    struct Redemption {
        Invite invite;
        bytes signature;
        bytes keySignature;
    }

    /// @notice All of a character that is not its token.
    /// @param version Counts up with every change of the terms, from 1.
    struct Character {
        address owner;
        Modality modality;
        Visibility visibility;
        bool suspended;
        uint40 version;
        Terms terms;
        uint256 payee;
        bytes32 personaHash;
        string metadataURI;
    }

    /// @notice Emitted when a character is published.
    event CharacterCreated(
        uint256 indexed characterId,
        address indexed creator,
        Modality modality,
        Visibility visibility,
        uint256 payee,
        bytes32 personaHash,
        string metadataURI,
        Terms terms
    );
    /// @notice Emitted when the prices change; `version` is the new version.
    event TermsChanged(uint256 indexed characterId, uint40 version, Terms terms);
    /// @notice Emitted when the public card changes.
    event MetadataChanged(uint256 indexed characterId, string metadataURI);
    /// @notice Emitted when the persona changes.
    event PersonaChanged(uint256 indexed characterId, bytes32 personaHash);
    /// @notice Emitted when who earns changes, by the owner or by a transfer.
    event PayeeChanged(uint256 indexed characterId, uint256 payee);
    /// @notice Emitted when the visibility changes.
    event VisibilityChanged(uint256 indexed characterId, Visibility visibility);
    /// @notice Emitted when an operator may, or may no longer, serve the character.
    event OperatorListed(uint256 indexed characterId, address indexed operator, bool listed);
    /// @notice Emitted when a moderator suspends or restores a character.
    event SuspensionChanged(uint256 indexed characterId, bool suspended, string reason);

    /// @notice Emitted when the owner put accounts on the allow list, or took them off.
    event AllowListChanged(uint256 indexed characterId, address[] accounts, bool allowed);
    /// @notice Emitted when a transfer emptied the allow list.
    event AllowListCleared(uint256 indexed characterId);
    /// @notice Emitted when an invite put an account on the allow list; `invite` is its EIP-712 struct hash.
    event InviteRedeemed(uint256 indexed characterId, address indexed account, bytes32 indexed invite);
    /// @notice Emitted when an invite was revoked before it was redeemed.
    event InviteRevoked(uint256 indexed characterId, bytes32 indexed invite);
    /// @notice Emitted when all invites signed before were revoked; `generation` is the one to sign with now.
    event InvitesRevoked(uint256 indexed characterId, uint64 generation);

    /// @notice Thrown when an invite is neither for an account nor for a key, or for both.
    error InvalidInvite();
    /// @notice Thrown when an invite is for another account.
    error InviteForAnother(address account);
    /// @notice Thrown when an invite is redeemed after its time.
    error InviteExpired(uint64 expiry);
    /// @notice Thrown when an invite was redeemed or revoked.
    error InviteSpent(bytes32 invite);
    /// @notice Thrown when all invites of then were revoked, or the character changed its owner.
    error InviteRevokedWithAll(uint64 generation);
    /// @notice Thrown when the owner, or the invite's key, did not sign this.
    error InvalidInviteSignature();
    /// @notice Thrown when the caller does not own the character.
    error NotCharacterOwner(uint256 characterId, address caller);
    /// @notice Thrown when the payee cannot earn.
    error UnknownPayee(uint256 payee);
    /// @notice Thrown when ids have run out of their 48 bits.
    error TooManyCharacters();
    /// @notice Thrown when the metadata URI is empty or longer than 256 bytes.
    error InvalidMetadataURI();
    /// @notice Thrown when the version has run out of its 40 bits.
    error TooManyVersions();

    /// @notice How many characters there are; the last id.
    function count() external view returns (uint256);

    /// @notice Everything about a character. Reverts when it does not exist.
    function characterOf(uint256 characterId) external view returns (Character memory);

    /// @notice The prices in force and their version.
    function termsOf(uint256 characterId) external view returns (Terms memory terms, uint40 version);

    /// @notice Who earns for a character. Reverts when it does not exist.
    function payeeOf(uint256 characterId) external view returns (uint256);

    /// @notice Whether the owner lets `operator` serve the character.
    function isOperator(uint256 characterId, address operator) external view returns (bool);

    /// @notice Whether `account` may see and buy the character: everyone, unless it is private; then the owner and the
    /// allow list. A pass that was paid for stays good without it.
    function isAllowed(uint256 characterId, address account) external view returns (bool);

    /// @notice What is sold to `account`, in one call: prices, whether a moderator suspended it, and {isAllowed}.
    function offerTo(
        uint256 characterId,
        address account
    ) external view returns (Terms memory terms, bool suspended, bool allowed);

    /// @notice The generation that an invite must name; it counts up when all are revoked and with a transfer.
    function inviteGenerationOf(uint256 characterId) external view returns (uint64);

    /// @notice Whether an invite was redeemed or revoked; by its EIP-712 struct hash.
    function isInviteSpent(uint256 characterId, bytes32 invite) external view returns (bool);

    /// @notice What the owner signs (EIP-712).
    function inviteDigest(Invite calldata invite) external view returns (bytes32);

    /// @notice What the invite's key signs for the account that redeems (EIP-712).
    function redemptionDigest(Invite calldata invite, address account) external view returns (bytes32);

    /// @notice Publishes a character; the caller owns it.
    function create(Creation calldata creation) external returns (uint256 characterId);

    /// @notice Changes the prices from now on. Owner.
    function setTerms(uint256 characterId, Terms calldata terms) external;

    /// @notice Changes the public card. Owner.
    function setMetadata(uint256 characterId, string calldata metadataURI) external;

    /// @notice Changes the persona's hash. Owner.
    function setPersona(uint256 characterId, bytes32 personaHash) external;

    /// @notice Changes who earns, after what was settled so far is collected to the old payee. Owner.
    function setPayee(uint256 characterId, uint256 payee) external;

    /// @notice Changes who finds it. Owner.
    function setVisibility(uint256 characterId, Visibility visibility) external;

    /// @notice Lists or unlists an operator. Owner.
    function setOperator(uint256 characterId, address operator, bool listed) external;

    /// @notice Puts accounts on the allow list or takes them off; any number over several calls. Owner.
    /// Whoever is taken off comes back with an invite that is not spent: {revokeInvites}.
    function setAllowed(uint256 characterId, address[] calldata accounts, bool allowed) external;

    /// @notice Redeems an invite for `account`, which is then on the allow list. Anyone, once per invite.
    function redeemInvite(Redemption calldata redemption, address account) external;

    /// @notice Revokes invites by their EIP-712 struct hashes; skips those that are spent, and takes nobody off the allow
    /// list. Owner.
    function revokeInvites(uint256 characterId, bytes32[] calldata invites) external;

    /// @notice Revokes all invites that were signed so far. Who redeemed one stays on the allow list. Owner.
    function revokeAllInvites(uint256 characterId) external;

    /// @notice Suspends or restores a character: relayers stop serving it. Role MODERATOR.
    /// @param reason Public words, in the event.
    function setSuspended(uint256 characterId, bool suspended, string calldata reason) external;
}

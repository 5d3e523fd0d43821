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

    /// @notice Who finds it: everyone, or whoever knows the address.
    enum Visibility {
        Public,
        Unlisted
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

    /// @notice Suspends or restores a character: relayers stop serving it. Role MODERATOR.
    /// @param reason Public words, in the event.
    function setSuspended(uint256 characterId, bool suspended, string calldata reason) external;
}

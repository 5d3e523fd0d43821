// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ICharacterAccess} from "../interfaces/ICharacterAccess.sol";
import {ICharacters} from "../interfaces/ICharacters.sol";
import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {IPayouts} from "../interfaces/IPayouts.sol";
import {Splits} from "../libraries/Splits.sol";
import {Invites} from "./Invites.sol";

/// @title AI characters
contract Characters is ERC721, Invites, AccessManaged {
    uint256 private constant MAX_URI_BYTES = 256;
    /// @dev The visibility in a listing's flags.
    uint8 private constant VISIBILITY = 3;
    uint8 private constant SUSPENDED = 4;

    /// @dev One slot. Six times 40 bits leave 16: `flags` holds the visibility and the suspension.
    struct Listing {
        uint40 lifetime;
        uint40 monthly;
        uint40 annual;
        uint40 perInference;
        uint40 perUnit;
        uint40 version;
        Modality modality;
        uint8 flags;
    }

    /// @notice Where a character's earnings go.
    address public immutable payouts;
    /// @notice Where settled earnings wait to be collected.
    address public immutable meter;
    /// @notice Where the income of passes vests.
    address public immutable access;

    /// @inheritdoc ICharacters
    uint256 public count;

    mapping(uint256 characterId => Listing) private _listings;
    mapping(uint256 characterId => uint256 payee) private _payees;
    mapping(uint256 characterId => bytes32 hash) private _personas;
    mapping(uint256 characterId => string uri) private _metadataURIs;
    mapping(uint256 characterId => mapping(address operator => bool listed)) private _operators;

    /// @param authority The AccessManager.
    /// @param payouts_ Where earnings go.
    /// @param meter_ The InferenceMeter, where they wait before: predicted, it is deployed next.
    /// @param access_ The CharacterAccess, where the income of passes vests: predicted, it is deployed after.
    constructor(
        address authority,
        address payouts_,
        address meter_,
        address access_
    ) ERC721("Stelai Characters", "STELAIC") EIP712("Stelai Characters", "1") AccessManaged(authority) {
        payouts = payouts_;
        meter = meter_;
        access = access_;
    }

    /// @inheritdoc ICharacters
    function characterOf(uint256 characterId) external view returns (Character memory) {
        address owner = _requireOwned(characterId);
        Listing memory listing = _listings[characterId];
        return
            Character({
                owner: owner,
                modality: listing.modality,
                visibility: Visibility(listing.flags & VISIBILITY),
                suspended: listing.flags & SUSPENDED != 0,
                version: listing.version,
                terms: _termsIn(listing),
                payee: _payees[characterId],
                personaHash: _personas[characterId],
                metadataURI: _metadataURIs[characterId]
            });
    }

    /// @inheritdoc ICharacters
    function termsOf(uint256 characterId) external view returns (Terms memory terms, uint40 version) {
        _requireOwned(characterId);
        Listing memory listing = _listings[characterId];
        return (_termsIn(listing), listing.version);
    }

    /// @inheritdoc ICharacters
    function payeeOf(uint256 characterId) external view returns (uint256) {
        // A payee is never zero, so this says that the character exists without reading its owner.
        uint256 payee = _payees[characterId];
        require(payee != 0, ERC721NonexistentToken(characterId));
        return payee;
    }

    /// @inheritdoc ICharacters
    function isOperator(uint256 characterId, address operator) external view returns (bool) {
        return _operators[characterId][operator];
    }

    /// @inheritdoc ICharacters
    function isAllowed(uint256 characterId, address account) external view returns (bool) {
        _requireOwned(characterId);
        return _isAllowed(characterId, account, _listings[characterId].flags);
    }

    /// @inheritdoc ICharacters
    function offerTo(
        uint256 characterId,
        address account
    ) external view returns (Terms memory terms, bool suspended, bool allowed) {
        Listing memory listing = _listings[characterId];
        // Versions count from one, so this says that the character exists without reading its owner.
        require(listing.version != 0, ERC721NonexistentToken(characterId));
        return (_termsIn(listing), listing.flags & SUSPENDED != 0, _isAllowed(characterId, account, listing.flags));
    }

    /// @notice The public card, see {ICharacters-Creation}.
    function tokenURI(uint256 characterId) public view override returns (string memory) {
        _requireOwned(characterId);
        return _metadataURIs[characterId];
    }

    /// @inheritdoc ICharacters
    function create(Creation calldata creation) external returns (uint256 characterId) {
        // Check
        characterId = count + 1;
        require(characterId <= type(uint48).max, TooManyCharacters());
        _checkMetadataURI(creation.metadataURI);
        uint256 payee = creation.payee;
        if (creation.shares.length == 0) _checkPayee(payee);
        else payee = _registeredSplit(creation.shares);

        // Effect
        count = characterId;
        Terms calldata terms = creation.terms;
        _listings[characterId] = Listing({
            lifetime: terms.lifetime,
            monthly: terms.monthly,
            annual: terms.annual,
            perInference: terms.perInference,
            perUnit: terms.perUnit,
            version: 1,
            modality: creation.modality,
            flags: uint8(creation.visibility)
        });
        _payees[characterId] = payee;
        if (creation.personaHash != 0) _personas[characterId] = creation.personaHash;
        _metadataURIs[characterId] = creation.metadataURI;
        _mint(msg.sender, characterId);
        emit CharacterCreated(
            characterId,
            msg.sender,
            creation.modality,
            creation.visibility,
            payee,
            creation.personaHash,
            creation.metadataURI,
            creation.terms
        );
        for (uint256 i; i < creation.operators.length; ++i) {
            _listOperator(characterId, creation.operators[i], true);
        }
    }

    /// @inheritdoc ICharacters
    function setTerms(uint256 characterId, Terms calldata terms) external onlyOwnerOf(characterId) {
        Listing memory listing = _listings[characterId];
        require(listing.version != type(uint40).max, TooManyVersions());
        listing.lifetime = terms.lifetime;
        listing.monthly = terms.monthly;
        listing.annual = terms.annual;
        listing.perInference = terms.perInference;
        listing.perUnit = terms.perUnit;
        listing.version += 1;
        _listings[characterId] = listing;
        emit TermsChanged(characterId, listing.version, terms);
    }

    /// @inheritdoc ICharacters
    function setMetadata(uint256 characterId, string calldata metadataURI) external onlyOwnerOf(characterId) {
        _checkMetadataURI(metadataURI);
        _metadataURIs[characterId] = metadataURI;
        emit MetadataChanged(characterId, metadataURI);
    }

    /// @inheritdoc ICharacters
    function setPersona(uint256 characterId, bytes32 personaHash) external onlyOwnerOf(characterId) {
        _personas[characterId] = personaHash;
        emit PersonaChanged(characterId, personaHash);
    }

    /// @inheritdoc ICharacters
    function setPayee(uint256 characterId, uint256 payee) external onlyOwnerOf(characterId) {
        _checkPayee(payee);
        _replacePayee(characterId, payee);
    }

    /// @inheritdoc ICharacters
    function setVisibility(uint256 characterId, Visibility visibility) external onlyOwnerOf(characterId) {
        Listing storage listing = _listings[characterId];
        listing.flags = (listing.flags & ~VISIBILITY) | uint8(visibility);
        emit VisibilityChanged(characterId, visibility);
    }

    /// @inheritdoc ICharacters
    function setOperator(uint256 characterId, address operator, bool listed) external onlyOwnerOf(characterId) {
        _listOperator(characterId, operator, listed);
    }

    /// @inheritdoc ICharacters
    function setSuspended(uint256 characterId, bool suspended, string calldata reason) external restricted {
        _requireOwned(characterId);
        Listing storage listing = _listings[characterId];
        listing.flags = suspended ? listing.flags | SUSPENDED : listing.flags & ~SUSPENDED;
        emit SuspensionChanged(characterId, suspended, reason);
    }

    /// @dev Every change of owner passes here; minting is no change, and a transfer to oneself neither.
    function _update(address to, uint256 characterId, address auth) internal override returns (address from) {
        from = super._update(to, characterId, auth);
        if (from == address(0) || from == to) return from;
        _replacePayee(characterId, Splits.payeeOf(to));
        _clearCircle(characterId);
    }

    /// @dev What was settled and vested so far belongs to the payee of then: meter and access ask {payeeOf} meanwhile,
    /// and must still be answered with the old one. They and Payouts are ours and call nobody else on the way.
    function _replacePayee(uint256 characterId, uint256 payee) private {
        IInferenceMeter(meter).collect(characterId);
        ICharacterAccess(access).harvestAll(characterId);
        _payees[characterId] = payee;
        emit PayeeChanged(characterId, payee);
    }

    function _listOperator(uint256 characterId, address operator, bool listed) private {
        _operators[characterId][operator] = listed;
        emit OperatorListed(characterId, operator, listed);
    }

    /// @dev Someone else may have published the same split before, which changes nothing about it.
    function _registeredSplit(IPayouts.Share[] calldata shares) private returns (uint256 split) {
        split = IPayouts(payouts).splitOf(shares);
        if (!IPayouts(payouts).isPayee(split)) IPayouts(payouts).registerSplit(shares);
    }

    /// @inheritdoc Invites
    function _requireOwner(uint256 characterId) internal view override returns (address owner) {
        return _requireOwned(characterId);
    }

    function _isAllowed(uint256 characterId, address account, uint8 flags) private view returns (bool) {
        return
            Visibility(flags & VISIBILITY) != Visibility.Private ||
            _isListed(characterId, account) ||
            account == _ownerOf(characterId);
    }

    function _checkPayee(uint256 payee) private view {
        require(IPayouts(payouts).isPayee(payee), UnknownPayee(payee));
    }

    function _checkMetadataURI(string calldata uri) private pure {
        uint256 length = bytes(uri).length;
        require(length != 0 && length <= MAX_URI_BYTES, InvalidMetadataURI());
    }

    function _termsIn(Listing memory listing) private pure returns (Terms memory) {
        return
            Terms({
                lifetime: listing.lifetime,
                monthly: listing.monthly,
                annual: listing.annual,
                perInference: listing.perInference,
                perUnit: listing.perUnit
            });
    }
}

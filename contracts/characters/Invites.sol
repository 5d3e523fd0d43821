// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {ICharacters} from "../interfaces/ICharacters.sol";

/// @title Who may use a private character: the allow list, and the invites that lead onto it
/// @dev Lists are emptied by counting up a generation, so that a transfer costs the same however long they are.
abstract contract Invites is ICharacters, EIP712 {
    bytes32 private constant INVITE_TYPEHASH = keccak256(
        "Invite(uint256 characterId,address account,address key,uint64 generation,uint64 expiry,bytes32 salt)"
    );
    bytes32 private constant REDEMPTION_TYPEHASH = keccak256("Redemption(bytes32 invite,address account)");

    /// @dev Both count up from zero.
    struct Circle {
        uint64 listGeneration;
        uint64 inviteGeneration;
    }

    mapping(uint256 characterId => Circle) private _circles;
    /// The list's generation that an account was put on, plus one; zero is none.
    mapping(uint256 characterId => mapping(address account => uint64 generation)) private _listed;

    /// Redeemed or revoked. By character: nobody revokes the invites of another's.
    mapping(uint256 characterId => mapping(bytes32 invite => bool)) private _spent;

    modifier onlyOwnerOf(uint256 characterId) {
        require(_requireOwner(characterId) == msg.sender, NotCharacterOwner(characterId, msg.sender));
        _;
    }

    /// @inheritdoc ICharacters
    function inviteGenerationOf(uint256 characterId) external view returns (uint64) {
        return _circles[characterId].inviteGeneration;
    }

    /// @inheritdoc ICharacters
    function isInviteSpent(uint256 characterId, bytes32 invite) external view returns (bool) {
        return _spent[characterId][invite];
    }

    /// @inheritdoc ICharacters
    function inviteDigest(Invite calldata invite) external view returns (bytes32) {
        return _hashTypedDataV4(_hashOf(invite));
    }

    /// @inheritdoc ICharacters
    function redemptionDigest(Invite calldata invite, address account) external view returns (bytes32) {
        return _redemptionDigest(_hashOf(invite), account);
    }

    /// @inheritdoc ICharacters
    function setAllowed(
        uint256 characterId,
        address[] calldata accounts,
        bool allowed
    ) external onlyOwnerOf(characterId) {
        uint64 entry = allowed ? _entryOf(characterId) : 0;
        for (uint256 i; i < accounts.length; ++i) _listed[characterId][accounts[i]] = entry;
        emit AllowListChanged(characterId, accounts, allowed);
    }

    /// @inheritdoc ICharacters
    function redeemInvite(Redemption calldata redemption, address account) external {
        // Check
        Invite calldata invite = redemption.invite;
        bool isBound = invite.account != address(0);
        require(isBound != (invite.key != address(0)) && account != address(0), InvalidInvite());
        require(!isBound || invite.account == account, InviteForAnother(invite.account));
        require(block.timestamp <= invite.expiry, InviteExpired(invite.expiry));
        uint256 characterId = invite.characterId;
        bytes32 id = _hashOf(invite);
        require(!_spent[characterId][id], InviteSpent(id));
        require(invite.generation == _circles[characterId].inviteGeneration, InviteRevokedWithAll(invite.generation));
        if (!isBound) {
            bytes32 digest = _redemptionDigest(id, account);
            (address signer, , ) = ECDSA.tryRecoverCalldata(digest, redemption.keySignature);
            require(signer == invite.key, InvalidInviteSignature());
        }
        address owner = _requireOwner(characterId);
        require(
            SignatureChecker.isValidSignatureNowCalldata(owner, _hashTypedDataV4(id), redemption.signature),
            InvalidInviteSignature()
        );

        // Effect
        _spent[characterId][id] = true;
        _listed[characterId][account] = _entryOf(characterId);
        emit InviteRedeemed(characterId, account, id);
    }

    /// @inheritdoc ICharacters
    function revokeInvites(uint256 characterId, bytes32[] calldata invites) external onlyOwnerOf(characterId) {
        for (uint256 i; i < invites.length; ++i) {
            // One that was redeemed meanwhile stops nothing: the others are revoked.
            if (_spent[characterId][invites[i]]) continue;
            _spent[characterId][invites[i]] = true;
            emit InviteRevoked(characterId, invites[i]);
        }
    }

    /// @inheritdoc ICharacters
    function revokeAllInvites(uint256 characterId) external onlyOwnerOf(characterId) {
        _revokeAllInvites(characterId);
    }

    /// @dev Empties the allow list and revokes all invites.
    function _clearCircle(uint256 characterId) internal {
        ++_circles[characterId].listGeneration;
        emit AllowListCleared(characterId);
        _revokeAllInvites(characterId);
    }

    /// @dev Who owns a character. Reverts when it does not exist.
    function _requireOwner(uint256 characterId) internal view virtual returns (address owner);

    function _isListed(uint256 characterId, address account) internal view returns (bool) {
        return _listed[characterId][account] == _entryOf(characterId);
    }

    function _revokeAllInvites(uint256 characterId) private {
        emit InvitesRevoked(characterId, ++_circles[characterId].inviteGeneration);
    }

    function _entryOf(uint256 characterId) private view returns (uint64) {
        return _circles[characterId].listGeneration + 1;
    }

    function _redemptionDigest(bytes32 invite, address account) private view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(REDEMPTION_TYPEHASH, invite, account)));
    }

    function _hashOf(Invite calldata invite) private pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    INVITE_TYPEHASH,
                    invite.characterId,
                    invite.account,
                    invite.key,
                    invite.generation,
                    invite.expiry,
                    invite.salt
                )
            );
    }
}

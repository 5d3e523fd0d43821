// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {ILicenses} from "../interfaces/ILicenses.sol";
import {IPayouts} from "../interfaces/IPayouts.sol";
import {Credits} from "../libraries/Credits.sol";
import {Splits} from "../libraries/Splits.sol";
import {Offers} from "./Offers.sol";

/// @title Licences in escrow
/// @dev Books are closed before credits move; $STELAI, Works and Payouts are ours and call nobody on the way. Minting asks
/// no receiver: an order must reach its end whoever holds it.
contract Licenses is Offers, IERC1363Receiver, ERC721, AccessManaged, Pausable {
    using SafeERC20 for IERC20;

    /// @dev A licence in one slot. Its price is its offer's, at hand where its end is paid.
    struct StoredLicence {
        uint48 offerId;
        Status status;
        uint40 since;
        uint40 expiry;
        uint16 commissionBps;
        uint32 moves;
        uint64 price;
    }

    /// @inheritdoc ILicenses
    uint40 public constant DELIVERY = 24 hours;
    /// @inheritdoc ILicenses
    uint40 public constant INSPECTION = 72 hours;
    /// @inheritdoc ILicenses
    uint40 public constant RESOLUTION = 7 days;
    /// @inheritdoc ILicenses
    uint16 public constant BOND_BPS = 500;

    uint256 private constant MAX_URI_BYTES = 256;

    /// @notice $STELAI.
    address public immutable stelai;
    /// @notice Where sellers are paid.
    address public immutable payouts;
    /// @notice May move what its holder listed there.
    address public immutable resale;

    /// @dev Shares its slot with what {Pausable} reads at each purchase.
    uint48 private _licenceCount;
    mapping(uint256 licenceId => StoredLicence) private _licences;

    /// @param authority Whose roles may pause and resolve: an AccessManager.
    /// @param stelai_ $STELAI.
    /// @param payouts_ Where sellers are paid.
    /// @param works_ What is licensed.
    /// @param resale_ The Resale of these licences.
    constructor(
        address authority,
        address stelai_,
        address payouts_,
        address works_,
        address resale_
    ) Offers(works_) ERC721("Stelai Licences", "STELAI-L") AccessManaged(authority) {
        stelai = stelai_;
        payouts = payouts_;
        resale = resale_;
    }

    /// @inheritdoc ILicenses
    function licenceOf(uint256 licenceId) external view returns (Licence memory) {
        StoredLicence storage licence = _licences[licenceId];
        return
            Licence(
                licence.offerId,
                licence.status,
                licence.since,
                licence.expiry,
                licence.commissionBps,
                licence.moves
            );
    }

    /// @inheritdoc ILicenses
    function isLicensed(uint256 licenceId, address account) external view returns (bool) {
        StoredLicence storage licence = _licences[licenceId];
        if (_ownerOf(licenceId) != account || account == address(0) || _isExpired(licence)) return false;
        return licence.status == Status.Delivered || licence.status == Status.Released;
    }

    /// @inheritdoc ILicenses
    function isLocked(uint256 licenceId) public view returns (bool) {
        StoredLicence storage licence = _licences[licenceId];
        return
            licence.status != Status.Released || _offers[licence.offerId].tier == Tier.Personal || _isExpired(licence);
    }

    /// @inheritdoc ILicenses
    function bondOf(uint256 licenceId) public view returns (uint256) {
        uint256 price = _licences[licenceId].price;
        return Credits.toWei((price * BOND_BPS + Splits.WHOLE - 1) / Splits.WHOLE);
    }

    /// @inheritdoc ILicenses
    function buy(uint256 offerId, address recipient) external returns (uint256 licenceId) {
        uint256 price;
        (licenceId, price) = _buy(offerId, msg.sender, recipient);
        IERC20(stelai).safeTransferFrom(msg.sender, address(this), price);
    }

    /// @inheritdoc IERC1363Receiver
    /// @dev `data` is an ABI-encoded {Payment}; what is sent above what it takes comes back. Only the payer's own transfer
    /// acts: an allowance on $STELAI is no leave to buy with it.
    function onTransferReceived(
        address caller,
        address from,
        uint256 value,
        bytes calldata data
    ) external returns (bytes4) {
        require(msg.sender == stelai && caller == from, UnexpectedPayment(msg.sender, from));
        Payment memory payment = abi.decode(data, (Payment));
        uint256 price;
        if (payment.isDispute) price = _dispute(payment.id, from, payment.evidenceURI);
        else (, price) = _buy(payment.id, from, payment.recipient);
        require(value >= price, UnexpectedPayment(msg.sender, from));
        if (value > price) IERC20(stelai).safeTransfer(from, value - price);
        return IERC1363Receiver.onTransferReceived.selector;
    }

    /// @inheritdoc ILicenses
    function attest(uint256[] calldata licenceIds) external {
        for (uint256 i; i < licenceIds.length; ++i) {
            uint256 licenceId = licenceIds[i];
            StoredLicence storage licence = _licences[licenceId];
            if (licence.status != Status.Escrowed || block.timestamp > licence.since + DELIVERY) continue;
            address attestor = _offers[licence.offerId].attestor;
            require(msg.sender == attestor, NotAttestor(licenceId, msg.sender));
            _turn(licence, Status.Delivered);
            emit Delivered(licenceId);
        }
    }

    /// @inheritdoc ILicenses
    function accept(uint256 licenceId) external {
        StoredLicence storage licence = _heldBy(msg.sender, licenceId, Status.Delivered);
        _release(licenceId, licence);
    }

    /// @inheritdoc ILicenses
    function conclude(uint256[] calldata licenceIds) external {
        for (uint256 i; i < licenceIds.length; ++i) {
            uint256 licenceId = licenceIds[i];
            StoredLicence storage licence = _licences[licenceId];
            (Status status, uint256 since) = (licence.status, licence.since);
            if (status == Status.Escrowed && block.timestamp > since + DELIVERY) {
                _refund(licenceId, licence, 0);
            } else if (status == Status.Delivered && block.timestamp > since + INSPECTION) {
                _release(licenceId, licence);
            } else if (status == Status.Disputed && block.timestamp > since + RESOLUTION) {
                _refund(licenceId, licence, bondOf(licenceId));
            }
        }
    }

    /// @inheritdoc ILicenses
    function dispute(uint256 licenceId, string calldata evidenceURI) external {
        uint256 bond = _dispute(licenceId, msg.sender, evidenceURI);
        IERC20(stelai).safeTransferFrom(msg.sender, address(this), bond);
    }

    /// @inheritdoc ILicenses
    function resolve(uint256 licenceId, bool isRefund, string calldata reasonURI) external restricted {
        // Check
        StoredLicence storage licence = _licences[licenceId];
        require(licence.status == Status.Disputed, WrongStatus(licenceId, licence.status));
        uint256 until = licence.since + RESOLUTION;
        require(block.timestamp <= until, WrongTime(licenceId, until));
        require(bytes(reasonURI).length <= MAX_URI_BYTES, InvalidURI());

        // Effect and interaction
        uint256 bond = bondOf(licenceId);
        emit Resolved(licenceId, msg.sender, isRefund, reasonURI);
        if (isRefund) {
            _refund(licenceId, licence, bond);
        } else {
            uint256 payee = _release(licenceId, licence);
            IPayouts(payouts).earnAt(payee, bond, bytes32(licenceId), 0);
        }
    }

    /// @inheritdoc ILicenses
    function pause() external restricted {
        _pause();
    }

    /// @inheritdoc ILicenses
    function unpause() external restricted {
        _unpause();
    }

    /// @dev A licence is locked until it is released; then a personal one still is, and one whose time is over.
    function _update(address to, uint256 licenceId, address auth) internal override returns (address from) {
        from = super._update(to, licenceId, auth);
        if (from == address(0) || to == address(0)) return from;
        require(!isLocked(licenceId), LicenceLocked(licenceId));
        ++_licences[licenceId].moves;
    }

    /// @dev What is listed there, Resale moves without another approval.
    function _isAuthorized(address owner, address spender, uint256 licenceId) internal view override returns (bool) {
        return spender == resale || super._isAuthorized(owner, spender, licenceId);
    }

    /// @return licenceId The licence, minted in escrow.
    /// @return price What is owed for it, in wei.
    function _buy(
        uint256 offerId,
        address payer,
        address recipient
    ) private returns (uint256 licenceId, uint256 price) {
        _requireNotPaused();
        licenceId = ++_licenceCount;
        (uint64 microcredits, uint40 expiry) = _sell(offerId, licenceId);
        uint16 commissionBps = IPayouts(payouts).commissionOf(address(this));
        _licences[licenceId] = StoredLicence(
            uint48(offerId),
            Status.Escrowed,
            uint40(block.timestamp),
            expiry,
            commissionBps,
            0,
            microcredits
        );
        _mint(recipient, licenceId);
        emit Bought(licenceId, offerId, recipient, payer, commissionBps, expiry);
        price = Credits.toWei(microcredits);
    }

    /// @return bond What is owed for it, in wei.
    function _dispute(uint256 licenceId, address holder, string memory evidenceURI) private returns (uint256 bond) {
        StoredLicence storage licence = _heldBy(holder, licenceId, Status.Delivered);
        uint256 until = licence.since + INSPECTION;
        require(block.timestamp <= until, WrongTime(licenceId, until));
        require(bytes(evidenceURI).length <= MAX_URI_BYTES, InvalidURI());
        bond = bondOf(licenceId);
        _turn(licence, Status.Disputed);
        emit Disputed(licenceId, holder, bond, evidenceURI);
    }

    /// @dev Pays the seller.
    function _release(uint256 licenceId, StoredLicence storage licence) private returns (uint256 payee) {
        // Effect
        _turn(licence, Status.Released);
        emit Released(licenceId);

        // Interaction
        payee = _offers[licence.offerId].payee;
        uint256 amount = Credits.toWei(licence.price);
        IPayouts(payouts).earnAt(payee, amount, bytes32(licenceId), licence.commissionBps);
    }

    /// @dev Pays the holder back and burns the licence.
    function _refund(uint256 licenceId, StoredLicence storage licence, uint256 bond) private {
        // Effect
        address holder = _requireOwned(licenceId);
        _turn(licence, Status.Refunded);
        _giveBack(_offers[licence.offerId], licenceId, licence.expiry);
        _burn(licenceId);
        uint256 amount = Credits.toWei(licence.price) + bond;
        emit Refunded(licenceId, holder, amount);

        // Interaction
        IERC20(stelai).safeTransfer(holder, amount);
    }

    function _turn(StoredLicence storage licence, Status status) private {
        licence.status = status;
        licence.since = uint40(block.timestamp);
    }

    function _heldBy(
        address account,
        uint256 licenceId,
        Status status
    ) private view returns (StoredLicence storage licence) {
        licence = _licences[licenceId];
        require(licence.status == status, WrongStatus(licenceId, licence.status));
        require(_ownerOf(licenceId) == account, NotHolder(licenceId, account));
    }

    function _isExpired(StoredLicence storage licence) private view returns (bool) {
        uint40 expiry = licence.expiry;
        return expiry != 0 && expiry < block.timestamp;
    }
}

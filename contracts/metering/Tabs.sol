// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ICharacters} from "../interfaces/ICharacters.sol";
import {IInferenceMeter} from "../interfaces/IInferenceMeter.sol";
import {IPayouts} from "../interfaces/IPayouts.sol";
import {IRewards} from "../interfaces/IRewards.sol";
import {IStelai} from "../interfaces/IStelai.sol";
import {Expiry} from "../libraries/Expiry.sol";
import {HotTab} from "../libraries/HotTab.sol";

/// @title What the meter keeps, and how to read it
/// @dev The first of four parts of {InferenceMeter}: Tabs, TabFunding, TabRequests, TabSettlement.
abstract contract Tabs is IInferenceMeter, AccessManaged, EIP712, Nonces {
    /// @notice Where a tab is on its way; it only moves forward.
    enum Stage {
        Open,
        Closing,
        Closed
    }

    /// @notice A tab: three slots. Settling reads the third only when the session key did not sign, the second never.
    struct TabState {
        HotTab hot;
        address payer;
        Stage stage;
        uint40 bonus;
        address previousKey;
        uint64 previousKeyUntil;
    }

    /// @inheritdoc IInferenceMeter
    uint64 public constant THAW = 24 hours;
    /// @inheritdoc IInferenceMeter
    uint64 public constant MAX_DURATION = 365 days;
    /// @inheritdoc IInferenceMeter
    uint64 public immutable EPOCH;

    /// @notice $STELAI.
    IStelai public immutable stelai;
    /// @notice Where earnings go.
    IPayouts public immutable payouts;
    /// @notice Who earns for a character.
    ICharacters public immutable characters;
    /// @dev Keeps bonus credits.
    IRewards internal immutable _rewards;

    mapping(address operator => mapping(uint64 tabId => TabState)) internal _tabs;
    /// @inheritdoc IInferenceMeter
    mapping(address operator => uint64) public tabCount;
    /// @dev By character, of which there are 48 bits: settling finds a slot of an array without hashing.
    uint256[2 ** 48] internal _accrued;
    /// @inheritdoc IInferenceMeter
    mapping(address operator => uint256) public accruedFeeOf;

    constructor(address stelai_, address payouts_, address characters_, address rewards_) {
        require(stelai_ != address(0) && payouts_ != address(0), ZeroAddress());
        require(characters_ != address(0) && rewards_ != address(0), ZeroAddress());
        EPOCH = uint64(block.timestamp);
        stelai = IStelai(stelai_);
        payouts = IPayouts(payouts_);
        characters = ICharacters(characters_);
        _rewards = IRewards(rewards_);
    }

    /// @inheritdoc IInferenceMeter
    function tabOf(address operator, uint64 tabId) external view returns (Tab memory) {
        TabState storage state = _tab(operator, tabId);
        HotTab hot = state.hot;
        return
            Tab({
                payer: state.payer,
                sessionKey: hot.sessionKey(),
                cap: hot.cap(),
                spent: hot.spent(),
                expiry: _time(hot.expiry()),
                closing: state.stage != Stage.Open,
                previousKey: state.previousKey,
                previousKeyUntil: state.previousKeyUntil,
                bonus: state.bonus
            });
    }

    /// @inheritdoc IInferenceMeter
    function rewards() external view returns (address) {
        return address(_rewards);
    }

    /// @inheritdoc IInferenceMeter
    function accruedOf(uint256 characterId) public view returns (uint256) {
        return characterId < _accrued.length ? _accrued[characterId] : 0;
    }

    /// @inheritdoc IInferenceMeter
    function nonces(address payer) public view override(IInferenceMeter, Nonces) returns (uint256) {
        return super.nonces(payer);
    }

    /// @dev A tab that exists.
    function _tab(address operator, uint64 tabId) internal view returns (TabState storage state) {
        state = _tabs[operator][tabId];
        require(state.payer != address(0), UnknownTab(operator, tabId));
    }

    /// @dev A tab that is neither closing nor closed.
    function _openTab(address operator, uint64 tabId) internal view returns (TabState storage state) {
        state = _tab(operator, tabId);
        require(state.stage == Stage.Open, TabClosing(operator, tabId));
    }

    /// @dev The units of an expiry that a payer asks for: in the future and not too far.
    function _expiryUnits(uint64 expiry) internal view returns (uint16) {
        unchecked {
            bool inTime = expiry > block.timestamp && expiry - block.timestamp <= MAX_DURATION;
            uint256 units = Expiry.toUnitsUp(expiry, EPOCH);
            require(inTime && units <= Expiry.MAX_UNITS, InvalidExpiry(expiry));
            return uint16(units);
        }
    }

    /// @dev The unix time of an expiry in units.
    function _time(uint256 units) internal view returns (uint64) {
        return Expiry.toTime(units, EPOCH);
    }
}

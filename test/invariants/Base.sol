// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The cheatcodes that these tests use.
interface Vm {
    function addr(uint256 privateKey) external pure returns (address);
    function computeCreateAddress(address deployer, uint256 nonce) external pure returns (address);
    function envOr(string calldata name, uint256 otherwise) external view returns (uint256);
    function getCode(string calldata artifact) external view returns (bytes memory creationCode);
    function getNonce(address account) external view returns (uint64);
    function prank(address sender) external;
    function setEnv(string calldata name, string calldata value) external;
    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function toString(uint256 value) external pure returns (string memory);
    function warp(uint256 timestamp) external;
}

/// @notice Cheatcodes and what every test does with them.
abstract contract Cheats {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    error Broken(string what);

    /// @dev A promise that a test holds.
    function promised(bool kept, string memory what) internal pure {
        require(kept, Broken(what));
    }

    /// @dev A number from `low` to `high`, both included.
    function bound(uint256 seed, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + (high == type(uint256).max && low == 0 ? seed : seed % (high - low + 1));
    }

    /// @dev 65 bytes r, s, v.
    function signed(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev 64 bytes r, vs (ERC-2098).
    function compact(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, uint256(s) | (uint256(v - 27) << 255));
    }

    /// @dev Calls as `sender` and tells whether it went through; for calls that must not.
    function attempt(address sender, address target, bytes memory data) internal returns (bool success) {
        vm.prank(sender);
        // solhint-disable-next-line avoid-low-level-calls
        (success, ) = target.call(data);
    }
}

/// @notice A campaign: the fuzzer calls {selectors} of the test itself, in any order.
abstract contract Campaign is Cheats {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// @dev By then the fuzzer has made some 2,000 calls.
    uint256 private constant ENOUGH_RUNS = 32;

    mapping(bytes4 selector => uint256) private _succeeded;

    /// @dev Counts a call that did something; one that reverts takes its count with it.
    modifier counted() {
        _;
        _count();
    }

    function _count() internal {
        ++_succeeded[msg.sig];
    }

    /// @dev All that may be called.
    function selectors() internal pure virtual returns (bytes4[] memory);

    /// @dev Read by the runner.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(this);
    }

    /// @dev Read by the runner.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(this), selectors());
    }

    /// @dev Called by the runner after each run. A run starts from the setup, so the counts over all runs are kept in
    /// the environment. A handler that never goes through proves nothing: that is a failure too.
    function afterInvariant() external {
        string memory name = string.concat("STELAI_INVARIANT_", title(), "_");
        uint256 runs = _add(string.concat(name, "RUNS"), 1);
        bytes4[] memory called = selectors();
        for (uint256 i = 0; i < called.length; ++i) {
            uint256 times = _add(string.concat(name, vm.toString(i)), _succeeded[called[i]]);
            promised(times != 0 || runs < ENOUGH_RUNS, string.concat("handler goes through: ", vm.toString(i)));
        }
    }

    /// @dev The campaign's name in the environment.
    function title() internal pure virtual returns (string memory);

    function _add(string memory name, uint256 more) private returns (uint256 total) {
        total = vm.envOr(name, uint256(0)) + more;
        vm.setEnv(name, vm.toString(total));
    }
}

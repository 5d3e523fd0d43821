// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICreditPlans} from "../interfaces/ICreditPlans.sol";
import {RenewalStatus} from "../interfaces/Renewal.sol";
import {Renewals} from "../libraries/Renewals.sol";
import {TopUps} from "./TopUps.sol";

/// @title Credits by the billing cycle
/// @dev Put together from: {TopUps} what is bought when credits run low, and here plans and their cycles. Takes nothing
/// itself: the credit store does, from its own allowance, for what was agreed to here.
contract CreditPlans is TopUps {
    using SafeCast for uint256;

    uint256 private constant CREDIT = 1e18;
    uint32 private constant MONTH = 30 days;
    uint32 private constant YEAR = 365 days;

    Plan[] private _plans;
    mapping(address account => Subscription) private _subscriptions;

    /// @param authority The AccessManager.
    /// @param creditStore Sells what is agreed to here.
    constructor(address authority, address creditStore) AccessManaged(authority) TopUps(creditStore) {
        require(authority != address(0), InvalidConfiguration());
    }

    // A cycle is charged at most once: whoever is charged has `end` moved beyond now in the same call, before anything is
    // taken. What a renewal costs is at most `mandate`, what an upgrade or a first cycle costs at most `maxPrice`.

    /// @inheritdoc ICreditPlans
    function planCount() external view returns (uint256) {
        return _plans.length;
    }

    /// @inheritdoc ICreditPlans
    function planOf(uint256 planId) public view returns (Plan memory) {
        require(planId != 0 && planId <= _plans.length, UnknownPlan(planId));
        return _plans[planId - 1];
    }

    /// @inheritdoc ICreditPlans
    function subscriptionOf(address account) external view returns (Subscription memory) {
        return _subscriptions[account];
    }

    /// @inheritdoc ICreditPlans
    function renewalsOf(address[] calldata accounts) external view returns (RenewalStatus[] memory statuses) {
        statuses = new RenewalStatus[](accounts.length);
        for (uint256 i; i < accounts.length; ++i) (statuses[i], ) = _renewalOf(accounts[i]);
    }

    /// @inheritdoc ICreditPlans
    function upgradeQuote(address account, uint256 planId) public view returns (uint256 price, uint256 credits) {
        // Check
        Subscription memory running = _subscriptions[account];
        require(running.planId != 0 && block.timestamp < running.end, NotSubscribed(account));
        Plan memory plan = _offered(planId);
        bool isLarger = plan.credits > running.granted && plan.period == planOf(running.planId).period;
        require(isLarger, NotAnUpgrade(planId, running.planId));

        credits = plan.credits - running.granted;
        // What was paid above the floor may have gone to the treasury since: the credits added must be paid for anew.
        price = Math.max(Math.saturatingSub(plan.price, running.paid), _floorOf(credits));
    }

    /// @inheritdoc ICreditPlans
    function subscribe(uint256 planId, uint96 maxPrice, uint96 mandate, address referrer) external {
        _subscribe(planId, maxPrice, mandate, referrer);
    }

    /// @inheritdoc ICreditPlans
    function subscribeWithPermit(
        uint256 planId,
        uint96 maxPrice,
        uint96 mandate,
        address referrer,
        uint256 allowance,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        _permit(allowance, deadline, v, r, s);
        _subscribe(planId, maxPrice, mandate, referrer);
    }

    /// @inheritdoc ICreditPlans
    function upgrade(uint256 planId, uint96 maxPrice, uint96 mandate) external {
        // Check
        (uint256 price, uint256 credits) = upgradeQuote(msg.sender, planId);
        require(price <= maxPrice, PriceAboveMaximum(price, maxPrice));

        // Effect
        Subscription storage running = _subscriptions[msg.sender];
        uint256 formerPlanId = running.planId;
        (running.planId, running.renewalPlanId) = (uint32(planId), uint32(planId));
        running.granted += credits.toUint128();
        running.paid += price.toUint96();
        running.mandate = mandate;
        emit Upgraded(msg.sender, planId, formerPlanId, credits, price);
        emit RenewalSet(msg.sender, planId, mandate);

        // Interaction
        _sell(msg.sender, address(0), credits, price);
    }

    /// @inheritdoc ICreditPlans
    function setRenewal(uint256 planId, uint96 mandate) external {
        // Check
        Subscription storage running = _subscriptions[msg.sender];
        bool isRenewable = running.planId != 0 && !Renewals.hasLapsed(running.end, block.timestamp);
        require(isRenewable, NotSubscribed(msg.sender));
        planOf(planId);

        // Effect
        running.renewalPlanId = uint32(planId);
        running.mandate = mandate;
        emit RenewalSet(msg.sender, planId, mandate);
    }

    /// @inheritdoc ICreditPlans
    function cancel() external {
        Subscription storage running = _subscriptions[msg.sender];
        require(running.planId != 0, NotSubscribed(msg.sender));
        running.mandate = 0;
        emit RenewalSet(msg.sender, running.renewalPlanId, 0);
    }

    /// @inheritdoc ICreditPlans
    function renew(address[] calldata accounts) external returns (RenewalStatus[] memory statuses) {
        statuses = new RenewalStatus[](accounts.length);
        for (uint256 i; i < accounts.length; ++i) {
            Plan memory plan;
            (statuses[i], plan) = _renewalOf(accounts[i]);
            if (statuses[i] != RenewalStatus.Due) continue;
            Subscription storage running = _subscriptions[accounts[i]];
            uint256 planId = running.renewalPlanId;
            uint64 end = _begin(running, planId, plan);
            emit Renewed(accounts[i], planId, plan.credits, plan.price, block.timestamp, end);
            _sell(accounts[i], address(0), plan.credits, plan.price);
        }
    }

    /// @inheritdoc ICreditPlans
    function addPlans(Plan[] calldata added) external restricted {
        for (uint256 i; i < added.length; ++i) {
            Plan calldata plan = added[i];
            bool isPeriod = plan.period == MONTH || plan.period == YEAR;
            require(isPeriod && plan.credits != 0 && plan.price >= _floorOf(plan.credits), InvalidPlan(i));
            _plans.push(plan);
            require(_plans.length <= type(uint32).max, InvalidPlan(i));
            emit PlanAdded(_plans.length, plan.credits, plan.price, plan.period);
        }
    }

    /// @inheritdoc ICreditPlans
    function setPlanPrice(uint256 planId, uint96 price) external restricted {
        Plan memory plan = planOf(planId);
        require(price == 0 || price >= _floorOf(plan.credits), PriceBelowFloor(planId));
        _plans[planId - 1].price = price;
        emit PlanPriceSet(planId, price);
    }

    function _subscribe(uint256 planId, uint96 maxPrice, uint96 mandate, address referrer) private {
        // Check
        Subscription storage running = _subscriptions[msg.sender];
        require(block.timestamp >= running.end, AlreadySubscribed(running.planId, running.end));
        Plan memory plan = _offered(planId);
        require(plan.price <= maxPrice, PriceAboveMaximum(plan.price, maxPrice));

        // Effect
        uint64 end = _begin(running, planId, plan);
        running.renewalPlanId = uint32(planId);
        running.mandate = mandate;
        emit Subscribed(msg.sender, planId, plan.credits, plan.price, block.timestamp, end);
        emit RenewalSet(msg.sender, planId, mandate);

        // Interaction
        _sell(msg.sender, referrer, plan.credits, plan.price);
    }

    /// @dev Begins a cycle now; what it renews as stays.
    /// @return end When it ends.
    function _begin(Subscription storage running, uint256 planId, Plan memory plan) private returns (uint64 end) {
        end = uint64(block.timestamp) + plan.period;
        running.planId = uint32(planId);
        (running.start, running.end) = (uint64(block.timestamp), end);
        (running.granted, running.paid) = (plan.credits, plan.price);
    }

    /// @dev What a renewal would do now, and the plan it would pay.
    function _renewalOf(address account) private view returns (RenewalStatus status, Plan memory plan) {
        Subscription memory running = _subscriptions[account];
        Renewals.Agreement memory agreement = Renewals.Agreement(running.end, running.mandate);
        status = Renewals.due(agreement, block.timestamp);
        if (status != RenewalStatus.Due) return (status, plan);
        if (_isPaused()) return (RenewalStatus.Paused, plan);
        plan = _plans[running.renewalPlanId - 1];
        status = Renewals.affordable(agreement, plan.price, IERC20(_reserve), account, creditStore, plan.price);
    }

    function _offered(uint256 planId) private view returns (Plan memory plan) {
        plan = planOf(planId);
        require(plan.price != 0, PlanNotOffered(planId));
    }

    function _floorOf(uint256 credits) private view returns (uint256) {
        return Math.mulDiv(credits, _floorPrice, CREDIT, Math.Rounding.Ceil);
    }
}

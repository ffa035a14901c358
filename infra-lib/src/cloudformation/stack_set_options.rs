//! Permissions, targets and operations of stack sets.

use crate::cfn::cloudformation::stack_set::{
    self, ConcurrencyMode, DeploymentTargets, Parameter, RegionConcurrencyType,
};
use crate::core::{Arn, IntoValue, Name, Value};
use crate::kind;

/// Roles with which a [`StackSet`](super::StackSet) works in other accounts.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum StackSetPermissions {
    /// Roles that exist in all accounts: an administration role of this account, which assumes the execution role of each
    /// target account ([self-managed
    /// permissions](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html)).
    SelfManaged {
        /// Administration role. Without it, CloudFormation takes `AWSCloudFormationStackSetAdministrationRole`.
        administration_role: Option<Value<Arn<kind::iam::Role>>>,
        /// Name of the execution role. Without it, CloudFormation takes `AWSCloudFormationStackSetExecutionRole`.
        execution_role: Option<Value<Name<kind::iam::Role>>>,
    },
    /// Roles that CloudFormation creates in the accounts of AWS Organizations ([service-managed
    /// permissions](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html)).
    ServiceManaged {
        /// Deployment to accounts that join a target organizational unit, and removal from those that leave it.
        auto_deployment: bool,
        /// True if this account is a delegated administrator instead of the management account.
        delegated_administrator: bool,
    },
}

impl StackSetPermissions {
    /// Returns self-managed permissions with the roles that CloudFormation takes by default.
    pub const fn self_managed() -> Self {
        Self::SelfManaged {
            administration_role: None,
            execution_role: None,
        }
    }

    /// Returns service-managed permissions of the management account, with automatic deployment.
    pub const fn service_managed() -> Self {
        Self::ServiceManaged {
            auto_deployment: true,
            delegated_administrator: false,
        }
    }
}

/// Statements of a template that a [`StackSet`](super::StackSet) acknowledges.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum StackSetCapability {
    /// Roles, policies and other resources of IAM.
    Iam,
    /// The same, with names of their own.
    NamedIam,
    /// Macros and nested stacks.
    AutoExpand,
}

/// Accounts and regions in which a [`StackSet`](super::StackSet) has stacks.
#[derive(Clone, Debug)]
pub struct StackInstances {
    pub(super) accounts: Vec<String>,
    pub(super) units: Vec<String>,
    pub(super) regions: Vec<String>,
    overrides: Vec<(String, Value<String>)>,
}

impl StackInstances {
    /// Returns accounts by their numbers, and regions: one stack for each pair. Requires self-managed permissions.
    pub fn accounts<A: Into<String>, R: Into<String>>(
        accounts: impl IntoIterator<Item = A>,
        regions: impl IntoIterator<Item = R>,
    ) -> Self {
        Self {
            accounts: accounts.into_iter().map(Into::into).collect(),
            units: Vec::new(),
            regions: regions.into_iter().map(Into::into).collect(),
            overrides: Vec::new(),
        }
    }

    /// Returns all accounts of organizational units, `ou-…`, or of the root, `r-…`, and regions. Requires service-managed
    /// permissions.
    pub fn organizational_units<U: Into<String>, R: Into<String>>(
        units: impl IntoIterator<Item = U>,
        regions: impl IntoIterator<Item = R>,
    ) -> Self {
        Self {
            accounts: Vec::new(),
            units: units.into_iter().map(Into::into).collect(),
            regions: regions.into_iter().map(Into::into).collect(),
            overrides: Vec::new(),
        }
    }

    /// Sets a parameter for these stacks, in place of the value for all.
    pub fn parameter(mut self, name: impl Into<String>, text: impl IntoValue<String>) -> Self {
        self.overrides.push((name.into(), text.into_value()));
        self
    }

    pub(super) fn render(self) -> stack_set::StackInstances {
        let targets = if self.units.is_empty() {
            DeploymentTargets::new().accounts(self.accounts)
        } else {
            DeploymentTargets::new().organizational_unit_ids(self.units)
        };
        let instances = stack_set::StackInstances::new(targets, self.regions);
        if self.overrides.is_empty() {
            return instances;
        }
        instances.parameter_overrides(parameters(self.overrides))
    }
}

pub(super) fn parameters(values: Vec<(String, Value<String>)>) -> Vec<Parameter> {
    values
        .into_iter()
        .map(|(key, value)| Parameter::new(key, value))
        .collect()
}

/// A number of accounts in each region: absolute, or a percentage.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Tolerance {
    /// A number of accounts.
    Count(u16),
    /// A percentage of the accounts, rounded down.
    Percentage(u8),
}

/// Speed of an operation of a [`StackSet`](super::StackSet), and the failures that stop it.
///
/// Default: one account after the other, region by region, and a stop at the first failure, as in CloudFormation.
#[derive(Clone, Debug, Default)]
pub struct OperationPreferences {
    failures: Option<Tolerance>,
    concurrent: Option<Tolerance>,
    region_order: Vec<String>,
    parallel_regions: bool,
    soft: bool,
}

impl OperationPreferences {
    /// Creates the defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the failures in a region after which the operation stops. Default: none.
    pub fn failure_tolerance(mut self, failures: Tolerance) -> Self {
        self.failures = Some(failures);
        self
    }

    /// Sets the accounts in which stacks are deployed at the same time. Default: one. Unless
    /// [`soft_failure_tolerance`](Self::soft_failure_tolerance) is set, CloudFormation uses at most one more than the failures
    /// that it tolerates.
    pub fn max_concurrent(mut self, accounts: Tolerance) -> Self {
        self.concurrent = Some(accounts);
        self
    }

    /// Sets the order of the regions, all of which must be named.
    pub fn region_order<R: Into<String>>(mut self, regions: impl IntoIterator<Item = R>) -> Self {
        self.region_order = regions.into_iter().map(Into::into).collect();
        self
    }

    /// Deploys to all regions at the same time. Default: one after the other.
    pub const fn parallel_regions(mut self) -> Self {
        self.parallel_regions = true;
        self
    }

    /// Keeps the number of accounts at the same time independent of the failures. Default: strict.
    pub const fn soft_failure_tolerance(mut self) -> Self {
        self.soft = true;
        self
    }

    pub(super) fn render(self) -> stack_set::OperationPreferences {
        let mut cfn = stack_set::OperationPreferences::new();
        cfn = match self.failures {
            Some(Tolerance::Count(count)) => cfn.failure_tolerance_count(i64::from(count)),
            Some(Tolerance::Percentage(part)) => cfn.failure_tolerance_percentage(i64::from(part)),
            None => cfn,
        };
        cfn = match self.concurrent {
            Some(Tolerance::Count(count)) => cfn.max_concurrent_count(i64::from(count)),
            Some(Tolerance::Percentage(part)) => cfn.max_concurrent_percentage(i64::from(part)),
            None => cfn,
        };
        if !self.region_order.is_empty() {
            cfn = cfn.region_order(self.region_order);
        }
        if self.parallel_regions {
            cfn = cfn.region_concurrency_type(RegionConcurrencyType::PARALLEL);
        }
        if self.soft {
            cfn = cfn.concurrency_mode(ConcurrencyMode::SOFT_FAILURE_TOLERANCE);
        }
        cfn
    }
}

//! Groups of several instance types, On-Demand and Spot.

use infra_cfn::autoscaling::auto_scaling_group as cfn;

use super::group_options::report_setting;
use crate::construct::With;
use crate::ec2::{Architecture, InstanceType};
use crate::{Diagnostic, IntoValue, Scope, Value, codes};

/// Choice of the instance types for On-Demand Instances.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum OnDemandAllocation {
    /// The first type of the list that has capacity.
    Prioritized,
    /// The cheapest type.
    LowestPrice,
}

/// Choice of the instance types for Spot Instances.
///
/// See [allocation strategies](https://docs.aws.amazon.com/autoscaling/ec2/userguide/allocation-strategies.html).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SpotAllocation {
    /// The least likely to be interrupted, and the cheapest among those.
    #[default]
    PriceCapacityOptimized,
    /// The least likely to be interrupted.
    CapacityOptimized,
    /// The least likely to be interrupted, and the first of the list among those.
    CapacityOptimizedPrioritized,
    /// The cheapest, which is interrupted most.
    LowestPrice,
}

/// An instance type of a group with several, or a description of some.
#[derive(Clone, Debug)]
pub struct InstanceOverride {
    kind: OverrideKind,
    weight: Option<u16>,
}

#[derive(Clone, Debug)]
enum OverrideKind {
    Type(InstanceType),
    Requirements(Box<cfn::InstanceRequirements>),
}

impl InstanceOverride {
    /// Adds an instance type. Its architecture must be that of the launch template (`INF4115`).
    pub const fn new(instance_type: InstanceType) -> Self {
        Self {
            kind: OverrideKind::Type(instance_type),
            weight: None,
        }
    }

    /// Adds every type with the required attributes, such as a number of vCPUs and an amount of memory.
    pub fn matching(requirements: cfn::InstanceRequirements) -> Self {
        Self {
            kind: OverrideKind::Requirements(Box::new(requirements)),
            weight: None,
        }
    }

    /// Sets the units of capacity that an instance counts for, 1 to 999. Default: 1.
    pub const fn weight(mut self, units: u16) -> Self {
        self.weight = Some(units);
        self
    }
}

impl From<InstanceType> for InstanceOverride {
    fn from(instance_type: InstanceType) -> Self {
        Self::new(instance_type)
    }
}

/// Several instance types, and the shares of On-Demand and Spot Instances, for the setter `mixed_instances`.
///
/// See [groups with multiple instance types and purchase
/// options](https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html).
///
/// ```
/// use infra_lib::autoscaling::MixedInstances;
/// use infra_lib::ec2::InstanceType;
///
/// let mixed = MixedInstances::new([InstanceType::M7G_LARGE, InstanceType::other("m6g.large")])
///     .on_demand_base(1)
///     .on_demand_percentage(20);
/// ```
#[derive(Clone, Debug)]
pub struct MixedInstances {
    overrides: Vec<InstanceOverride>,
    on_demand: Option<OnDemandAllocation>,
    on_demand_base: Option<u32>,
    on_demand_percentage: Option<u8>,
    spot: SpotAllocation,
    spot_max_price: Option<Value<String>>,
}

impl MixedInstances {
    /// Creates a policy with instance types, at most 40 (`INF4993` otherwise), or with none, which leaves that of the launch
    /// template.
    pub fn new<T: Into<InstanceOverride>>(overrides: impl IntoIterator<Item = T>) -> Self {
        Self {
            overrides: overrides.into_iter().map(Into::into).collect(),
            on_demand: None,
            on_demand_base: None,
            on_demand_percentage: None,
            spot: SpotAllocation::default(),
            spot_max_price: None,
        }
    }

    /// Sets the choice for On-Demand Instances. Default: the first type of the list, for required attributes the cheapest,
    /// as in CloudFormation.
    pub const fn on_demand_allocation(mut self, allocation: OnDemandAllocation) -> Self {
        self.on_demand = Some(allocation);
        self
    }

    /// Sets the capacity that On-Demand Instances provide before others. Default: 0, as in CloudFormation.
    pub const fn on_demand_base(mut self, capacity: u32) -> Self {
        self.on_demand_base = Some(capacity);
        self
    }

    /// Sets the share of On-Demand Instances in the rest, 0 to 100 percent (`INF4993` otherwise); the others are Spot
    /// Instances. Default: 100 percent, as in CloudFormation.
    pub const fn on_demand_percentage(mut self, percentage: u8) -> Self {
        self.on_demand_percentage = Some(percentage);
        self
    }

    /// Sets the choice for Spot Instances. Default: [`SpotAllocation::PriceCapacityOptimized`], which AWS recommends
    /// (CloudFormation: the lowest price).
    pub const fn spot_allocation(mut self, allocation: SpotAllocation) -> Self {
        self.spot = allocation;
        self
    }

    /// Sets the maximum price of a Spot Instance and hour in US dollars. Default: the On-Demand price, as in CloudFormation.
    /// AWS advises against it, because it interrupts instances more often.
    pub fn spot_max_price(mut self, price: impl IntoValue<String>) -> Self {
        self.spot_max_price = Some(price.into_value());
        self
    }

    fn check(&self, scope: Scope<'_>, architecture: Option<Architecture>) {
        if self.overrides.len() > 40 {
            report_setting(
                scope,
                "MixedInstancesPolicy.LaunchTemplate.Overrides",
                "the number of instance types",
                &self.overrides.len().to_string(),
                "at most 40",
            );
        }
        if let Some(percentage) = self.on_demand_percentage.filter(|share| *share > 100) {
            report_setting(
                scope,
                "MixedInstancesPolicy.InstancesDistribution.OnDemandPercentageAboveBaseCapacity",
                "the share of On-Demand Instances",
                &percentage.to_string(),
                "0 to 100 percent",
            );
        }
        for one in &self.overrides {
            let (OverrideKind::Type(kind), Some(expected)) = (&one.kind, architecture) else {
                continue;
            };
            let own = kind.architecture();
            if own != expected {
                scope.report(
                    Diagnostic::new(
                        codes::IMAGE_ARCHITECTURE,
                        format!("the image of the launch template is for {expected}, and an instance type of the group for {own}"),
                    )
                    .property("MixedInstancesPolicy.LaunchTemplate.Overrides")
                    .actual(format!("`{}`, {own}", kind.as_str()))
                    .expected(format!("instance types for {expected}"))
                    .url("https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html"),
                );
            }
        }
    }

    /// Returns the property `MixedInstancesPolicy`. `architecture` is that of the launch template, if it is known.
    pub(super) fn render(
        self,
        scope: Scope<'_>,
        template: cfn::LaunchTemplateSpecification,
        architecture: Option<Architecture>,
    ) -> cfn::MixedInstancesPolicy {
        self.check(scope, architecture);
        let overrides: Vec<_> = self
            .overrides
            .into_iter()
            .map(|one| {
                let weight = one.weight.map(|units| units.to_string());
                let cfn = cfn::LaunchTemplateOverrides::new()
                    .with(weight, cfn::LaunchTemplateOverrides::weighted_capacity);
                match one.kind {
                    OverrideKind::Type(kind) => cfn.instance_type(kind.as_str()),
                    OverrideKind::Requirements(required) => cfn.instance_requirements(*required),
                }
            })
            .collect();
        let distribution = cfn::InstancesDistribution::new()
            .spot_allocation_strategy(match self.spot {
                SpotAllocation::PriceCapacityOptimized => "price-capacity-optimized",
                SpotAllocation::CapacityOptimized => "capacity-optimized",
                SpotAllocation::CapacityOptimizedPrioritized => "capacity-optimized-prioritized",
                SpotAllocation::LowestPrice => "lowest-price",
            })
            .with(self.on_demand, |distribution, allocation| {
                distribution.on_demand_allocation_strategy(match allocation {
                    OnDemandAllocation::Prioritized => "prioritized",
                    OnDemandAllocation::LowestPrice => "lowest-price",
                })
            })
            .with(self.on_demand_base, |distribution, capacity| {
                distribution.on_demand_base_capacity(i64::from(capacity))
            })
            .with(self.on_demand_percentage, |distribution, share| {
                distribution.on_demand_percentage_above_base_capacity(i64::from(share))
            })
            .with(
                self.spot_max_price,
                cfn::InstancesDistribution::spot_max_price,
            );
        let template = cfn::LaunchTemplate::new(template);
        let template = if overrides.is_empty() {
            template
        } else {
            template.overrides(overrides)
        };
        cfn::MixedInstancesPolicy::new(template).instances_distribution(distribution)
    }
}

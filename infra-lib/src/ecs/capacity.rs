//! Capacity of a service: Fargate or Fargate Spot.

use crate::cfn::ecs::service as cfn;
use crate::cfn::ecs::{CfnServiceProps, service::LaunchType};

/// Capacity that the tasks of a service run on.
///
/// Fargate Spot costs up to 70 % less. AWS stops Spot tasks with two minutes' notice (`SIGTERM`), and may have no
/// Spot capacity at all. See [Fargate capacity
/// providers](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Capacity {
    /// Fargate on-demand capacity; the default.
    Fargate,
    /// Fargate Spot only, for services that tolerate interruptions.
    FargateSpot,
    /// The first `on_demand` tasks on Fargate, further tasks on Fargate Spot.
    SpotAbove {
        /// Number of tasks that always run on Fargate.
        on_demand: u32,
    },
}

impl Capacity {
    pub(super) fn apply_to(self, props: CfnServiceProps) -> CfnServiceProps {
        let provider = |name: &str, base: u32, weight: u32| {
            let item = cfn::CapacityProviderStrategyItem::new()
                .capacity_provider(name)
                .weight(weight);
            if base == 0 { item } else { item.base(base) }
        };
        match self {
            Self::Fargate => props.launch_type(LaunchType::FARGATE),
            Self::FargateSpot => props.capacity_provider_strategy([provider("FARGATE_SPOT", 0, 1)]),
            Self::SpotAbove { on_demand } => props.capacity_provider_strategy([
                provider("FARGATE", on_demand, 0),
                provider("FARGATE_SPOT", 0, 1),
            ]),
        }
    }
}

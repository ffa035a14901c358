//! What a service's tasks run on.

use crate::cfn::ecs::service as cfn;
use crate::cfn::ecs::{CfnServiceProps, service::LaunchType};

/// What the tasks of a service run on.
///
/// Spot costs about 70 % less; AWS takes tasks back with two minutes' notice (`SIGTERM`), and there may be none. See
/// [Fargate capacity providers](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Capacity {
    /// Fargate. The default.
    Fargate,
    /// Fargate Spot only; for what may be down.
    FargateSpot,
    /// The first `on_demand` tasks on Fargate, whatever is above on Fargate Spot.
    SpotAbove {
        /// How many tasks never run on Spot.
        on_demand: u32,
    },
}

impl Capacity {
    pub(super) fn apply(self, props: CfnServiceProps) -> CfnServiceProps {
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

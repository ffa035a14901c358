//! The [`PlacementGroup`] construct, and existing placement groups.

use infra_cfn::ec2::{CfnPlacementGroup, CfnPlacementGroupProps, placement_group};
use infra_cfn::kind;

use crate::{Construct, Diagnostic, IntoValue, Name, Scope, Value, codes};

/// Distribution of the instances of a [`PlacementGroup`] over the hardware.
///
/// See [Placement strategies](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PlacementStrategy {
    /// Close together in one Availability Zone, for low latency between the instances.
    Cluster,
    /// Partitions that share no racks: 1 to 7 in each Availability Zone (`INF4124`).
    Partition(u8),
    /// Each on a rack of its own: at most seven running instances in each Availability Zone.
    Spread,
    /// Each on a host of its own, on an Outpost.
    SpreadHosts,
}

crate::construct! {
    /// A placement group: where instances are placed on the hardware, relative to each other.
    ///
    /// Creates an
    /// [`AWS::EC2::PlacementGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-placementgroup.html)
    /// for [`Instance`](super::Instance) and [`LaunchTemplate`](super::LaunchTemplate), whose Auto Scaling group starts its
    /// instances in it. CloudFormation generates the name. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | strategy | required | cluster |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{Instance, InstanceType, MachineImage, PlacementGroup, PlacementStrategy, Vpc};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Compute");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let apart = PlacementGroup::builder().strategy(PlacementStrategy::Spread).build(stack, "Apart");
    /// for (id, subnet_index) in [("First", 0), ("Second", 1)] {
    ///     Instance::builder()
    ///         .vpc(vpc)
    ///         .subnet_index(subnet_index)
    ///         .instance_type(InstanceType::M7G_LARGE)
    ///         .machine_image(MachineImage::amazon_linux_2023())
    ///         .placement_group(apart)
    ///         .build(stack, id);
    /// }
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct PlacementGroup<'app>: "infra-lib.ec2.PlacementGroup" {
        resource: CfnPlacementGroup<'app>,
    }

    /// Properties of a [`PlacementGroup`], set through [`PlacementGroup::builder`].
    pub struct PlacementGroupProps, PlacementGroupBuilder, placement_group_builder {
        /// Distribution of the instances (CloudFormation: cluster). Changing it replaces the group.
        required strategy: PlacementStrategy,
    }
}

impl<'app> PlacementGroup<'app> {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "`construct!` passes the properties by value"
    )]
    fn create(scope: Scope<'app>, props: PlacementGroupProps<'app>) -> Self {
        let cfn = CfnPlacementGroupProps::new();
        let resource = match props.strategy {
            PlacementStrategy::Cluster => cfn.strategy(placement_group::Strategy::CLUSTER),
            PlacementStrategy::Partition(count) => {
                check_partitions(scope, count);
                cfn.strategy(placement_group::Strategy::PARTITION)
                    .partition_count(i64::from(count))
            }
            PlacementStrategy::Spread => cfn
                .strategy(placement_group::Strategy::SPREAD)
                .spread_level(placement_group::SpreadLevel::RACK),
            PlacementStrategy::SpreadHosts => cfn
                .strategy(placement_group::Strategy::SPREAD)
                .spread_level(placement_group::SpreadLevel::HOST),
        }
        .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Imports an existing placement group of this account and region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        placement_group_name: impl IntoValue<Name<kind::ec2::PlacementGroup>>,
    ) -> ImportedPlacementGroup<'app> {
        ImportedPlacementGroup::import(scope, id, placement_group_name.into_value())
    }

    /// Returns the name of the placement group.
    pub fn placement_group_name(&self) -> Value<Name<kind::ec2::PlacementGroup>> {
        self.resource.attr_group_name()
    }

    /// Returns the L1 binding of the placement group.
    pub fn cfn(&self) -> CfnPlacementGroup<'app> {
        self.resource
    }
}

/// Reports a number of partitions that EC2 rejects.
fn check_partitions(scope: Scope<'_>, count: u8) {
    if !(1..=7).contains(&count) {
        scope.report(
            Diagnostic::new(
                codes::PARTITION_COUNT,
                format!("a placement group cannot have {count} partitions"),
            )
            .property("PartitionCount")
            .actual(count.to_string())
            .expected("1 to 7 partitions")
            .help("use `PlacementStrategy::Partition(7)`; each Availability Zone has as many partitions")
            .url("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html#placement-groups-partition"),
        );
    }
}

crate::import! {
    /// An existing placement group, from [`PlacementGroup::from_name`].
    pub struct ImportedPlacementGroup<'app>: "infra-lib.ec2.ImportedPlacementGroup" {
        /// Returns the name of the placement group.
        placement_group_name: Name<kind::ec2::PlacementGroup>,
    }

    /// A placement group of the app or an existing one, from [`AsPlacementGroup::as_placement_group`].
    pub enum PlacementGroupRef of PlacementGroup;

    /// A placement group for builders: a [`PlacementGroup`] or an [`ImportedPlacementGroup`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no placement group",
        label = "a `PlacementGroup` or an `ImportedPlacementGroup` is needed here"
    )]
    pub trait AsPlacementGroup::as_placement_group;
}

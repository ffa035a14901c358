//! Target groups that exist already.

use infra_cfn::kind;

use super::load_balancer::FullName;
use super::{AsApplicationLoadBalancer, TargetGroup};
use crate::import::arn_part;
use crate::{Arn, Construct, IntoValue, Value, sub};

crate::import! {
    /// An existing target group, from [`TargetGroup::from_arn`] or [`TargetGroup::from_lookup`]. The security group of a new target must allow the load
    /// balancer to reach it, since neither is known here.
    pub struct ImportedTargetGroup<'app>: "infra-lib.elbv2.ImportedTargetGroup" {
        /// Returns the ARN of the target group.
        arn: Arn<kind::elasticloadbalancingv2::TargetGroup>,
        /// Returns the full name, `targetgroup/…`, which metrics use as a dimension.
        full_name: String,
    }

    /// A target group of the app or an existing one, from [`AsTargetGroup::as_target_group`].
    pub enum TargetGroupRef of TargetGroup;

    /// A target group for builders: a [`TargetGroup`] or an [`ImportedTargetGroup`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no target group",
        label = "a `TargetGroup` or an `ImportedTargetGroup` is needed here"
    )]
    pub trait AsTargetGroup::as_target_group;
}

impl<'app> TargetGroup<'app> {
    /// Imports an existing target group by its ARN.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::elasticloadbalancingv2::TargetGroup>>,
    ) -> ImportedTargetGroup<'app> {
        let arn = arn.into_value();
        let full_name = arn_part(&arn, 5);
        ImportedTargetGroup::import(scope, id, arn, full_name)
    }
}

impl<'app> ImportedTargetGroup<'app> {
    /// Names the load balancer that forwards to the group, for scaling on its requests.
    pub fn of_load_balancer(self, balancer: &impl AsApplicationLoadBalancer<'app>) -> Self {
        let name = balancer.as_application_load_balancer().full_name();
        self.scope().attach(FullName(name));
        self
    }
}

impl TargetGroupRef<'_> {
    /// Returns the label `app/…/targetgroup/…` that identifies the group in scaling policies, or `None` before a
    /// listener forwards to it.
    pub fn resource_label(&self) -> Option<Value<String>> {
        match self {
            Self::Own(group) => group.resource_label(),
            Self::Imported(group) => {
                let balancer = group.scope().attached::<FullName>()?;
                Some(sub![balancer.0.clone(), "/", group.full_name()])
            }
        }
    }
}

//! Lookups of target groups.

use serde_json::json;

use super::{ImportedTargetGroup, TargetGroup};
use crate::Construct;
use crate::lookup::{ResourceLookup, text};

const TYPE: &str = "AWS::ElasticLoadBalancingV2::TargetGroup";

/// An existing target group to look up, for [`TargetGroup::from_lookup`]. Exactly one must match.
#[derive(Clone, Debug)]
#[must_use = "a lookup has no effect until it is passed to `TargetGroup::from_lookup`"]
pub struct TargetGroupLookup(ResourceLookup);

impl TargetGroupLookup {
    /// Looks up the target group with an ARN.
    pub fn by_arn(arn: &str) -> Self {
        Self(ResourceLookup::by_identifier(TYPE, arn))
    }

    /// Looks up the target group with a name, which is unique in an account and region. The Cloud Control API lists every
    /// target group for it.
    pub fn by_name(name: &str) -> Self {
        Self(ResourceLookup::by_properties(TYPE, [("Name", name)]).exactly_one())
    }
}

impl<'app> TargetGroup<'app> {
    /// Imports an existing target group, which a context lookup finds: `cloudformation:GetResource` or
    /// `cloudformation:ListResources` of the Cloud Control API, which call `elasticloadbalancing:DescribeTargetGroups`.
    /// The lookup fails if none matches; [`from_arn`](Self::from_arn) asks nothing.
    ///
    /// Until the lookup has an answer, it is the placeholder `dummy-target-group`.
    ///
    /// ```
    /// use infra_lib::elbv2::{TargetGroup, TargetGroupLookup};
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Web");
    /// let group = TargetGroup::from_lookup(stack, "Api", &TargetGroupLookup::by_name("api"));
    /// # assert_eq!(group.full_name().as_literal(), Some("targetgroup/dummy-target-group/50dc6c495c0c9188"));
    /// ```
    #[track_caller]
    pub fn from_lookup(
        scope: impl Construct<'app>,
        id: &str,
        lookup: &TargetGroupLookup,
    ) -> ImportedTargetGroup<'app> {
        let scope = scope.scope().at_caller();
        let dummy = json!({
            "TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/dummy-target-group/50dc6c495c0c9188",
        });
        let lookup = lookup.0.clone().returning(["TargetGroupArn"]);
        let found = lookup.find_one(scope, &dummy);
        Self::from_arn(scope, id, text(&found, "TargetGroupArn"))
    }
}

//! Hosted zones of Route 53.

use bon::Builder;
use infra_cfn::route53::CfnHostedZoneProps;
use infra_cfn::route53::hosted_zone::HostedZoneConfig;

use crate::{Construct, Diagnostic, Id, IntoValue, RemovalPolicy, Scope, Value, codes, kind};

/// A public hosted zone with the records of a domain.
///
/// Creates an
/// [`AWS::Route53::HostedZone`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-hostedzone.html).
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | removal policy | retain, since a new zone would have other name servers | delete, which fails while the zone has records |
/// | comment | none | none |
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::route53::HostedZone;
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Domain");
/// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
/// let own = HostedZone::builder().zone_name("notes.example.com").build(stack, "Notes");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct HostedZone<'app> {
    scope: Scope<'app>,
}

struct State {
    id: Value<Id<kind::route53::HostedZone>>,
    name: String,
}

/// Properties of a [`HostedZone`], set through [`HostedZone::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = HostedZoneBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct HostedZoneProps {
    /// Domain name, such as `example.com`. Changing it replaces the zone.
    #[builder(into)]
    zone_name: String,
    /// Comment on the zone. Default: none.
    #[builder(into)]
    comment: Option<String>,
    /// Removal policy of the zone. Default: it is retained (CloudFormation: deleted).
    #[builder(default = RemovalPolicy::Retain)]
    removal_policy: RemovalPolicy,
}

impl<S: hosted_zone_builder::IsComplete> HostedZoneBuilder<S> {
    /// Adds the zone under `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> HostedZone<'app> {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.route53.HostedZone");
        let name = normalize_name(&props.zone_name);
        let mut cfn = CfnHostedZoneProps::new().name(format!("{name}."));
        if let Some(comment) = props.comment {
            cfn = cfn.hosted_zone_config(HostedZoneConfig::new().comment(comment));
        }
        let zone = cfn.build(scope, "Resource");
        zone.apply_removal_policy(props.removal_policy);
        scope.attach(State {
            id: zone.attr_id(),
            name,
        });
        HostedZone { scope }
    }
}

impl<'app> HostedZone<'app> {
    /// Returns a builder for a hosted zone.
    pub fn builder() -> HostedZoneBuilder {
        HostedZoneProps::start()
    }

    /// Imports an existing zone by its ID and domain name.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        hosted_zone_id: impl IntoValue<Id<kind::route53::HostedZone>>,
        zone_name: &str,
    ) -> Self {
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.route53.HostedZone");
        scope.attach(State {
            id: hosted_zone_id.into_value(),
            name: normalize_name(zone_name),
        });
        Self { scope }
    }

    /// Returns the ID of the zone, `Z…`.
    pub fn hosted_zone_id(&self) -> Value<Id<kind::route53::HostedZone>> {
        self.load_state().id.clone()
    }

    /// Returns the domain name, without a trailing dot.
    pub fn zone_name(&self) -> String {
        self.load_state().name.clone()
    }

    /// Returns `true` if a name belongs to this zone.
    pub(crate) fn contains_name(&self, name: &str) -> bool {
        let (name, zone) = (normalize_name(name), self.zone_name());
        name == zone
            || name
                .strip_suffix(&zone)
                .is_some_and(|before| before.ends_with('.'))
    }

    /// Reports a name that does not belong to this zone (`INF4511`).
    pub(crate) fn check_holds(&self, name: &str, scope: Scope<'app>, property: &str) {
        if !self.contains_name(name) {
            scope.report(
                Diagnostic::new(
                    codes::NAME_OUTSIDE_ZONE,
                    format!(
                        "`{name}` does not belong to the hosted zone `{}`",
                        self.zone_name()
                    ),
                )
                .property(property)
                .actual(name)
                .expected(format!(
                    "`{0}` or a name that ends with `.{0}`",
                    self.zone_name()
                ))
                .related("the hosted zone is created here", self.scope.origin())
                .help("use the complete name, and the zone that it belongs to"),
            );
        }
    }

    fn load_state(&self) -> std::rc::Rc<State> {
        self.scope
            .attached()
            .expect("every zone is made with its state")
    }
}

impl<'app> Construct<'app> for HostedZone<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

fn normalize_name(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

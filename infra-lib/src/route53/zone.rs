//! Hosted zones of both kinds, and the records that each has.

use std::cell::RefCell;
use std::rc::Rc;

use super::record_checks::Entry;
use crate::{Construct, Diagnostic, Id, Scope, Value, codes, kind, pseudo, sub, value};

/// A hosted zone for records: a [`HostedZone`](super::HostedZone) or a [`PrivateHostedZone`](super::PrivateHostedZone)
/// of the app, or an existing one; from [`AsHostedZone::as_hosted_zone`].
#[derive(Clone, Copy, Debug)]
pub struct HostedZoneRef<'app> {
    pub(super) scope: Scope<'app>,
}

/// A hosted zone for builders: public or private, of the app or imported.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no hosted zone",
    label = "a `HostedZone` or a `PrivateHostedZone` is needed here",
    note = "`HostedZone::from_attributes` and `HostedZone::from_lookup` import an existing zone"
)]
pub trait AsHostedZone<'app> {
    /// Returns the zone as a [`HostedZoneRef`].
    fn as_hosted_zone(&self) -> HostedZoneRef<'app>;
}

impl<'app, T: AsHostedZone<'app>> AsHostedZone<'app> for &T {
    fn as_hosted_zone(&self) -> HostedZoneRef<'app> {
        (**self).as_hosted_zone()
    }
}

impl<'app> AsHostedZone<'app> for HostedZoneRef<'app> {
    fn as_hosted_zone(&self) -> Self {
        *self
    }
}

/// Attributes of a zone, and the records of the app in it.
pub(super) struct ZoneState {
    pub(super) id: Value<Id<kind::route53::HostedZone>>,
    pub(super) name: Value<String>,
    pub(super) records: RefCell<Vec<Entry>>,
}

impl ZoneState {
    pub(super) fn attach(
        scope: Scope<'_>,
        id: Value<Id<kind::route53::HostedZone>>,
        name: Value<String>,
    ) {
        scope.attach(Self {
            id,
            name,
            records: RefCell::default(),
        });
    }
}

impl<'app> HostedZoneRef<'app> {
    /// Returns the ID of the zone, `Z…`.
    pub fn hosted_zone_id(&self) -> Value<Id<kind::route53::HostedZone>> {
        self.load_state().id.clone()
    }

    /// Returns the domain name, without a trailing dot.
    pub fn zone_name(&self) -> Value<String> {
        self.load_state().name.clone()
    }

    /// Returns the ARN of the zone.
    pub fn arn(&self) -> Value<String> {
        sub![
            "arn:",
            pseudo::partition(),
            ":route53:::hostedzone/",
            self.hosted_zone_id()
        ]
    }

    /// Reports a name that does not belong to this zone (`INF4511`). Names that are known only at deployment are not
    /// compared.
    pub(crate) fn check_holds(&self, name: &str, scope: Scope<'app>, property: &str) {
        let zone = self.zone_name();
        let Some(zone) = zone.as_literal() else {
            return;
        };
        if !contains_name(zone, name) {
            scope.report(
                Diagnostic::new(
                    codes::NAME_OUTSIDE_ZONE,
                    format!("`{name}` does not belong to the hosted zone `{zone}`"),
                )
                .property(property)
                .actual(name)
                .expected(format!("`{zone}` or a name that ends with `.{zone}`"))
                .related("the hosted zone is created here", self.scope.origin())
                .help("use the complete name, and the zone that it belongs to"),
            );
        }
    }

    pub(super) fn load_state(&self) -> Rc<ZoneState> {
        self.scope
            .attached()
            .expect("every zone is made with its state")
    }
}

impl<'app> Construct<'app> for HostedZoneRef<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

fn contains_name(zone: &str, name: &str) -> bool {
    let name = normalize_name(name);
    name == zone
        || name
            .strip_suffix(zone)
            .is_some_and(|before| before.ends_with('.'))
}

/// Returns a domain name in lower case without a trailing dot.
pub(super) fn normalize_name(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// Returns a name in lower case without a trailing dot; one that is known only at deployment stays as it is.
pub(super) fn normalize_value(name: Value<String>) -> Value<String> {
    match name.as_literal() {
        Some(text) => value(normalize_name(text)),
        None => name,
    }
}

/// Returns a complete domain name with its trailing dot; one that is known only at deployment stays as it is.
pub(super) fn absolute_name(name: Value<String>) -> Value<String> {
    match name.as_literal() {
        Some(text) => value(format!("{}.", text.trim_end_matches('.'))),
        None => name,
    }
}

/// Adds the methods that zones of both kinds share.
macro_rules! zone_methods {
    ($name:ident) => {
        impl<'app> $name<'app> {
            /// Returns the ID of the zone, `Z…`.
            pub fn hosted_zone_id(&self) -> Value<Id<kind::route53::HostedZone>> {
                self.as_hosted_zone().hosted_zone_id()
            }

            /// Returns the domain name, without a trailing dot.
            pub fn zone_name(&self) -> Value<String> {
                self.as_hosted_zone().zone_name()
            }

            /// Returns the ARN of the zone.
            pub fn arn(&self) -> Value<String> {
                self.as_hosted_zone().arn()
            }

            /// Allows an identity of the app to read and change the records of the zone.
            ///
            /// The permission does not cover `route53:GetChange`, whose resource is the change.
            #[track_caller]
            pub fn grant_change_records(
                &self,
                to: &impl $crate::iam::Identity<'app>,
            ) -> $crate::iam::Grant<'app> {
                $crate::iam::Grant::on_imported(
                    to,
                    self.arn(),
                    [
                        "route53:ChangeResourceRecordSets",
                        "route53:GetHostedZone",
                        "route53:ListResourceRecordSets",
                    ],
                )
            }

            /// Allows an identity of the app to read the records of the zone.
            #[track_caller]
            pub fn grant_read(
                &self,
                to: &impl $crate::iam::Identity<'app>,
            ) -> $crate::iam::Grant<'app> {
                $crate::iam::Grant::on_imported(
                    to,
                    self.arn(),
                    ["route53:GetHostedZone", "route53:ListResourceRecordSets"],
                )
            }
        }

        impl<'app> AsHostedZone<'app> for $name<'app> {
            fn as_hosted_zone(&self) -> HostedZoneRef<'app> {
                HostedZoneRef { scope: self.scope }
            }
        }
    };
}
pub(super) use zone_methods;

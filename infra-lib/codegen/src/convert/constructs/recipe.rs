//! Types of recipes: how the properties of a resource become the setters of a construct.

use serde_json::Value as JsonValue;

use super::Context;

/// A construct and the resources that it adds; the tests of the conversion synthesize each recipe with each of its setters.
#[derive(Clone, Copy, Debug)]
pub(in crate::convert) struct Recipe {
    /// Module of the construct in `infra_lib`, which is also the name of its Cargo feature.
    pub(super) service: &'static str,
    pub(super) construct: &'static str,
    /// Resource type of the main resource.
    pub(super) resource: &'static str,
    /// ID of the main resource below the construct.
    pub(super) child: &'static str,
    /// Properties that the construct always sets, as JSON.
    pub(super) constants: &'static [(&'static str, &'static str)],
    pub(super) properties: &'static [Property],
    /// Removal policy without the setter `removal_policy`, for constructs that have this setter.
    pub(super) removal: Option<&'static str>,
    /// Methods for `Ref` and attributes, with the types that the bindings have.
    pub(super) references: &'static [(&'static str, &'static str)],
    /// Resources that the construct adds beside the main one.
    pub(super) company: Company,
    /// Returns `true` for properties that belong to another construct of the same resource type.
    pub(super) is_foreign: fn(&str, &JsonValue) -> bool,
    /// `true` if the construct has no method `cfn` that returns its binding.
    pub(super) is_closed: bool,
}

/// A property of the main resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) setter: &'static str,
    pub(super) kind: Kind,
    pub(super) without: Without,
    /// `true` if the binding behind the construct cannot set the property instead, because other resources depend on it.
    pub(super) is_fixed: bool,
}

/// The effect of a builder on which the setter of a property is not called.
#[derive(Clone, Copy, Debug)]
pub(super) enum Without {
    /// The resource has no such property.
    Absent,
    /// The builder does not compile.
    Missing,
    /// The property has this value, as JSON. The text is the argument with which it is absent, if there is one.
    Value(&'static str, Option<&'static str>),
}

/// Conversion of the value of a property to the argument of a setter.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A text or a reference.
    Text,
    /// The ARN of a resource of this type: a literal or a reference.
    Arn(&'static str),
    /// A whole number of seconds as a `Duration`.
    Seconds,
    /// A whole number of days as a `Duration`.
    Days,
    /// A number of bytes as a `Size`.
    Bytes,
    /// A whole number.
    Whole,
    /// A boolean.
    Flag,
    /// One of several values, with the type and the path of its value.
    Choice(&'static str, &'static [(&'static str, &'static str)]),
    /// A value that the conversion of another property reads as well.
    Read,
    /// Anything else.
    Other(for<'s> fn(&Context<'_, 's>, &'s JsonValue) -> Option<Vec<super::Call<'s>>>),
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text => "Text",
            Self::Arn(_) => "Arn",
            Self::Seconds => "Seconds",
            Self::Days => "Days",
            Self::Bytes => "Bytes",
            Self::Whole => "Whole",
            Self::Flag => "Flag",
            Self::Choice(..) => "Choice",
            Self::Read => "Read",
            Self::Other(_) => "Other",
        })
    }
}

/// Resources that a construct adds beside the main one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Company {
    None,
    /// A policy of this type at `Policy/Resource`, with the property that lists the main resource, and the statements that the construct adds. The
    /// method adds further ones.
    Policy {
        resource: &'static str,
        owner: &'static str,
        statements: &'static str,
        method: &'static str,
    },
    /// Nothing, but the policy in this property begins with statements that the construct adds. The method adds further ones.
    OwnPolicy {
        property: &'static str,
        statements: &'static str,
        method: &'static str,
    },
    /// The role and the log group of a function.
    Function,
}

impl Property {
    pub(super) const fn new(name: &'static str, setter: &'static str, kind: Kind) -> Self {
        Self {
            name,
            setter,
            kind,
            without: Without::Absent,
            is_fixed: false,
        }
    }

    /// Declares that only the setter sets the property.
    pub(super) const fn fixed(self) -> Self {
        Self {
            is_fixed: true,
            ..self
        }
    }

    pub(super) const fn required(self) -> Self {
        Self {
            without: Without::Missing,
            ..self
        }
    }

    /// Declares the value that the construct sets without the setter.
    pub(super) const fn default(self, json: &'static str) -> Self {
        Self {
            without: Without::Value(json, None),
            ..self
        }
    }

    /// Declares the argument for which the construct sets no property, of the type that the setter takes.
    pub(super) const fn default_or(self, json: &'static str, absent: &'static str) -> Self {
        Self {
            without: Without::Value(json, Some(absent)),
            ..self
        }
    }
}

impl Recipe {
    pub(super) const fn new(
        service: &'static str,
        construct: &'static str,
        resource: &'static str,
        properties: &'static [Property],
    ) -> Self {
        Self {
            service,
            construct,
            resource,
            child: "Resource",
            constants: &[],
            properties,
            removal: None,
            references: &[],
            company: Company::None,
            is_foreign: |_, _| false,
            is_closed: false,
        }
    }

    /// Returns the name of the construct with its module, such as `sqs::Queue`.
    pub(super) fn name(&self) -> String {
        format!("{}::{}", self.service, self.construct)
    }
}

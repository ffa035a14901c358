//! Parameters that exist already.

use super::{StringListParameter, StringParameter};
use crate::core::{Arn, Construct, IntoValue, Name, Value, intrinsics, pseudo, sub, value};
use crate::iam::{Grant, Identity};
use crate::kind;

crate::import! {
    /// An existing parameter with plain text, from [`StringParameter::from_parameter_name`].
    ///
    /// ```
    /// use infra_lib::iam::{Principal, Role};
    /// use infra_lib::ssm::StringParameter;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let role = Role::builder().assumed_by(Principal::service("lambda.amazonaws.com")).build(stack, "Role");
    /// let level = StringParameter::from_parameter_name(stack, "LogLevel", "/notes/dev/log-level");
    /// level.grant_read(&role);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedStringParameter<'app>: "infra-lib.ssm.ImportedStringParameter" {
        /// Returns the ARN of the parameter.
        arn: Arn<kind::ssm::Parameter>,
        /// Returns the name of the parameter.
        name: Name<kind::ssm::Parameter>,
    }

    /// A parameter of the app or an existing one, from [`AsStringParameter::as_string_parameter`].
    pub enum StringParameterRef of StringParameter;

    /// A parameter with plain text: a [`StringParameter`] or an [`ImportedStringParameter`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no parameter with plain text",
        label = "a `StringParameter` or an `ImportedStringParameter` is needed here"
    )]
    pub trait AsStringParameter::as_string_parameter;
}

impl<'app> StringParameter<'app> {
    /// Imports an existing parameter of this account and region by its name, for permissions to read it at run time. A
    /// name that is known at deployment only must begin with a slash. For its text in the template, use
    /// [`from_name`](Self::from_name).
    #[track_caller]
    pub fn from_parameter_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::ssm::Parameter>>,
    ) -> ImportedStringParameter<'app> {
        let name = name.into_value();
        let arn = arn_of(&name);
        ImportedStringParameter::import(scope, id, arn, name)
    }
}

impl<'app> ImportedStringParameter<'app> {
    /// Returns the text of the parameter, which CloudFormation reads at deployment (`{{resolve:ssm:name}}`).
    pub fn value(&self) -> Value<String> {
        intrinsics::dynamic_ssm(self.name().cast::<String>())
    }

    /// Allows an identity of the app to read the parameter.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), ["ssm:GetParameter", "ssm:GetParameters"])
    }
}

impl<'app> StringParameterRef<'app> {
    /// Returns the text of the parameter.
    pub fn value(&self) -> Value<String> {
        match self {
            Self::Own(parameter) => parameter.value(),
            Self::Imported(parameter) => parameter.value(),
        }
    }

    /// Allows an identity of the app to read the parameter.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Identity<'app>) -> Grant<'app> {
        match self {
            Self::Own(parameter) => parameter.grant_read(to),
            Self::Imported(parameter) => parameter.grant_read(to),
        }
    }
}

crate::import! {
    /// An existing parameter with a list of plain texts, from [`StringListParameter::from_parameter_name`].
    ///
    /// ```
    /// use infra_lib::iam::{Principal, Role};
    /// use infra_lib::ssm::StringListParameter;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let role = Role::builder().assumed_by(Principal::service("lambda.amazonaws.com")).build(stack, "Role");
    /// let origins = StringListParameter::from_parameter_name(stack, "Origins", "/shop/origins");
    /// origins.grant_read(&role);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedStringListParameter<'app>: "infra-lib.ssm.ImportedStringListParameter" {
        /// Returns the ARN of the parameter.
        arn: Arn<kind::ssm::Parameter>,
        /// Returns the name of the parameter.
        name: Name<kind::ssm::Parameter>,
    }
}

impl<'app> StringListParameter<'app> {
    /// Imports an existing parameter of this account and region by its name. A name that is known at deployment only must
    /// begin with a slash.
    #[track_caller]
    pub fn from_parameter_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::ssm::Parameter>>,
    ) -> ImportedStringListParameter<'app> {
        let name = name.into_value();
        let arn = arn_of(&name);
        ImportedStringListParameter::import(scope, id, arn, name)
    }
}

impl<'app> ImportedStringListParameter<'app> {
    /// Returns the texts of the parameter, which CloudFormation reads at deployment (`{{resolve:ssm:name}}`).
    pub fn values(&self) -> Value<Vec<String>> {
        let text: Value<String> = intrinsics::dynamic_ssm(self.name().cast::<String>());
        intrinsics::split(",", text)
    }

    /// Allows an identity of the app to read the parameter.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), ["ssm:GetParameter", "ssm:GetParameters"])
    }
}

/// Returns the ARN of a parameter of this account and region.
fn arn_of(name: &Value<Name<kind::ssm::Parameter>>) -> Value<Arn<kind::ssm::Parameter>> {
    // Names in ARNs have one slash after `parameter`, with and without a slash at the beginning of the name.
    let path = match name.as_literal() {
        Some(text) => value(format!("/{}", text.trim_start_matches('/'))),
        None => name.clone().cast::<String>(),
    };
    let arn: Value<String> = sub![
        "arn:",
        pseudo::partition(),
        ":ssm:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":parameter",
        path
    ];
    arn.cast()
}

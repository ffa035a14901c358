//! Secrets and their fields, as containers receive them.

use crate::core::{Arn, IntoValue, Value, intrinsics, sub};
use crate::iam::Statement;
use crate::kind;

/// A secret, or one key of a JSON secret, in a form that can be passed to a container.
///
/// It never becomes text: it is neither a [`Value`] nor a part of one, so it cannot get into a plain environment
/// variable, an output or a description.
///
/// ```compile_fail
/// # use infra_lib::{App, Output, Stack, secretsmanager::Secret, sub};
/// # let app = App::new();
/// # let stack = Stack::new(&app, "Stack");
/// let secret = Secret::builder().build(stack, "Secret");
/// Output::new(stack, "Password", sub!["the password is ", secret.text()]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SecretField(Source);

/// A source of a container's secret: a [`SecretField`], or a type that converts into one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a secret",
    label = "expected a field of a secret",
    note = "text in a program is also in its repository and in the template, where others can read it",
    note = "store it in Secrets Manager and pass `secret.text()`, or `secret.field(\"key\")` of a secret that is JSON"
)]
pub trait IntoSecretField {
    /// Returns the field.
    fn into_secret_field(self) -> SecretField;
}

impl IntoSecretField for SecretField {
    fn into_secret_field(self) -> SecretField {
        self
    }
}

impl IntoSecretField for &SecretField {
    fn into_secret_field(self) -> SecretField {
        self.clone()
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Source {
    Secret {
        arn: Value<Arn<kind::secretsmanager::Secret>>,
        json_key: Option<String>,
        key: Option<Value<Arn<kind::kms::Key>>>,
    },
    Parameter {
        arn: Value<Arn<kind::ssm::Parameter>>,
        key: Option<Value<Arn<kind::kms::Key>>>,
    },
}

impl SecretField {
    pub(crate) fn of_secret(
        arn: Value<Arn<kind::secretsmanager::Secret>>,
        json_key: Option<String>,
        key: Option<Value<Arn<kind::kms::Key>>>,
    ) -> Self {
        Self(Source::Secret { arn, json_key, key })
    }

    /// Returns a parameter of SSM Parameter Store, by its ARN: a `SecureString`, which CloudFormation cannot create.
    ///
    /// A parameter that is encrypted with a customer managed key needs [`encrypted_with`](Self::encrypted_with); the
    /// AWS managed key (`alias/aws/ssm`) needs nothing.
    pub fn from_ssm_parameter(arn: impl IntoValue<Arn<kind::ssm::Parameter>>) -> Self {
        Self(Source::Parameter {
            arn: arn.into_value(),
            key: None,
        })
    }

    /// Sets the customer managed key that encrypts the secret or parameter, so that its readers may decrypt with it.
    pub fn encrypted_with(mut self, key_arn: impl IntoValue<Arn<kind::kms::Key>>) -> Self {
        match &mut self.0 {
            Source::Secret { key, .. } | Source::Parameter { key, .. } => {
                *key = Some(key_arn.into_value());
            }
        }
        self
    }

    /// Returns the `ValueFrom` of a container's secret: ARN and key, never the text.
    ///
    /// See [Secrets in
    /// containers](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html).
    pub(crate) fn value_from(&self) -> Value<String> {
        match &self.0 {
            Source::Secret {
                arn,
                json_key: Some(json_key),
                ..
            } => sub![arn, ":", json_key, "::"],
            Source::Secret { arn, .. } => arn.into_value(),
            Source::Parameter { arn, .. } => arn.into_value(),
        }
    }

    /// Returns the reference with which CloudFormation reads the field at deployment, or `None` for a parameter.
    pub(crate) fn dynamic_reference(&self) -> Option<Value<String>> {
        match &self.0 {
            Source::Secret { arn, json_key, .. } => {
                Some(intrinsics::dynamic_secret(arn, json_key.as_deref()))
            }
            Source::Parameter { .. } => None,
        }
    }

    /// Returns the permissions that a role needs to read the field.
    pub(crate) fn read_statements(&self) -> Vec<Statement> {
        let (read, key) = match &self.0 {
            Source::Secret { arn, key, .. } => (
                Statement::allow()
                    .action("secretsmanager:GetSecretValue")
                    .resource(arn),
                key,
            ),
            Source::Parameter { arn, key } => (
                Statement::allow().action("ssm:GetParameters").resource(arn),
                key,
            ),
        };
        let decrypt = key
            .as_ref()
            .map(|key| Statement::allow().action("kms:Decrypt").resource(key));
        std::iter::once(read).chain(decrypt).collect()
    }
}

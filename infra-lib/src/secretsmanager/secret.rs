//! Secrets.

use bon::Builder;

use super::SecretField;
use crate::cfn::secretsmanager::secret::GenerateSecretString;
use crate::cfn::secretsmanager::{CfnSecret, CfnSecretProps};
use crate::core::{Arn, Construct, Diagnostic, IntoValue, RemovalPolicy, Scope, Value, codes};
use crate::iam::Grantable;
use crate::kind;
use crate::kms::Key;

/// Of which characters a secret is generated.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Characters {
    /// Letters and digits: fits into URLs, shells and configuration files without quoting.
    LettersAndDigits,
    /// Letters, digits and punctuation, without those given.
    AllExcept(String),
}

/// A secret that Secrets Manager generates.
///
/// Default: 32 letters and digits (190 bits; CloudFormation: 32 characters with punctuation), encrypted with the key
/// that AWS manages, kept when it leaves the template (CloudFormation: deleted), under a name that CloudFormation
/// makes. With fields it is JSON, one field of which is generated.
///
/// ```
/// use infra_lib::secretsmanager::Secret;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let signing_key = Secret::builder().length(64).build(stack, "SigningKey");
/// let smtp = Secret::builder().field("username", "notes").generated_field("password").build(stack, "Smtp");
/// let password = smtp.field("password");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Secret<'app> {
    scope: Scope<'app>,
    resource: CfnSecret<'app>,
    key: Option<Key<'app>>,
}

/// Properties of a [`Secret`], set through [`Secret::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = SecretBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct SecretProps<'app> {
    #[builder(field)]
    fields: Vec<(String, String)>,
    /// The name. Default: made by CloudFormation, so that the secret can be replaced.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    secret_name: Option<Value<String>>,
    /// What the secret is for. Default: none.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    description: Option<Value<String>>,
    /// How many characters are generated, 1 to 4,096. Default: 32, as CloudFormation's.
    #[builder(default = 32)]
    length: u16,
    /// Which characters are generated. Default: letters and digits (CloudFormation: punctuation too).
    #[builder(default = Characters::LettersAndDigits)]
    characters: Characters,
    /// Makes the secret JSON and names the field that is generated. Default: `password` when other fields are given,
    /// else the secret is one text.
    #[builder(into)]
    generated_field: Option<String>,
    /// The key that encrypts the secret. Default: the one that AWS manages, `alias/aws/secretsmanager`, which readers
    /// of other accounts cannot use.
    #[builder(with = |key: &Key<'app>| *key)]
    encryption_key: Option<Key<'app>>,
    /// What happens when the secret leaves the template. Default: it is kept (CloudFormation: deleted), because what
    /// it opens, a database or a session, outlives the stack too.
    #[builder(default = RemovalPolicy::Retain)]
    removal_policy: RemovalPolicy,
}

impl<'app, S: secret_builder::State> SecretBuilder<'app, S> {
    /// Adds a field that is not secret, such as a user name, which makes the secret JSON.
    pub fn field(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.fields.push((name.into(), text.into()));
        self
    }

    /// Adds the secret under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> Secret<'app>
    where
        S: secret_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.secretsmanager.Secret");
        let mut generate = GenerateSecretString::new()
            .password_length(props.length)
            .require_each_included_type(props.length >= 4);
        generate = match props.characters {
            Characters::LettersAndDigits => generate.exclude_punctuation(true),
            Characters::AllExcept(none) if none.is_empty() => generate,
            Characters::AllExcept(excluded) => generate.exclude_characters(excluded),
        };
        let generated = props
            .generated_field
            .or_else(|| (!props.fields.is_empty()).then(|| "password".to_owned()));
        if let Some(generated) = generated {
            if props.fields.iter().any(|(name, _)| *name == generated) {
                scope.report(
                    Diagnostic::new(
                        codes::GENERATED_FIELD_GIVEN,
                        format!("the field `{generated}` is generated and given"),
                    )
                    .help("remove `.field(…)` of that name: the text of a secret does not belong into a template"),
                );
            }
            let fields: serde_json::Map<String, serde_json::Value> = props
                .fields
                .into_iter()
                .map(|(name, text)| (name, text.into()))
                .collect();
            generate = generate
                .secret_string_template(serde_json::Value::Object(fields).to_string())
                .generate_string_key(generated);
        }
        let mut cfn = CfnSecretProps::new().generate_secret_string(generate);
        if let Some(name) = props.secret_name {
            cfn = cfn.name(name);
        }
        if let Some(text) = props.description {
            cfn = cfn.description(text);
        }
        if let Some(key) = props.encryption_key {
            cfn = cfn.kms_key_id(key.arn());
        }
        let secret = cfn.build(scope, "Resource");
        secret.apply_removal_policy(props.removal_policy);
        Secret {
            scope,
            resource: secret,
            key: props.encryption_key,
        }
    }
}

impl<'app> Secret<'app> {
    /// Starts a secret.
    pub fn builder() -> SecretBuilder<'app> {
        SecretProps::start()
    }

    /// A secret that exists already, by its whole ARN with the six characters at its end.
    ///
    /// One that is encrypted with a key of your own needs
    /// [`encrypted_with`](ImportedSecret::encrypted_with).
    pub fn from_arn(arn: impl IntoValue<Arn<kind::secretsmanager::Secret>>) -> ImportedSecret {
        ImportedSecret {
            arn: arn.into_value(),
            key: None,
        }
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::secretsmanager::Secret>> {
        self.resource.ref_()
    }

    /// The binding under the construct.
    pub fn cfn(&self) -> CfnSecret<'app> {
        self.resource
    }

    /// One field of a secret that is JSON.
    pub fn field(&self, name: impl Into<String>) -> SecretField {
        self.imported().field(name)
    }

    /// The whole secret as one text.
    pub fn text(&self) -> SecretField {
        self.imported().text()
    }

    /// Lets a role read the secret, and decrypt with its key.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) {
        self.imported().grant_read(to);
    }

    pub(crate) fn imported(&self) -> ImportedSecret {
        ImportedSecret {
            arn: self.arn(),
            key: self.key.map(|key| key.arn()),
        }
    }
}

impl<'app> Construct<'app> for Secret<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// A secret that something else makes: one of another app from [`Secret::from_arn`], or the one RDS manages.
#[derive(Clone, Debug)]
pub struct ImportedSecret {
    arn: Value<Arn<kind::secretsmanager::Secret>>,
    key: Option<Value<Arn<kind::kms::Key>>>,
}

impl ImportedSecret {
    /// Says with which key of your own the secret is encrypted; its readers may then decrypt with it.
    pub fn encrypted_with(mut self, key: impl IntoValue<Arn<kind::kms::Key>>) -> Self {
        self.key = Some(key.into_value());
        self
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::secretsmanager::Secret>> {
        self.arn.clone()
    }

    /// One field of a secret that is JSON.
    pub fn field(&self, name: impl Into<String>) -> SecretField {
        SecretField::of_secret(self.arn(), Some(name.into()), self.key.clone())
    }

    /// The whole secret as one text.
    pub fn text(&self) -> SecretField {
        SecretField::of_secret(self.arn(), None, self.key.clone())
    }

    /// Lets a role read the secret, and decrypt with its key.
    #[track_caller]
    pub fn grant_read<'app>(&self, to: &impl Grantable<'app>) {
        let role = to.grantee();
        for statement in self.text().read_statements() {
            role.add_statement(statement);
        }
    }
}

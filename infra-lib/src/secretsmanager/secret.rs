//! Secrets that Secrets Manager generates.

use bon::Builder;

use super::SecretField;
use crate::cfn::secretsmanager::secret::{GenerateSecretString, ReplicaRegion};
use crate::cfn::secretsmanager::{CfnResourcePolicyProps, CfnSecret, CfnSecretProps};
use crate::core::{
    Arn, Construct, Diagnostic, IntoValue, RemovalPolicy, Scope, Value, codes, value,
};
use crate::iam::{
    Grant, Grantable, Identity, PolicyDocument, PolicyUse, ResourcePolicy, Statement,
};
use crate::kind;
use crate::kms::{AsKey, KeyRef};

/// Characters of a generated secret.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Characters {
    /// Letters and digits, which need no quoting in URLs, shells and configuration files.
    LettersAndDigits,
    /// Letters, digits and punctuation, except for the given characters.
    AllExcept(String),
}

const READ: [&str; 1] = ["secretsmanager:GetSecretValue"];

/// A secret that Secrets Manager generates.
///
/// Creates an
/// [`AWS::SecretsManager::Secret`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html).
/// With fields it is a JSON object, of which one field is generated. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | value | generated | empty unless given |
/// | length | 32 characters (190 bits) | 32 characters |
/// | characters | letters and digits | punctuation as well |
/// | encryption | with the AWS managed key | the same |
/// | copies in other regions | none | none |
/// | name | generated | generated |
/// | removal from the template | retained | deleted |
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
    key: Option<KeyRef<'app>>,
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
    #[builder(field)]
    replicas: Vec<ReplicaRegion>,
    /// Physical name of the secret. Default: a generated name, so that CloudFormation can replace the secret.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    secret_name: Option<Value<String>>,
    /// Description of the secret. Default: none.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    description: Option<Value<String>>,
    /// Number of generated characters, 1 to 4,096. Default: 32, as in CloudFormation.
    #[builder(default = 32)]
    length: u16,
    /// Characters that are generated. Default: letters and digits (CloudFormation: punctuation as well).
    #[builder(default = Characters::LettersAndDigits)]
    characters: Characters,
    /// Name of the generated field, which makes the secret a JSON object. Default: `password` if other fields are
    /// given, otherwise the secret is a single text.
    #[builder(into)]
    generated_field: Option<String>,
    /// KMS key that encrypts the secret. Default: the AWS managed key `alias/aws/secretsmanager`, which readers of
    /// other accounts cannot use.
    #[builder(with = |key: impl AsKey<'app>| key.as_key())]
    encryption_key: Option<KeyRef<'app>>,
    /// Removal policy of the secret. Default: it is retained (CloudFormation: deleted), because the database or
    /// sessions that it protects may outlive the stack.
    #[builder(default = RemovalPolicy::Retain)]
    removal_policy: RemovalPolicy,
}

impl<'app, S: secret_builder::State> SecretBuilder<'app, S> {
    /// Adds a field that is not secret, such as a user name, which makes the secret a JSON object.
    pub fn field(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.fields.push((name.into(), text.into()));
        self
    }

    /// Adds a copy in another region, encrypted with the AWS managed key there.
    pub fn replica(mut self, region: impl IntoValue<String>) -> Self {
        self.replicas.push(ReplicaRegion::new(region));
        self
    }

    /// Adds a copy in another region, encrypted with a customer managed key of that region.
    pub fn replica_with_key(
        mut self,
        region: impl IntoValue<String>,
        key_arn: impl IntoValue<Arn<kind::kms::Key>>,
    ) -> Self {
        let key: Value<Arn<kind::kms::Key>> = key_arn.into_value();
        self.replicas
            .push(ReplicaRegion::new(region).kms_key_id(key));
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
                        format!("the field `{generated}` is both generated and set"),
                    )
                    .help("remove `.field(…)` of that name: the text of a secret must not be in a template"),
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
        if !props.replicas.is_empty() {
            cfn = cfn.replica_regions(props.replicas);
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
    /// Returns a builder for a secret.
    pub fn builder() -> SecretBuilder<'app> {
        SecretProps::start()
    }

    /// Imports an existing secret by its full ARN, including the six random characters at the end.
    ///
    /// A secret that is encrypted with a customer managed key needs
    /// [`encrypted_with`](ImportedSecret::encrypted_with).
    pub fn from_arn(arn: impl IntoValue<Arn<kind::secretsmanager::Secret>>) -> ImportedSecret {
        ImportedSecret {
            arn: arn.into_value(),
            key: None,
        }
    }

    /// Returns the ARN of the secret.
    pub fn arn(&self) -> Value<Arn<kind::secretsmanager::Secret>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the secret.
    pub fn cfn(&self) -> CfnSecret<'app> {
        self.resource
    }

    /// Returns a field of a JSON secret.
    pub fn field(&self, name: impl Into<String>) -> SecretField {
        self.to_imported().field(name)
    }

    /// Returns the whole secret as one text.
    pub fn text(&self) -> SecretField {
        self.to_imported().text()
    }

    /// Allows a role to read the secret, and to decrypt with its key.
    #[track_caller]
    pub fn grant_read(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let grant = Grant::to(to).actions(READ).resource(self.arn()).on(self);
        match self.key {
            Some(key) => grant.and(key.grant_decrypt(to)),
            None => grant,
        }
    }

    /// Returns the customer managed key that encrypts the secret, or `None` with the AWS managed key.
    pub fn encryption_key(&self) -> Option<KeyRef<'app>> {
        self.key
    }

    pub(crate) fn to_imported(self) -> ImportedSecret {
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

impl<'app> ResourcePolicy<'app> for Secret<'app> {
    /// Adds a statement to the policy of the secret, an `AWS::SecretsManager::ResourcePolicy` that the first statement
    /// creates.
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        let known = self.scope.child("Policy").and_then(Scope::default_child);
        if let Some(policy) = known {
            PolicyDocument::add_to(policy, "ResourcePolicy", statement);
        } else {
            let document = PolicyDocument::new().statement(statement);
            CfnResourcePolicyProps::new(document, self.resource.ref_())
                .build(self.scope.construct("Policy"), "Resource");
        }
    }

    /// Returns `*`, which is the secret itself in its policy.
    fn policy_resources(&self, _: Vec<Value<String>>) -> Vec<Value<String>> {
        vec![value("*")]
    }
}

/// A secret that this construct tree does not create: an existing one from [`Secret::from_arn`], or one that RDS
/// manages.
#[derive(Clone, Debug)]
pub struct ImportedSecret {
    arn: Value<Arn<kind::secretsmanager::Secret>>,
    key: Option<Value<Arn<kind::kms::Key>>>,
}

impl ImportedSecret {
    /// Sets the customer managed key that encrypts the secret, so that its readers may decrypt with it.
    pub fn encrypted_with(mut self, key: impl IntoValue<Arn<kind::kms::Key>>) -> Self {
        self.key = Some(key.into_value());
        self
    }

    /// Returns the ARN of the secret.
    pub fn arn(&self) -> Value<Arn<kind::secretsmanager::Secret>> {
        self.arn.clone()
    }

    /// Returns a field of a JSON secret.
    pub fn field(&self, name: impl Into<String>) -> SecretField {
        SecretField::of_secret(self.arn(), Some(name.into()), self.key.clone())
    }

    /// Returns the whole secret as one text.
    pub fn text(&self) -> SecretField {
        SecretField::of_secret(self.arn(), None, self.key.clone())
    }

    /// Allows a role to read the secret, and to decrypt with its key.
    #[track_caller]
    pub fn grant_read<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        let grant = Grant::on_imported(to, self.arn(), READ);
        match &self.key {
            Some(key) => grant.and(Grant::on_imported(to, key.clone(), ["kms:Decrypt"])),
            None => grant,
        }
    }
}

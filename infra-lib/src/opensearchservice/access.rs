//! Authentication of the clients of a domain.

use infra_cfn::opensearchservice::domain::{
    AdvancedSecurityOptionsInput, CognitoOptions, Idp, MasterUserOptions, SamlOptions,
};

use crate::construct::With;
use crate::iam::{AsRole, ManagedPolicy, Principal, Role, RoleRef};
use crate::kms::KeyRef;
use crate::secretsmanager::{Characters, IntoSecretField, Secret, SecretField};
use crate::{
    Arn, Diagnostic, Duration, Id, IntoValue, RemovalPolicy, Scope, Value, codes, kind, value,
};

/// Default name of the master user.
const MASTER_USER: &str = "admin";

const FINE_GRAINED: &str =
    "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html";

/// Authentication and authorization of the clients of a domain.
///
/// See [fine-grained access control](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html).
#[derive(Clone, Debug)]
pub struct DomainAccess<'app>(Access<'app>);

#[derive(Clone, Debug)]
enum Access<'app> {
    GeneratedPassword(String),
    Password(String, SecretField),
    Role(RoleRef<'app>),
    Iam,
}

impl<'app> DomainAccess<'app> {
    /// Returns fine-grained access control with a database of users in the domain. Secrets Manager generates the password of the
    /// master user, in [`Domain::secret`](super::Domain::secret). The default here.
    ///
    /// Clients log in with name and password, which IAM does not see: the access policy of the domain lets their requests pass.
    pub fn generated_password() -> Self {
        Self(Access::GeneratedPassword(MASTER_USER.to_owned()))
    }

    /// Returns fine-grained access control with a database of users in the domain, whose master user has a password from a
    /// secret. A parameter of SSM is reported (`INF4083`).
    pub fn password(field: impl IntoSecretField) -> Self {
        Self(Access::Password(
            MASTER_USER.to_owned(),
            field.into_secret_field(),
        ))
    }

    /// Sets the name of the master user of a database of users. Default: `admin`.
    pub fn user_name(mut self, user: impl Into<String>) -> Self {
        match &mut self.0 {
            Access::GeneratedPassword(name) | Access::Password(name, _) => *name = user.into(),
            Access::Role(_) | Access::Iam => {}
        }
        self
    }

    /// Returns fine-grained access control whose master user is a role. Clients sign their requests, need a grant, and a mapping
    /// of their role in the domain.
    pub fn master_role(role: impl AsRole<'app>) -> Self {
        Self(Access::Role(role.as_role()))
    }

    /// Returns access by IAM alone, as in CloudFormation: clients sign their requests and need a grant, which cannot name
    /// documents or fields.
    pub const fn iam() -> Self {
        Self(Access::Iam)
    }

    /// Returns `true` with fine-grained access control.
    pub(super) const fn is_fine_grained(&self) -> bool {
        !matches!(self.0, Access::Iam)
    }

    /// Returns `true` if requests of users pass without a signature.
    pub(super) const fn has_users(&self) -> bool {
        matches!(
            self.0,
            Access::GeneratedPassword(_) | Access::Password(_, _)
        )
    }

    /// Creates the secret of a generated password.
    pub(super) fn create_secret(
        &self,
        scope: Scope<'app>,
        key: Option<&KeyRef<'app>>,
        removal_policy: RemovalPolicy,
    ) -> Option<Secret<'app>> {
        let Access::GeneratedPassword(user) = &self.0 else {
            return None;
        };
        let secret = Secret::builder()
            .description(format!("master user of {}", scope.path()))
            .field("username", user)
            // The password must have punctuation; these characters would need quoting.
            .characters(Characters::AllExcept("{}'\"\\*[]()`$ ".to_owned()))
            .removal_policy(match removal_policy {
                RemovalPolicy::Destroy => RemovalPolicy::Destroy,
                _ => RemovalPolicy::Retain,
            })
            .maybe_encryption_key(key)
            .build(scope, "MasterUser");
        Some(secret)
    }

    /// Returns the property `AdvancedSecurityOptions`, or `None` for access by IAM alone.
    pub(super) fn options(
        &self,
        scope: Scope<'app>,
        secret: Option<Secret<'app>>,
        saml: Option<SamlLogin>,
    ) -> Option<AdvancedSecurityOptionsInput> {
        let user = match &self.0 {
            Access::GeneratedPassword(name) => {
                let password =
                    secret.and_then(|secret| secret.field("password").dynamic_reference());
                MasterUserOptions::new()
                    .master_user_name(name)
                    .with(password, MasterUserOptions::master_user_password)
            }
            Access::Password(name, field) => {
                let password = field.dynamic_reference();
                if password.is_none() {
                    report_parameter(scope);
                }
                MasterUserOptions::new()
                    .master_user_name(name)
                    .with(password, MasterUserOptions::master_user_password)
            }
            Access::Role(role) => MasterUserOptions::new().master_user_arn(role.arn()),
            Access::Iam => {
                if saml.is_some() {
                    report_without_control(scope, "a login with SAML");
                }
                return None;
            }
        };
        let options = AdvancedSecurityOptionsInput::new()
            .enabled(true)
            .internal_user_database_enabled(self.has_users())
            .master_user_options(user)
            .with(saml, |options, saml| {
                saml.check_login(scope);
                options.saml_options(saml.options())
            });
        Some(options)
    }
}

fn report_parameter(scope: Scope<'_>) {
    scope.report(
        Diagnostic::new(
            codes::DOMAIN_ACCESS,
            "CloudFormation cannot read the password of a master user from a parameter",
        )
        .property("AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword")
        .help("store it in Secrets Manager, and pass `secret.text()` or `secret.field(\"…\")`")
        .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html"),
    );
}

/// Reports a setting that needs fine-grained access control (`INF4083`).
pub(super) fn report_without_control(scope: Scope<'_>, what: &str) {
    scope.report(
        Diagnostic::new(
            codes::DOMAIN_ACCESS,
            format!("{what} needs fine-grained access control"),
        )
        .property("AdvancedSecurityOptions")
        .actual("`DomainAccess::iam()`")
        .help("use `DomainAccess::generated_password()` or `DomainAccess::master_role(…)`")
        .url(FINE_GRAINED),
    );
}

/// Login to Dashboards with an identity provider by SAML 2.0.
///
/// See [SAML authentication for OpenSearch
/// Dashboards](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/saml.html).
#[derive(Clone, Debug)]
pub struct SamlLogin {
    entity_id: String,
    metadata: Value<String>,
    master_user: Option<Value<String>>,
    master_role: Option<Value<String>>,
    roles_key: Value<String>,
    subject_key: Option<Value<String>>,
    session: Duration,
}

impl SamlLogin {
    /// Creates a login from the entity ID of the provider, 8 to 512 characters, and its metadata in XML.
    pub fn new(entity_id: impl Into<String>, metadata: impl IntoValue<String>) -> Self {
        Self {
            entity_id: entity_id.into(),
            metadata: metadata.into_value(),
            master_user: None,
            master_role: None,
            roles_key: value("roles"),
            subject_key: None,
            session: Duration::hours(1),
        }
    }

    /// Sets the name of a user of the provider who has all permissions. Default: none.
    pub fn master_user(mut self, name: impl IntoValue<String>) -> Self {
        self.master_user = Some(name.into_value());
        self
    }

    /// Sets the role of the provider whose users have all permissions. Default: none.
    pub fn master_backend_role(mut self, role: impl IntoValue<String>) -> Self {
        self.master_role = Some(role.into_value());
        self
    }

    /// Sets the attribute of an assertion with the roles of the user. Default: `roles` (CloudFormation: none).
    pub fn roles_key(mut self, key: impl IntoValue<String>) -> Self {
        self.roles_key = key.into_value();
        self
    }

    /// Sets the attribute of an assertion with the name of the user. Default: the `NameID`, as in CloudFormation.
    pub fn subject_key(mut self, key: impl IntoValue<String>) -> Self {
        self.subject_key = Some(key.into_value());
        self
    }

    /// Sets the duration of a session, 1 minute to 24 hours (`INF4083` otherwise). Default: 1 hour, as in CloudFormation.
    pub const fn session_timeout(mut self, timeout: Duration) -> Self {
        self.session = timeout;
        self
    }

    fn options(self) -> SamlOptions {
        SamlOptions::new()
            .enabled(true)
            .idp(Idp::new(self.entity_id, self.metadata))
            .roles_key(self.roles_key)
            .session_timeout_minutes(self.session.to_seconds_i64() / 60)
            .with(self.master_user, SamlOptions::master_user_name)
            .with(self.master_role, SamlOptions::master_backend_role)
            .with(self.subject_key, SamlOptions::subject_key)
    }

    fn check_login(&self, scope: Scope<'_>) {
        let length = self.entity_id.len();
        let minutes = self.session.as_minutes();
        let (property, actual, expected) = if !(8..=512).contains(&length) {
            (
                "Idp.EntityId",
                self.entity_id.clone(),
                "8 to 512 characters",
            )
        } else if !minutes.is_some_and(|minutes| (1..=1_440).contains(&minutes)) {
            let seconds = self.session.as_seconds();
            (
                "SessionTimeoutMinutes",
                format!("{seconds} seconds"),
                "1 minute to 24 hours in whole minutes",
            )
        } else {
            return;
        };
        scope.report(
            Diagnostic::new(
                codes::DOMAIN_ACCESS,
                "OpenSearch Service rejects the login with SAML",
            )
            .property(format!("AdvancedSecurityOptions.SAMLOptions.{property}"))
            .actual(actual)
            .expected(expected)
            .url("https://docs.aws.amazon.com/opensearch-service/latest/developerguide/saml.html"),
        );
    }
}

/// Login to Dashboards with a user pool and an identity pool of Cognito.
///
/// See [Cognito authentication for OpenSearch
/// Dashboards](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cognito-auth.html).
#[derive(Clone, Debug)]
pub struct CognitoLogin<'app> {
    user_pool: Value<Id<kind::cognito::UserPool>>,
    identity_pool: Value<Id<kind::cognito::IdentityPool>>,
    role: Option<RoleRef<'app>>,
}

impl<'app> CognitoLogin<'app> {
    /// Creates a login from the IDs of a user pool, which needs a domain of its own, and of an identity pool. The roles of the
    /// identity pool need a grant on the domain.
    pub fn new(
        user_pool_id: impl IntoValue<Id<kind::cognito::UserPool>>,
        identity_pool_id: impl IntoValue<Id<kind::cognito::IdentityPool>>,
    ) -> Self {
        Self {
            user_pool: user_pool_id.into_value(),
            identity_pool: identity_pool_id.into_value(),
            role: None,
        }
    }

    /// Sets the role with which OpenSearch Service configures the pools. Default: a new one with the managed policy
    /// `AmazonOpenSearchServiceCognitoAccess`.
    pub fn role(mut self, role: impl AsRole<'app>) -> Self {
        self.role = Some(role.as_role());
        self
    }

    pub(super) fn options(self, scope: Scope<'app>) -> CognitoOptions {
        let role: Value<Arn<kind::iam::Role>> = match self.role {
            Some(role) => role.arn(),
            None => Role::builder()
                .assumed_by(
                    Principal::service("opensearchservice.amazonaws.com").for_this_account(),
                )
                .managed_policy(ManagedPolicy::aws("AmazonOpenSearchServiceCognitoAccess"))
                .build(scope, "CognitoRole")
                .arn(),
        };
        CognitoOptions::new()
            .enabled(true)
            .user_pool_id(self.user_pool)
            .identity_pool_id(self.identity_pool)
            .role_arn(role)
    }
}

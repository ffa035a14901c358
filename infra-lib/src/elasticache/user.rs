//! The [`User`] construct.

use infra_cfn::elasticache::user::{AuthenticationMode, AuthenticationModeType};
use infra_cfn::elasticache::{CfnUser, CfnUserProps, CfnUserRequired, user};

use super::{UserEngine, identifier, secret};
use crate::construct::With;
use crate::secretsmanager::{IntoSecretField, SecretField};
use crate::{Arn, Diagnostic, Id, IntoValue, Scope, Value, codes, kind, value};

/// Authentication of a user.
#[derive(Clone, Debug)]
pub struct UserAuthentication(pub(super) Kind);

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Iam,
    Passwords(Vec<SecretField>),
    Disabled,
}

impl UserAuthentication {
    /// Returns authentication with IAM credentials instead of a password: a principal needs a grant, and its client signs
    /// a token that is valid for 15 minutes. The default here.
    ///
    /// See [authenticating with IAM](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html).
    pub fn iam() -> Self {
        Self(Kind::Iam)
    }

    /// Returns authentication with a password of 16 to 128 characters from a secret. A parameter of SSM is reported
    /// (`INF4013`). No function takes the text of a password, which would be part of the template:
    ///
    /// ```compile_fail
    /// infra_lib::elasticache::UserAuthentication::password("correct horse battery staple");
    /// ```
    pub fn password(field: impl IntoSecretField) -> Self {
        Self(Kind::Passwords(vec![field.into_secret_field()]))
    }

    /// Returns authentication with one of two passwords, so that clients can change from one to the other.
    pub fn passwords(first: impl IntoSecretField, second: impl IntoSecretField) -> Self {
        Self(Kind::Passwords(vec![
            first.into_secret_field(),
            second.into_secret_field(),
        ]))
    }

    /// Returns authentication for a user that is switched off, such as `default`: it needs no password and may do nothing.
    pub fn disabled() -> Self {
        Self(Kind::Disabled)
    }
}

crate::construct! {
    /// A user of ElastiCache, with the commands and keys that it may use.
    ///
    /// Creates an
    /// [`AWS::ElastiCache::User`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-user.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | engine | Valkey | required |
    /// | authentication | IAM credentials | required |
    /// | ID | stack name and construct path | required |
    /// | name | the ID | required |
    ///
    /// ```
    /// use infra_lib::elasticache::{User, UserAuthentication};
    /// use infra_lib::secretsmanager::Secret;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Cache");
    /// User::builder().access_string("on ~sessions:* +@read").build(stack, "Reader");
    /// let password = Secret::builder().build(stack, "Password");
    /// User::builder()
    ///     .access_string("on ~* +@all -@dangerous")
    ///     .authentication(UserAuthentication::password(password.text()))
    ///     .build(stack, "Worker");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct User<'app>: "infra-lib.elasticache.User" {
        resource: CfnUser<'app>,
    }

    /// Properties of a [`User`], set through [`User::builder`].
    pub struct UserProps, UserBuilder, user_builder {
        /// Commands and keys, as in [ACL rules](https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string),
        /// such as `on ~app:* +@read`. It begins with `on` or `off` (`INF4010`).
        required_value access_string: String,
        /// Engine of the caches. Default: Valkey.
        default engine: UserEngine = UserEngine::Valkey,
        /// Authentication. Default: with IAM credentials.
        default authentication: UserAuthentication = UserAuthentication::iam(),
        /// ID of the user, at most 40 lower-case letters, digits and hyphens (`INF4018`). Default: stack name and construct
        /// path. Changing it replaces the user.
        optional user_id: String,
        /// Name of the user, with which clients log in. Default: the ID, as IAM authentication requires (`INF4010`).
        /// Changing it replaces the user.
        optional user_name: String,
    }
}

/// Facts about a user, stored with its node.
pub(super) struct Facts {
    pub(super) name: String,
    pub(super) engine: UserEngine,
    pub(super) uses_iam: bool,
}

impl<'app> User<'app> {
    fn create(scope: Scope<'app>, props: UserProps<'app>) -> Self {
        let id = props
            .user_id
            .unwrap_or_else(|| identifier::generate(scope, 40));
        identifier::check(scope, "UserId", &id, 40);
        let name = props.user_name.unwrap_or_else(|| id.clone());
        check_access(scope, &props.access_string);
        let mode = match &props.authentication.0 {
            Kind::Iam => {
                check_iam_name(scope, &id, &name);
                AuthenticationMode::new(AuthenticationModeType::IAM)
            }
            Kind::Passwords(fields) => {
                let fields: Vec<Value<String>> = fields
                    .iter()
                    .filter_map(|field| {
                        secret::reference(scope, "AuthenticationMode.Passwords", field)
                    })
                    .collect();
                AuthenticationMode::new(AuthenticationModeType::PASSWORD).with(
                    Some(fields).filter(|fields| !fields.is_empty()),
                    AuthenticationMode::passwords,
                )
            }
            Kind::Disabled => AuthenticationMode::new(AuthenticationModeType::NO_PASSWORD_REQUIRED),
        };
        let switched_on = props
            .access_string
            .as_literal()
            .is_none_or(|text| text.starts_with("on"));
        if matches!(props.authentication.0, Kind::Disabled) && switched_on {
            scope.report(
                rejected("a user without authentication may use the cache")
                    .property("AccessString")
                    .actual(format!(
                        "{:?}",
                        props
                            .access_string
                            .as_literal()
                            .unwrap_or("a value of deployment")
                    ))
                    .expected("`off ~* -@all`")
                    .help("use `UserAuthentication::iam()` or `UserAuthentication::password(…)`"),
            );
        }
        let resource = CfnUserProps::new(CfnUserRequired {
            engine: value(match props.engine {
                UserEngine::Valkey => user::Engine::VALKEY,
                UserEngine::Redis => user::Engine::REDIS,
            }),
            user_id: id.into_value(),
            user_name: name.clone().into_value(),
        })
        .access_string(props.access_string)
        .authentication_mode(mode)
        .build(scope, "Resource");
        scope.attach(Facts {
            name,
            engine: props.engine,
            uses_iam: matches!(props.authentication.0, Kind::Iam),
        });
        Self { scope, resource }
    }

    /// Returns the ID of the user.
    pub fn user_id(&self) -> Value<Id<kind::elasticache::User>> {
        // `Ref` returns the name.
        self.resource
            .prop("UserId")
            .map_or_else(|| self.resource.ref_().cast(), Value::from_data)
    }

    /// Returns the ARN of the user.
    pub fn arn(&self) -> Value<Arn<kind::elasticache::User>> {
        self.resource.attr_arn()
    }

    /// Returns the L1 binding of the user.
    pub fn cfn(&self) -> CfnUser<'app> {
        self.resource
    }

    pub(super) fn facts(&self) -> std::rc::Rc<Facts> {
        self.scope.attached().expect("every user has its facts")
    }
}

pub(super) fn rejected(message: &str) -> Diagnostic {
    Diagnostic::new(codes::CACHE_USER, message)
        .url("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html")
}

fn check_access(scope: Scope<'_>, access: &Value<String>) {
    let Some(text) = access.as_literal() else {
        return;
    };
    if !matches!(text.split_whitespace().next(), Some("on" | "off")) {
        scope.report(
            rejected("ElastiCache rejects the access string of a user")
                .property("AccessString")
                .actual(text)
                .expected(
                    "`on` or `off`, then keys such as `~app:*` and commands such as `+@read`",
                ),
        );
    }
}

fn check_iam_name(scope: Scope<'_>, id: &str, name: &str) {
    if id != name {
        scope.report(
            rejected("a user with IAM authentication has another name than its ID")
                .property("UserName")
                .actual(name)
                .expected(format!("`{id}`"))
                .help("omit `user_name`"),
        );
    }
}

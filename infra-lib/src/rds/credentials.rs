//! Credentials of a database's master user.

use std::panic::Location;

use infra_cfn::secretsmanager::{
    CfnSecretTargetAttachmentProps, CfnSecretTargetAttachmentRequired,
};

use super::engine::Dialect;
use crate::core::intrinsics::dynamic_secret;
use crate::kms::{AsKey, KeyRef};
use crate::secretsmanager::{Characters, ImportedSecret, RotationSchedule, Secret, SecretRotator};
use crate::{
    Arn, Construct, Diagnostic, Duration, RemovalPolicy, Scope, Value, codes, kind, pseudo, sub,
    value,
};

/// Default name of the master user; attackers try `postgres` and `admin` first.
const MASTER_USER: &str = "dbadmin";

/// Master user of a database and the source of its password, which is never part of a template.
#[derive(Clone, Debug)]
pub struct Credentials<'app> {
    pub(super) user: String,
    pub(super) source: Source,
    pub(super) key: Option<KeyRef<'app>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Source {
    Managed,
    Generated,
}

impl<'app> Credentials<'app> {
    /// Lets RDS generate the password, store it in Secrets Manager and rotate it every seven days. The secret has the
    /// fields `username` and `password`.
    ///
    /// See [password management with RDS and Secrets
    /// Manager](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html).
    pub fn managed_by_rds() -> Self {
        Self {
            user: MASTER_USER.to_owned(),
            source: Source::Managed,
            key: None,
        }
    }

    /// Lets Secrets Manager generate the password once; it is not rotated automatically. The secret has the fields
    /// `username`, `password`, `host`, `port`, `dbname` and `engine`.
    pub fn generated() -> Self {
        Self {
            user: MASTER_USER.to_owned(),
            source: Source::Generated,
            key: None,
        }
    }

    /// Sets the name of the master user: 1 to 63 letters, digits and underscores (MySQL: 1 to 16), starting with a letter
    /// (`INF4406` otherwise). Default: `dbadmin`. Changing it replaces the database.
    pub fn user_name(mut self, user: impl Into<String>) -> Self {
        self.user = user.into();
        self
    }

    /// Sets the KMS key that encrypts the secret. Default: the AWS managed key for Secrets Manager.
    pub fn encryption_key(mut self, key: impl AsKey<'app>) -> Self {
        self.key = Some(key.as_key());
        self
    }

    /// Returns true if the app creates the secret.
    pub(super) fn is_generated(&self) -> bool {
        self.source == Source::Generated
    }

    /// Checks the user, and creates the secret unless RDS does.
    pub(super) fn create_secret(
        &self,
        scope: Scope<'app>,
        dialect: Dialect,
        removal: RemovalPolicy,
    ) -> MasterSecret<'app> {
        self.check_user_name(scope, dialect);
        if self.source == Source::Managed {
            return MasterSecret::Managed(self.key);
        }
        let secret = Secret::builder()
            .description(format!("master user of {}", scope.path()))
            .field("username", &self.user)
            .characters(Characters::LettersAndDigits)
            .removal_policy(match removal {
                RemovalPolicy::Destroy => RemovalPolicy::Destroy,
                _ => RemovalPolicy::Retain,
            })
            .maybe_encryption_key(self.key.as_ref())
            .build(scope, "Secret");
        MasterSecret::Generated(secret)
    }

    fn check_user_name(&self, scope: Scope<'_>, dialect: Dialect) {
        let user = self.user.as_str();
        let longest = dialect.longest_user();
        let reserved = dialect.reserved_users();
        let shape = user.len() <= longest
            && user.starts_with(|c: char| c.is_ascii_alphabetic())
            && user.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !shape || reserved.contains(&user) {
            scope.report(
                Diagnostic::new(
                    codes::DATABASE_USER,
                    format!("RDS rejects `{user}` as the name of the master user"),
                )
                .property("MasterUsername")
                .actual(user)
                .expected(format!(
                    "1 to {longest} letters, digits and underscores, starting with a letter; not {} or {}",
                    reserved[0], reserved[1]
                )),
            );
        }
    }
}

/// The secret of a master user.
#[derive(Clone, Copy, Debug)]
pub(super) enum MasterSecret<'app> {
    /// RDS creates and rotates it, encrypted with a key.
    Managed(Option<KeyRef<'app>>),
    /// The app creates it.
    Generated(Secret<'app>),
}

impl<'app> MasterSecret<'app> {
    /// Returns the password for the template, which CloudFormation reads from the secret; `None` if RDS manages it.
    pub(super) fn password(self) -> Option<Value<String>> {
        match self {
            Self::Managed(_) => None,
            Self::Generated(secret) => {
                Some(dynamic_secret::<String>(secret.arn(), Some("password")))
            }
        }
    }

    /// Adds host, port and engine of the database to a secret of the app.
    pub(super) fn attach_to(self, database: Value<String>, resource_type: &str) {
        if let Self::Generated(secret) = self {
            let attachment = CfnSecretTargetAttachmentRequired {
                secret_id: value(secret.arn()),
                target_id: database,
                target_type: value(resource_type),
            };
            CfnSecretTargetAttachmentProps::new(attachment).build(secret, "Attachment");
        }
    }

    /// Returns the secret; `managed` is the ARN of the one that RDS manages.
    pub(super) fn secret(
        self,
        managed: impl FnOnce() -> Value<Arn<kind::secretsmanager::Secret>>,
    ) -> ImportedSecret {
        match self {
            Self::Managed(key) => {
                let secret = Secret::from_arn(managed());
                match key {
                    Some(key) => secret.encrypted_with(key.arn()),
                    None => secret,
                }
            }
            Self::Generated(generated) => generated.to_imported(),
        }
    }

    /// Rotates a secret of the app; one that RDS manages is reported (`INF4225`).
    #[track_caller]
    pub(super) fn rotate_with(
        self,
        scope: Scope<'app>,
        function: &impl SecretRotator<'app>,
        interval: Duration,
    ) -> Option<RotationSchedule<'app>> {
        let Self::Generated(secret) = self else {
            scope.report(
                Diagnostic::new(
                    codes::MANAGED_PASSWORD_ROTATION,
                    "a function cannot rotate a master password that RDS manages",
                )
                .origin(Location::caller())
                .note("RDS rotates it every seven days")
                .help("remove the rotation, or use `.credentials(Credentials::generated())`")
                .url("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html"),
            );
            return None;
        };
        let rotation = secret.rotate_with(function, interval);
        // The function reads host and engine from the secret.
        if let Some(attachment) = secret.scope().child("Attachment") {
            rotation.cfn().depends_on(attachment);
        }
        Some(rotation)
    }
}

/// Sets the master user and its password on the properties of an instance or a cluster.
macro_rules! set_master_secret {
    ($cfn:expr, $types:ident, $secret:expr) => {{
        let cfn = $cfn.with($secret.password(), |cfn, password| {
            cfn.master_user_password(password)
        });
        match $secret {
            MasterSecret::Generated(_) => cfn,
            MasterSecret::Managed(key) => {
                let cfn = cfn.manage_master_user_password(true);
                cfn.with(key, |cfn, key| {
                    cfn.master_user_secret($types::MasterUserSecret::new().kms_key_id(key.arn()))
                })
            }
        }
    }};
}

pub(super) use set_master_secret;

/// Returns the resource that a policy names for log-ins of a database user with IAM credentials.
pub(super) fn user_arn(resource_id: Value<String>, user: &str) -> Value<String> {
    let (partition, region, account) =
        (pseudo::partition(), pseudo::region(), pseudo::account_id());
    sub![
        "arn:",
        partition,
        ":rds-db:",
        region,
        ":",
        account,
        ":dbuser:",
        resource_id,
        "/",
        user
    ]
}

/// Reports access that the database refuses (`INF4224`).
#[track_caller]
pub(super) fn check_access(scope: Scope<'_>, accepted: bool, access: &str, help: &str) {
    if !accepted {
        scope.report(
            Diagnostic::new(
                codes::DATABASE_ACCESS_OFF,
                format!("the database does not accept {access}"),
            )
            .origin(Location::caller())
            .note("the permission that is granted has no effect")
            .help(help),
        );
    }
}

//! Credentials of a database's master user.

use infra_cfn::rds::CfnDbInstanceProps;
use infra_cfn::rds::db_instance::MasterUserSecret;

use crate::core::intrinsics::dynamic_secret;
use crate::kms::{AsKey, KeyRef};
use crate::secretsmanager::{Characters, Secret};
use crate::{Diagnostic, RemovalPolicy, Scope, codes};

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

    /// Sets the name of the master user: 1 to 63 letters, digits and underscores, starting with a letter (`INF4406`
    /// otherwise). Default: `dbadmin`. Changing it replaces the database.
    pub fn user_name(mut self, user: impl Into<String>) -> Self {
        self.user = user.into();
        self
    }

    /// Sets the KMS key that encrypts the secret. Default: the AWS managed key for Secrets Manager.
    pub fn encryption_key(mut self, key: impl AsKey<'app>) -> Self {
        self.key = Some(key.as_key());
        self
    }

    /// Adds user and password to the database, and the secret unless RDS creates it.
    pub(super) fn apply_to(
        &self,
        scope: Scope<'app>,
        removal: RemovalPolicy,
        cfn: CfnDbInstanceProps,
    ) -> (CfnDbInstanceProps, Option<Secret<'app>>) {
        self.check_user_name(scope);
        let cfn = cfn.master_username(&self.user);
        match self.source {
            Source::Managed => {
                let cfn = cfn.manage_master_user_password(true);
                let with_key = |key: KeyRef<'app>| MasterUserSecret::new().kms_key_id(key.arn());
                (
                    match self.key.map(with_key) {
                        Some(secret) => cfn.master_user_secret(secret),
                        None => cfn,
                    },
                    None,
                )
            }
            Source::Generated => {
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
                (
                    cfn.master_user_password(dynamic_secret::<String>(
                        secret.arn(),
                        Some("password"),
                    )),
                    Some(secret),
                )
            }
        }
    }

    fn check_user_name(&self, scope: Scope<'_>) {
        const RESERVED: [&str; 3] = ["admin", "rdsadmin", "rds_superuser"];
        let user = self.user.as_str();
        let shape = user.len() <= 63
            && user.starts_with(|c: char| c.is_ascii_alphabetic())
            && user.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !shape || RESERVED.contains(&user) {
            scope.report(
                Diagnostic::new(codes::DATABASE_USER, format!("RDS rejects `{user}` as the name of the master user"))
                    .property("MasterUsername")
                    .actual(user)
                    .expected("1 to 63 letters, digits and underscores, starting with a letter; not admin or rdsadmin"),
            );
        }
    }
}

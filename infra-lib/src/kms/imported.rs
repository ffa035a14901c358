//! Keys that exist already.

use std::panic::Location;

use super::Key;
use super::key::ENCRYPT;
use crate::core::{Arn, Construct, Diagnostic, Id, IntoValue, Value, codes, value};
use crate::iam::{Grant, Grantable, Identity, ResourcePolicy, Statement};
use crate::import::arn_after;
use crate::kind;

crate::import! {
    /// An existing key, from [`Key::from_arn`] or [`Key::from_lookup`].
    ///
    /// The key policy belongs to the app that creates the key. Roles of the account can use the key if that policy leaves
    /// it to IAM, as the policy of a [`Key`] does; a statement that only the key policy can give, such as for an AWS
    /// service, is reported (`INF4610`).
    ///
    /// ```
    /// use infra_lib::kms::Key;
    /// use infra_lib::sqs::{Queue, QueueEncryption};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let key = Key::from_arn(stack, "Key", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
    /// Queue::builder().encryption(QueueEncryption::key(key)).build(stack, "Jobs");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedKey<'app>: "infra-lib.kms.ImportedKey" {
        /// Returns the ARN of the key.
        arn: Arn<kind::kms::Key>,
        /// Returns the ID of the key, a UUID.
        key_id: Id<kind::kms::Key>,
    }

    /// A key of the app or an existing one, from [`AsKey::as_key`].
    pub enum KeyRef of Key;

    /// A key for builders: a [`Key`] or an [`ImportedKey`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no KMS key",
        label = "a `Key` or an `ImportedKey` is needed here",
        note = "`Key::from_arn` and `Key::from_lookup` import an existing key"
    )]
    pub trait AsKey::as_key;
}

impl<'app> Key<'app> {
    /// Imports an existing key by its ARN. Its policy does not belong to this app; roles of the account can be granted
    /// its use if the key policy leaves that to IAM.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::kms::Key>>,
    ) -> ImportedKey<'app> {
        let arn = arn.into_value();
        let key_id = arn_after(&arn, "/").cast();
        ImportedKey::import(scope, id, arn, key_id)
    }
}

impl<'app> ImportedKey<'app> {
    /// Allows an identity of the app to decrypt with the key, if the key policy leaves that to IAM.
    #[track_caller]
    pub fn grant_decrypt(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), ["kms:Decrypt"])
    }

    /// Allows an identity of the app to encrypt and decrypt with the key, if the key policy leaves that to IAM.
    #[track_caller]
    pub fn grant_encrypt_decrypt(&self, to: &impl Identity<'app>) -> Grant<'app> {
        let actions = ["kms:Decrypt"].into_iter().chain(ENCRYPT);
        Grant::on_imported(to, self.arn(), actions)
    }
}

impl<'app> KeyRef<'app> {
    /// Adds a statement to the policy of a key of the app. For an imported key, the statement is reported (`INF4610`),
    /// since the key policy belongs to another app.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        match self {
            Self::Own(key) => key.add_statement(statement),
            Self::Imported(key) => report_statement(*key, &statement.describe()),
        }
    }

    /// Allows an AWS service to encrypt and decrypt with the key, as [`Key::allow_service`] does. For an imported key,
    /// the missing statement is reported (`INF4610`).
    #[track_caller]
    pub fn allow_service(&self, service: impl IntoValue<String>) {
        self.add_statement(super::key::service_statement(service.into_value()));
    }

    /// Allows CloudWatch Logs to encrypt log groups with the key, as [`Key::allow_cloudwatch_logs`] does. For an imported
    /// key, the missing statement is reported (`INF4610`).
    #[track_caller]
    pub fn allow_cloudwatch_logs(&self) {
        self.add_statement(super::key::cloudwatch_logs_statement());
    }

    /// Allows a principal to decrypt with the key.
    #[track_caller]
    pub fn grant_decrypt(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action("kms:Decrypt")
            .resource(self.arn())
            .on(self)
    }

    /// Allows a principal to encrypt and decrypt with the key.
    #[track_caller]
    pub fn grant_encrypt_decrypt(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action("kms:Decrypt")
            .actions(ENCRYPT)
            .resource(self.arn())
            .on(self)
    }
}

impl<'app> ResourcePolicy<'app> for KeyRef<'app> {
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        self.add_statement(statement);
    }

    /// Returns `*`, which is the key itself in a key policy.
    fn policy_resources(&self, _: Vec<Value<String>>) -> Vec<Value<String>> {
        vec![value("*")]
    }
}

#[track_caller]
fn report_statement(key: ImportedKey<'_>, permission: &str) {
    let arn = key.arn();
    let diagnostic = Diagnostic::new(
        codes::IMPORTED_KEY_POLICY,
        format!("the policy of an imported key must allow {permission}"),
    )
    .origin(Location::caller())
    .note("the key policy belongs to the app that creates the key, and this app cannot change it")
    .help("add the statement where the key is created, then acknowledge this finding")
    .url("https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html");
    key.scope().report(match arn.as_literal() {
        Some(arn) => diagnostic.actual(arn),
        None => diagnostic,
    });
}

//! Lookups of keys.

use serde_json::json;

use super::{ImportedKey, Key};
use crate::core::{Construct, Value, pseudo, sub};
use crate::lookup::{ask, text};

impl<'app> Key<'app> {
    /// Imports the existing key that has an alias, such as `alias/shop`, which a context lookup finds.
    ///
    /// Until the lookup has an answer, its ID is the CDK's placeholder `1234abcd-12ab-34cd-56ef-1234567890ab`.
    ///
    /// ```
    /// use infra_lib::kms::Key;
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Stack");
    /// let key = Key::from_lookup(stack, "Key", "alias/shop");
    /// ```
    #[track_caller]
    pub fn from_lookup(
        scope: impl Construct<'app>,
        id: &str,
        alias_name: &str,
    ) -> ImportedKey<'app> {
        let scope = scope.scope();
        let dummy = json!({ "keyId": "1234abcd-12ab-34cd-56ef-1234567890ab" });
        let question = json!({ "aliasName": alias_name });
        let answer = ask(scope.at_caller(), "key-provider", question, dummy);
        let arn: Value<String> = sub![
            "arn:",
            pseudo::partition(),
            ":kms:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":key/",
            text(&answer, "keyId")
        ];
        Self::from_arn(
            scope,
            id,
            arn.cast::<crate::core::Arn<crate::kind::kms::Key>>(),
        )
    }
}

//! Names of keys.

use crate::cfn::kms::{CfnAlias, CfnAliasProps};
use crate::core::{Arn, Diagnostic, Scope, Value, codes, pseudo, sub};
use crate::kind;

crate::construct! {
    /// A name of a key, by which programs use it, so that they do not change with the key.
    ///
    /// Creates an
    /// [`AWS::KMS::Alias`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html).
    /// [`Key::builder`](super::Key::builder) sets one alias; this construct adds others, and names existing keys. A name
    /// that KMS rejects is reported (`INF4975`). There are no defaults.
    ///
    /// ```
    /// use infra_lib::kms::{Alias, Key};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let key = Key::builder().build(stack, "Key");
    /// Alias::builder().alias_name("alias/shop-orders").key_arn(key.arn()).build(stack, "OrdersAlias");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Alias<'app>: "infra-lib.kms.Alias" {
        resource: CfnAlias<'app>,
    }

    /// Properties of an [`Alias`], set through [`Alias::builder`].
    pub struct AliasProps, AliasBuilder, alias_builder {
        /// Name, which begins with `alias/` but not with `alias/aws/`. A change replaces the alias.
        required_value alias_name: String,
        /// Key that has the name.
        required_value key_arn: Arn<kind::kms::Key>,
    }
}

impl<'app> Alias<'app> {
    fn create(scope: Scope<'app>, props: AliasProps<'app>) -> Self {
        if let Some(name) = props.alias_name.as_literal() {
            check_name(scope, name);
        }
        let resource = CfnAliasProps::new(props.alias_name, props.key_arn).build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the name, which begins with `alias/`.
    pub fn alias_name(&self) -> Value<String> {
        self.resource.ref_().cast()
    }

    /// Returns the ARN of the alias.
    pub fn arn(&self) -> Value<String> {
        sub![
            "arn:",
            pseudo::partition(),
            ":kms:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":",
            self.alias_name()
        ]
    }

    /// Returns the L1 binding of the alias.
    pub fn cfn(&self) -> CfnAlias<'app> {
        self.resource
    }
}

fn check_name(scope: Scope<'_>, name: &str) {
    let rest = name.strip_prefix("alias/");
    let is_accepted = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-');
    let is_valid = rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with("aws/") && rest.chars().all(is_accepted)
    });
    if is_valid {
        return;
    }
    scope.report(
        Diagnostic::new(codes::KEY_ALIAS_NAME, "KMS rejects the name of the alias")
            .property("AliasName")
            .actual(name)
            .expected("`alias/` and letters, digits, `/`, `_` and `-`, but not `alias/aws/`")
            .url("https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html"),
    );
}

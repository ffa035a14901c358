//! Facts about the AWS account that the app asks for and the `cdk` CLI looks up.

use serde_json::{Map as JsonMap, Value as JsonValue};

use crate::diagnostic::{Diagnostic, codes};
use crate::missing_context::MissingContext;
use crate::tree::Scope;

impl Scope<'_> {
    /// A value of the app's context, such as `cdk` keeps in `cdk.context.json`.
    pub fn context(self, key: &str) -> Option<JsonValue> {
        self.app.context.borrow().get(key).cloned()
    }

    /// Looks up a fact about the AWS account through the context; a miss is recorded in the cloud assembly, and
    /// the `cdk` CLI resolves it and runs the app again.
    ///
    /// `dummy` stands in until then. Providers and their properties are those of the CDK (`ssm`, `hosted-zone`,
    /// `availability-zones`, …).
    pub fn lookup(
        self,
        provider: &str,
        props: JsonMap<String, JsonValue>,
        dummy: JsonValue,
    ) -> JsonValue {
        lookup(self, provider, props, dummy)
    }
}

fn lookup(
    scope: Scope<'_>,
    provider: &str,
    props: JsonMap<String, JsonValue>,
    dummy: JsonValue,
) -> JsonValue {
    let environment = scope
        .stack()
        .map(|stack| stack.environment())
        .unwrap_or_default();
    let (Some(account), Some(region)) = (environment.account, environment.region) else {
        scope.report(
            Diagnostic::new(codes::LOOKUP_NEEDS_ENVIRONMENT, format!("a `{provider}` look-up needs a known account and region"))
                .help("give the stack an environment: `StackProps::new().environment(Environment::new(account, region))`"),
        );
        return dummy;
    };
    let mut asked = JsonMap::new();
    asked.insert("account".to_owned(), account.into());
    asked.insert("region".to_owned(), region.into());
    asked.extend(props);
    let key = context_key(provider, &asked);
    if let Some(known) = scope.context(&key) {
        return known;
    }
    let missing = MissingContext {
        key: key.clone(),
        provider: provider.to_owned(),
        props: asked,
    };
    scope.app.missing.borrow_mut().insert(key, missing);
    dummy
}

/// `provider:account=…:name=…:region=…`, as the CDK writes it: sorted, with `:` and `=` in values escaped.
fn context_key(provider: &str, props: &JsonMap<String, JsonValue>) -> String {
    let mut parts: Vec<String> = props
        .iter()
        .map(|(name, value)| {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            format!("{name}={}", text.replace('$', "$$").replace(':', "$:"))
        })
        .collect();
    parts.sort();
    format!("{provider}:{}", parts.join(":"))
}

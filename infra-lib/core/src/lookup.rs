//! Context lookups: facts about the AWS account that the app requests and that the tool or the `cdk` CLI resolves.

use serde_json::{Map as JsonMap, Value as JsonValue};

use crate::diagnostic::{Diagnostic, codes};
use crate::missing_context::MissingContext;
use crate::tree::Scope;

impl Scope<'_> {
    /// Returns a value of the app's context by key. The `cdk` CLI and the tool keep context values in `cdk.context.json`.
    pub fn context(self, key: &str) -> Option<JsonValue> {
        self.app.context.borrow().get(key).cloned()
    }

    /// Returns a fact about the AWS account from the context. A missing value is recorded in the cloud assembly; the tool, or the `cdk` CLI, looks it
    /// up and runs the app again.
    ///
    /// `dummy` is returned until then. Providers and their properties are those of the CDK (`ssm`, `hosted-zone`, `availability-zones`, …). The stack
    /// needs a known account and region; otherwise the finding `INF1010` is reported and `dummy` is returned.
    pub fn lookup(
        self,
        provider: &str,
        props: JsonMap<String, JsonValue>,
        dummy: JsonValue,
    ) -> JsonValue {
        resolve_lookup(self, provider, props, dummy)
    }
}

/// Properties that control the behavior for a missing answer and are not part of the context key.
const WITHOUT_ANSWER: [&str; 2] = ["dummyValue", "ignoreErrorOnMissingContext"];

fn resolve_lookup(
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
            Diagnostic::new(codes::LOOKUP_NEEDS_ENVIRONMENT, format!("the context lookup `{provider}` needs a known account and region"))
                .help("give the stack an environment: `StackProps::new().environment(Environment::new(account, region))`"),
        );
        return dummy;
    };
    let mut asked = JsonMap::new();
    asked.insert("account".to_owned(), account.into());
    asked.insert("region".to_owned(), region.into());
    asked.extend(props);
    // As in the CDK, the properties that control a missing answer are not part of the key.
    let apart = WITHOUT_ANSWER.map(|name| Some((name.to_owned(), asked.remove(name)?)));
    let key = context_key(provider, &asked);
    asked.extend(apart.into_iter().flatten());
    if let Some(known) = scope.context(&key) {
        // The `cdk` CLI stores the error of a failed lookup in place of the answer.
        let Some(refusal) = known.get("$providerError").and_then(JsonValue::as_str) else {
            return known;
        };
        let message = format!("the context lookup `{key}` has no answer: {refusal}");
        scope.report(Diagnostic::new(codes::UNANSWERED_LOOKUP, message));
    }
    let missing = MissingContext {
        key: key.clone(),
        provider: provider.to_owned(),
        props: asked,
    };
    scope.app.missing.borrow_mut().insert(key, missing);
    dummy
}

/// Returns the context key `provider:account=…:name=…:region=…` in the CDK's form: parts are sorted, members of objects and lists have their path as
/// name (`filter.tag:Name=…`, `owners.0=…`), and `:` in text becomes `$:`.
fn context_key(provider: &str, props: &JsonMap<String, JsonValue>) -> String {
    let mut parts = Vec::new();
    for (name, value) in props {
        add_parts(name, value, &mut parts);
    }
    parts.sort();
    format!("{provider}:{}", parts.join(":"))
}

fn add_parts(name: &str, value: &JsonValue, parts: &mut Vec<String>) {
    match value {
        JsonValue::Object(members) => {
            for (member, value) in members {
                add_parts(&format!("{name}.{member}"), value, parts);
            }
        }
        JsonValue::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                add_parts(&format!("{name}.{index}"), value, parts);
            }
        }
        // The CDK's code intends to double `$`, but its replacement text `$$` yields a single one, so `$` stays as it is.
        JsonValue::String(text) => parts.push(format!("{name}={}", text.replace(':', "$:"))),
        other => parts.push(format!("{name}={other}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::context_key;

    /// The expected keys are the results of `ContextProvider.getKey` in aws-cdk-lib 2.276.0.
    #[test]
    fn builds_same_context_keys_as_cdk() {
        let key = |provider: &str, props: serde_json::Value| {
            context_key(provider, props.as_object().unwrap())
        };
        assert_eq!(
            key(
                "vpc-provider",
                json!({ "account": "111122223333", "region": "eu-west-1", "returnAsymmetricSubnets": true,
                    "filter": { "isDefault": "true", "tag:Name": "a:b$c" } })
            ),
            "vpc-provider:account=111122223333:filter.isDefault=true:filter.tag:Name=a$:b$c:region=eu-west-1:returnAsymmetricSubnets=true"
        );
        assert_eq!(
            key(
                "ami",
                json!({ "owners": ["amazon"], "region": "eu-west-1", "account": "1", "filters": { "name": ["x*", "y"] } })
            ),
            "ami:account=1:filters.name.0=x*:filters.name.1=y:owners.0=amazon:region=eu-west-1"
        );
        assert_eq!(
            key(
                "load-balancer",
                json!({ "loadBalancerTags": [{ "key": "app:x", "value": "w$:b" }], "listenerPort": 80,
                    "filters": { "isDefault": "true" }, "empty": [], "region": "eu-west-1", "account": "1" })
            ),
            "load-balancer:account=1:filters.isDefault=true:listenerPort=80:loadBalancerTags.0.key=app$:x:loadBalancerTags.0.value=w$$:b:region=eu-west-1"
        );
    }
}

//! Context lookups of constructs: questions to the context providers of the CDK, and their answers.
//!
//! Each construct that AWS can be asked for has `from_lookup`. The first synthesis has no answer and uses the CDK's
//! placeholder; the tool, or the `cdk` CLI, looks the answer up, writes it to `cdk.context.json`, and runs the app again.
//! The stack needs a known account and region (`INF1010`). Commit the file, so that later runs have the same answer.

use serde_json::{Map as JsonMap, Value as JsonValue, json};

use crate::Construct;

/// Resources of any type that the Cloud Control API finds, by identifier or by properties.
///
/// ```
/// use infra_lib::lookup::ResourceLookup;
/// use infra_lib::{App, Environment, StackProps};
///
/// let app = App::new();
/// let stack = StackProps::new()
///     .environment(Environment::new("111122223333", "eu-west-1"))
///     .build(&app, "Stack");
/// let found = ResourceLookup::by_identifier("AWS::SQS::Queue", "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs")
///     .returning(["Arn"])
///     .find(stack);
/// assert_eq!(found[0]["Arn"], "dummy-value-for-Arn");
/// ```
///
/// See the [Cloud Control API](https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/what-is-cloudcontrolapi.html),
/// which lists the types that it reads.
#[derive(Clone, Debug)]
pub struct ResourceLookup {
    question: JsonMap<String, JsonValue>,
    returned: Vec<String>,
}

impl ResourceLookup {
    fn new(type_name: &str, how: &str, value: JsonValue) -> Self {
        let question = JsonMap::from_iter([
            ("typeName".to_owned(), type_name.into()),
            (how.to_owned(), value),
        ]);
        Self {
            question,
            returned: Vec::new(),
        }
    }

    /// Asks for the one resource of a type with a primary identifier.
    pub fn by_identifier(type_name: &str, identifier: &str) -> Self {
        Self::new(type_name, "exactIdentifier", identifier.into())
    }

    /// Asks for the resources of a type whose properties have the given values. The Cloud Control API lists every resource
    /// of the type for it.
    pub fn by_properties<'v>(
        type_name: &str,
        properties: impl IntoIterator<Item = (&'v str, &'v str)>,
    ) -> Self {
        let properties = properties.into_iter();
        let properties = properties.map(|(name, value)| (name.to_owned(), value.into()));
        Self::new(
            type_name,
            "propertyMatch",
            JsonValue::Object(properties.collect()),
        )
    }

    /// Names the properties that are returned, such as `Arn` or `Endpoint.Address`. Default: none.
    pub fn returning<'v>(mut self, properties: impl IntoIterator<Item = &'v str>) -> Self {
        self.returned
            .extend(properties.into_iter().map(str::to_owned));
        self
    }

    /// Returns the properties of every resource that was found, with `Identifier`. Without an answer, it is one resource
    /// whose properties are `dummy-value-for-` and their name.
    pub fn find<'app>(self, scope: impl Construct<'app>) -> Vec<JsonMap<String, JsonValue>> {
        let names = std::iter::once("Identifier").chain(self.returned.iter().map(String::as_str));
        let dummy: JsonMap<String, JsonValue> = names
            .map(|name| (name.to_owned(), format!("dummy-value-for-{name}").into()))
            .collect();
        self.find_or(scope, dummy)
    }

    /// Returns the properties of every resource that was found, or one resource with the given ones without an answer.
    pub(crate) fn find_or<'app>(
        self,
        scope: impl Construct<'app>,
        dummy: JsonMap<String, JsonValue>,
    ) -> Vec<JsonMap<String, JsonValue>> {
        let mut question = self.question;
        question.insert("propertiesToReturn".to_owned(), self.returned.into());
        let answer = scope.scope().lookup(
            "cc-api-provider",
            question,
            JsonValue::Array(vec![dummy.into()]),
        );
        let JsonValue::Array(found) = answer else {
            return Vec::new();
        };
        found
            .into_iter()
            .filter_map(|resource| match resource {
                JsonValue::Object(properties) => Some(properties),
                _ => None,
            })
            .collect()
    }
}

impl ResourceLookup {
    /// Requires that exactly one resource matches. Otherwise the lookup fails.
    pub(crate) fn exactly_one(mut self) -> Self {
        self.question
            .insert("expectedMatchCount".to_owned(), "exactly-one".into());
        self
    }

    /// Returns the properties of the first resource that was found, or those of `dummy` without an answer.
    pub(crate) fn find_one<'app>(
        self,
        scope: impl Construct<'app>,
        dummy: &JsonValue,
    ) -> JsonValue {
        let members = dummy.as_object().cloned().unwrap_or_default();
        let found = self.find_or(scope, members).into_iter().next();
        found.map_or_else(|| dummy.clone(), JsonValue::Object)
    }
}

/// Returns the ARN of a resource in the account and region of the stack. Without them, which the lookup reports, it has
/// those of the CDK's placeholders.
pub(crate) fn arn_in_stack<'app>(
    scope: impl Construct<'app>,
    service: &str,
    resource: &str,
) -> String {
    let environment = scope.scope().stack().map(|stack| stack.environment());
    let environment = environment.unwrap_or_default();
    let region = environment.region.as_deref().unwrap_or("us-east-1");
    let account = environment.account.as_deref().unwrap_or("123456789012");
    let partition = partition(region);
    format!("arn:{partition}:{service}:{region}:{account}:{resource}")
}

/// Returns the partition of a region. An unknown region counts as one of `aws`, as in the SDKs.
///
/// Source: `partitions.json` of the AWS SDKs.
fn partition(region: &str) -> &'static str {
    const PARTITIONS: [(&str, &str); 8] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("eusc-", "aws-eusc"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("eu-isoe-", "aws-iso-e"),
        ("us-isof-", "aws-iso-f"),
        ("eu-isof-", "aws-iso-f"),
    ];
    let known = PARTITIONS
        .iter()
        .find(|(start, _)| region.starts_with(start));
    known.map_or("aws", |(_, partition)| partition)
}

/// Returns the answer to a question, without the members that are `null`.
pub(crate) fn ask<'app>(
    scope: impl Construct<'app>,
    provider: &str,
    question: JsonValue,
    dummy: JsonValue,
) -> JsonValue {
    let JsonValue::Object(mut question) = question else {
        return dummy;
    };
    question.retain(|_, value| !value.is_null());
    scope.scope().lookup(provider, question, dummy)
}

/// Returns a text of an answer, or an empty text if the answer has none.
pub(crate) fn text<'a>(answer: &'a JsonValue, name: &str) -> &'a str {
    answer[name].as_str().unwrap_or_default()
}

/// Returns the texts of a list of an answer.
pub(crate) fn texts<'a>(answer: &'a JsonValue, name: &str) -> impl Iterator<Item = &'a str> {
    let list = answer[name].as_array().map_or(&[][..], Vec::as_slice);
    list.iter().filter_map(JsonValue::as_str)
}

/// Returns tags in the form of the providers for load balancers.
pub(crate) fn tag_list(tags: &[(String, String)]) -> JsonValue {
    if tags.is_empty() {
        return JsonValue::Null;
    }
    tags.iter()
        .map(|(key, value)| json!({ "key": key, "value": value }))
        .collect()
}

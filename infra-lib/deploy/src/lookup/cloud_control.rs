//! Finds resources of any registry type with the Cloud Control API, by identifier or by properties.

use infra_aws::{CloudControl, FoundResource};
use serde::Deserialize;
use serde_json::{Map as JsonMap, Value as JsonValue};

use super::{LookupProblem, LookupQuery, to_json_line};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ResourceQuery {
    type_name: String,
    exact_identifier: Option<String>,
    resource_model: Option<JsonValue>,
    property_match: Option<JsonMap<String, JsonValue>>,
    properties_to_return: Vec<String>,
    #[serde(default)]
    expected_match_count: MatchCount,
}

/// Number of resources that have to match.
#[derive(Clone, Copy, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum MatchCount {
    #[default]
    Any,
    AtLeastOne,
    AtMostOne,
    ExactlyOne,
}

impl MatchCount {
    fn allows_none(self) -> bool {
        matches!(self, Self::Any | Self::AtMostOne)
    }

    fn allows_several(self) -> bool {
        matches!(self, Self::Any | Self::AtLeastOne)
    }
}

/// Returns the requested properties and the identifier of each matching resource.
pub(super) async fn find_resources(
    control: &dyn CloudControl,
    question: &LookupQuery,
    query: &ResourceQuery,
) -> Result<JsonValue, LookupProblem> {
    let otherwise = question.default_value.as_ref();
    if let Some(otherwise) = otherwise
        && !otherwise
            .as_array()
            .is_some_and(|all| all.iter().all(JsonValue::is_object))
    {
        return LookupProblem::reject("`dummyValue` is not a list of objects");
    }
    let kind = &query.type_name;
    let (found, missing) = match (&query.exact_identifier, &query.property_match) {
        (Some(identifier), None) => {
            let found = control.get_resource(kind, identifier).await?;
            let missing = format!("the resource `{identifier}` of type {kind} does not exist");
            (found.into_iter().collect(), Some(missing))
        }
        (None, Some(wanted)) => {
            let found = list_matching(control, query, wanted).await?;
            let missing = format!("no resource of type {kind} has {}", to_json_line(wanted));
            let missing = Some(missing).filter(|_| !query.expected_match_count.allows_none());
            (found, missing)
        }
        _ => {
            return LookupProblem::reject(
                "exactly one of `exactIdentifier` and `propertyMatch` must be given",
            );
        }
    };
    match (missing, otherwise) {
        (Some(_), Some(otherwise)) if found.is_empty() => return Ok(otherwise.clone()),
        (Some(missing), None) if found.is_empty() => return LookupProblem::reject(missing),
        _ => {}
    }
    let answers = found
        .iter()
        .map(|one| select_properties(one, &query.properties_to_return));
    answers.collect::<Result<Vec<_>, _>>().map(Into::into)
}

/// Lists the resources that have these properties.
async fn list_matching(
    control: &dyn CloudControl,
    query: &ResourceQuery,
    wanted: &JsonMap<String, JsonValue>,
) -> Result<Vec<FoundResource>, LookupProblem> {
    let mut found = Vec::new();
    let mut next = None;
    loop {
        let page = control
            .list_resources(&query.type_name, query.resource_model.as_ref(), next)
            .await?;
        for one in page.items {
            found.extend(match_resource(control, query, wanted, one).await?);
        }
        if found.len() > 1 && !query.expected_match_count.allows_several() {
            return LookupProblem::reject(format!(
                "{} resources or more of type {} have {}",
                found.len(),
                query.type_name,
                to_json_line(wanted)
            ));
        }
        next = page.next;
        if next.is_none() {
            return Ok(found);
        }
    }
}

/// Returns a listed resource if it has these properties. Lists of some types contain identifiers only, so a resource that
/// lacks a property in the list is read whole.
async fn match_resource(
    control: &dyn CloudControl,
    query: &ResourceQuery,
    wanted: &JsonMap<String, JsonValue>,
    listed: FoundResource,
) -> Result<Option<FoundResource>, LookupProblem> {
    let differs = |one: &FoundResource| {
        wanted.iter().any(|(path, value)| {
            value_at_path(&one.properties, path).is_ok_and(|found| !is_equal(found, value))
        })
    };
    if differs(&listed) {
        return Ok(None);
    }
    let mut needed = wanted.keys().chain(&query.properties_to_return);
    let is_whole = needed.all(|path| value_at_path(&listed.properties, path).is_ok());
    let one = match &listed.identifier {
        Some(identifier) if !is_whole => control.get_resource(&query.type_name, identifier).await?,
        _ => Some(listed),
    };
    let has_all = |one: &FoundResource| {
        let mut paths = wanted.keys();
        !differs(one) && paths.all(|path| value_at_path(&one.properties, path).is_ok())
    };
    Ok(one.filter(has_all))
}

/// Returns true for equal strings, numbers, booleans and `null`. Lists and objects never match, as in the CDK.
fn is_equal(found: &JsonValue, wanted: &JsonValue) -> bool {
    match (found, wanted) {
        (JsonValue::Array(_) | JsonValue::Object(_), _) => false,
        (JsonValue::Number(found), JsonValue::Number(wanted)) => found.as_f64() == wanted.as_f64(),
        _ => found == wanted,
    }
}

/// Returns the value at a path of names joined with `.`, or the first name that is missing.
fn value_at_path<'v, 'p>(value: &'v JsonValue, path: &'p str) -> Result<&'v JsonValue, &'p str> {
    path.split('.').try_fold(value, |value, name| {
        let member = match value {
            JsonValue::Array(elements) => name.parse().ok().and_then(|at: usize| elements.get(at)),
            other => other.get(name),
        };
        member.ok_or(name)
    })
}

fn select_properties(
    resource: &FoundResource,
    wanted: &[String],
) -> Result<JsonValue, LookupProblem> {
    let mut answer = JsonMap::new();
    for path in wanted {
        match value_at_path(&resource.properties, path) {
            Ok(value) => answer.insert(path.clone(), value.clone()),
            Err(name) => {
                return LookupProblem::reject(format!(
                    "a matching resource has no property `{path}`: `{name}` does not exist"
                ));
            }
        };
    }
    let identifier = resource.identifier.as_deref().unwrap_or("*MISSING*");
    answer.insert("Identifier".to_owned(), identifier.into());
    Ok(answer.into())
}

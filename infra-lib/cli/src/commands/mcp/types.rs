//! Implements `describe_type`, which describes the properties of a CloudFormation resource type from the registry model.

use infra_codegen::handle_path;
use infra_core::{Diagnostic, Severity, codes, find_nearest};
use infra_schema::model::{
    Bounds, Definition, Path, Property, ResourceType, Rule, Shape, Target, TargetAttribute, Text,
    Type,
};
use infra_schema::{feature_of, nearest_type, resource, service_of};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as JsonValue, json};

use super::answer::Answer;
use super::tool::{JsonObject, Tool, Work, argument_schema, parse_arguments};

pub(super) static DESCRIBE_TYPE: Tool = Tool {
    name: "describe_type",
    title: "Describe a resource type",
    description: "Describes a CloudFormation resource type, or the property at a path in it, from the registry: types, required properties, allowed values, patterns and limits, properties whose change replaces the resource (`createOnly`), what `Ref` and `Fn::GetAtt` return, and the Rust names of the binding.",
    schema: argument_schema::<Arguments>,
    work: Work::Offline(describe_type),
    reads_aws: false,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// The resource type, such as `AWS::S3::Bucket`.
    #[serde(rename = "type")]
    type_name: String,
    /// The dotted path of a property, such as `BucketEncryption.ServerSideEncryptionConfiguration`. Lists and maps need no path segment. Default: the
    /// top level.
    #[serde(default)]
    path: Option<String>,
}

fn describe_type(arguments: JsonObject) -> Answer {
    let asked: Arguments = match parse_arguments("describe_type", arguments) {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let Some(found) = resource(&asked.type_name) else {
        return Answer::from_finding(&unknown_type(&asked.type_name));
    };
    let document = match asked.path.as_deref().map(str::trim) {
        None | Some("") => describe_top_level(found),
        Some(path) => match describe_path(found, path) {
            Ok(document) => document,
            Err(finding) => return Answer::from_finding(&finding),
        },
    };
    Answer::from_text(document.to_string())
}

fn unknown_type(name: &str) -> Diagnostic {
    let message = format!("the resource type `{name}` does not exist");
    let finding = Diagnostic::new(codes::UNKNOWN_RESOURCE_TYPE, message).severity(Severity::Error);
    match nearest_type(name) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding.help("`find_construct` finds types by words"),
    }
}

fn describe_top_level(found: &ResourceType) -> JsonValue {
    let service = service_of(&found.name);
    let returns: Vec<&Text> = found.ref_returns.properties.iter().map(|p| &p.0).collect();
    let mut document = into_object(json!({
        "type": found.name,
        "rust": format!("infra_lib::cfn::{}Props", handle_path(&found.name)),
        "feature": feature_of(&service),
        "ref": returns,
        "attributes": found.attributes.iter().map(|one| &one.name).collect::<Vec<_>>(),
    }));
    set_flag(&mut document, "stateful", found.stateful);
    set_flag(&mut document, "closedToNewCustomers", found.deprecated);
    let properties = found
        .properties
        .iter()
        .map(|one| describe_property(one, None));
    document.insert("properties".to_owned(), properties.collect());
    add_rules(&mut document, &found.rules);
    JsonValue::Object(document)
}

/// Describes the property at a path, and the members of its type.
fn describe_path(found: &ResourceType, path: &str) -> Result<JsonValue, Box<Diagnostic>> {
    let steps = path.split(['.', '/', '[', ']']).filter(|step| {
        !step.is_empty() && *step != "*" && !step.starts_with(|c: char| c.is_ascii_digit())
    });
    // Definitions at the current position: several for a union of types.
    let mut within: Option<Vec<&Definition>> = None;
    let mut walked = String::new();
    let mut reached: Option<&Property> = None;
    for step in steps {
        let known = list_members(found, within.as_deref());
        let Some(next) = known.iter().find(|property| property.name == step) else {
            return Err(Box::new(unknown_property(found, &walked, step, &known)));
        };
        if !walked.is_empty() {
            walked.push('/');
        }
        walked.push_str(step);
        walked.push_str(element_segments(&next.shape));
        let mut definitions = Vec::new();
        collect_definitions(found, &next.shape, &mut definitions);
        within = Some(definitions);
        reached = Some(next);
    }
    let Some(reached) = reached else {
        return Ok(describe_top_level(found));
    };
    let exact = walked.trim_end_matches("/*");
    let mut document = into_object(
        json!({ "type": found.name, "path": exact.replace("/*", "[]").replace('/', ".") }),
    );
    document.insert(
        "property".to_owned(),
        describe_property(reached, Some((found, exact))),
    );
    let definitions = within.unwrap_or_default().into_iter().map(|definition| {
        let described = describe_definition(found, definition, &walked);
        (definition.name.to_string(), JsonValue::Object(described))
    });
    let definitions: JsonObject = definitions.collect();
    if !definitions.is_empty() {
        document.insert("definitions".to_owned(), JsonValue::Object(definitions));
    }
    Ok(JsonValue::Object(document))
}

/// Describes a property type that is used at a path.
fn describe_definition(found: &ResourceType, definition: &Definition, walked: &str) -> JsonObject {
    if let Some(alias) = &definition.alias {
        return describe_shape(alias);
    }
    let members = definition.properties.iter().map(|member| {
        let path = format!("{walked}/{}", member.name);
        describe_property(member, Some((found, &path)))
    });
    let mut document = into_object(json!({ "members": members.collect::<Vec<_>>() }));
    add_rules(&mut document, &definition.rules);
    document
}

/// Returns the path segments for the elements of a list or map, in the notation of the registry.
fn element_segments(shape: &Shape) -> &'static str {
    match &shape.ty {
        Type::List(item) | Type::Map(item) => match &item.ty {
            Type::List(_) | Type::Map(_) => "/*/*",
            _ => "/*",
        },
        _ => "",
    }
}

fn list_members<'a>(
    found: &'a ResourceType,
    within: Option<&[&'a Definition]>,
) -> Vec<&'a Property> {
    match within {
        None => found.properties.iter().collect(),
        Some(definitions) => definitions.iter().flat_map(|one| &one.properties).collect(),
    }
}

/// Adds the definitions that a shape refers to.
fn collect_definitions<'a>(found: &'a ResourceType, shape: &Shape, into: &mut Vec<&'a Definition>) {
    match &shape.ty {
        Type::Definition(name) => into.extend(found.definition(name)),
        Type::List(item) | Type::Map(item) => collect_definitions(found, item, into),
        Type::Union(all) => all
            .iter()
            .for_each(|one| collect_definitions(found, one, into)),
        Type::String | Type::Integer | Type::Number | Type::Boolean | Type::Json => {}
    }
}

fn unknown_property(
    found: &ResourceType,
    walked: &str,
    step: &str,
    known: &[&Property],
) -> Diagnostic {
    let place = if walked.is_empty() {
        format!("`{}`", found.name)
    } else {
        format!(
            "`{}` of `{}`",
            walked.replace("/*", "[]").replace('/', "."),
            found.name
        )
    };
    let finding = Diagnostic::new(
        codes::UNKNOWN_PROPERTY,
        format!("{place} has no property `{step}`"),
    )
    .severity(Severity::Error);
    let names = || known.iter().map(|property| &*property.name);
    if known.is_empty() {
        return finding.note("the registry describes no properties of it");
    }
    let finding = finding.expected(format!("one of {}", names().collect::<Vec<_>>().join(", ")));
    match find_nearest(step, names()) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding,
    }
}

/// Describes a property. Its flags are those of the path, or of its type if no path is given.
fn describe_property(property: &Property, place: Option<(&ResourceType, &str)>) -> JsonValue {
    let at = |paths: fn(&ResourceType) -> &Vec<Path>, otherwise: bool| match place {
        Some((found, path)) => paths(found).iter().any(|one| one.0 == path),
        None => otherwise,
    };
    let mut document = into_object(json!({ "name": property.name }));
    document.extend(describe_shape(&property.shape));
    set_flag(&mut document, "required", property.required);
    for (name, set) in [
        (
            "createOnly",
            at(|found| &found.create_only, property.create_only),
        ),
        (
            "mayReplace",
            at(
                |found| &found.conditional_create_only,
                property.conditional_create_only,
            ),
        ),
        ("readOnly", at(|found| &found.read_only, property.read_only)),
        (
            "writeOnly",
            at(|found| &found.write_only, property.write_only),
        ),
        (
            "deprecated",
            at(|found| &found.deprecated_paths, property.deprecated),
        ),
    ] {
        set_flag(&mut document, name, set);
    }
    JsonValue::Object(document)
}

/// Describes a type with its constraints.
fn describe_shape(shape: &Shape) -> JsonObject {
    let mut document = JsonObject::new();
    let mut add = |key: &str, value: JsonValue| {
        document.insert(key.to_owned(), value);
    };
    match &shape.ty {
        Type::String => add("type", "string".into()),
        Type::Integer => add("type", "integer".into()),
        Type::Number => add("type", "number".into()),
        Type::Boolean => add("type", "boolean".into()),
        Type::Json => add("type", "json".into()),
        Type::Definition(name) => {
            add("type", "object".into());
            add("definition", (&**name).into());
        }
        Type::List(item) => {
            add("type", "list".into());
            add("items", JsonValue::Object(describe_shape(item)));
        }
        Type::Map(item) => {
            add("type", "map".into());
            add("values", JsonValue::Object(describe_shape(item)));
        }
        Type::Union(all) => add(
            "anyOf",
            all.iter()
                .map(|one| JsonValue::Object(describe_shape(one)))
                .collect(),
        ),
    }
    if !shape.values.is_empty() {
        add("allowed", json!(shape.values));
    }
    if let Some(pattern) = &shape.pattern {
        add("pattern", json!(pattern));
    }
    for (key, bounds) in [
        ("length", format_bounds(shape.length)),
        ("range", format_bounds(shape.range)),
        ("itemCount", format_bounds(shape.items)),
        ("entryCount", format_bounds(shape.entries)),
    ] {
        if let Some(bounds) = bounds {
            add(key, bounds.into());
        }
    }
    if let Some(step) = shape.multiple_of {
        add("multipleOf", json!(step));
    }
    if shape.unique {
        add("unique", true.into());
    }
    if let Some(format) = &shape.format {
        add("format", json!(format));
    }
    if let Some(pattern) = &shape.key_pattern {
        add("keyPattern", json!(pattern));
    }
    if !shape.targets.is_empty() {
        add(
            "namesResource",
            shape.targets.iter().map(describe_target).collect(),
        );
    }
    document
}

/// Formats bounds as `1..63`, with an open end without a limit.
fn format_bounds<N: PartialOrd + Copy + ToString>(bounds: Bounds<N>) -> Option<String> {
    let text = |bound: Option<N>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    (!bounds.is_open()).then(|| format!("{}..{}", text(bounds.min), text(bounds.max)))
}

fn describe_target(target: &Target) -> JsonValue {
    let by = match &target.by {
        TargetAttribute::Kind(kind) => kind.as_word(),
        TargetAttribute::Property(name) => name,
    };
    format!("{}.{by}", target.resource).into()
}

fn add_rules(document: &mut JsonObject, rules: &[Rule]) {
    if rules.is_empty() {
        return;
    }
    let sets = |sets: &[Vec<Text>]| {
        let words = sets.iter().map(|set| {
            if set.is_empty() {
                "none of them".to_owned()
            } else {
                set.join(" and ")
            }
        });
        words.collect::<Vec<_>>().join("; ")
    };
    let text = rules.iter().map(|rule| match rule {
        Rule::ExactlyOne(all) => format!("exactly one of: {}", sets(all)),
        Rule::AtLeastOne(all) => format!("at least one of: {}", sets(all)),
        Rule::Excludes(name, others) => format!("{name} excludes {}", others.join(", ")),
        Rule::Requires(name, others) => format!("{name} requires {}", others.join(", ")),
    });
    document.insert("rules".to_owned(), text.collect());
}

fn set_flag(document: &mut JsonObject, name: &str, set: bool) {
    if set {
        document.insert(name.to_owned(), true.into());
    }
}

/// Returns the map of a JSON object.
fn into_object(value: JsonValue) -> JsonObject {
    match value {
        JsonValue::Object(map) => map,
        _ => JsonObject::new(),
    }
}

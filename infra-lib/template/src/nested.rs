//! Templates of nested stacks, which an assembly stores as files next to the template of the root stack: [`NestedTemplate`].

use std::collections::BTreeMap;

use serde_json::Value as JsonValue;

use crate::resource_origin::ResourceOrigin;
use crate::{Template, TemplateResource};

/// Resource type of a nested stack in the template of its parent.
pub const NESTED_STACK: &str = "AWS::CloudFormation::Stack";

/// Maximum depth of nested stacks that is read. Stacks are rarely nested deeper than three levels.
pub const DEEPEST: usize = infra_core::quotas::NESTED_LEVELS;

/// A nested stack with its template, as the assembly contains it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct NestedTemplate {
    /// File name of the template, in the folder of the root stack's template.
    pub file: String,
    /// The template of the nested stack, without its own nested stacks.
    pub template: Template,
    /// Stacks nested in this one, by their logical ID in `template`.
    pub nested: BTreeMap<String, Self>,
}

impl NestedTemplate {
    /// Creates a nested stack from its file name and template, without further nested stacks.
    pub fn new(file: impl Into<String>, template: Template) -> Self {
        Self {
            file: file.into(),
            template,
            nested: BTreeMap::new(),
        }
    }
}

/// Returns the path of a resource in a nested stack, for example `Child/Table`.
pub fn nested_path(nested: &str, logical_id: &str) -> String {
    if nested.is_empty() {
        logical_id.to_owned()
    } else {
        format!("{nested}/{logical_id}")
    }
}

/// Returns the nested stack at a path such as `Child/Grandchild`.
pub(crate) fn find_nested<'n>(
    nested: &'n BTreeMap<String, NestedTemplate>,
    path: &str,
) -> Option<&'n NestedTemplate> {
    match path.split_once('/') {
        None => nested.get(path),
        Some((first, rest)) => find_nested(&nested.get(first)?.nested, rest),
    }
}

/// Reads the templates of nested stacks that the assembly contains. `file` reads a file of the assembly; its error is returned. `published` maps
/// object keys to the files that are published under them.
pub(crate) fn read_nested(
    file: &dyn Fn(&str) -> Result<String, String>,
    published: &BTreeMap<&str, &str>,
    template: &Template,
    depth: usize,
) -> Result<BTreeMap<String, NestedTemplate>, String> {
    let mut found = BTreeMap::new();
    for resource in template.resources() {
        if resource.type_name != NESTED_STACK {
            continue;
        }
        // CloudFormation uses the address. If it names no file, for example because it consists of parameters, the metadata that the CDK adds names
        // the file.
        let address = resource.properties().and_then(|all| all.get("TemplateURL"));
        let by_address = address.and_then(|address| published_file(address, published));
        let Some(name) = by_address.or_else(|| marked_file(resource)) else {
            continue;
        };
        let id = resource.logical_id;
        if name.is_empty() || name.contains(['/', '\\']) || name.starts_with("..") {
            return Err(format!(
                "the template of the nested stack `{id}` is not a file of the assembly: {name:?}"
            ));
        }
        if depth >= DEEPEST {
            return Err(format!(
                "the nested stack `{id}` is nested deeper than {DEEPEST} levels"
            ));
        }
        let text = file(name)?;
        let read_template = Template::parse(&text).map_err(|error| {
            format!("`{name}`, of the nested stack `{id}`, is not a template: {error}")
        })?;
        let nested = read_nested(file, published, &read_template, depth + 1)?;
        let known = NestedTemplate {
            nested,
            ..NestedTemplate::new(name, read_template)
        };
        found.insert(id.to_owned(), known);
    }
    Ok(found)
}

/// Returns the file named in the metadata of a nested stack. The CDK adds this metadata to templates that it publishes for `TemplateURL`;
/// CloudFormation ignores it.
pub fn marked_file(resource: TemplateResource<'_>) -> Option<&str> {
    resource
        .entry
        .get("Metadata")?
        .get("aws:asset:path")?
        .as_str()
}

/// Returns the file that is published at an address, regardless of bucket and region.
fn published_file<'p>(address: &JsonValue, published: &BTreeMap<&str, &'p str>) -> Option<&'p str> {
    let end = last_text(address)?;
    let mut files = published.iter().filter(|(key, _)| {
        let before = end.strip_suffix(**key);
        before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    });
    let (_, file) = files.next()?;
    files.next().is_none().then_some(*file)
}

/// Returns the literal text at the end of an address.
fn last_text(address: &JsonValue) -> Option<&str> {
    match address {
        JsonValue::String(text) => Some(text),
        JsonValue::Object(map) if map.len() == 1 => {
            let (function, argument) = map.iter().next()?;
            match (function.as_str(), argument) {
                ("Fn::Sub", JsonValue::Array(parts)) => parts.first()?.as_str(),
                ("Fn::Sub", text) => text.as_str(),
                ("Fn::Join", parts) => last_text(parts.get(1)?.as_array()?.last()?),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Adds the files from which [`read`] reads nested stacks.
pub(crate) fn collect_files(
    nested: &BTreeMap<String, NestedTemplate>,
    files: &mut BTreeMap<String, String>,
) {
    for stack in nested.values() {
        files.insert(stack.file.clone(), stack.template.json());
        collect_files(&stack.nested, files);
    }
}

/// Returns the origins of a root stack and its nested stacks, by path.
///
/// A manifest identifies resources by logical ID, which is not unique across nested stacks. The construct paths in the templates resolve the
/// ambiguity.
pub(crate) fn collect_origins(
    by_path: &BTreeMap<String, ResourceOrigin>,
    mut root: BTreeMap<String, ResourceOrigin>,
    template: &Template,
    nested: &BTreeMap<String, NestedTemplate>,
) -> BTreeMap<String, ResourceOrigin> {
    if nested.is_empty() {
        return root;
    }
    let mut below = BTreeMap::new();
    collect_nested_origins(by_path, "", nested, &mut below);
    root.retain(|id, _| id.contains('/') || template.find_resource(id).is_some());
    for resource in template.resources() {
        let path = resource.construct_path();
        if let Some(origin) = path.and_then(|path| by_path.get(path)) {
            root.insert(resource.logical_id.to_owned(), origin.clone());
        }
    }
    below.append(&mut root);
    below
}

fn collect_nested_origins(
    by_path: &BTreeMap<String, ResourceOrigin>,
    above: &str,
    nested: &BTreeMap<String, NestedTemplate>,
    found: &mut BTreeMap<String, ResourceOrigin>,
) {
    for (id, stack) in nested {
        let path = nested_path(above, id);
        for resource in stack.template.resources() {
            if let Some(construct_path) = resource.construct_path() {
                let origin = by_path.get(construct_path).cloned();
                let origin = origin.unwrap_or_else(|| ResourceOrigin {
                    construct_path: construct_path.to_owned(),
                    ..ResourceOrigin::default()
                });
                found.insert(nested_path(&path, resource.logical_id), origin);
            }
        }
        collect_nested_origins(by_path, &path, &stack.nested, found);
    }
}

/// Returns the address of the template of a nested stack, if it can be computed from text, `Ref`, `Fn::Sub` and `Fn::Join`. `value` returns the
/// values of pseudo parameters and parameters, or `None` for unknown ones.
pub fn template_address(
    property: &JsonValue,
    value: &dyn Fn(&str) -> Option<String>,
) -> Option<String> {
    match property {
        JsonValue::String(text) => Some(text.clone()),
        JsonValue::Object(map) => match (map.len(), map.iter().next()?) {
            (1, (function, argument)) => match function.as_str() {
                "Ref" => value(argument.as_str()?),
                "Fn::Sub" => substitute_variables(argument.as_str()?, value),
                "Fn::Join" => {
                    let separator = argument.get(0)?.as_str()?;
                    let parts = argument.get(1)?.as_array()?.iter();
                    let parts: Option<Vec<String>> =
                        parts.map(|part| template_address(part, value)).collect();
                    Some(parts?.join(separator))
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn substitute_variables(text: &str, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, left) = after.split_once('}')?;
        out.push_str(before);
        match name.strip_prefix('!') {
            Some(literal) => out.extend(["${", literal, "}"]),
            None => out.push_str(&value(name)?),
        }
        rest = left;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{published_file, template_address};

    #[test]
    fn finds_published_file_by_end_of_address() {
        let published = [
            ("ab.json", "Child.json"),
            ("b.json", "Other.json"),
            ("deep/c.json", "Deep.json"),
        ]
        .into();
        for (address, expected) in [
            (json!("https://s3.x/bucket/ab.json"), Some("Child.json")),
            (
                json!({ "Fn::Sub": "https://s3.${AWS::Region}.x/bucket/b.json" }),
                Some("Other.json"),
            ),
            (
                json!({ "Fn::Sub": ["https://${x}/deep/c.json", { "x": "y" }] }),
                Some("Deep.json"),
            ),
            (
                json!({ "Fn::Join": ["", ["https://s3.", { "Ref": "AWS::Region" }, "/", { "Fn::Sub": "b-${AWS::Region}" }, "/ab.json"]] }),
                Some("Child.json"),
            ),
            (
                json!({ "Fn::Join": ["/", ["https://s3", "ab.json"]] }),
                Some("Child.json"),
            ),
            (json!("https://s3.x/bucket/xb.json"), None),
            (json!("https://s3.x/c.json"), None),
            (
                json!({ "Fn::Join": ["", ["https://x/ab.json", { "Ref": "Version" }]] }),
                None,
            ),
            (json!({ "Ref": "Url" }), None),
        ] {
            assert_eq!(published_file(&address, &published), expected, "{address}");
        }
    }

    #[test]
    fn resolves_address_from_known_values() {
        let known = |name: &str| match name {
            "AWS::Region" => Some("eu-west-1".to_owned()),
            "AWS::URLSuffix" => Some("amazonaws.com".to_owned()),
            "Bucket" => Some("templates".to_owned()),
            _ => None,
        };
        for (property, expected) in [
            (json!("https://x/y.json"), Some("https://x/y.json")),
            (
                json!({ "Fn::Sub": "https://s3.${AWS::Region}.${AWS::URLSuffix}/b/${!k}.json" }),
                Some("https://s3.eu-west-1.amazonaws.com/b/${k}.json"),
            ),
            (
                json!({ "Fn::Join": ["", ["https://s3.", { "Ref": "AWS::URLSuffix" }, "/", { "Ref": "Bucket" }, "/k"]] }),
                Some("https://s3.amazonaws.com/templates/k"),
            ),
            (json!({ "Fn::Sub": "${Other}" }), None),
            (json!({ "Fn::Sub": "${broken" }), None),
            (json!({ "Fn::GetAtt": ["A", "B"] }), None),
            (json!({ "Ref": "Other" }), None),
            (json!(1), None),
        ] {
            let found = template_address(&property, &known);
            assert_eq!(found.as_deref(), expected, "{property}");
        }
    }
}

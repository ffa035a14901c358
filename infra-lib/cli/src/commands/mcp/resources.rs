//! Provides the resources: pages of the book and of codes, JSON Schemas, and the templates of the app's stacks.

use infra_console::code_page;
use rmcp::model::{Resource, ResourceContents, ResourceTemplate};

use super::book;
use crate::commands;

/// Maximum number of resources in an answer to `resources/list`; a cursor leads to the rest.
const PAGE: usize = 50;

const MARKDOWN: &str = "text/markdown";
const SCHEMA: &str = "application/schema+json";
const JSON: &str = "application/json";

/// A resource that a URI refers to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Address {
    /// A text that needs no app, with its media type.
    Text(String, &'static str),
    /// The template of a stack, named by construct path or stack name.
    Stack(String),
}

/// Returns the resources from a cursor on, and the next cursor.
///
/// # Errors
///
/// Returns a message if the cursor is not one of an earlier answer.
pub(super) fn list_resources(
    cursor: Option<&str>,
) -> Result<(Vec<Resource>, Option<String>), String> {
    let all = all_resources();
    let first = match cursor {
        None => 0,
        Some(text) => match text.parse::<usize>() {
            Ok(first) if first < all.len() => first,
            _ => return Err(format!("`{text}` is not a valid cursor")),
        },
    };
    let next = first + PAGE;
    let more = (next < all.len()).then(|| next.to_string());
    Ok((all.into_iter().skip(first).take(PAGE).collect(), more))
}

fn all_resources() -> Vec<Resource> {
    let pages = book::list_pages().map(|page| {
        Resource::new(format!("infra://book/{}", page.path), page.path)
            .with_title(page.title)
            .with_description(page.summary)
            .with_mime_type(MARKDOWN)
            .with_size(byte_size(page.text))
    });
    let schemas = commands::list_schemas().into_iter().map(|(name, schema)| {
        let text = format!("{schema:#}\n");
        let title = schema["title"].as_str().unwrap_or(name).to_owned();
        Resource::new(format!("infra://schemas/{name}"), name)
            .with_title(title)
            .with_mime_type(SCHEMA)
            .with_size(byte_size(&text))
    });
    pages.chain(schemas).collect()
}

fn byte_size(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

/// Returns the URI templates of the resources.
pub(super) fn list_templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new("infra://book/{+page}", "book")
            .with_title("Page of the book")
            .with_description("A page by its path, such as `concepts/values`; `resources/list` lists all pages.")
            .with_mime_type(MARKDOWN),
        ResourceTemplate::new("infra://codes/{code}", "code")
            .with_title("Page of a code")
            .with_description("Meaning, reason, example and correction of a code such as `INF1001`; the tool `list_codes` finds codes by words.")
            .with_mime_type(MARKDOWN),
        ResourceTemplate::new("infra://schemas/{name}", "schema")
            .with_title("JSON Schema")
            .with_description("The schema of what a command prints with `--json`, such as `ls`, or of a file, such as `approvals`.")
            .with_mime_type(SCHEMA),
        ResourceTemplate::new("infra://stacks/{+stack}", "stack")
            .with_title("Template of a stack")
            .with_description("The CloudFormation template of a stack of the app, by construct path or name. Runs the app.")
            .with_mime_type(JSON),
    ]
}

/// Finds the resource of a URI.
///
/// # Errors
///
/// Returns a message with the known kinds of URIs.
pub(super) fn find_resource(uri: &str) -> Result<Address, String> {
    let unknown = |what: String| format!("the resource `{uri}` does not exist: {what}");
    let known = "URIs begin with `infra://book/`, `infra://codes/`, `infra://schemas/` or `infra://stacks/`";
    let (kind, name) = uri
        .strip_prefix("infra://")
        .and_then(|rest| rest.split_once('/'))
        .ok_or_else(|| unknown(known.to_owned()))?;
    match kind {
        "book" => {
            let mut pages = book::list_pages();
            let page = pages.find(|page| page.path == name);
            let page =
                page.ok_or_else(|| unknown("`resources/list` lists the pages".to_owned()))?;
            Ok(Address::Text(page.text.to_owned(), MARKDOWN))
        }
        "codes" => match code_page(name) {
            Ok(page) => Ok(Address::Text(page, MARKDOWN)),
            Err(finding) => Err(unknown(finding.help.unwrap_or(finding.message))),
        },
        "schemas" => {
            let schemas = commands::list_schemas();
            let found = schemas.iter().find(|(known, _)| *known == name);
            let (_, schema) = found.ok_or_else(|| {
                let names: Vec<&str> = schemas.iter().map(|(name, _)| *name).collect();
                unknown(format!("the schemas are {}", names.join(", ")))
            })?;
            Ok(Address::Text(format!("{schema:#}\n"), SCHEMA))
        }
        "stacks" if !name.is_empty() => Ok(Address::Stack(decode_name(name))),
        _ => Err(unknown(known.to_owned())),
    }
}

/// Decodes the percent-encoded characters of a name, such as the slashes of construct paths.
fn decode_name(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(code) = code.filter(|_| first == b'%') {
            bytes.push(code);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Creates the contents of a resource with this media type.
pub(super) fn text_contents(uri: &str, text: String, media_type: &str) -> ResourceContents {
    ResourceContents::text(text, uri).with_mime_type(media_type)
}

/// Media type of templates.
pub(super) const TEMPLATE: &str = JSON;

#[cfg(test)]
mod tests {
    use super::{Address, PAGE, all_resources, decode_name, find_resource, list_resources};

    #[test]
    fn lists_each_resource_once() {
        let mut listed = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let (resources, next) = list_resources(cursor.as_deref()).unwrap();
            assert!(resources.len() <= PAGE);
            listed.extend(resources);
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(listed, all_resources());
        assert!(listed.len() > PAGE, "one page has all {}", listed.len());
        for resource in listed {
            let Address::Text(text, media_type) = find_resource(&resource.uri).unwrap() else {
                panic!("{} is no text", resource.uri);
            };
            assert_eq!(resource.size, Some(u64::try_from(text.len()).unwrap()));
            assert_eq!(resource.mime_type.as_deref(), Some(media_type));
        }
    }

    #[test]
    fn rejects_unknown_cursors_and_uris() {
        for cursor in ["", "-1", "x", "100000"] {
            assert_eq!(
                list_resources(Some(cursor)),
                Err(format!("`{cursor}` is not a valid cursor"))
            );
        }
        for uri in [
            "file:///etc/passwd",
            "infra://",
            "infra://stacks/",
            "infra://files/../x",
        ] {
            let refused = find_resource(uri).unwrap_err();
            assert!(
                refused.contains("URIs begin with `infra://book/`"),
                "{refused}"
            );
        }
        let refused = find_resource("infra://codes/INF10001").unwrap_err();
        assert!(refused.contains("did you mean"), "{refused}");
        let refused = find_resource("infra://schemas/lss").unwrap_err();
        assert!(
            refused.contains("schemas are approvals, check, context, cost, diagnose,"),
            "{refused}"
        );
        assert!(find_resource("infra://book/first").is_err());
    }

    #[test]
    fn decodes_stack_names_in_uris() {
        assert_eq!(decode_name("Prod/Web"), "Prod/Web");
        assert_eq!(decode_name("Prod%2FWeb%20é%zz%2"), "Prod/Web é%zz%2");
        assert_eq!(
            find_resource("infra://stacks/Prod%2FWeb"),
            Ok(Address::Stack("Prod/Web".to_owned()))
        );
    }
}

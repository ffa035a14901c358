//! Parses the primary identifier of a resource to import.

use std::collections::BTreeMap;

use infra_core::{Diagnostic, codes};

use crate::operate::locate_finding;
use infra_template::ResourceName;

/// Parses the identifier of a resource into its properties.
///
/// A single value is written as is. Several values are written in the order of the type, separated by `|`, or each as `Name=value`, separated by `,`.
/// Values may contain these characters: `Name=` is recognized only if it is a property of the identifier.
pub(super) fn parse_identifier(
    resource: &ResourceName,
    text: &str,
) -> Result<BTreeMap<String, String>, Diagnostic> {
    if text.is_empty() {
        let finding = Diagnostic::new(
            codes::BAD_IDENTIFIER,
            format!("the identifier of `{}` is missing", resource.display_name()),
        )
        .help("write it after the `=`");
        return Err(locate_finding(finding, resource));
    }
    let Some(keys) = identifier_properties(&resource.type_name) else {
        let finding = Diagnostic::new(
            codes::BAD_IDENTIFIER,
            format!(
                "the primary identifier of `{}` is unknown",
                resource.type_name
            ),
        )
        .help("write each value with its name, as `Name=value`");
        return parse_named_values(text, None).ok_or_else(|| locate_finding(finding, resource));
    };
    let found = match keys.as_slice() {
        [only] => {
            let prefix = format!("{only}=");
            let value = text.strip_prefix(&prefix).unwrap_or(text);
            (!value.is_empty()).then(|| BTreeMap::from([(only.clone(), value.to_owned())]))
        }
        several => parse_named_values(text, Some(several)).or_else(|| {
            let values: Vec<&str> = text.split('|').collect();
            let complete = values.len() == several.len() && values.iter().all(|v| !v.is_empty());
            complete.then(|| {
                let values = values.into_iter().map(str::to_owned);
                several.iter().cloned().zip(values).collect()
            })
        }),
    };
    found.ok_or_else(|| {
        let finding = Diagnostic::new(
            codes::BAD_IDENTIFIER,
            format!("`{text}` does not identify `{}`", resource.display_name()),
        )
        .expected(if keys.len() > 1 {
            format!("{}, in that order", keys.join("|"))
        } else {
            keys.join("")
        });
        locate_finding(finding, resource)
    })
}

/// Returns the properties of a type's primary identifier, in order; `None` if the type is unknown.
fn identifier_properties(type_name: &str) -> Option<Vec<String>> {
    let known = infra_schema::resource(type_name)?;
    let paths = known.primary_identifier.iter();
    // CloudFormation names a nested property of an identifier by its last segment.
    let keys: Vec<String> = paths
        .filter_map(|path| path.steps().last().map(str::to_owned))
        .collect();
    (!keys.is_empty()).then_some(keys)
}

/// Parses `Name=value,Name=value`. If `keys` are given, each must occur exactly once.
fn parse_named_values(text: &str, keys: Option<&[String]>) -> Option<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for part in text.split(',') {
        let (name, value) = part.split_once('=')?;
        if name.is_empty() || value.is_empty() {
            return None;
        }
        found.insert(name.to_owned(), value.to_owned());
    }
    match keys {
        Some(keys) => {
            let complete =
                found.len() == keys.len() && keys.iter().all(|key| found.contains_key(key));
            complete.then_some(found)
        }
        None => Some(found),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_identifier;
    use infra_template::ResourceName;

    fn render_result(type_name: &str, text: &str) -> String {
        let resource = ResourceName::builder()
            .stack("Data")
            .logical_id("Thing")
            .type_name(type_name)
            .build();
        match parse_identifier(&resource, text) {
            Ok(found) => format!("{found:?}"),
            Err(finding) => infra_core::render(&finding),
        }
    }

    #[test]
    fn single_value_is_written_as_is() {
        let bucket = "AWS::S3::Bucket";
        assert_eq!(
            render_result(bucket, "uploads"),
            r#"{"BucketName": "uploads"}"#
        );
        assert_eq!(
            render_result(bucket, "BucketName=uploads"),
            r#"{"BucketName": "uploads"}"#
        );
        assert_eq!(render_result(bucket, "a=b|c"), r#"{"BucketName": "a=b|c"}"#);
    }

    #[test]
    fn several_values_need_order_or_names() {
        let route = "AWS::ApiGateway::Resource";
        let expected = r#"{"ResourceId": "r2", "RestApiId": "r1"}"#;
        assert_eq!(render_result(route, "r1|r2"), expected);
        assert_eq!(render_result(route, "ResourceId=r2,RestApiId=r1"), expected);
        insta::assert_snapshot!(render_result(route, "r1"), @"
        error[INF7431]: `r1` does not identify `Thing`
           = expected: RestApiId|ResourceId, in that order
           = note: logical id: Thing (of stack `Data`)
        ");
    }

    #[test]
    fn requires_names_for_unknown_resource_type() {
        assert_eq!(render_result("My::Own::Thing", "Id=7"), r#"{"Id": "7"}"#);
        assert!(render_result("My::Own::Thing", "7").contains("INF7431"));
    }
}

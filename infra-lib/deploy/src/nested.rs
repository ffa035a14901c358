//! Reads nested stacks: the ARNs and templates of deployed ones, and the new templates from S3.

use std::collections::BTreeMap;

use serde_json::Value as JsonValue;

use crate::calls::Calls;
use infra_aws::{ApiError, Cloud, CloudFormation};
use infra_template::Template;
use infra_template::nested::{DEEPEST, NESTED_STACK, nested_path};

/// Templates of deployed nested stacks, by path below the root stack. Templates that cannot be read are left out.
pub(crate) type Templates = BTreeMap<String, Template>;

/// Reads the templates of all nested stacks of a deployed stack. Makes no call if the template has no nested stack.
pub(crate) async fn read_nested_templates(
    calls: &Calls,
    client: &dyn CloudFormation,
    stack_id: &str,
    template: &Template,
) -> Templates {
    let mut found = Templates::new();
    let mut waiting = vec![(String::new(), stack_id.to_owned(), template.clone(), 0)];
    while let Some((above, arn, template, depth)) = waiting.pop() {
        let has_nested = template.resources().any(|r| r.type_name == NESTED_STACK);
        if !has_nested || depth >= DEEPEST {
            continue;
        }
        let resources = calls
            .read_all_pages(|next| client.stack_resources(&arn, next))
            .await
            .unwrap_or_default();
        for resource in resources {
            if resource.type_name != NESTED_STACK || resource.status.is_named("DELETE_COMPLETE") {
                continue;
            }
            let Some(child) = resource.physical_id.filter(|id| !id.is_empty()) else {
                continue;
            };
            let Ok(template) = deployed_template(calls, client, &child).await else {
                continue;
            };
            let path = nested_path(&above, &resource.logical_id);
            found.insert(path.clone(), template.clone());
            waiting.push((path, child, template, depth + 1));
        }
    }
    found
}

/// Reads the template of a deployed stack by its ARN; the error is a sentence with the reason.
pub(crate) async fn deployed_template(
    calls: &Calls,
    client: &dyn CloudFormation,
    stack: &str,
) -> Result<Template, String> {
    let text = calls
        .call_with_retries(|| client.get_template(stack, None))
        .await;
    let text = text.map_err(|error| {
        format!(
            "cannot read its deployed template: {}",
            describe_error(&error)
        )
    })?;
    let read = Template::parse_deployed(&text).map(|(template, _)| template);
    read.map_err(|error| format!("cannot read its deployed template: {error}"))
}

/// Reads a template from its S3 address with the credentials of the caller; the error is a sentence with the reason.
pub(crate) async fn template_at(
    calls: &Calls,
    cloud: &dyn Cloud,
    region: &str,
    address: &str,
) -> Result<Template, String> {
    let Some(object) = Object::parse_address(address) else {
        return Err(format!(
            "cannot read its new template: `{address}` is not an S3 URL"
        ));
    };
    let objects = cloud.s3_client(object.region.as_deref().unwrap_or(region));
    let body = calls
        .call_with_retries(|| objects.get_object(&object.bucket, &object.key))
        .await
        .map_err(|error| {
            format!(
                "cannot read its new template at `{address}`: {}",
                describe_error(&error)
            )
        })?;
    let body =
        body.ok_or_else(|| format!("its new template is missing: `{address}` does not exist"))?;
    Template::parse_bytes(&body)
        .map_err(|error| format!("the file at `{address}` is not a template: {error}"))
}

fn describe_error(error: &ApiError) -> String {
    format!(
        "{} returned an error for {}: {}",
        error.operation, error.code, error.message
    )
}

/// An object in S3; the region is `None` when the address does not contain it.
#[derive(Debug, Eq, PartialEq)]
struct Object {
    bucket: String,
    key: String,
    region: Option<String>,
}

impl Object {
    /// Parses a virtual-hosted-style or path-style address. Other hosts, such as an emulator, are treated as path-style.
    fn parse_address(address: &str) -> Option<Self> {
        let (scheme, rest) = address.split_once("://")?;
        if scheme != "https" && scheme != "http" {
            return None;
        }
        let rest = rest.split(['?', '#']).next()?;
        let (host, path) = rest.split_once('/')?;
        let of = |bucket: &str, key: &str, region: Option<&str>| {
            let known = !bucket.is_empty() && !key.is_empty();
            known.then(|| Self {
                bucket: bucket.to_owned(),
                key: key.to_owned(),
                region: region.map(str::to_owned),
            })
        };
        // `BUCKET.s3.REGION.amazonaws.com`, `BUCKET.s3.amazonaws.com`, `BUCKET.s3-REGION.amazonaws.com`
        let (before, service) = if host.starts_with("s3.") || host.starts_with("s3-") {
            (None, host)
        } else {
            match host.rfind(".s3.").or_else(|| host.rfind(".s3-")) {
                Some(at) => (Some(&host[..at]), &host[at + 1..]),
                None => (None, ""),
            }
        };
        let region = region_of_host(service);
        if let Some(bucket) = before {
            of(bucket, path, region)
        } else {
            let (bucket, key) = path.split_once('/')?;
            of(bucket, key, region)
        }
    }
}

/// Returns the region in an S3 host name, such as `s3.eu-west-1.amazonaws.com` or `s3.dualstack.eu-west-1.amazonaws.com`.
fn region_of_host(host: &str) -> Option<&str> {
    let rest = host.strip_prefix("s3")?.get(1..)?;
    let rest = rest.strip_prefix("dualstack.").unwrap_or(rest);
    let (first, _) = rest.split_once('.')?;
    // The last part of a region is a number: `us-gov-west-1`.
    let is_region = first
        .rsplit('-')
        .next()?
        .bytes()
        .all(|b| b.is_ascii_digit());
    (is_region && first.contains('-')).then_some(first)
}

/// Returns the `TemplateURL` from the property context of a change set, `{"Properties": {"TemplateURL": …}}`; `None` while its value is unknown until
/// execution.
pub(crate) fn address_in_context(context: Option<&str>) -> Option<String> {
    let context: JsonValue = serde_json::from_str(context?).ok()?;
    let address = context["Properties"]["TemplateURL"].as_str()?;
    (!address.contains("{{")).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Object, address_in_context};

    #[test]
    fn parses_all_forms_of_s3_urls() {
        for (address, expected) in [
            (
                "https://templates.s3.eu-west-1.amazonaws.com/a/b.json",
                Some(("templates", "a/b.json", Some("eu-west-1"))),
            ),
            (
                "https://my.templates.s3.amazonaws.com/b.json",
                Some(("my.templates", "b.json", None)),
            ),
            (
                "https://templates.s3.cn-north-1.amazonaws.com.cn/b.json?versionId=1",
                Some(("templates", "b.json", Some("cn-north-1"))),
            ),
            (
                "https://s3.us-gov-west-1.amazonaws.com/templates/b.json",
                Some(("templates", "b.json", Some("us-gov-west-1"))),
            ),
            (
                "https://s3-eu-west-1.amazonaws.com/templates/b.json",
                Some(("templates", "b.json", Some("eu-west-1"))),
            ),
            (
                "https://templates.s3.dualstack.eu-west-1.amazonaws.com/b.json",
                Some(("templates", "b.json", Some("eu-west-1"))),
            ),
            (
                "https://s3.amazonaws.com/templates/b.json",
                Some(("templates", "b.json", None)),
            ),
            (
                "http://127.0.0.1:4566/templates/a/b.json",
                Some(("templates", "a/b.json", None)),
            ),
            ("https://templates.example/child.json", None),
            ("https://templates.s3.eu-west-1.amazonaws.com/", None),
            ("file:///etc/passwd", None),
            ("nothing", None),
        ] {
            let found = Object::parse_address(address);
            let found = found.as_ref().map(|object| {
                (
                    object.bucket.as_str(),
                    object.key.as_str(),
                    object.region.as_deref(),
                )
            });
            assert_eq!(found, expected, "{address}");
        }
    }

    #[test]
    fn deferred_address_is_none() {
        let context = |url: &str| format!(r#"{{"Properties":{{"TemplateURL":"{url}"}}}}"#);
        let known = address_in_context(Some(&context("https://a/b")));
        assert_eq!(known.as_deref(), Some("https://a/b"));
        assert_eq!(
            address_in_context(Some(&context("{{changeSet:KNOWN_AFTER_APPLY}}"))),
            None
        );
        assert_eq!(address_in_context(Some("{}")), None);
        assert_eq!(address_in_context(None), None);
    }
}

//! Forms identifiers like AWS, but deterministically: equal programs get equal names.

use serde_json::{Map, Value as JsonValue};

use infra_template::digest::Digest;

/// Account ID of every fake, the example account in AWS's documentation.
pub const ACCOUNT: &str = "123456789012";

/// ARN of the caller's identity, an assumed role, as `GetCallerIdentity` returns it.
pub const PRINCIPAL: &str = "arn:aws:sts::123456789012:assumed-role/deployer/tester";

/// Returns a deterministic identifier in the form of a UUID.
pub(super) fn derive_uuid(of: &str) -> String {
    let digest = Digest::hash_bytes(of.as_bytes());
    let hex = digest.as_str();
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..32]
    )
}

pub(super) fn stack_arn(region: &str, name: &str, number: u64) -> String {
    let id = derive_uuid(&format!("stack {region} {name} {number}"));
    format!("arn:aws:cloudformation:{region}:{ACCOUNT}:stack/{name}/{id}")
}

pub(super) fn change_set_arn(region: &str, name: &str, number: u64) -> String {
    let id = derive_uuid(&format!("change set {region} {name} {number}"));
    format!("arn:aws:cloudformation:{region}:{ACCOUNT}:changeSet/{name}/{id}")
}

/// Returns the physical ID of a new resource, the value of its `Ref`.
///
/// The ID is the name in the properties if there is one, and an ARN if the schema defines `Ref` as one.
pub(super) fn physical_id(
    region: &str,
    stack: &str,
    logical_id: &str,
    type_name: &str,
    properties: &Map<String, JsonValue>,
    number: u64,
) -> String {
    let model = infra_schema::resource(type_name);
    let named = model.and_then(|model| {
        let paths = model.ref_returns.properties.iter();
        let mut names = paths.filter_map(|path| properties.get(&*path.0)?.as_str());
        names.next().map(str::to_owned)
    });
    let digest = Digest::hash_bytes(format!("{stack} {logical_id} {number}").as_bytes());
    let generated = format!(
        "{stack}-{logical_id}-{}",
        digest.short().to_ascii_uppercase()
    );
    match type_name {
        "AWS::SQS::Queue" => {
            let name = property_text(properties, "QueueName").unwrap_or(&generated);
            return format!(
                "https://sqs.{region}.{}/{ACCOUNT}/{name}",
                infra_aws::dns_suffix(region)
            );
        }
        "AWS::ECS::Service" => {
            let cluster = property_text(properties, "Cluster").unwrap_or("default");
            let cluster = cluster.rsplit('/').next().unwrap_or(cluster);
            let name = property_text(properties, "ServiceName").unwrap_or(&generated);
            return format!("arn:aws:ecs:{region}:{ACCOUNT}:service/{cluster}/{name}");
        }
        "AWS::ECS::TaskDefinition" => {
            let family = property_text(properties, "Family").unwrap_or(logical_id);
            return format!("arn:aws:ecs:{region}:{ACCOUNT}:task-definition/{family}:{number}");
        }
        "AWS::S3::Bucket" if named.is_none() => return generated.to_ascii_lowercase(),
        _ => {}
    }
    let is_arn = model.and_then(|model| model.ref_returns.kind) == Some(infra_schema::Kind::Arn);
    match named {
        Some(name) => name,
        None if is_arn => resource_arn(region, type_name, &generated),
        None => generated,
    }
}

/// Returns the ARN of a resource.
pub(super) fn resource_arn(region: &str, type_name: &str, physical_id: &str) -> String {
    if physical_id.starts_with("arn:") {
        return physical_id.to_owned();
    }
    let mut parts = type_name.split("::").skip(1);
    let service = parts.next().unwrap_or("unknown").to_ascii_lowercase();
    let kind = parts.next().unwrap_or("resource").to_ascii_lowercase();
    match type_name {
        "AWS::S3::Bucket" => format!("arn:aws:s3:::{physical_id}"),
        "AWS::SQS::Queue" => {
            let name = physical_id.rsplit('/').next().unwrap_or(physical_id);
            format!("arn:aws:sqs:{region}:{ACCOUNT}:{name}")
        }
        "AWS::IAM::Role" => format!("arn:aws:iam::{ACCOUNT}:role/{physical_id}"),
        _ => format!("arn:aws:{service}:{region}:{ACCOUNT}:{kind}/{physical_id}"),
    }
}

/// Returns a property if it is a string.
pub(super) fn property_text<'p>(
    properties: &'p Map<String, JsonValue>,
    name: &str,
) -> Option<&'p str> {
    properties.get(name)?.as_str()
}

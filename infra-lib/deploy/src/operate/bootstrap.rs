//! Creates the only resource that an account needs before large templates can be deployed: a bucket for templates.
//!
//! There are no roles, repositories or parameters, and stacks whose template has at most 51,200 bytes need no bootstrap at all. [`bootstrap_assembly`] contains
//! the stack, [`find_bucket`] finds the deployed bucket.

use serde_json::{Value as JsonValue, json};

use crate::error::Error;
use infra_aws::Cloud;
use infra_template::Template;
use infra_template::assembly::{CloudAssembly, Stack};

/// Name of the bootstrap stack in CloudFormation, the same in every account and region.
pub const STACK: &str = "infra-bootstrap";

/// Logical name of the output with the bucket name.
const BUCKET: &str = "TemplateBucket";

/// Number of days after which templates expire. CloudFormation reads them within minutes, but a plan can wait for approval for a week or two.
const KEPT_DAYS: u32 = 30;

/// Returns an assembly with the bootstrap stack for a region; for the default region of the environment if `None`.
///
/// # Panics
///
/// Never: the template is a map.
pub fn bootstrap_assembly(region: Option<&str>) -> CloudAssembly {
    let template = Template::from_json(bootstrap_template()).expect("the template is a map");
    CloudAssembly::new(vec![
        Stack::builder()
            .id(STACK)
            .path(STACK)
            .name(STACK)
            .maybe_region(region.map(str::to_owned))
            .template(template)
            .termination_protection(true)
            .build(),
    ])
}

/// Returns the template: a versioned bucket with S3-managed encryption, without public access, which rejects requests without TLS and expires
/// templates after 30 days. The bucket is retained when the stack is deleted.
pub fn bootstrap_template() -> JsonValue {
    let bucket_arn = json!({ "Fn::GetAtt": ["Templates", "Arn"] });
    let objects = json!({ "Fn::Sub": "${Templates.Arn}/*" });
    json!({
        "Description": "Holds templates of more than 51,200 bytes on their way to CloudFormation",
        "Resources": {
            "Templates": {
                "Type": "AWS::S3::Bucket",
                "DeletionPolicy": "Retain",
                "UpdateReplacePolicy": "Retain",
                "Properties": {
                    "BucketEncryption": { "ServerSideEncryptionConfiguration": [
                        { "ServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" } },
                    ] },
                    "LifecycleConfiguration": { "Rules": [{
                        "Id": "Forget",
                        "Status": "Enabled",
                        "ExpirationInDays": KEPT_DAYS,
                        "NoncurrentVersionExpiration": { "NoncurrentDays": 1 },
                        "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 1 },
                    }] },
                    "OwnershipControls": { "Rules": [
                        { "ObjectOwnership": "BucketOwnerEnforced" },
                    ] },
                    "PublicAccessBlockConfiguration": {
                        "BlockPublicAcls": true,
                        "BlockPublicPolicy": true,
                        "IgnorePublicAcls": true,
                        "RestrictPublicBuckets": true,
                    },
                    "VersioningConfiguration": { "Status": "Enabled" },
                },
            },
            "TemplatesPolicy": {
                "Type": "AWS::S3::BucketPolicy",
                "Properties": {
                    "Bucket": { "Ref": "Templates" },
                    "PolicyDocument": {
                        "Version": "2012-10-17",
                        "Statement": [{
                            "Sid": "TlsOnly",
                            "Effect": "Deny",
                            "Principal": "*",
                            "Action": "s3:*",
                            "Resource": [bucket_arn, objects],
                            "Condition": { "Bool": { "aws:SecureTransport": "false" } },
                        }],
                    },
                },
            },
        },
        "Outputs": {
            BUCKET: {
                "Description": "The bucket that templates go through",
                "Value": { "Ref": "Templates" },
            },
        },
    })
}

/// Returns the name of the bucket in a region; `None` if the bootstrap stack is not deployed there.
pub async fn find_bucket(cloud: &dyn Cloud, region: &str) -> Result<Option<String>, Error> {
    let found = cloud
        .cloudformation_client(region)
        .describe_stack(STACK)
        .await;
    let found =
        found.map_err(|error| Error::from_api(format!("describe stack `{STACK}`"), error))?;
    let outputs = found.into_iter().flat_map(|stack| stack.outputs);
    let mut buckets = outputs.filter(|output| output.name == BUCKET);
    Ok(buckets.next().map(|output| output.value))
}

#[cfg(test)]
mod tests {
    use super::{STACK, bootstrap_template, find_bucket};
    use infra_fake::FakeCloud;

    #[test]
    fn finds_bucket_of_bootstrap_stack() {
        let aws = FakeCloud::new();
        let cloud = aws.cloud();
        let find = || FakeCloud::paused_runtime().block_on(find_bucket(&*cloud, "eu-west-1"));
        assert_eq!(find().unwrap(), None);
        aws.deploy_stack(STACK, &bootstrap_template());
        assert_eq!(
            find().unwrap(),
            Some(aws.live_resources(STACK)["Templates"].clone())
        );
    }

    #[test]
    fn uses_only_properties_of_the_resource_schemas() {
        for (_, resource) in bootstrap_template()["Resources"].as_object().unwrap() {
            let known = infra_schema::resource(resource["Type"].as_str().unwrap()).unwrap();
            for property in resource["Properties"].as_object().unwrap().keys() {
                assert!(known.property(property).is_some(), "{property}");
            }
        }
    }
}

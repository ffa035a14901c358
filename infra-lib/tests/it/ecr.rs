//! Tests of `infra_lib::ecr`.

use infra_lib::assertions::{Match, Template};
use infra_lib::ecr::{ImageDigest, Repository};
use serde_json::json;

use crate::base::findings_of;

#[test]
fn tags_are_immutable_images_scanned_and_fifty_kept() {
    let template = Template::of_stack(|stack| {
        Repository::builder().build(stack, "Images");
    });
    template.has_resource(
        "AWS::ECR::Repository",
        json!({
            "DeletionPolicy": "Retain",
            "Properties": {
                "ImageTagMutability": "IMMUTABLE",
                "ImageScanningConfiguration": { "ScanOnPush": true },
                "EmptyOnDelete": Match::absent(),
                "RepositoryName": Match::absent(),
            },
        }),
    );
    let text = &template.only("AWS::ECR::Repository")["Properties"]["LifecyclePolicy"]["LifecyclePolicyText"];
    let policy: serde_json::Value =
        serde_json::from_str(text.as_str().expect("text")).expect("JSON");
    assert_eq!(policy["rules"][1]["selection"]["countNumber"], 50);
}

#[test]
fn keeping_too_few_images_to_roll_back_is_a_warning() {
    insta::assert_snapshot!(findings_of(|stack| {
        Repository::builder()
            .keep_tagged_images(5)
            .build(stack, "Images");
    }));
}

#[test]
fn a_digest_is_not_a_tag() {
    assert_eq!(
        ImageDigest::parse("v1.2.3").expect_err("a tag").to_string(),
        "`v1.2.3` is not an image digest, which is `sha256:` and 64 lower-case hexadecimal digits"
    );
    assert!(ImageDigest::parse(&format!("sha256:{}", "A".repeat(64))).is_err());
    let text = format!("sha256:{}", "a".repeat(64));
    assert_eq!(
        text.parse().map(|one: ImageDigest| one.to_string()),
        Ok(text)
    );
}

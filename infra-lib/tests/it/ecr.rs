//! Tests of the constructs in `infra_lib::ecr`.

use infra_lib::assertions::{Match, Template};
use infra_lib::ecr::{ImageDigest, Repository};
use serde_json::json;

use crate::base::findings_of;

#[test]
fn defaults_to_immutable_tags_scanning_and_50_images() {
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
fn allows_other_accounts_only_to_pull() {
    let template = Template::of_stack(|stack| {
        let images = Repository::builder().build(stack, "Images");
        images.grant_pull_to_account("210987654321");
        images.grant_pull_to_account("321098765432");
    });
    let policy = &template.only("AWS::ECR::Repository")["Properties"]["RepositoryPolicyText"];
    let statements = policy["Statement"].as_array().expect("statements");
    assert_eq!(statements.len(), 2, "{policy:#}");
    for (statement, account) in statements.iter().zip(["210987654321", "321098765432"]) {
        assert_eq!(statement["Effect"], "Allow");
        let principal = statement["Principal"]["AWS"].to_string();
        assert!(principal.contains(&format!("::{account}:root")) || principal.contains(account));
        assert_eq!(
            statement["Action"],
            json!([
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer",
                "ecr:DescribeImages",
            ])
        );
        assert_eq!(statement.get("Resource"), None, "ECR refuses it");
    }
    let alone = Template::of_stack(|stack| {
        Repository::builder().build(stack, "Images");
    });
    let alone = &alone.only("AWS::ECR::Repository")["Properties"];
    assert_eq!(alone.get("RepositoryPolicyText"), None);
}

/// Returns the lifecycle rules of a repository by priority: tags, count type, and count.
fn rules(build: impl for<'app> FnOnce(infra_lib::Stack<'app>)) -> Vec<(String, String, u64)> {
    let template = Template::of_stack(build);
    let text = &template.only("AWS::ECR::Repository")["Properties"]["LifecyclePolicy"]["LifecyclePolicyText"];
    let policy: serde_json::Value =
        serde_json::from_str(text.as_str().expect("text")).expect("JSON");
    let rules = policy["rules"].as_array().expect("rules").iter();
    rules
        .map(|rule| {
            let selection = &rule["selection"];
            let tags = selection["tagPatternList"][0].as_str();
            let tags = tags.or(selection["tagStatus"].as_str());
            (
                tags.unwrap_or_default().to_owned(),
                selection["countType"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                selection["countNumber"].as_u64().unwrap_or_default(),
            )
        })
        .collect()
}

#[test]
fn expires_unreleased_images_separately_from_releases() {
    let kept = rules(|stack| {
        Repository::builder()
            .keep_tagged_images(20)
            .kept_tags("release-*")
            .build(stack, "Images");
    });
    let of = |tags: &str, count: &str, number| (tags.to_owned(), count.to_owned(), number);
    assert_eq!(
        kept,
        [
            of("untagged", "sinceImagePushed", 14),
            of("release-*", "imageCountMoreThan", 20),
            of("*", "sinceImagePushed", 14),
        ]
    );
    let proposals = rules(|stack| {
        Repository::builder()
            .expire_images_after(infra_lib::Duration::hours(25))
            .build(stack, "Proposals");
    });
    assert_eq!(proposals, [of("any", "sinceImagePushed", 2)]);
}

#[test]
fn warns_about_too_few_kept_images() {
    insta::assert_snapshot!(findings_of(|stack| {
        Repository::builder()
            .keep_tagged_images(5)
            .build(stack, "Images");
    }));
}

#[test]
fn rejects_tag_as_image_digest() {
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

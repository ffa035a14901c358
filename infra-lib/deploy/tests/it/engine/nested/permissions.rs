//! Tests the review of permissions granted by nested stacks.

use infra_template::Template;
use infra_template::review::{Direction, StackReview, Verdict};
use serde_json::json;

use super::super::fixture::stack;
use super::{EVERY_WAY, changed, resources, review};

#[test]
fn reports_broadened_permissions_in_nested_stack() {
    let role = |action: &str| {
        resources(&[(
            "Role",
            json!({ "Type": "AWS::IAM::Role", "Properties": {
            "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": "sts:AssumeRole",
                "Principal": { "Service": "lambda.amazonaws.com" },
            }] },
            "Policies": [{ "PolicyName": "p", "PolicyDocument": { "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": action, "Resource": "*",
            }] } }],
        } }),
        )])
    };
    let root = {
        let mut root = stack("web", &role("s3:*"));
        root.name = "web".to_owned();
        root
    };
    let flat = infra_template::diff::diff_stack(
        &Template::from_json(role("s3:GetObject")).unwrap(),
        &root,
        "deployed",
    );
    for known in EVERY_WAY {
        let (aws, app) = changed(known, &role("s3:GetObject"), &role("s3:*"));
        let review = review(&aws, &app);
        assert_eq!(review.verdict(), Verdict::Broadening, "{known:?}");
        let told = |review: &StackReview| -> Vec<(String, Direction)> {
            let security = review.security.iter();
            security
                .map(|change| (change.summary.clone(), change.direction))
                .collect()
        };
        assert_eq!(
            told(&review),
            told(&flat),
            "{known:?}: as it is told of a root stack"
        );
        assert!(
            review
                .security
                .iter()
                .all(|c| c.resource.logical_id == "Child/Role")
        );
    }
}

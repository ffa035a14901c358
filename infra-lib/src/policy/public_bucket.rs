//! Policy INF5009: reports buckets that are public, or whose public access is not blocked.

use super::everyone::allows_everyone;
use super::{Rule, is_true, list_items, parse_bool, property_finding};
use crate::core::{Data, codes};

const BLOCKS: &[&str] = &[
    "BlockPublicAcls",
    "BlockPublicPolicy",
    "IgnorePublicAcls",
    "RestrictPublicBuckets",
];

pub(super) const RULE: Rule = Rule {
    code: codes::PUBLIC_BUCKET,
    check: |template, findings| {
        for bucket in template.resources_of_type("AWS::S3::Bucket") {
            let open: Vec<&str> = BLOCKS
                .iter()
                .copied()
                .filter(|block| {
                    let path = format!("PublicAccessBlockConfiguration.{block}");
                    let deferred = bucket
                        .prop(&path)
                        .is_some_and(|data| parse_bool(data).is_none());
                    !is_true(bucket, &path) && !deferred
                })
                .collect();
            if !open.is_empty() {
                findings.push(
                    property_finding(
                        RULE.code,
                        bucket,
                        "PublicAccessBlockConfiguration",
                        "the bucket can be made public",
                    )
                    .expected(format!("{} set to `true`", open.join(", ")))
                    .help("block all public access; serve files with CloudFront"),
                );
            }
            let acl = bucket.prop("AccessControl").and_then(Data::as_text);
            if let Some(acl @ ("PublicRead" | "PublicReadWrite" | "AuthenticatedRead")) = acl {
                findings.push(
                    property_finding(
                        RULE.code,
                        bucket,
                        "AccessControl",
                        "the bucket is open to everyone",
                    )
                    .actual(acl.to_owned())
                    .help("remove `AccessControl`"),
                );
            }
        }
        for policy in template.resources_of_type("AWS::S3::BucketPolicy") {
            for (at, statement) in list_items(policy.prop("PolicyDocument.Statement"))
                .iter()
                .enumerate()
            {
                if allows_everyone(statement) {
                    findings.push(
                        property_finding(
                            RULE.code,
                            policy,
                            &format!("PolicyDocument.Statement.{at}"),
                            "the bucket policy allows access to everyone",
                        )
                        .help("specify the principal, or add a condition such as `aws:SourceArn` of a distribution"),
                    );
                }
            }
        }
    },
};

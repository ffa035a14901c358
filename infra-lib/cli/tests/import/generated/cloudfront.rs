//! The stack `Cloudfront`: 4 resources, converted by `import-template` from
//! `cloudfront.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `cloudfront`, `s3`), `serde_json`.

use infra_cfn::{
    cloudfront::{self, distribution, origin_access_control},
    s3::{self, bucket},
};
use infra_core::intrinsics::{equals, fn_and, fn_if, fn_not};
use infra_core::{
    App, Condition, Construct as _, Output, ParameterProps, ParameterType, RemovalPolicy, Stack,
    StackProps, pseudo, sub, value,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn cloudfront(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("A static site behind a distribution")
        .build(app, "Cloudfront");

    // Parameters
    let domain = ParameterProps::new(ParameterType::String)
        .default_value("")
        .build(stack, "Domain");
    let certificate_arn = ParameterProps::new(ParameterType::String)
        .default_value("")
        .build(stack, "CertificateArn");

    // Conditions
    let has_domain = Condition::new(
        stack,
        "HasDomain",
        fn_and([
            fn_not(equals::<String>(domain, "")),
            fn_not(equals::<String>("", certificate_arn)),
        ]),
    );

    // Resources
    let site = s3::CfnBucketProps::new()
        .bucket_encryption(bucket::BucketEncryption::new([
            bucket::ServerSideEncryptionRule::new().server_side_encryption_by_default(
                bucket::ServerSideEncryptionByDefault::new(
                    bucket::ServerSideEncryptionByDefaultSseAlgorithm::AES256,
                ),
            ),
        ]))
        .public_access_block_configuration(
            bucket::PublicAccessBlockConfiguration::new()
                .block_public_acls(true)
                .block_public_policy(true)
                .ignore_public_acls(true)
                .restrict_public_buckets(true),
        )
        .versioning_configuration(bucket::VersioningConfiguration::new(
            bucket::VersioningConfigurationStatus::ENABLED,
        ))
        .lifecycle_configuration(bucket::LifecycleConfiguration::new([bucket::Rule::new(
            bucket::RuleStatus::ENABLED,
        )
        .id("old")
        .noncurrent_version_expiration(bucket::NoncurrentVersionExpiration::new(30))]))
        .build(stack, "Site");
    site.apply_removal_policy(RemovalPolicy::RetainExceptOnCreate);

    let access = cloudfront::CfnOriginAccessControlProps::new(
        origin_access_control::OriginAccessControlConfig::new(
            origin_access_control::OriginAccessControlConfigRequired {
                name: value(sub![pseudo::stack_name(), "-site"]),
                origin_access_control_origin_type: value("s3"),
                signing_behavior: value("always"),
                signing_protocol: value("sigv4"),
            },
        ),
    )
    .build(stack, "Access");

    let distribution = cloudfront::CfnDistributionProps::new(
        distribution::DistributionConfig::new(
            distribution::DefaultCacheBehavior::new(
                "site",
                distribution::DefaultCacheBehaviorViewerProtocolPolicy::REDIRECT_TO_HTTPS,
            )
            .cache_policy_id("658327ea-f89d-4fab-a63d-7e88639e58f6")
            .compress(true),
            true,
        )
        .http_version(distribution::DistributionConfigHttpVersion::HTTP2AND3)
        .default_root_object("index.html")
        .aliases(fn_if::<Vec<String>>(
            has_domain,
            [
                value::<String>(domain),
                sub!["www.", domain.value::<String>()],
            ],
            pseudo::no_value::<Vec<String>>(),
        ))
        .viewer_certificate(fn_if(
            has_domain,
            distribution::ViewerCertificate::new()
                .acm_certificate_arn(certificate_arn.value())
                .ssl_support_method(distribution::ViewerCertificateSslSupportMethod::SNI_ONLY)
                .minimum_protocol_version(
                    distribution::ViewerCertificateMinimumProtocolVersion::TL_SV1_2_2021,
                ),
            distribution::ViewerCertificate::new().cloud_front_default_certificate(true),
        ))
        .origins([
            distribution::Origin::new(site.attr_regional_domain_name(), "site")
                .origin_access_control_id(access.attr_id())
                .s3_origin_config(distribution::S3OriginConfig::new().origin_access_identity("")),
        ])
        .custom_error_responses([distribution::CustomErrorResponse::new(404)
            .response_code(200)
            .response_page_path("/index.html")
            .error_caching_min_ttl(0.0)]),
    )
    .build(stack, "Distribution");

    s3::CfnBucketPolicyProps::new(
        site.ref_(),
        json!({
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": { "Service": "cloudfront.amazonaws.com" },
                    "Action": "s3:GetObject",
                    "Resource": { "Fn::Sub": "${Site.Arn}/*" },
                    "Condition": {
                        "StringEquals": {
                            "AWS:SourceArn": {
                                "Fn::Sub": "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"
                            }
                        }
                    }
                }
            ]
        }),
    )
    .build(stack, "SitePolicy");

    // Outputs
    Output::new(
        stack,
        "Url",
        sub!["https://", distribution.attr_domain_name()],
    )
    .description("Where the site is");
    Output::new(stack, "DomainOutput", domain.value::<String>())
        .condition(has_domain)
        .scope()
        .override_logical_id("Domain");

    stack
}

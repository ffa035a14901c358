//! Keys that sign the records of a zone (DNSSEC).

use infra_cfn::kms::CfnKeyProps;
use infra_cfn::route53::{
    CfnDnssecProps, CfnKeySigningKey, CfnKeySigningKeyProps, CfnKeySigningKeyRequired,
    key_signing_key,
};

use super::HostedZone;
use crate::iam::{PolicyDocument, Principal, Statement};
use crate::kms::{AsKey, KeyRef};
use crate::unique_name::unique_name;
use crate::us_east_1::find_wrong_region;
use crate::{Construct, RemovalPolicy, Scope, Value, codes, value};

/// Service that signs.
const SERVICE: &str = "dnssec-route53.amazonaws.com";

/// Status of a key that signs a zone.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum KeyStatus {
    /// The key signs.
    #[default]
    Active,
    /// The key does not sign, so that it can be deleted.
    Inactive,
}

crate::construct! {
    /// A key-signing key of a public zone (DNSSEC), in a KMS key.
    ///
    /// Creates an
    /// [`AWS::Route53::KeySigningKey`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-keysigningkey.html),
    /// and a KMS key unless one is given. [`HostedZone::enable_dnssec`] adds the first key and signs the zone with it; this
    /// construct adds a second one while keys are replaced. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | KMS key | a new one, asymmetric (`ECC_NIST_P256`), for Route 53 and this zone only | required |
    /// | removal policy of the KMS key | retain, since the zone cannot be resolved without it | scheduled for deletion |
    /// | name | from stack and construct | required |
    /// | status | active | required |
    ///
    /// The stack must be in `us-east-1`, where Route 53 looks for the KMS key (`INF4071`). An imported KMS key needs the
    /// permissions of Route 53 in its policy ([AWS
    /// page](https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/access-control-managing-permissions.html#KMS-key-policy-for-DNSSEC)),
    /// which is reported (`INF4610`).
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::route53::{HostedZone, KeySigningKey};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new().environment(Environment::region("us-east-1")).build(&app, "Domain");
    /// let zone = HostedZone::builder().zone_name("example.com").build(stack, "Zone");
    /// zone.enable_dnssec();
    /// KeySigningKey::builder().zone(&zone).build(stack, "NextKey");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct KeySigningKey<'app>: "infra-lib.route53.KeySigningKey" {
        resource: CfnKeySigningKey<'app>,
    }

    /// Properties of a [`KeySigningKey`], set through [`KeySigningKey::builder`].
    pub struct KeySigningKeyProps, KeySigningKeyBuilder, key_signing_key_builder {
        /// Zone that the key signs.
        required_handle zone: HostedZone<'app>,
        /// KMS key: asymmetric, with the spec `ECC_NIST_P256` and the usage `SIGN_VERIFY`. Default: a new one.
        reference kms_key: AsKey::as_key => KeyRef<'app>,
        /// Name of the key in the zone: 3 to 128 letters, digits and underscores. Default: from stack and construct
        /// (CloudFormation: required).
        text key_name,
        /// Status of the key. Default: active (CloudFormation: required).
        default status: KeyStatus = KeyStatus::Active,
    }
}

impl<'app> KeySigningKey<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: KeySigningKeyProps<'app>) -> Self {
        let arn: Value<String> = if let Some(key) = props.kms_key {
            check_region(scope, key_region(key).as_deref());
            for statement in use_statements(&props.zone) {
                key.add_statement(statement);
            }
            key.arn().cast()
        } else {
            let region = scope.stack().and_then(|stack| stack.environment().region);
            check_region(scope, region.as_deref());
            create_key(scope, &props.zone)
        };
        let name = props
            .key_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 128).replace('-', "_")));
        let resource = CfnKeySigningKeyProps::new(CfnKeySigningKeyRequired {
            hosted_zone_id: props.zone.hosted_zone_id().cast(),
            key_management_service_arn: arn,
            name,
            status: value(match props.status {
                KeyStatus::Active => key_signing_key::Status::ACTIVE,
                KeyStatus::Inactive => key_signing_key::Status::INACTIVE,
            }),
        })
        .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the L1 binding of the key.
    pub fn cfn(&self) -> CfnKeySigningKey<'app> {
        self.resource
    }

    /// Adds the signing of a zone, which needs an active key.
    #[track_caller]
    pub(super) fn sign_zone(&self, zone: HostedZone<'app>) {
        CfnDnssecProps::new(zone.hosted_zone_id())
            .build(zone.scope(), "DNSSEC")
            .depends_on(*self.resource);
    }
}

/// Adds the KMS key and returns its ARN.
fn create_key(scope: Scope<'_>, zone: &HostedZone<'_>) -> Value<String> {
    let administration = Statement::allow()
        .principal(Principal::this_account())
        .action("kms:*")
        .resource("*");
    let policy = use_statements(zone).into_iter().fold(
        PolicyDocument::new().statement(administration),
        PolicyDocument::statement,
    );
    let key = CfnKeyProps::new()
        .key_policy(policy)
        .key_spec(infra_cfn::kms::key::KeySpec::ECC_NIST_P256)
        .key_usage(infra_cfn::kms::key::KeyUsage::SIGN_VERIFY)
        .build(scope.construct("Key"), "Resource");
    key.apply_removal_policy(RemovalPolicy::Retain);
    key.attr_arn().cast()
}

/// Returns the permissions of Route 53: to sign for this zone, and to pass the key on to other AWS services.
///
/// See [key policy for
/// DNSSEC](https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/access-control-managing-permissions.html#KMS-key-policy-for-DNSSEC).
fn use_statements(zone: &HostedZone<'_>) -> [Statement; 2] {
    let service = || Principal::service(SERVICE).for_this_account();
    [
        Statement::allow()
            .principal(service().condition("ArnEquals", "aws:SourceArn", zone.arn()))
            .actions(["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"])
            .resource("*"),
        Statement::allow()
            .principal(service().condition("Bool", "kms:GrantIsForAWSResource", "true"))
            .action("kms:CreateGrant")
            .resource("*"),
    ]
}

/// Returns the region of a key, from its ARN or its stack.
fn key_region(key: KeyRef<'_>) -> Option<String> {
    let arn = key.arn();
    let literal = arn.as_literal().and_then(|arn| arn.split(':').nth(3));
    match literal {
        Some(region) => Some(region.to_owned()),
        None => key
            .scope()
            .stack()
            .and_then(|stack| stack.environment().region),
    }
}

/// Reports a KMS key outside `us-east-1` (`INF4071`).
fn check_region(scope: Scope<'_>, region: Option<&str>) {
    let found = find_wrong_region(
        codes::DNSSEC_KEY_REGION,
        "the KMS key",
        "Route 53 signs with keys",
        region,
    );
    if let Some(found) = found {
        scope.report(
            found
                .property("KeyManagementServiceArn")
                .help("create the zone in a stack with `Environment::region(\"us-east-1\")`; Route 53 itself has no region")
                .url("https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html"),
        );
    }
}

//! Tests context lookups in an in-memory account: roles, several lookups at once, and failures.

use infra_aws::{
    AvailabilityZone, EgressRule, FoundResource, HostedZone, Image, KeyAlias, Listener,
    LoadBalancer, SecurityGroup, Subnet, Vpc,
};
use infra_core::codes;
use infra_deploy::lookup::{Answers, answer_lookups};
use infra_deploy::{Class, Error};
use infra_fake::{ACCOUNT, FakeCloud, Fault, FaultTiming};
use serde_json::{Value as JsonValue, json};

use super::lookup;

const ROLE: &str = "arn:aws:iam::123456789012:role/cdk-hnb659fds-lookup-role";

fn of_account(mut props: JsonValue) -> JsonValue {
    props["account"] = ACCOUNT.into();
    props
}

fn ask(aws: &FakeCloud, questions: &[(&str, JsonValue)]) -> Result<Answers, Error> {
    let lookups: Vec<_> = questions
        .iter()
        .map(|(provider, props)| lookup(provider, &of_account(props.clone())))
        .collect();
    FakeCloud::paused_runtime().block_on(answer_lookups(&aws.cloud(), &lookups))
}

#[test]
fn answers_all_lookup_providers_from_the_account() {
    let aws = FakeCloud::new();
    aws.add_parameter("/web/name", "pages");
    aws.add_image(
        "amazon",
        "al2023-1",
        Image::new("ami-1", "2025-01-01T00:00:00.000Z"),
    );
    aws.add_availability_zone(AvailabilityZone::new("eu-west-1a", "available"));
    aws.add_endpoint_service("svc", &["eu-west-1a"]);
    let group = SecurityGroup::builder()
        .id("sg-1")
        .name("web")
        .egress(vec![EgressRule::all_traffic(&["0.0.0.0/0"], &["::/0"])])
        .build();
    aws.add_security_group(group);
    let vpc = Vpc::builder().id("vpc-1").is_default(true).build();
    let subnet = Subnet::builder()
        .id("subnet-1")
        .vpc("vpc-1")
        .zone("eu-west-1a")
        .build();
    let table = infra_aws::RouteTable::builder()
        .id("rtb-1")
        .vpc("vpc-1")
        .is_main(true)
        .build();
    aws.add_vpc(vpc, vec![subnet], vec![table]);
    aws.add_vpn_gateway("vgw-1", "vpc-1");
    let balancer = LoadBalancer::builder()
        .arn("arn:1")
        .kind("application")
        .build();
    let listener = Listener::builder()
        .arn("arn:l")
        .load_balancer("arn:1")
        .port(80)
        .build();
    aws.add_load_balancer(balancer, &[("app", "web")], vec![listener]);
    aws.add_hosted_zone(
        HostedZone::new_private("/hostedzone/Z1", "example.com."),
        &["vpc-1"],
    );
    aws.add_key_alias(KeyAlias::new("alias/data", Some("k-1".to_owned())));
    let bucket = FoundResource::new("b-1", json!({ "BucketName": "b-1" }));
    aws.add_resource("AWS::S3::Bucket", bucket);
    let tags = json!([{ "key": "app", "value": "web" }]);
    let answers = ask(
        &aws,
        &[
            ("ssm", json!({ "parameterName": "/web/name" })),
            ("ami", json!({ "owners": ["amazon"], "filters": { "name": ["al2023-*"] } })),
            ("availability-zones", json!({})),
            ("endpoint-service-availability-zones", json!({ "serviceName": "svc" })),
            ("security-group", json!({ "securityGroupName": "web" })),
            ("vpc-provider", json!({ "filter": { "isDefault": "true" } })),
            ("load-balancer", json!({ "loadBalancerType": "application", "loadBalancerTags": tags })),
            ("load-balancer-listener", json!({ "loadBalancerType": "application", "listenerArn": "arn:l" })),
            ("hosted-zone", json!({ "domainName": "example.com", "privateZone": true, "vpcId": "vpc-1" })),
            ("key-provider", json!({ "aliasName": "alias/data" })),
            ("cc-api-provider", json!({ "typeName": "AWS::S3::Bucket", "propertyMatch": { "BucketName": "b-1" }, "propertiesToReturn": [] })),
        ],
    )
    .unwrap();
    assert!(answers.failed.is_empty(), "{:?}", answers.failed);
    let values: Vec<JsonValue> = answers.found.into_iter().map(|(_, value)| value).collect();
    assert_eq!(
        JsonValue::from(values),
        json!([
            "pages",
            "ami-1",
            ["eu-west-1a"],
            ["eu-west-1a"],
            { "securityGroupId": "sg-1", "allowAllOutbound": true },
            {
                "vpcId": "vpc-1", "availabilityZones": ["eu-west-1a"], "isolatedSubnetIds": ["subnet-1"],
                "isolatedSubnetNames": ["Isolated"], "isolatedSubnetRouteTableIds": ["rtb-1"], "vpnGatewayId": "vgw-1",
            },
            { "loadBalancerArn": "arn:1", "securityGroupIds": [], "ipAddressType": "dualstack" },
            { "listenerArn": "arn:l", "listenerPort": 80, "securityGroupIds": [] },
            { "Id": "/hostedzone/Z1", "Name": "example.com." },
            { "keyId": "k-1" },
            [{ "Identifier": "b-1" }],
        ])
    );
    assert_eq!(aws.write_operations(), [""; 0]);
    let identities = aws
        .called_operations()
        .into_iter()
        .filter(|call| call == "GetCallerIdentity");
    assert_eq!(identities.count(), 1);
}

#[test]
fn assumes_lookup_role_or_falls_back_to_credentials() {
    let aws = FakeCloud::new();
    aws.add_parameter("/web/name", "pages");
    let open = ROLE.replace("arn:aws:", "arn:${AWS::Partition}:");
    let question = (
        "ssm",
        json!({ "parameterName": "/web/name", "lookupRoleArn": open }),
    );
    let answers = ask(&aws, std::slice::from_ref(&question)).unwrap();
    assert_eq!(answers.found[0].1, "pages");
    let log = aws.call_log();
    let read = log.iter().find(|call| call.operation == "GetParameter");
    assert_eq!(read.unwrap().role.as_deref(), Some(ROLE));
    aws.deny_role(ROLE);
    let answers = ask(&aws, &[question]).unwrap();
    assert_eq!(answers.found[0].1, "pages");
    assert_eq!(
        answers.notices,
        [format!(
            "cannot assume the role `{ROLE}`; the current credentials belong to its account and are used instead"
        )]
    );
}

#[test]
fn refuses_lookup_in_account_of_other_credentials() {
    let aws = FakeCloud::new();
    aws.deny_role(ROLE);
    let mut question = lookup(
        "ssm",
        &json!({ "parameterName": "/a", "lookupRoleArn": ROLE }),
    );
    let mut ask = || {
        let lookups = [question.clone()];
        let answers = FakeCloud::paused_runtime().block_on(answer_lookups(&aws.cloud(), &lookups));
        question.props.shift_remove("lookupRoleArn");
        answers.unwrap().failed.remove(0).1
    };
    let error = ask();
    assert_eq!(error.class, Class::Credentials);
    assert_eq!(error.finding().unwrap().code, codes::ROLE_NOT_ASSUMED);
    let error = ask();
    assert_eq!(error.finding().unwrap().code, codes::WRONG_ACCOUNT);
    assert_eq!(
        error.finding().unwrap().message,
        "the context lookup `ssm:…` is for account 111122223333, but the credentials belong to account 123456789012"
    );
}

#[test]
fn answers_known_lookups_and_reports_each_missing_one() {
    let aws = FakeCloud::new();
    aws.add_parameter("/b", "there");
    let questions: Vec<_> = ["/a", "/b", "/c"]
        .map(|name| ("ssm", json!({ "parameterName": name })))
        .into_iter()
        .collect();
    let answers = ask(&aws, &questions).unwrap();
    assert_eq!(answers.found.len(), 1);
    let errors = answers.failed.into_iter().map(|(_, error)| error);
    let error = Error::join_errors(errors).unwrap();
    let notes: Vec<_> = error
        .findings
        .iter()
        .map(|one| one.notes[0].as_str())
        .collect();
    assert_eq!(
        notes,
        [
            "the parameter `/a` does not exist",
            "the parameter `/c` does not exist"
        ]
    );
    assert_eq!(error.class, Class::Error);
}

#[test]
fn retries_throttled_lookup_and_reports_expired_credentials() {
    let aws = FakeCloud::new();
    aws.add_parameter("/a", "x");
    aws.inject_fault("GetParameter", Fault::Throttled, FaultTiming::Next(2));
    let question = [("ssm", json!({ "parameterName": "/a" }))];
    assert_eq!(ask(&aws, &question).unwrap().found[0].1, "x");
    aws.inject_fault(
        "GetCallerIdentity",
        Fault::ExpiredCredentials,
        FaultTiming::Always,
    );
    let error = ask(&aws, &question).unwrap_err();
    assert_eq!(error.class, Class::Credentials);
    let codes_found: Vec<_> = error.findings.iter().map(|one| one.code).collect();
    assert_eq!(
        codes_found,
        [codes::EXPIRED_CREDENTIALS, codes::UNANSWERED_LOOKUP]
    );
}

//! Tests of the approval of opened paths, and of the stack whose review asks for it.

use infra_reach::{StackSource, add_opened_paths};
use infra_template::review::{
    Action, Basis, Replacement, ResourceChange, StackChange, StackReview,
};
use infra_template::{ResourceName, Template};
use serde_json::{Value as JsonValue, json};

/// Stacks by name, with their resources before and after the change; `null` for a stack that is created.
type Case<'c> = (&'c str, JsonValue, JsonValue);

fn source(name: &str, resources: &JsonValue, outputs: &JsonValue) -> StackSource {
    let outputs = if name == "base" {
        outputs
    } else {
        &JsonValue::Null
    };
    let template = json!({ "Resources": resources, "Outputs": outputs });
    StackSource::builder()
        .name(name)
        .account("111111111111")
        .region("us-east-1")
        .template(Template::from_json(template).unwrap())
        .build()
}

fn review(name: &str, before: &JsonValue, after: &JsonValue) -> StackReview {
    let changes = after.as_object().unwrap().iter();
    let changes = changes.filter(|(id, value)| before[id.as_str()] != **value);
    let resources = changes.map(|(id, value)| {
        let resource = ResourceName::builder()
            .stack(name)
            .logical_id(id)
            .type_name(value["Type"].as_str().unwrap())
            .build();
        ResourceChange::builder()
            .resource(resource)
            .action(Action::Modify)
            .replacement(Replacement::No)
            .build()
    });
    StackReview::builder()
        .path(name)
        .stack(name)
        .change(StackChange::Update)
        .basis(Basis::Templates {
            against: "old".to_owned(),
        })
        .resources(resources.collect())
        .build()
}

/// Returns a line for each blocker: the stack of the review, the resource, the message and the reasons.
fn blockers(stacks: &[Case<'_>], outputs: &JsonValue) -> Vec<String> {
    let mut reviews: Vec<StackReview> = stacks
        .iter()
        .map(|(name, before, after)| review(name, before, after))
        .filter(|review| !review.resources.is_empty())
        .collect();
    let before = stacks.iter().filter(|(_, before, _)| !before.is_null());
    let before = before.map(|(name, before, _)| source(name, before, outputs));
    let after = stacks
        .iter()
        .map(|(name, _, after)| source(name, after, outputs));
    add_opened_paths(&mut reviews, before.collect(), after.collect());
    let mut lines = Vec::new();
    for review in &reviews {
        for stop in &review.stops {
            assert!(!stop.is_about_data() && !stop.data_loss);
            lines.push(format!(
                "{}: {} {} | {}",
                review.stack,
                stop.resource.logical_id,
                stop.message,
                stop.because.join(", ")
            ));
        }
    }
    lines
}

fn one(before: JsonValue, after: JsonValue) -> Vec<String> {
    blockers(&[("app", before, after)], &JsonValue::Null)
}

fn queue(principal: &JsonValue) -> JsonValue {
    json!({
        "Queue": { "Type": "AWS::SQS::Queue" },
        "Policy": policy(&json!({ "Ref": "Queue" }), principal),
    })
}

fn policy(queue: &JsonValue, principal: &JsonValue) -> JsonValue {
    json!({ "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [queue], "PolicyDocument": { "Statement": [
        { "Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", "Resource": "*" },
    ] } } })
}

/// Returns a public database in a network with a route to the internet, whose group admits a range.
fn database(range: &str) -> JsonValue {
    json!({
        "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16" } },
        "Gateway": { "Type": "AWS::EC2::InternetGateway" },
        "Attached": { "Type": "AWS::EC2::VPCGatewayAttachment", "Properties": { "VpcId": { "Ref": "Vpc" }, "InternetGatewayId": { "Ref": "Gateway" } } },
        "Subnet": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" }, "CidrBlock": "10.0.0.0/24" } },
        "Table": { "Type": "AWS::EC2::RouteTable", "Properties": { "VpcId": { "Ref": "Vpc" } } },
        "Route": { "Type": "AWS::EC2::Route", "Properties": {
            "RouteTableId": { "Ref": "Table" }, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": { "Ref": "Gateway" },
        } },
        "Association": { "Type": "AWS::EC2::SubnetRouteTableAssociation", "Properties": { "SubnetId": { "Ref": "Subnet" }, "RouteTableId": { "Ref": "Table" } } },
        "Subnets": { "Type": "AWS::RDS::DBSubnetGroup", "Properties": { "DBSubnetGroupDescription": "all", "SubnetIds": [{ "Ref": "Subnet" }] } },
        "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": {
            "GroupDescription": "database", "VpcId": { "Ref": "Vpc" },
            "SecurityGroupIngress": [{ "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "CidrIp": range }],
        } },
        "Database": { "Type": "AWS::RDS::DBInstance", "Properties": {
            "Engine": "postgres", "Port": "5432", "PubliclyAccessible": true, "DBSubnetGroupName": { "Ref": "Subnets" }, "VPCSecurityGroups": [{ "Ref": "Group" }],
        } },
    })
}

#[test]
fn blocks_path_to_database() {
    assert_eq!(
        one(database("10.0.0.0/16"), database("0.0.0.0/0")),
        [
            "app: Database would be reachable from the internet: connect | SecurityGroupIngress[0] of Group"
        ]
    );
    // Some of the internet.
    assert_eq!(
        one(database("10.0.0.0/16"), database("203.0.113.0/24")),
        [
            "app: Database may be reachable from the internet: connect | SecurityGroupIngress[0] of Group"
        ]
    );
    assert_eq!(one(database("0.0.0.0/0"), database("10.0.0.0/16")), [""; 0]);
    // A new database is data.
    assert_eq!(one(JsonValue::Null, database("0.0.0.0/0")).len(), 1);
    assert_eq!(one(JsonValue::Null, database("10.0.0.0/16")), [""; 0]);
}

#[test]
fn blocks_policy_for_everyone_and_none_for_an_account() {
    let account = json!({ "AWS": "222222222222" });
    assert_eq!(
        one(queue(&account), queue(&json!("*"))),
        [
            "app: Queue would be reachable from the internet: sqs:SendMessage | PolicyDocument.Statement[0] of Policy"
        ]
    );
    let nobody = json!({ "AWS": "111111111111" });
    assert_eq!(one(queue(&nobody), queue(&account)), [""; 0]);
}

#[test]
fn blocks_private_load_balancer_that_becomes_public_and_no_further_port() {
    let balancer = |scheme: &str, ports: &[u16]| {
        let rules: Vec<JsonValue> = ports
            .iter()
            .map(|port| json!({ "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "CidrIp": "0.0.0.0/0" }))
            .collect();
        let mut resources = database("10.0.0.0/16");
        resources["Front"] = json!({ "Type": "AWS::EC2::SecurityGroup", "Properties": {
            "GroupDescription": "front", "VpcId": { "Ref": "Vpc" }, "SecurityGroupIngress": rules,
        } });
        resources["Balancer"] = json!({ "Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {
            "Scheme": scheme, "Subnets": [{ "Ref": "Subnet" }], "SecurityGroups": [{ "Ref": "Front" }],
        } });
        for port in ports {
            resources[format!("Listener{port}")] = json!({ "Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {
                "LoadBalancerArn": { "Ref": "Balancer" }, "Port": port, "Protocol": "HTTP",
                "DefaultActions": [{ "Type": "fixed-response", "FixedResponseConfig": { "StatusCode": "200" } }],
            } });
        }
        resources
    };
    assert_eq!(
        one(
            balancer("internal", &[80]),
            balancer("internet-facing", &[80])
        ),
        ["app: Balancer would be reachable from the internet: connect | Scheme of Balancer"]
    );
    assert_eq!(
        one(
            balancer("internet-facing", &[80]),
            balancer("internet-facing", &[80, 8080])
        ),
        [""; 0]
    );
    // A new one serves the internet by design.
    assert_eq!(
        one(database("10.0.0.0/16"), balancer("internet-facing", &[80])),
        [""; 0]
    );
}

#[test]
fn blocks_existing_bucket_and_no_new_one_behind_distribution() {
    let bucket = json!({ "Type": "AWS::S3::Bucket" });
    let site = json!({
        "Bucket": bucket,
        "Access": { "Type": "AWS::CloudFront::OriginAccessControl", "Properties": { "OriginAccessControlConfig": {
            "Name": "site", "OriginAccessControlOriginType": "s3", "SigningBehavior": "always", "SigningProtocol": "sigv4",
        } } },
        "Policy": { "Type": "AWS::S3::BucketPolicy", "Properties": { "Bucket": { "Ref": "Bucket" }, "PolicyDocument": { "Statement": [{
            "Effect": "Allow", "Principal": { "Service": "cloudfront.amazonaws.com" }, "Action": "s3:GetObject",
            "Resource": { "Fn::Sub": "${Bucket.Arn}/*" },
        }] } } },
        "Distribution": { "Type": "AWS::CloudFront::Distribution", "Properties": { "DistributionConfig": {
            "Enabled": true,
            "Origins": [{
                "Id": "bucket", "DomainName": { "Fn::GetAtt": ["Bucket", "RegionalDomainName"] }, "S3OriginConfig": {},
                "OriginAccessControlId": { "Ref": "Access" },
            }],
            "DefaultCacheBehavior": { "TargetOriginId": "bucket", "ViewerProtocolPolicy": "https-only" },
        } } },
    });
    assert_eq!(one(JsonValue::Null, site.clone()), [""; 0]);
    let found = one(json!({ "Bucket": bucket }), site);
    assert!(
        matches!(&found[..], [line] if line.starts_with("app: Bucket ")),
        "{found:?}"
    );
}

#[test]
fn reports_stack_that_opens_the_path() {
    let outputs = json!({ "Url": { "Value": { "Ref": "Queue" }, "Export": { "Name": "queue" } } });
    let base = |delay: u16| json!({ "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } } });
    let web = |principal: JsonValue| json!({ "Policy": policy(&json!({ "Fn::ImportValue": "queue" }), &principal) });
    let closed = web(json!({ "AWS": "111111111111" }));
    let open = web(json!("*"));
    let line = "web: Queue would be reachable from the internet: sqs:SendMessage | PolicyDocument.Statement[0] of Policy";
    // The change of the stack with the queue has no part in it.
    let stacks = [
        ("base", base(0), base(5)),
        ("web", closed.clone(), open.clone()),
    ];
    assert_eq!(blockers(&stacks, &outputs), [line]);
    // Each of two stacks alone would open it, so that both have the blocker.
    let stacks = [
        ("base", base(0), base(0)),
        ("web", closed.clone(), open.clone()),
        ("more", closed, open),
    ];
    let found = blockers(&stacks, &outputs);
    assert_eq!(found[0], line);
    assert!(
        found[1].starts_with("more: Queue ") && found.len() == 2,
        "{found:?}"
    );
}

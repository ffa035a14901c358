//! Everything that is reachable from outside, and what a change opens.

use infra_reach::{Exposure, Outside, Reach, opened_paths};
use serde_json::{Value as JsonValue, json};

use crate::world_of;

fn exposures(resources: &JsonValue) -> Vec<Exposure> {
    let world = world_of(resources);
    Reach::new(&world).exposures()
}

fn lines(exposures: &[Exposure]) -> Vec<String> {
    exposures
        .iter()
        .map(|one| {
            let from = match &one.from {
                Outside::Internet => "internet".to_owned(),
                Outside::Principal { name, .. } => name.clone(),
                _ => unreachable!(),
            };
            format!(
                "{from} {} {} {}",
                one.what,
                one.to.display_name(),
                one.proof.answer
            )
        })
        .collect()
}

fn queue(statements: JsonValue) -> JsonValue {
    json!({
        "Queue": { "Type": "AWS::SQS::Queue" },
        "Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [{ "Ref": "Queue" }], "PolicyDocument": { "Statement": statements } } },
    })
}

fn allow(principal: JsonValue, condition: JsonValue) -> JsonValue {
    json!({ "Effect": "Allow", "Principal": principal, "Action": "sqs:SendMessage", "Resource": "*", "Condition": condition })
}

#[test]
fn lists_everyone_and_other_accounts() {
    let found = exposures(&queue(json!([
        allow(json!("*"), JsonValue::Null),
        allow(
            json!({ "AWS": "arn:aws:iam::222222222222:root" }),
            JsonValue::Null
        ),
        allow(
            json!({ "AWS": { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root" } }),
            JsonValue::Null
        ),
        allow(
            json!({ "AWS": "333333333333" }),
            json!({ "StringEquals": { "aws:PrincipalTag/a": "b" } })
        ),
        allow(json!({ "Service": "sns.amazonaws.com" }), JsonValue::Null),
    ])));
    assert_eq!(
        lines(&found),
        [
            "internet sqs:SendMessage Queue yes",
            "arn:aws:iam::222222222222:root sqs:SendMessage Queue yes",
            "333333333333 sqs:SendMessage Queue possible",
        ]
    );
}

#[test]
fn finds_what_a_change_opens() {
    let compare = |before: JsonValue, after: JsonValue| {
        lines(&opened_paths(
            &exposures(&queue(before)),
            &exposures(&queue(after)),
        ))
    };
    let other = json!({ "AWS": "222222222222" });
    let tagged = json!({ "StringEquals": { "aws:PrincipalTag/a": "b" } });
    let office = json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } });
    assert_eq!(
        compare(json!([]), json!([allow(json!("*"), JsonValue::Null)])),
        ["internet sqs:SendMessage Queue yes"]
    );
    assert_eq!(
        compare(json!([allow(json!("*"), JsonValue::Null)]), json!([])),
        [""; 0]
    );
    assert_eq!(
        compare(
            json!([allow(json!("*"), office.clone())]),
            json!([allow(json!("*"), JsonValue::Null)])
        ),
        ["internet sqs:SendMessage Queue yes"]
    );
    assert_eq!(
        compare(
            json!([allow(json!("*"), JsonValue::Null)]),
            json!([allow(json!("*"), office)])
        ),
        [""; 0]
    );
    assert_eq!(
        compare(json!([]), json!([allow(other.clone(), tagged.clone())])),
        ["222222222222 sqs:SendMessage Queue possible"]
    );
    assert_eq!(
        compare(
            json!([allow(other.clone(), JsonValue::Null)]),
            json!([allow(other, tagged)])
        ),
        [""; 0]
    );
}

#[test]
fn tells_ports_of_instances_apart() {
    let host = |ports: &[u16]| {
        let rules: Vec<JsonValue> = ports
            .iter()
            .map(|port| json!({ "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "CidrIp": "0.0.0.0/0" }))
            .collect();
        exposures(&json!({
            "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "SecurityGroupIngress": rules } },
            "Host": { "Type": "AWS::EC2::Instance", "Properties": { "SubnetId": "subnet-1", "SecurityGroupIds": [{ "Ref": "Group" }] } },
        }))
    };
    let opened = opened_paths(&host(&[443]), &host(&[443, 22]));
    assert_eq!(lines(&opened), ["internet port 22 Host possible"]);
}

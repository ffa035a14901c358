//! Truth tables of the evaluator of policies.

use infra_reach::Answer::{self, No, Possible, Yes};
use infra_reach::Atoms;
use infra_reach::policy::{Access, Context, Document, Policies, Principal, Reason, Request};
use serde_json::{Value as JsonValue, json};

const ACCOUNT: &str = "111111111111";
const ROLE: &str = "arn:aws:iam::111111111111:role/app/task";
const OBJECT: &str = "arn:aws:s3:::notes/2026/a.txt";

fn request() -> Request {
    let mut request = Request::new(
        Principal::role(ROLE, ACCOUNT),
        "s3:GetObject",
        OBJECT,
        ACCOUNT,
    );
    request.context = Context::complete();
    request.context.set("aws:SecureTransport", "true");
    request.context.set("aws:SourceIp", "203.0.113.9");
    request.context.set("aws:PrincipalTag/team", "notes");
    request.context.set("s3:max-keys", "10");
    request
        .context
        .set("aws:CurrentTime", "2026-12-02T19:00:00Z");
    request
        .context
        .set_all("aws:TagKeys", vec!["team".to_owned(), "cost".to_owned()]);
    request
}

fn document(statement: JsonValue) -> Document {
    Document::parse(
        "policy",
        &json!({ "Version": "2012-10-17", "Statement": statement }),
    )
}

fn identity(statement: JsonValue) -> Answer {
    let policies = Policies {
        identity: vec![document(statement)],
        ..Policies::default()
    };
    policies.decide(&request(), &Atoms::default()).answer
}

fn resource(statement: JsonValue, request: &Request) -> Answer {
    let policies = Policies {
        resource: vec![document(statement)],
        ..Policies::default()
    };
    policies.decide(request, &Atoms::default()).answer
}

#[test]
fn matches_actions_and_resources() {
    let allow = |extra: JsonValue| {
        let mut statement = json!({ "Effect": "Allow" });
        statement
            .as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        statement
    };
    for (extra, expected) in [
        (json!({ "Action": "*", "Resource": "*" }), Yes),
        (
            json!({ "Action": ["s3:Put*", "S3:getobject"], "Resource": "arn:aws:s3:::notes/*" }),
            Yes,
        ),
        (
            json!({ "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes" }),
            No,
        ),
        (
            json!({ "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::other/*", "arn:aws:s3:::n?tes/2026/*"] }),
            Yes,
        ),
        (
            json!({ "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${aws:PrincipalTag/team}/*" }),
            Yes,
        ),
        (
            json!({ "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${aws:PrincipalTag/other}/*" }),
            No,
        ),
        (
            json!({ "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${aws:PrincipalTag/other, 'notes'}/*" }),
            Yes,
        ),
        (json!({ "NotAction": "s3:Put*", "Resource": "*" }), Yes),
        (json!({ "NotAction": "s3:Get*", "Resource": "*" }), No),
        (
            json!({ "Action": "s3:*", "NotResource": "arn:aws:s3:::other/*" }),
            Yes,
        ),
        (
            json!({ "Action": "s3:*", "NotResource": "arn:aws:s3:::notes/*" }),
            No,
        ),
        (
            json!({ "Action": "s3:GetObject", "Resource": { "Ref": "Unresolved" } }),
            Possible,
        ),
        (
            json!({ "Action": { "Fn::If": ["Is", "s3:GetObject", "s3:PutObject"] }, "Resource": "*" }),
            Possible,
        ),
    ] {
        assert_eq!(identity(allow(extra.clone())), expected, "{extra}");
    }
}

#[test]
fn evaluates_every_operator() {
    for (condition, expected) in [
        (json!({ "Bool": { "aws:SecureTransport": "true" } }), Yes),
        (json!({ "Bool": { "aws:SecureTransport": false } }), No),
        (
            json!({ "StringEquals": { "aws:principaltag/TEAM": "notes" } }),
            Yes,
        ),
        (
            json!({ "StringEquals": { "aws:PrincipalTag/team": ["a", "notes"] } }),
            Yes,
        ),
        (
            json!({ "StringEquals": { "aws:PrincipalTag/team": "Notes" } }),
            No,
        ),
        (
            json!({ "StringEqualsIgnoreCase": { "aws:PrincipalTag/team": "Notes" } }),
            Yes,
        ),
        (
            json!({ "StringLike": { "aws:PrincipalTag/team": "no*" } }),
            Yes,
        ),
        (
            json!({ "StringNotLike": { "aws:PrincipalTag/team": ["x*", "no*"] } }),
            No,
        ),
        (
            json!({ "StringNotEquals": { "aws:PrincipalTag/team": ["x", "y"] } }),
            Yes,
        ),
        (json!({ "StringEquals": { "aws:Missing": "x" } }), No),
        (json!({ "StringNotEquals": { "aws:Missing": "x" } }), Yes),
        (
            json!({ "StringEqualsIfExists": { "aws:Missing": "x" } }),
            Yes,
        ),
        (json!({ "Null": { "aws:Missing": "true" } }), Yes),
        (json!({ "Null": { "aws:SourceIp": true } }), No),
        (
            json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }),
            Yes,
        ),
        (
            json!({ "NotIpAddress": { "aws:SourceIp": ["10.0.0.0/8", "203.0.113.9/32"] } }),
            No,
        ),
        (
            json!({ "NumericLessThanEquals": { "s3:max-keys": "10" } }),
            Yes,
        ),
        (json!({ "NumericGreaterThan": { "s3:max-keys": 10 } }), No),
        (json!({ "NumericNotEquals": { "s3:max-keys": 9 } }), Yes),
        (
            json!({ "DateLessThan": { "aws:CurrentTime": "2027-01-01T00:00:00Z" } }),
            Yes,
        ),
        (
            json!({ "DateGreaterThan": { "aws:CurrentTime": "2027-01-01T00:00:00Z" } }),
            No,
        ),
        (
            json!({ "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "cost", "x"] } }),
            Yes,
        ),
        (
            json!({ "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } }),
            No,
        ),
        (
            json!({ "ForAnyValue:StringEquals": { "aws:TagKeys": ["team"] } }),
            Yes,
        ),
        (
            json!({ "ForAnyValue:StringEquals": { "aws:Missing": ["team"] } }),
            No,
        ),
        (
            json!({ "ForAllValues:StringEquals": { "aws:Missing": ["team"] } }),
            Yes,
        ),
        (
            json!({ "Bool": { "aws:SecureTransport": "true" }, "StringEquals": { "aws:Missing": "x" } }),
            No,
        ),
        (json!({ "Unheard": { "aws:SourceIp": "x" } }), Possible),
    ] {
        let statement =
            json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition });
        assert_eq!(identity(statement), expected, "{condition}");
    }
}

#[test]
fn unknown_keys_are_possible_and_never_hide_a_denial() {
    let mut open = request();
    open.context = Context::default();
    let decide = |statements: JsonValue| {
        let policies = Policies {
            identity: vec![document(statements)],
            ..Policies::default()
        };
        policies.decide(&open, &Atoms::default()).answer
    };
    let condition = json!({ "StringEquals": { "aws:RequestTag/a": "b" } });
    let all = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    let allow =
        json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition });
    let deny = json!({ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition });
    let always = json!({ "Effect": "Deny", "Action": "s3:*", "Resource": "*" });
    assert_eq!(decide(json!([allow])), Possible);
    assert_eq!(decide(json!([all, allow])), Yes);
    assert_eq!(decide(json!([all, deny])), Possible);
    assert_eq!(decide(json!([allow, deny])), Possible);
    assert_eq!(decide(json!([all, deny, always])), No);
}

#[test]
fn combines_policies_of_caller_and_resource() {
    let allow = || document(json!({ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }));
    let nothing = || document(json!({ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }));
    let deny = || document(json!({ "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*" }));
    let to = |who: &str, effect: &str| {
        document(
            json!({ "Effect": effect, "Principal": { "AWS": who }, "Action": "s3:*", "Resource": "*" }),
        )
    };
    let root = "arn:aws:iam::111111111111:root";
    let none = Policies::default;
    let rows: Vec<(&str, Policies, Answer)> = vec![
        ("nothing", none(), No),
        (
            "identity",
            Policies {
                identity: vec![allow()],
                ..none()
            },
            Yes,
        ),
        (
            "identity denied",
            Policies {
                identity: vec![allow(), deny()],
                ..none()
            },
            No,
        ),
        (
            "resource",
            Policies {
                resource: vec![to(ROLE, "Allow")],
                ..none()
            },
            Yes,
        ),
        (
            "account alone",
            Policies {
                resource: vec![to(root, "Allow")],
                ..none()
            },
            No,
        ),
        (
            "another role",
            Policies {
                resource: vec![to("arn:aws:iam::111111111111:role/other", "Allow")],
                ..none()
            },
            No,
        ),
        (
            "a session",
            Policies {
                resource: vec![to(
                    "arn:aws:sts::111111111111:assumed-role/task/one",
                    "Allow",
                )],
                ..none()
            },
            Possible,
        ),
        (
            "resource denies the account",
            Policies {
                identity: vec![allow()],
                resource: vec![to(root, "Deny")],
                ..none()
            },
            No,
        ),
        (
            "boundary",
            Policies {
                identity: vec![allow()],
                boundary: Some(allow()),
                ..none()
            },
            Yes,
        ),
        (
            "outside the boundary",
            Policies {
                identity: vec![allow()],
                boundary: Some(nothing()),
                ..none()
            },
            No,
        ),
        (
            "boundary of a role among everyone",
            Policies {
                resource: vec![to("*", "Allow")],
                boundary: Some(nothing()),
                ..none()
            },
            Yes,
        ),
        (
            "boundary of a role named by the resource",
            Policies {
                resource: vec![to(ROLE, "Allow")],
                boundary: Some(nothing()),
                ..none()
            },
            No,
        ),
        (
            "unknown boundary",
            Policies {
                identity: vec![allow()],
                boundary: Some(Document::unknown("b")),
                ..none()
            },
            Possible,
        ),
        (
            "level",
            Policies {
                identity: vec![allow()],
                levels: vec![vec![allow()]],
                ..none()
            },
            Yes,
        ),
        (
            "one level of two",
            Policies {
                identity: vec![allow()],
                levels: vec![vec![allow()], vec![nothing()]],
                ..none()
            },
            No,
        ),
        (
            "level denies",
            Policies {
                identity: vec![allow()],
                levels: vec![vec![allow(), deny()]],
                ..none()
            },
            No,
        ),
        (
            "key without policy",
            Policies {
                identity: vec![allow()],
                access: Access::ResourceDecides,
                ..none()
            },
            No,
        ),
        (
            "key with the account",
            Policies {
                identity: vec![allow()],
                resource: vec![to(root, "Allow")],
                access: Access::ResourceDecides,
                ..none()
            },
            Yes,
        ),
        (
            "key with the role",
            Policies {
                resource: vec![to(ROLE, "Allow")],
                access: Access::ResourceDecides,
                ..none()
            },
            Yes,
        ),
        (
            "unknown managed policy",
            Policies {
                identity: vec![Document::unknown("m")],
                ..none()
            },
            Possible,
        ),
    ];
    for (name, policies, expected) in rows {
        let decision = policies.decide(&request(), &Atoms::default());
        assert_eq!(decision.answer, expected, "{name}: {decision:?}");
    }
}

#[test]
fn names_principals() {
    let mut foreign = request();
    foreign.resource_account = "222222222222".to_owned();
    let allow = |principal: JsonValue| json!({ "Effect": "Allow", "Principal": principal, "Action": "s3:*", "Resource": "*" });
    let both = |principal: JsonValue, request: &Request| {
        let policies = Policies {
            identity: vec![document(
                json!({ "Effect": "Allow", "Action": "*", "Resource": "*" }),
            )],
            resource: vec![document(allow(principal))],
            ..Policies::default()
        };
        policies.decide(request, &Atoms::default()).answer
    };
    assert_eq!(both(json!({ "AWS": ACCOUNT }), &foreign), Yes);
    assert_eq!(both(json!({ "AWS": "222222222222" }), &foreign), No);
    assert_eq!(
        resource(allow(json!("*")), &foreign),
        No,
        "another account needs its own policy"
    );
    let mut anyone = request();
    anyone.principal = Principal::Anonymous;
    assert_eq!(resource(allow(json!("*")), &anyone), Yes);
    assert_eq!(resource(allow(json!({ "AWS": "*" })), &anyone), Yes);
    assert_eq!(resource(allow(json!({ "AWS": ACCOUNT })), &anyone), No);
    let mut service = request();
    service.principal = Principal::Service("sns.amazonaws.com".to_owned());
    assert_eq!(
        resource(allow(json!({ "Service": ["sns.amazonaws.com"] })), &service),
        Yes
    );
    assert_eq!(
        resource(allow(json!({ "Service": "sqs.amazonaws.com" })), &service),
        No
    );
    let not = |who: JsonValue| json!([allow(json!("*")), { "Effect": "Deny", "NotPrincipal": { "AWS": who }, "Action": "*", "Resource": "*" }]);
    assert_eq!(
        resource(
            not(json!("arn:aws:iam::111111111111:role/other")),
            &request()
        ),
        No
    );
    assert_eq!(
        resource(
            not(json!([ROLE, "arn:aws:iam::111111111111:root"])),
            &request()
        ),
        Yes
    );
    assert_eq!(resource(not(json!(ROLE)), &request()), Possible);
}

#[test]
fn says_which_statement_decides() {
    let policies = Policies {
        identity: vec![document(json!([
            { "Effect": "Allow", "Action": "sqs:*", "Resource": "*" },
            { "Effect": "Allow", "Action": "s3:*", "Resource": "*" },
        ]))],
        ..Policies::default()
    };
    let decision = policies.decide(&request(), &Atoms::default());
    let reason = Reason::Allowed {
        document: "policy".to_owned(),
        statement: Some(1),
    };
    assert_eq!(decision.reason, reason);
}

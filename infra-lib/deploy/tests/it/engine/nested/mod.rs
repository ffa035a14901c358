//! Tests that blockers, notices and refusals of root stacks apply to nested stacks as well.

mod failures;
mod loss;
mod migrations;
mod own;
mod permissions;
mod whole;

use infra_deploy::plan::PlanOptions;
use infra_fake::{FakeCloud, REGION};
use infra_template::Template;
use infra_template::assembly::CloudAssembly;
use infra_template::nested::NestedTemplate;
use infra_template::review::StackReview;
use serde_json::{Value as JsonValue, json};

use super::fixture::{app, planned, stack};

/// Source of the new template of the nested stack.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Known {
    /// A nested change set of CloudFormation.
    ChangeSet,
    /// The template in S3; CloudFormation creates no nested change set.
    S3,
    /// The template in the assembly; S3 does not contain it yet and CloudFormation creates no nested change set.
    Assembly,
}

pub(super) const EVERY_WAY: [Known; 3] = [Known::ChangeSet, Known::S3, Known::Assembly];

pub(super) fn url(key: &str) -> String {
    format!("https://templates.s3.{REGION}.amazonaws.com/{key}.json")
}

/// Returns the template of a root stack that nests the template with this S3 key.
pub(super) fn parent(key: &str) -> JsonValue {
    json!({ "Resources": {
        "Child": { "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": url(key) } },
    } })
}

pub(super) fn upload(aws: &FakeCloud, key: &str, template: &JsonValue) {
    aws.create_bucket("templates");
    aws.put_object(
        "templates",
        &format!("{key}.json"),
        template.to_string().as_bytes(),
    );
}

/// Returns the app with the root stack `web` and a nested stack with this template.
pub(super) fn nesting(key: &str, child: Option<&JsonValue>) -> CloudAssembly {
    let mut root = stack("web", &parent(key));
    if let Some(child) = child {
        let template = Template::from_json(child.clone()).unwrap();
        let nested = NestedTemplate::new("child.template.json", template);
        root.nested.insert("Child".to_owned(), nested);
    }
    app([root])
}

/// Returns an account in which the old nested template is deployed, and the app with the new one.
pub(super) fn changed(
    known: Known,
    old: &JsonValue,
    new: &JsonValue,
) -> (FakeCloud, CloudAssembly) {
    let aws = FakeCloud::new();
    upload(&aws, "old", old);
    aws.deploy_stack("web", &parent("old"));
    match known {
        Known::ChangeSet | Known::S3 => upload(&aws, "new", new),
        Known::Assembly => {}
    }
    if known != Known::ChangeSet {
        aws.ignore_nested_change_sets();
    }
    let child = (known == Known::Assembly).then_some(new);
    (aws, nesting("new", child))
}

pub(super) fn review(aws: &FakeCloud, app: &CloudAssembly) -> StackReview {
    let plan = planned(aws, app, &PlanOptions::default());
    let plan = plan.result.unwrap_or_else(|error| panic!("{error:?}"));
    plan.review.stacks[0].clone()
}

pub(super) fn resources(entries: &[(&str, JsonValue)]) -> JsonValue {
    let entries = entries
        .iter()
        .map(|(id, entry)| ((*id).to_owned(), entry.clone()));
    json!({ "Resources": entries.collect::<serde_json::Map<_, _>>() })
}

pub(super) fn table() -> JsonValue {
    json!({ "Type": "AWS::DynamoDB::Table", "Properties": {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{ "AttributeName": "a", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "a", "KeyType": "HASH" }],
    } })
}

pub(super) fn database(name: &str) -> JsonValue {
    json!({ "Type": "AWS::RDS::DBInstance", "Properties": {
        "Engine": "postgres", "DBName": name, "DBInstanceClass": "db.t4g.micro", "AllocatedStorage": "20",
    } })
}

/// Returns a resource that holds no data.
pub(super) fn topic(name: u32) -> JsonValue {
    json!({ "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": name.to_string() } })
}

pub(super) fn kept(mut entry: JsonValue, policy: &str) -> JsonValue {
    entry["DeletionPolicy"] = json!(policy);
    entry["UpdateReplacePolicy"] = json!(policy);
    entry
}

/// Returns the ARN of the only nested stack of `web`.
pub(super) fn child(aws: &FakeCloud) -> String {
    aws.live_resources("web")["Child"].clone()
}

pub(super) struct Loss {
    pub(super) name: &'static str,
    pub(super) old: JsonValue,
    pub(super) new: JsonValue,
    /// The resource that blocks the deployment, and whether its data is lost permanently.
    pub(super) stop: Option<(&'static str, bool)>,
    pub(super) message: &'static str,
}

pub(super) fn losses() -> Vec<Loss> {
    let queue = || ("Q", topic(1));
    let removed = "is removed: the resource with the data is deleted";
    vec![
        Loss {
            name: "a table goes",
            old: resources(&[("T", table()), queue()]),
            new: resources(&[queue()]),
            stop: Some(("Child/T", true)),
            message: removed,
        },
        Loss {
            name: "a database is replaced",
            old: resources(&[("D", database("postgres"))]),
            new: resources(&[("D", database("mysql"))]),
            stop: Some(("Child/D", true)),
            message: "is replaced: the resource with the data is deleted",
        },
        Loss {
            name: "a database goes after a snapshot",
            old: resources(&[("D", database("postgres")), queue()]),
            new: resources(&[queue()]),
            stop: Some(("Child/D", false)),
            message: "is removed: the resource with the data is deleted after a snapshot",
        },
        Loss {
            name: "a table stays in AWS",
            old: resources(&[("T", kept(table(), "Retain")), queue()]),
            new: resources(&[queue()]),
            stop: Some(("Child/T", false)),
            message: "is removed: the resource with the data is retained outside the stack",
        },
        Loss {
            name: "a topic goes",
            old: resources(&[queue(), ("R", topic(2))]),
            new: resources(&[queue()]),
            stop: None,
            message: "",
        },
        Loss {
            name: "a table comes",
            old: resources(&[queue()]),
            new: resources(&[("T", table()), queue()]),
            stop: None,
            message: "",
        },
    ]
}

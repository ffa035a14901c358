//! Tests that a change which interrupts more than is allowed is executed only with an approval of it.

use infra_core::AllowedInterruption;
use infra_deploy::Class;
use infra_deploy::deploy::{Approvals, DeployOptions};
use infra_deploy::plan::PlanOptions;
use infra_fake::FakeCloud;
use infra_template::assembly::CloudAssembly;
use infra_template::review::StackReview;
use serde_json::{Value as JsonValue, json};

use super::fixture::{after, app, deployed, outcomes, planned, queue, stack};

/// Returns a template with a database in one Availability Zone, or in several.
fn database(class: &str, multi_az: bool) -> JsonValue {
    json!({
        "Resources": { "Database": { "Type": "AWS::RDS::DBInstance", "Properties": {
            "Engine": "postgres", "DBInstanceClass": class, "AllocatedStorage": "20", "MultiAZ": multi_az,
        } } },
        "Outputs": { "Host": { "Value": { "Fn::GetAtt": ["Database", "Endpoint.Address"] }, "Export": { "Name": "host" } } },
    })
}

fn data(class: &str, multi_az: bool) -> CloudAssembly {
    app([stack("data", &database(class, multi_az))])
}

fn options(availability: Option<AllowedInterruption>) -> DeployOptions {
    let plan = PlanOptions::builder().maybe_availability(availability);
    DeployOptions::builder().plan(plan.build()).build()
}

fn review(aws: &FakeCloud, app: &CloudAssembly, options: &DeployOptions) -> StackReview {
    let plan = planned(aws, app, &options.plan).result.unwrap();
    plan.review.stacks[0].clone()
}

#[test]
fn interrupts_database_only_with_exact_approval() {
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &database("db.t4g.small", false));
    let wanted = data("db.t4g.large", false);
    let mut options = options(Some(AllowedInterruption::None));
    assert_eq!(review(&aws, &wanted, &options).stops.len(), 1);
    let (ran, asked) = deployed(&aws, &wanted, &options);
    insta::assert_snapshot!(ran.findings());
    assert!(asked.stacks().is_empty());
    // Approving the loss of its data does not approve the interruption.
    options.allow_data_loss.insert("Database".to_owned());
    options.allow_interruption.insert("Other".to_owned());
    assert_eq!(
        deployed(&aws, &wanted, &options).0.class(),
        Some(Class::Blocked)
    );
    options.allow_interruption.insert("Database".to_owned());
    let (ran, asked) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["data: deployed"]);
    assert_eq!(asked.reviews()[0].stops.len(), 1);
}

#[test]
fn allows_brief_interruptions_and_those_without_limit() {
    for (availability, multi_az, blocked) in [
        (None, false, false),
        (Some(AllowedInterruption::Brief), true, false),
        (Some(AllowedInterruption::Brief), false, true),
        (Some(AllowedInterruption::None), true, true),
    ] {
        let aws = FakeCloud::new();
        aws.deploy_stack("data", &database("db.t4g.small", multi_az));
        let wanted = data("db.t4g.large", multi_az);
        let (ran, _) = deployed(&aws, &wanted, &options(availability));
        let expected = blocked.then_some(Class::Blocked);
        assert_eq!(ran.class(), expected, "{availability:?} {multi_az}");
    }
}

#[test]
fn accepts_committed_approval_of_the_same_changes() {
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &database("db.t4g.small", false));
    let mut options = options(Some(AllowedInterruption::None));
    let approve = |list: &str, digest: &str| {
        let text = format!(
            "version: 1\n{list}:\n  - {{ stack: data, resource: Database, changes: '{digest}', reason: announced }}\n"
        );
        Approvals::parse_yaml("infra/approvals.yaml", &text).unwrap()
    };
    let wanted = data("db.t4g.large", false);
    let refused = deployed(&aws, &wanted, &options).0.findings();
    let (_, rest) = refused.split_once("changes: '").unwrap();
    let (digest, _) = rest.split_once('\'').unwrap();
    options.approvals = approve("dataLoss", digest);
    assert!(
        deployed(&aws, &wanted, &options)
            .0
            .findings()
            .contains("INF7603")
    );
    options.approvals = approve("interruptions", digest);
    let mut newer = database("db.t4g.large", false);
    newer["Resources"]["Database"]["Properties"]["EngineVersion"] = json!("17");
    // Another property, and another value of the same one.
    for other in [app([stack("data", &newer)]), data("db.t4g.xlarge", false)] {
        let (ran, _) = deployed(&aws, &other, &options);
        assert!(ran.findings().contains("INF7316"), "{}", ran.findings());
    }
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["data: deployed"]);
}

#[test]
fn keeps_limit_of_construct_in_stack_that_is_not_selected() {
    let aws = FakeCloud::new();
    aws.deploy_stack("data", &database("db.t4g.small", true));
    let task = json!({ "Resources": { "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
        "Family": "web", "TaskRoleArn": { "Fn::ImportValue": "host" },
    } } } });
    let mut web = after(stack("web", &task), &["data"]);
    web.interruption_limits
        .insert("web".to_owned(), AllowedInterruption::None);
    web.origins.insert("Task".to_owned(), origin("web/Task"));
    let wanted = app([stack("data", &database("db.t4g.large", true)), web]);
    let mut options = options(None);
    options.plan.stacks = vec!["data".to_owned()];
    let stop = review(&aws, &wanted, &options).stops.remove(0);
    let excessive = stop.interruption.unwrap();
    assert_eq!(excessive.declared_by.as_deref(), Some("web"));
    assert_eq!(
        deployed(&aws, &wanted, &options).0.class(),
        Some(Class::Blocked)
    );
    options.allow_any_interruption = true;
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["data: deployed"]);
}

fn origin(path: &str) -> infra_template::assembly::ResourceOrigin {
    let metadata = json!({ format!("/{path}"): [{ "type": "aws:cdk:logicalId", "data": "Task" }] });
    let manifest = json!({ "version": "36.0.0", "artifacts": { "web": {
        "type": "aws:cloudformation:stack",
        "properties": { "templateFile": "web.template.json" },
        "metadata": metadata,
    } } });
    let template = json!({ "Resources": { "Task": { "Type": "AWS::SNS::Topic" } } });
    let files = [
        ("manifest.json".to_owned(), manifest.to_string()),
        ("web.template.json".to_owned(), template.to_string()),
    ];
    let read = CloudAssembly::from_files(&files.into()).unwrap();
    read.stacks[0].origins["Task"].clone()
}

#[test]
fn checks_stack_again_that_is_planned_during_the_deployment() {
    let aws = FakeCloud::new();
    aws.deploy_stack("base", &queue(1));
    let service = |count: u32, name: &JsonValue| {
        json!({ "Resources": {
            "Service": { "Type": "AWS::ECS::Service", "Properties": { "DesiredCount": count } },
            "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": name } },
        } })
    };
    aws.deploy_stack("web", &service(2, &json!("a")));
    let mut base = queue(1);
    base["Outputs"] = json!({ "Name": { "Value": { "Fn::GetAtt": ["Queue", "QueueName"] }, "Export": { "Name": "queue" } } });
    let web = service(0, &json!({ "Fn::ImportValue": "queue" }));
    let wanted = app([stack("base", &base), after(stack("web", &web), &["base"])]);
    let mut options = options(Some(AllowedInterruption::None));
    let (ran, _) = deployed(&aws, &wanted, &options);
    // The prediction from the templates already refuses, before the first stack is changed.
    assert!(ran.findings().contains("INF7603"), "{}", ran.findings());
    assert!(
        !aws.write_operations()
            .contains(&"ExecuteChangeSet".to_owned())
    );
    // An entry of the file counts for the predicted changes, and is compared with the change set once there is one.
    let text = "version: 1\ninterruptions:\n  - { stack: web, resource: Service, changes: '0123456789ab', reason: announced }\n";
    options.approvals = Approvals::parse_yaml("infra/approvals.yaml", text).unwrap();
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert!(ran.findings().contains("INF7316"), "{}", ran.findings());
    options.allow_interruption.insert("Service".to_owned());
    let (ran, _) = deployed(&aws, &wanted, &options);
    assert_eq!(outcomes(&ran), ["base: no changes", "web: deployed"]);
}

//! Tests of change sets: contents, refusals, and removal.

use std::time::Duration;

use serde_json::json;

use super::{execute, pass, ready, request, run, template};
use crate::{FakeCloud, StackOptions};
use infra_aws::{
    ApiErrorKind, ApiReplacement, ChangeSetHook, ChangeSetStatus, ChangeSetType, CreateChangeSet,
    EventSelector, HookResult, OperationEvent, PutObject, TemplateSource,
};
use infra_template::review::{PolicyAction, Recreation};

#[test]
fn fails_change_set_without_changes() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    run(&aws, async |client| {
        let same = ready(
            &*client,
            request("Web", ChangeSetType::Update, &template(0)),
        )
        .await;
        assert_eq!(same.status, ChangeSetStatus::Failed);
        assert!(
            same.status_reason
                .unwrap()
                .contains("didn't contain changes")
        );
        let mut described = template(0);
        described["Description"] = "the same".into();
        let mut other = request("Web", ChangeSetType::Update, &described);
        other.name = "described".to_owned();
        let other = ready(&*client, other).await;
        assert_eq!(
            other.status_reason.as_deref(),
            Some("No updates are to be performed.")
        );
        let mut tagged = request("Web", ChangeSetType::Update, &template(0));
        tagged.name = "tagged".to_owned();
        tagged.tags.insert("team".to_owned(), "notes".to_owned());
        let tagged = ready(&*client, tagged).await;
        assert_eq!(tagged.status, ChangeSetStatus::CreateComplete);
        assert!(tagged.changes.iter().all(|change| change.scope == ["Tags"]));
        assert_eq!(tagged.changes.len(), 2);
    });
}

#[test]
fn rejects_invalid_change_set_requests() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    aws.create_foreign_change_set("New", "theirs", &template(0));
    let role = json!({ "Resources": { "Role": { "Type": "AWS::IAM::Role", "Properties": {
        "RoleName": "notes", "AssumeRolePolicyDocument": {},
    } } } });
    run(&aws, async |client| {
        let refusal = async |request: CreateChangeSet| {
            let error = client.create_change_set(request).await.unwrap_err();
            format!("{}: {}", error.code, error.message)
        };
        assert_eq!(
            refusal(request("New", ChangeSetType::Update, &template(0))).await,
            "ValidationError: Stack [New] does not exist"
        );
        assert_eq!(
            refusal(request("Web", ChangeSetType::Create, &template(0))).await,
            "ValidationError: Stack [Web] already exists and cannot be created again with the changeSet [set-1]."
        );
        assert_eq!(
            refusal(request("Role", ChangeSetType::Create, &role)).await,
            "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]"
        );
        let mut moved = template(0);
        moved["Resources"]["Queue"]["Type"] = "AWS::SNS::Topic".into();
        assert!(
            refusal(request("Web", ChangeSetType::Update, &moved))
                .await
                .contains("Update of resource type is not permitted")
        );
    });
}

#[test]
fn rejects_change_set_in_unsuitable_stack_status() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    run(&aws, async |client| {
        for (status, kind) in [
            ("ROLLBACK_COMPLETE", ApiErrorKind::WrongState),
            ("UPDATE_ROLLBACK_FAILED", ApiErrorKind::WrongState),
            ("DELETE_FAILED", ApiErrorKind::WrongState),
            ("UPDATE_IN_PROGRESS", ApiErrorKind::Busy),
            ("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", ApiErrorKind::Busy),
        ] {
            aws.set_status("Web", status);
            let asked = request("Web", ChangeSetType::Update, &template(1));
            let error = client.create_change_set(asked).await.unwrap_err();
            let words = format!("is in {status} state and can not be updated.");
            assert!(error.message.ends_with(&words), "{error}");
            assert_eq!(error.kind, kind, "{status}");
        }
        aws.set_status("Web", "UPDATE_ROLLBACK_COMPLETE");
        let asked = request("Web", ChangeSetType::Update, &template(1));
        assert!(client.create_change_set(asked).await.is_ok());
    });
}

#[test]
fn returns_same_change_set_for_same_token() {
    let aws = FakeCloud::new();
    run(&aws, async |client| {
        let ask = || request("Web", ChangeSetType::Create, &template(0));
        let first = client.create_change_set(ask()).await.unwrap();
        assert_eq!(client.create_change_set(ask()).await.unwrap(), first);
        let mut other = ask();
        other.token = "other".to_owned();
        let error = client.create_change_set(other).await.unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::AlreadyExists);
        assert!(
            error
                .message
                .contains("mismatch with existing attribute ClientToken")
        );
    });
}

#[test]
fn accepts_large_template_only_by_s3_url() {
    let aws = FakeCloud::new();
    aws.create_bucket("templates");
    let mut large = template(0);
    large["Description"] = "x".repeat(52_000).into();
    run(&aws, async |client| {
        let inline = request("Web", ChangeSetType::Create, &large);
        let error = client.create_change_set(inline.clone()).await.unwrap_err();
        assert!(error.message.contains("less than or equal to 51200"));
        let objects = infra_aws::Cloud::s3_client(&aws, crate::REGION);
        let object = PutObject::builder()
            .bucket("templates")
            .key("a.json")
            .body(large.to_string().into_bytes())
            .only_if_absent(true)
            .build();
        assert!(objects.put_object(object.clone()).await.unwrap());
        assert!(!objects.put_object(object).await.unwrap());
        let url = "https://templates.s3.eu-west-1.amazonaws.com/a.json".to_owned();
        let mut by_url = inline;
        by_url.template = TemplateSource::Url(url);
        assert_eq!(ready(&*client, by_url).await.changes.len(), 2);
    });
}

#[test]
fn masks_no_echo_parameters() {
    let aws = FakeCloud::new();
    let secret = json!({
        "Parameters": { "Key": { "Type": "String", "NoEcho": true } },
        "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Ref": "Key" } } } },
    });
    let with = |value: &str| StackOptions {
        parameters: [("Key".to_owned(), value.to_owned())].into(),
        ..StackOptions::default()
    };
    aws.deploy_stack_with("Web", &secret, with("first-secret"));
    run(&aws, async |client| {
        let mut change = request("Web", ChangeSetType::Update, &secret);
        change
            .parameters
            .insert("Key".to_owned(), Some("other-secret".to_owned()));
        let set = ready(&*client, change).await;
        assert_eq!(set.changes.len(), 1);
        assert!(!format!("{set:?}").contains("-secret"), "{set:?}");
        let stack = client.describe_stack("Web").await.unwrap().unwrap();
        assert_eq!(stack.parameters["Key"], "****");
    });
}

#[test]
fn predicts_replacement_from_schemas_and_references() {
    let table = |key: &str| {
        json!({ "Resources": {
            "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "GroupDescription": key } },
            "Rule": { "Type": "AWS::EC2::SecurityGroupIngress", "Properties": {
                "GroupId": { "Ref": "Group" }, "IpProtocol": "tcp",
            } },
        } })
    };
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &table("old"));
    run(&aws, async |client| {
        let asked = request("Web", ChangeSetType::Update, &table("new"));
        let set = ready(&*client, asked).await;
        let [group, rule] = &set.changes[..] else {
            panic!("{:?}", set.changes);
        };
        assert_eq!(group.replacement, Some(ApiReplacement::True));
        assert_eq!(group.policy_action, Some(PolicyAction::ReplaceAndDelete));
        assert_eq!(group.details[0].recreation, Recreation::Always);
        assert_eq!(group.details[0].before.as_deref(), Some("old"));
        assert_eq!(rule.replacement, Some(ApiReplacement::Conditional));
        assert_eq!(rule.details[0].causing_entity.as_deref(), Some("Group"));
        assert!(rule.details[0].dynamic);
        let plain = client.describe_change_set(&set.id, None, false, None).await;
        let plain = &plain.unwrap().changes[0];
        assert_eq!(
            (&plain.details[0].before, &plain.before_context),
            (&None, &None)
        );
    });
}

#[test]
fn warns_about_incomplete_property_values() {
    let policy = |action: &str| {
        json!({ "Resources": {
            "Queue": { "Type": "AWS::SQS::Queue" },
            "Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": {
                "Queues": [{ "Ref": "Queue" }], "PolicyDocument": { "Statement": [{ "Action": action }] },
            } },
        } })
    };
    let aws = FakeCloud::new();
    aws.omit_free_form_changes();
    aws.deploy_stack("Web", &policy("sqs:SendMessage"));
    run(&aws, async |client| {
        let asked = request("Web", ChangeSetType::Update, &policy("sqs:*"));
        let set = ready(&*client, asked).await;
        assert!(set.changes.is_empty());
        assert!(set.status_reason.unwrap().starts_with("[WARN]"));
        let plain = client.describe_change_set(&set.id, None, false, None).await;
        assert_eq!(plain.unwrap().changes.len(), 1);
    });
}

#[test]
fn invalidates_other_change_sets_on_execution() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    let foreign = aws.create_foreign_change_set("Web", "theirs", &template(2));
    run(&aws, async |client| {
        let set = ready(
            &*client,
            request("Web", ChangeSetType::Update, &template(1)),
        )
        .await;
        client.execute_change_set(execute(&set.id)).await.unwrap();
        let gone = client
            .describe_change_set(&foreign, None, false, None)
            .await;
        assert_eq!(gone.unwrap_err().kind, ApiErrorKind::NotFound);
        client.delete_change_set(&foreign).await.unwrap();
        pass(30).await;
        let mut next = request("Web", ChangeSetType::Update, &template(3));
        next.name = "next".to_owned();
        let next = ready(&*client, next).await;
        aws.update_stack("Web", &template(4));
        let error = client
            .execute_change_set(execute(&next.id))
            .await
            .unwrap_err();
        assert_eq!(error.code, "InvalidChangeSetStatus");
        assert!(error.message.ends_with("[OBSOLETE]"), "{error}");
    });
    assert_eq!(
        aws.resource_property("Web", "Queue", "/DelaySeconds"),
        Some(json!(4))
    );
}

#[test]
fn fails_change_set_on_validation_and_hook_errors() {
    let aws = FakeCloud::new();
    let finding = |mode: &str| {
        OperationEvent::builder()
            .event_type("VALIDATION_ERROR")
            .logical_id("Queue")
            .validation_name("PROPERTY_VALIDATION")
            .failure_mode(mode)
            .build()
    };
    aws.add_validation("Wrong", finding("FAIL"));
    aws.add_validation("Odd", finding("WARN"));
    let hook = ChangeSetHook::builder()
        .type_name("Acme::Security::Encryption")
        .build();
    let answer = HookResult::builder()
        .type_name(hook.type_name.clone())
        .status("HOOK_COMPLETE_FAILED")
        .failure_mode("FAIL")
        .build();
    aws.add_hook("Hooked", hook.clone(), answer.clone());
    run(&aws, async |client| {
        let plan = async |stack: &str| {
            ready(
                &*client,
                request(stack, ChangeSetType::Create, &template(0)),
            )
            .await
        };
        let wrong = plan("Wrong").await;
        assert_eq!(wrong.status, ChangeSetStatus::Failed);
        assert!(
            wrong
                .status_reason
                .unwrap()
                .contains("[AWS::EarlyValidation::PropertyValidation]")
        );
        let of = EventSelector::ChangeSet(wrong.id);
        let events = client.operation_events(of, true, None).await.unwrap().items;
        assert_eq!(events, [finding("FAIL")]);
        assert_eq!(plan("Odd").await.status, ChangeSetStatus::CreateComplete);
        let hooked = plan("Hooked").await;
        assert_eq!(hooked.status, ChangeSetStatus::Failed);
        let planned = client.change_set_hooks(&hooked.id).await.unwrap();
        assert_eq!(planned, Some(vec![hook]));
        assert_eq!(client.hook_results(&hooked.id).await.unwrap(), [answer]);
    });
    assert!(aws.elapsed_time() < Duration::from_mins(1));
}

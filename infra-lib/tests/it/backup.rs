//! Tests of the constructs in `infra_lib::backup`.

use infra_lib::assertions::{Match, Template};
use infra_lib::backup::{
    BackupPlan, BackupRule, BackupSelection, BackupVault, RecoveryPointDeletion, RestorePermission,
    VaultLock,
};
use infra_lib::cloudwatch::MetricSource;
use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::{App, Duration, RemovalPolicy, Stack};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Role")
}

/// Returns the rules of the only plan, which has the given ones.
fn rules<const N: usize>(rules: [BackupRule; N]) -> Json {
    let template = Template::of_stack(|stack| {
        let plan = rules.into_iter().fold(
            BackupPlan::builder(),
            infra_lib::backup::BackupPlanBuilder::rule,
        );
        plan.build(stack, "Plan");
    });
    template.only("AWS::Backup::BackupPlan")["Properties"]["BackupPlan"]["BackupPlanRule"].clone()
}

#[test]
fn creates_retained_vault_whose_backups_nobody_deletes() {
    let template = Template::of_stack(|stack| {
        BackupVault::builder().build(stack, "Vault");
    });
    assert_eq!(
        template.json()["Resources"],
        json!({ "Vault23237E5B": {
            "Type": "AWS::Backup::BackupVault",
            "Properties": {
                "BackupVaultName": "Stack-Vault23237E5B",
                "AccessPolicy": {
                    "Version": "2012-10-17",
                    "Statement": [{
                        "Effect": "Deny",
                        "Principal": { "AWS": "*" },
                        "Action": ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
                        "Resource": "*",
                    }],
                },
            },
            "UpdateReplacePolicy": "Retain",
            "DeletionPolicy": "RetainExceptOnCreate",
            "Metadata": { "aws:cdk:path": "Stack/Vault/Resource" },
        } })
    );
}

#[test]
fn sets_options_of_vault() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let lock = VaultLock::compliance(Duration::days(7), Duration::days(30));
        let vault = BackupVault::builder()
            .backup_vault_name("central")
            .recovery_point_deletion(RecoveryPointDeletion::Allowed)
            .lock(lock.at_most(Duration::days(365)))
            .encryption_key(key)
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Vault");
        let role = role(stack);
        vault.grant_start_backup(&role);
        vault.grant_list(&role);
    });
    template.has_resource(
        "AWS::Backup::BackupVault",
        json!({
            "DeletionPolicy": "Delete",
            "Properties": {
                "BackupVaultName": "central",
                "AccessPolicy": Match::absent(),
                "EncryptionKeyArn": { "Fn::GetAtt": [Match::string_like("Key*"), "Arn"] },
                "LockConfiguration":
                    { "MinRetentionDays": 7, "MaxRetentionDays": 365, "ChangeableForDays": 30 },
            },
        }),
    );
    let policy = template.only("AWS::IAM::Role").to_string();
    for action in [
        "backup:StartBackupJob",
        "backup:ListRecoveryPointsByBackupVault",
    ] {
        assert!(policy.contains(action), "{action} in {policy}");
    }
}

#[test]
fn creates_rules_of_the_cdk() {
    let vault = json!({ "Ref": "PlanVault0284B0C2" });
    let rule = |name: &str, fields: &str, lifecycle: Json| {
        json!({
            "RuleName": name,
            "ScheduleExpression": format!("cron({fields})"),
            "TargetBackupVault": vault,
            "Lifecycle": lifecycle,
        })
    };
    let cold = |delete: u32, cold: u32| json!({ "DeleteAfterDays": delete, "MoveToColdStorageAfterDays": cold });
    assert_eq!(
        rules([
            BackupRule::daily(),
            BackupRule::weekly(),
            BackupRule::monthly_for_1_year(),
            BackupRule::monthly_for_5_years(),
            BackupRule::monthly_for_7_years(),
        ]),
        json!([
            rule("Daily", "0 5 * * ? *", json!({ "DeleteAfterDays": 35 })),
            rule("Weekly", "0 5 ? * SAT *", json!({ "DeleteAfterDays": 90 })),
            rule("Monthly1Year", "0 5 1 * ? *", cold(365, 30)),
            rule("Monthly5Year", "0 5 1 * ? *", cold(1_825, 90)),
            rule("Monthly7Year", "0 5 1 * ? *", cold(2_555, 90)),
        ])
    );
}

#[test]
fn sets_options_of_rule() {
    let remote = "arn:aws:backup:eu-central-1:111122223333:backup-vault:remote";
    let rule = BackupRule::cron("Continuous", "0 3 * * ? *")
        .continuous()
        .delete_after(Duration::days(35))
        .time_zone("Europe/Berlin")
        .start_window(Duration::hours(1))
        .completion_window(Duration::hours(2))
        .copy_to(remote, Some(Duration::days(90)))
        .copy_to(remote, None)
        .recovery_point_tag("origin", "plan");
    assert_eq!(
        rules([rule]),
        json!([{
            "RuleName": "Continuous",
            "ScheduleExpression": "cron(0 3 * * ? *)",
            "ScheduleExpressionTimezone": "Europe/Berlin",
            "TargetBackupVault": { "Ref": "PlanVault0284B0C2" },
            "EnableContinuousBackup": true,
            "Lifecycle": { "DeleteAfterDays": 35 },
            "StartWindowMinutes": 60,
            "CompletionWindowMinutes": 120,
            "CopyActions": [
                { "DestinationBackupVaultArn": remote, "Lifecycle": { "DeleteAfterDays": 90 } },
                { "DestinationBackupVaultArn": remote },
            ],
            "RecoveryPointTags": { "origin": "plan" },
        }])
    );
}

#[test]
fn selects_resources_and_tags_with_a_role() {
    let template = Template::of_stack(|stack| {
        let table = Table::builder()
            .partition_key(Attribute::string("id"))
            .build(stack, "Orders");
        let plan = BackupPlan::builder()
            .backup_plan_name("nightly")
            .rule(BackupRule::daily())
            .build(stack, "Plan");
        BackupSelection::builder()
            .plan(plan)
            .resource(table.arn())
            .exclude("arn:aws:dynamodb:eu-west-1:111122223333:table/cache")
            .tag("backup", "daily")
            .build(plan, "Sel");
    });
    let selection = template.only("AWS::Backup::BackupSelection");
    assert_eq!(
        selection["Properties"],
        json!({
            "BackupPlanId": { "Ref": "PlanDAF4E53A" },
            "BackupSelection": {
                "IamRoleArn": { "Fn::GetAtt": ["PlanSelRole8437AF35", "Arn"] },
                "SelectionName": "Sel",
                "Resources": [{ "Fn::GetAtt": ["OrdersA9B65338", "Arn"] }],
                "NotResources": ["arn:aws:dynamodb:eu-west-1:111122223333:table/cache"],
                "ListOfTags": [
                    { "ConditionKey": "backup", "ConditionType": "STRINGEQUALS", "ConditionValue": "daily" },
                ],
            },
        })
    );
    assert!(template.json()["Resources"]["PlanSel47C3C466"].is_object());
    template.has_properties(
        "AWS::Backup::BackupPlan",
        json!({ "BackupPlan": { "BackupPlanName": "nightly" } }),
    );
    let policies = template.only("AWS::IAM::Role")["Properties"]["ManagedPolicyArns"].to_string();
    assert!(
        policies.contains("AWSBackupServiceRolePolicyForBackup"),
        "{policies}"
    );
    assert!(!policies.contains("Restores"), "{policies}");
}

#[test]
fn sets_options_of_selection() {
    let template = Template::of_stack(|stack| {
        let vault = BackupVault::from_name(stack, "Vault", "central");
        let plan = BackupPlan::builder()
            .vault(vault)
            .rule(BackupRule::weekly())
            .build(stack, "Plan");
        let role = Role::builder()
            .assumed_by(Principal::service("backup.amazonaws.com"))
            .build(stack, "Own");
        let selection = BackupSelection::builder()
            .plan(plan)
            .role(role)
            .selection_name("everything")
            .resource("*")
            .restores(RestorePermission::Allowed)
            .build(stack, "All");
        Key::builder().build(stack, "Key").grant_decrypt(&selection);
    });
    template.resource_count("AWS::Backup::BackupVault", 0);
    let role = template.only("AWS::IAM::Role").to_string();
    for part in ["PolicyForBackup", "PolicyForRestores", "kms:Decrypt"] {
        assert!(role.contains(part), "{part} in {role}");
    }
    template.has_properties(
        "AWS::Backup::BackupSelection",
        json!({ "BackupSelection": { "SelectionName": "everything", "Resources": ["*"] } }),
    );
    template.has_properties(
        "AWS::Backup::BackupPlan",
        json!({ "BackupPlan": { "BackupPlanRule": [{ "TargetBackupVault": "central" }] } }),
    );
}

#[test]
fn accepts_resources_of_any_type() {
    let found = findings_of(|stack| {
        let key = Key::builder().build(stack, "Key");
        let plan = BackupPlan::builder()
            .rule(BackupRule::daily())
            .build(stack, "Plan");
        BackupSelection::builder()
            .plan(plan)
            .resource(key.arn())
            .build(plan, "Sel");
    });
    assert_eq!(found, "");
}

#[test]
fn imports_vaults_and_plans() {
    let template = Template::of_stack(|stack| {
        let arn = "arn:aws:backup:eu-west-1:111122223333:backup-vault:central";
        let vault = BackupVault::from_arn(stack, "Vault", arn);
        assert_eq!(vault.backup_vault_name().as_literal(), Some("central"));
        let role = role(stack);
        vault.grant_start_backup(&role);
        vault.grant_list(&role);
        let plan = BackupPlan::from_id(stack, "Plan", "0123");
        BackupSelection::builder()
            .plan(plan)
            .role(Role::from_arn(
                stack,
                "Backups",
                "arn:aws:iam::111122223333:role/backups",
            ))
            .tag("a", "b")
            .build(stack, "Tagged");
    });
    let policy = template.only("AWS::IAM::Role").to_string();
    assert!(policy.contains("backup-vault:central"), "{policy}");
    template.has_properties(
        "AWS::Backup::BackupSelection",
        json!({ "BackupPlanId": "0123" }),
    );
}

#[test]
fn has_metrics_of_vault() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let vault = BackupVault::builder().build(stack, "Vault");
    assert_eq!(vault.metrics().len(), 12);
    assert_eq!(vault.metric_namespace(), "AWS/Backup");
    assert_eq!(
        vault.metric_backup_jobs_failed(),
        vault.metric_named("NumberOfBackupJobsFailed")
    );
    let imported = BackupVault::from_name(stack, "Imported", "central");
    assert_eq!(
        imported.metric_dimensions()[0].1.as_literal(),
        Some("central")
    );
}

#[test]
fn reports_invalid_locks() {
    insta::assert_snapshot!(findings_of(|stack| {
        let locks = [
            ("Short", VaultLock::governance(Duration::hours(12))),
            (
                "Inverted",
                VaultLock::governance(Duration::days(30)).at_most(Duration::days(7)),
            ),
            (
                "Hasty",
                VaultLock::compliance(Duration::days(1), Duration::days(1)),
            ),
        ];
        for (id, lock) in locks {
            BackupVault::builder().lock(lock).build(stack, id);
        }
    }));
}

#[test]
fn reports_invalid_rules() {
    insta::assert_snapshot!(findings_of(|stack| {
        let rule = |name: &str| BackupRule::cron(name, "0 5 * * ? *");
        BackupPlan::builder()
            .rule(BackupRule::cron("Never", "0 5 * * * *"))
            .rule(rule("Hours").delete_after(Duration::hours(12)))
            .rule(BackupRule::monthly_for_1_year().delete_after(Duration::days(60)))
            .rule(rule("Forever").continuous())
            .rule(
                rule("Cold")
                    .continuous()
                    .delete_after(Duration::days(7))
                    .move_to_cold_storage_after(Duration::days(1)),
            )
            .rule(rule("Start").start_window(Duration::minutes(30)))
            .rule(rule("End").completion_window(Duration::hours(8)))
            .build(stack, "Plan");
    }));
}

#[test]
fn reports_empty_plan_and_selection() {
    insta::assert_snapshot!(findings_of(|stack| {
        let plan = BackupPlan::builder().build(stack, "Plan");
        BackupSelection::builder().plan(plan).build(plan, "Empty");
    }));
}

#[test]
fn reports_retention_that_the_lock_refuses() {
    insta::assert_snapshot!(findings_of(|stack| {
        let lock = VaultLock::governance(Duration::days(30)).at_most(Duration::days(365));
        let vault = BackupVault::builder().lock(lock).build(stack, "Vault");
        BackupPlan::builder()
            .vault(vault)
            .rule(BackupRule::daily().delete_after(Duration::days(7)))
            .rule(BackupRule::cron("Forever", "0 5 * * ? *"))
            .build(stack, "Plan");
    }));
}

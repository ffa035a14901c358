//! Tests forged change sets of an attacker who is permitted to create change sets but not to execute them.

use std::collections::BTreeSet;

use infra_aws::{ChangeSetDescription, RollbackTrigger};
use infra_deploy::Class;
use infra_deploy::deploy::{DeployOptions, Source};
use infra_deploy::plan::{PlanOptions, PlanRecord, Purpose, Step};
use infra_fake::FakeCloud;
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::digest::Digest;

use super::fixture::{app, deployed, outcomes, planned, stack};
use crate::forgeries::{FORGERIES, Forgery, forge, options, template};

const REGION: &str = "eu-west-1";

/// Returns the forgery with this name.
fn forgery(name: &str) -> &'static Forgery {
    let mut all = FORGERIES.iter();
    all.find(|forgery| forgery.name == name)
        .unwrap_or_else(|| panic!("no forgery `{name}`"))
}

fn tagged(visibility: u32) -> Stack {
    let mut stack = stack("web", &template(visibility));
    stack.tags.insert("team".to_owned(), "notes".to_owned());
    stack
}

fn by(source: Source) -> DeployOptions {
    DeployOptions::builder()
        .plan(options("web"))
        .source(source)
        .build()
}

fn reviewed() -> DeployOptions {
    by(super::fixture::reviewed().source)
}

fn for_record() -> PlanOptions {
    let mut options = options("web");
    options.purpose = Purpose::Record;
    options
}

/// Returns an account in which a plan awaits execution, the planned app and the plan file.
fn planned_app(creates: bool) -> (FakeCloud, CloudAssembly, PlanRecord) {
    let aws = FakeCloud::new();
    if !creates {
        let (ran, _) = deployed(&aws, &app([tagged(30)]), &by(Source::New));
        assert_eq!(outcomes(&ran), ["web: deployed"]);
    }
    let wanted = app([tagged(60)]);
    let plan = planned(&aws, &wanted, &for_record()).result.unwrap();
    let record = PlanRecord::parse_json(&plan.record.to_json()).unwrap();
    (aws, wanted, record)
}

fn executions(aws: &FakeCloud) -> usize {
    let writes = aws.write_operations();
    let executed = writes.iter().filter(|call| *call == "ExecuteChangeSet");
    executed.count()
}

/// Asserts that a deployment is refused before it executes anything, and returns the findings.
fn refusal(aws: &FakeCloud, app: &CloudAssembly, options: &DeployOptions) -> String {
    let before = executions(aws);
    let (ran, asked) = deployed(aws, app, options);
    assert_eq!(ran.class(), Some(Class::Stale), "{}", ran.findings());
    assert!(asked.stacks().is_empty());
    assert_eq!(executions(aws), before);
    ran.findings()
}

fn is_refused(name: &str) {
    let forgery = forgery(name);
    let (aws, wanted, record) = planned_app(forgery.creates);
    let cloud = aws.cloud();
    FakeCloud::paused_runtime().block_on(async {
        let client = cloud.cloudformation_client(REGION);
        forge(&*client, "web", forgery.creates, forgery.change).await;
    });
    // The plan file records the ARN of the reviewed change set, which no longer exists.
    let told = refusal(&aws, &wanted, &by(Source::Plan(record)));
    assert!(told.contains("no longer exists"), "{told}");
    if let Some(says) = forgery.refusal {
        let told = refusal(&aws, &wanted, &reviewed());
        assert!(told.contains(says), "{told}");
        assert!(told.contains("INF7311"), "{told}");
        assert!(!told.contains("stolen"), "{told}");
    } else {
        // CloudFormation does not return the field.
        let (ran, _) = deployed(&aws, &wanted, &reviewed());
        assert_eq!(outcomes(&ran), ["web: deployed"]);
    }
}

macro_rules! is_refused {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                is_refused(stringify!($name));
            }
        )*

        #[test]
        fn covers_each_forgery_with_a_test() {
            let tested: BTreeSet<&str> = [$(stringify!($name)),*].into();
            let all: BTreeSet<&str> = FORGERIES.iter().map(|forgery| forgery.name).collect();
            assert_eq!(tested, all);
            let elsewhere = FORGERIES.iter().filter(|forgery| forgery.on_emulator);
            assert_eq!(elsewhere.count(), 15, "forgeries that the emulator is given too");
        }
    };
}

is_refused! {
    defaulted_parameter
    defaulted_parameter_of_a_new_stack
    given_parameter
    parameter_named_like_a_secret
    no_echo_parameter
    other_tag
    more_tags
    more_capabilities
    notification_topic
    rollback_alarm
    monitoring_time
    stack_that_stays_when_its_creation_fails
    stack_that_is_rolled_back_when_its_creation_fails
    existing_resources_imported
    drift_reverted
    resource_imported
    template_in_yaml
    other_template
    description_of_another_plan
    role
}

#[test]
fn rejects_equal_change_set_with_another_arn() {
    for creates in [false, true] {
        let (aws, wanted, record) = planned_app(creates);
        let cloud = aws.cloud();
        FakeCloud::paused_runtime().block_on(async {
            let client = cloud.cloudformation_client(REGION);
            forge(&*client, "web", creates, |_| {}).await;
        });
        let told = refusal(&aws, &wanted, &by(Source::Plan(record)));
        assert!(told.contains("no longer exists"), "{told}");
        let (ran, _) = deployed(&aws, &wanted, &reviewed());
        assert_eq!(outcomes(&ran), ["web: deployed"]);
    }
}

/// Alters responses of `DescribeChangeSet` for the reviewed ARN. Both `--reviewed` and the plan file refuse them and name the field.
#[test]
fn compares_all_fields_of_change_set_description() {
    type Alter = fn(&mut ChangeSetDescription);
    let cases: [(&str, Alter); 18] = [
        ("`StackName`: expected `web`, found `other`", |set| {
            set.stack_name = "other".to_owned();
        }),
        ("found `infra-other`", |set| {
            set.name = "infra-other".to_owned();
        }),
        (
            "`ChangeSetId`: expected `eu-west-1 123456789012`, found `us-east-1 123456789012`",
            |set| {
                set.id = set.id.replace("eu-west-1", "us-east-1");
            },
        ),
        (
            "`StackId`: expected `eu-west-1 123456789012`, found `eu-west-1 210987654321`",
            |set| {
                set.stack_id = set.stack_id.replace("123456789012", "210987654321");
            },
        ),
        (
            "`StackId`: expected `eu-west-1 123456789012`, found nothing",
            |set| {
                set.stack_id = "web".to_owned();
            },
        ),
        (
            "`Parameters.Image`: expected `good`, found nothing",
            |set| {
                set.parameters.remove("Image");
            },
        ),
        ("`Parameters.More`: expected nothing, found `1`", |set| {
            set.parameters.insert("More".to_owned(), "1".to_owned());
        }),
        (
            "`Parameters.Hidden`: expected `(NoEcho)`, found nothing",
            |set| {
                set.parameters.remove("Hidden");
            },
        ),
        ("`Tags.team`: expected `notes`, found nothing", |set| {
            set.tags.clear();
        }),
        (
            "`RollbackConfiguration.RollbackTriggers`: expected nothing, found `AWS::CloudWatch::Alarm a, AWS::CloudWatch::Alarm b`",
            |set| {
                set.settings.rollback_triggers = ["b", "a"].map(RollbackTrigger::from_alarm).into();
            },
        ),
        (
            "`OnStackFailure`: expected nothing, found `DO_NOTHING`",
            |set| {
                set.settings.on_stack_failure = Some("DO_NOTHING".to_owned());
            },
        ),
        (
            "`IncludeNestedStacks`: expected nothing, found `true`",
            |set| {
                set.settings.include_nested_stacks = true;
            },
        ),
        (
            "`ParentChangeSetId`: expected nothing, found `arn:parent`",
            |set| {
                set.settings.parent_change_set_id = Some("arn:parent".to_owned());
            },
        ),
        (
            "`RootChangeSetId`: expected nothing, found `arn:root`",
            |set| {
                set.settings.root_change_set_id = Some("arn:root".to_owned());
            },
        ),
        (
            "`DeploymentConfig.Mode`: expected nothing, found `EXPRESS`",
            |set| {
                set.settings.config_mode = Some("EXPRESS".to_owned());
            },
        ),
        (
            "`DeploymentConfig.DisableRollback`: expected nothing, found `true`",
            |set| {
                set.settings.disable_rollback = Some(true);
            },
        ),
        ("it was not created by this tool", |set| {
            set.description = None;
        }),
        ("the template", |set| {
            // A kept output that differs from the deployed one.
            set.description = set
                .description
                .take()
                .map(|text| format!("{text} keeps=Outputs/Url"));
        }),
    ];
    for (says, alter) in cases {
        let (aws, wanted, record) = planned_app(false);
        aws.alter_descriptions(alter);
        for source in [reviewed().source, Source::Plan(record)] {
            let told = refusal(&aws, &wanted, &by(source));
            assert!(told.contains(says), "{says}\n{told}");
            // A field that both the sources and the plan file refuse is reported once.
            if says.starts_with('`') {
                let field = says.split('`').nth(1).unwrap_or_default();
                let whole = format!("does not match these sources: `{field}` differs\n");
                assert!(told.contains(&whole), "{says}\n{told}");
            }
        }
    }
}

/// Explicit default values in responses of CloudFormation equal omitted ones.
#[test]
fn treats_explicit_defaults_as_equal() {
    let (aws, wanted, _) = planned_app(false);
    aws.alter_descriptions(|set| {
        set.settings.root_change_set_id = Some(set.id.clone());
        set.settings.config_mode = Some("STANDARD".to_owned());
        set.settings.disable_rollback = Some(false);
        set.settings.monitoring_minutes = Some(0);
    });
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

/// Only the plan file covers values resolved by CloudFormation and fields that our requests never set.
#[test]
fn rejects_plan_file_when_resolved_values_differ() {
    type Alter = fn(&mut ChangeSetDescription);
    let cases: [(&str, Alter); 3] = [
        ("`Parameters.Image.ResolvedValue`", |set| {
            let value = "ami-evil".to_owned();
            set.settings
                .resolved_parameters
                .insert("Image".to_owned(), value);
        }),
        ("`Description`, the time limit", |set| {
            let text = set.description.take().unwrap_or_default();
            set.description = Some(text.replace("expires=20", "expires=21"));
        }),
        ("changes", |set| {
            set.changes[0].physical_id = Some("another-queue".to_owned());
        }),
    ];
    for (says, alter) in cases {
        let (aws, wanted, record) = planned_app(false);
        aws.alter_descriptions(alter);
        let told = refusal(&aws, &wanted, &by(Source::Plan(record)));
        for part in says.split(", ") {
            assert!(told.contains(part), "{part}\n{told}");
        }
        let (ran, _) = deployed(&aws, &wanted, &reviewed());
        assert_eq!(outcomes(&ran), ["web: deployed"]);
    }
}

/// An edited plan file does not match the change sets it refers to.
#[test]
fn rejects_edited_plan_file() {
    type Edit = fn(&mut PlanRecord);
    fn step(record: &mut PlanRecord) -> &mut Step {
        &mut record.stacks[0].step
    }
    let cases: [(&str, Edit); 9] = [
        ("the assembly has the digest", |record| {
            record.assembly = Digest::hash_bytes(b"");
        }),
        ("lists other container images", |record| {
            record
                .images
                .insert("web/Queue".to_owned(), ["evil".to_owned()].into());
        }),
        ("the key differs", |record| {
            record.stacks[0].key = Digest::hash_bytes(b"");
        }),
        ("is not in the plan file", |record| {
            record.stacks[0].region = "us-east-1".to_owned();
        }),
        ("`StackId` differs", |record| {
            if let Step::ChangeSet { stack_id, .. } = step(record) {
                stack_id.push('x');
            }
        }),
        ("the time limit differs", |record| {
            if let Step::ChangeSet { expires, .. } = step(record) {
                "2036-01-01T00:00:00Z".clone_into(expires);
            }
        }),
        ("changes differ", |record| {
            if let Step::ChangeSet { changes, .. } = step(record) {
                *changes = Digest::hash_bytes(b"");
            }
        }),
        ("`Parameters.Image` differs", |record| {
            if let Step::ChangeSet { fields, .. } = step(record) {
                fields.remove("Parameters.Image");
            }
        }),
        ("`More` differs", |record| {
            if let Step::ChangeSet { fields, .. } = step(record) {
                fields.insert("More".to_owned(), Digest::hash_bytes(b""));
            }
        }),
    ];
    for (says, edit) in cases {
        let (aws, wanted, mut record) = planned_app(false);
        edit(&mut record);
        let told = refusal(&aws, &wanted, &by(Source::Plan(record)));
        assert!(told.contains(says), "{says}\n{told}");
    }
}

/// A forged change set can exist before the plan is created.
#[test]
fn creates_new_change_set_for_plan_file() {
    let (aws, wanted, _) = planned_app(false);
    let cloud = aws.cloud();
    let forged = FakeCloud::paused_runtime().block_on(async {
        let client = cloud.cloudformation_client(REGION);
        forge(&*client, "web", false, |request| {
            request.role_arn = Some("arn:aws:iam::123456789012:role/evil".to_owned());
        })
        .await
    });
    let plan = planned(&aws, &wanted, &for_record()).result.unwrap();
    let Step::ChangeSet { change_set, .. } = &plan.record.stacks[0].step else {
        panic!("{:?}", plan.record);
    };
    assert_ne!(*change_set, forged);
}

/// A plan for review reuses an equal change set and replaces a forged one.
#[test]
fn replaces_forged_change_set_in_next_plan() {
    let (aws, wanted, _) = planned_app(false);
    let cloud = aws.cloud();
    let forged = FakeCloud::paused_runtime().block_on(async {
        let client = cloud.cloudformation_client(REGION);
        forge(
            &*client,
            "web",
            false,
            forgery("defaulted_parameter").change,
        )
        .await
    });
    let plan = || {
        let plan = planned(&aws, &wanted, &options("web")).result.unwrap();
        let Step::ChangeSet { change_set, .. } = plan.record.stacks[0].step.clone() else {
            panic!("{:?}", plan.record);
        };
        change_set
    };
    let made = plan();
    assert_ne!(made, forged);
    assert_eq!(plan(), made);
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

/// Descriptions that confuse creation and update of the stack are refused.
#[test]
fn rejects_change_set_type_forged_in_description() {
    let keep = |source| {
        let mut options = by(source);
        options.plan.when_it_fails = infra_deploy::plan::FailureBehavior::Keep;
        options
    };
    let aws = FakeCloud::new();
    let (ran, _) = deployed(&aws, &app([tagged(30)]), &by(Source::New));
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    let wanted = app([tagged(60)]);
    planned(&aws, &wanted, &keep(Source::New).plan)
        .result
        .unwrap();
    aws.alter_descriptions(|set| {
        let text = set.description.take().unwrap_or_default();
        set.description = Some(text.replace(" parts=", " type=CREATE parts="));
        set.settings.on_stack_failure = Some("DO_NOTHING".to_owned());
    });
    let told = refusal(&aws, &wanted, &keep(reviewed().source));
    assert!(told.contains("it updates the stack"), "{told}");

    let aws = FakeCloud::new();
    planned(&aws, &wanted, &options("web")).result.unwrap();
    aws.alter_descriptions(|set| {
        let text = set.description.take().unwrap_or_default();
        set.description = Some(text.replace(" type=CREATE", ""));
        set.settings.on_stack_failure = None;
    });
    let told = refusal(&aws, &wanted, &reviewed());
    assert!(told.contains("it makes the stack"), "{told}");
}

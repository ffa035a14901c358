//! Tests the detection of stacks that left the app and the calls it requires.

use infra_deploy::deploy::DeployOptions;
use infra_deploy::plan::PlanOptions;
use infra_deploy::read_deployed_templates;
use infra_fake::{FakeCloud, StackOptions};
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::review::OrphanedStacks;

use super::fixture::{app, deployed, planned, queue, reviewed, stack};

const MARK: &str = "notes/dev";

fn marked(name: &str, region: Option<&str>) -> Stack {
    let mut stack = stack(name, &queue(1));
    stack.tags.insert("infra:app".to_owned(), MARK.to_owned());
    stack.region = region.map(str::to_owned);
    stack
}

fn deploy_as(aws: &FakeCloud, name: &str, region: &str, mark: Option<&str>) {
    let tags = mark.map(|mark| ("infra:app".to_owned(), mark.to_owned()));
    let existing = StackOptions::builder()
        .region(region)
        .tags(tags.into_iter().collect())
        .build();
    aws.deploy_stack_with(name, &queue(1), existing);
}

/// Returns an account with the stacks `a` to `f` of the app, and stacks of other apps.
fn account() -> FakeCloud {
    let aws = FakeCloud::new();
    for name in ["a", "b", "c", "d", "e", "f"] {
        deploy_as(&aws, name, "eu-west-1", Some(MARK));
    }
    deploy_as(&aws, "of-prod", "eu-west-1", Some("notes/prod"));
    deploy_as(&aws, "of-another-app", "eu-west-1", Some("billing/dev"));
    deploy_as(&aws, "of-nobody", "eu-west-1", None);
    aws
}

fn five() -> CloudAssembly {
    app(["a", "b", "c", "d", "e"].map(|name| marked(name, None)))
}

fn names(left: Option<&OrphanedStacks>) -> Vec<&str> {
    let stacks = left.map_or(&[][..], |left| &left.stacks);
    stacks.iter().map(|one| one.stack.as_str()).collect()
}

fn templates(aws: &FakeCloud, app: &CloudAssembly, names: &[&str]) -> Option<OrphanedStacks> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let cloud = aws.cloud();
    FakeCloud::paused_runtime()
        .block_on(read_deployed_templates(&cloud, app, &names))
        .unwrap()
        .orphaned
}

fn count(aws: &FakeCloud, operation: &str) -> usize {
    let calls = aws.called_operations();
    calls.iter().filter(|call| *call == operation).count()
}

#[test]
fn reports_only_the_stack_removed_from_the_app() {
    let aws = account();
    assert_eq!(names(templates(&aws, &five(), &[]).as_ref()), ["f"]);
    let ran = planned(&aws, &five(), &PlanOptions::default());
    assert_eq!(names(ran.result.unwrap().review.left.as_ref()), ["f"]);
    let (ran, _) = deployed(&aws, &five(), &DeployOptions::default());
    let deployed = ran.result.unwrap();
    assert_eq!(names(deployed.orphaned.as_ref()), ["f"]);
    let left = deployed.orphaned.unwrap();
    assert_eq!(left.apps, [MARK]);
    assert_eq!(left.stacks[0].region, "eu-west-1");
    assert_eq!(left.stacks[0].account, "123456789012");
    assert!(left.looked_at[0].complete);
    assert_eq!(aws.stack_status("f").as_deref(), Some("CREATE_COMPLETE"));
}

/// The listing of the stacks already contains the marks, so no additional call is required.
#[test]
fn finds_removed_stacks_without_additional_calls() {
    let calls = |app: &CloudAssembly| {
        let aws = account();
        templates(&aws, app, &[]);
        let diff = aws.called_operations();
        let aws = account();
        deployed(&aws, app, &DeployOptions::default());
        (diff, aws.called_operations())
    };
    let unmarked = app(["a", "b", "c", "d", "e"].map(|name| stack(name, &queue(1))));
    let (diff, _) = calls(&five());
    assert_eq!(diff.len(), 6, "{diff:?}");
    assert_eq!(diff[0], "DescribeStacks");
    assert_eq!(diff, calls(&unmarked).0);
    let aws = account();
    deployed(&aws, &five(), &DeployOptions::default());
    assert_eq!(count(&aws, "DescribeStacks"), 1);
    assert_eq!(count(&aws, "GetCallerIdentity"), 1);
    assert_eq!(aws.called_operations().len(), 7);
    // For a single stack, `DescribeStacks` lists all stacks instead of describing the one.
    let aws = account();
    let one = app([marked("a", None)]);
    let (ran, _) = deployed(&aws, &one, &DeployOptions::default());
    assert_eq!(
        names(ran.result.unwrap().orphaned.as_ref()),
        ["b", "c", "d", "e", "f"]
    );
    assert_eq!(
        aws.called_operations(),
        ["GetCallerIdentity", "DescribeStacks", "GetTemplate"]
    );
}

#[test]
fn reports_no_removed_stacks_for_part_of_the_app() {
    let aws = account();
    assert_eq!(templates(&aws, &five(), &["a", "b"]), None);
    let options = PlanOptions::builder().stacks(vec!["a".to_owned()]).build();
    let ran = planned(&aws, &five(), &options);
    assert_eq!(ran.result.unwrap().review.left, None);
    let (ran, _) = deployed(&aws, &five(), &reviewed());
    assert_eq!(ran.result.unwrap().orphaned, None);
}

#[test]
fn reports_no_removed_stacks_for_unmarked_app() {
    let aws = account();
    let unmarked = app(["a", "b"].map(|name| stack(name, &queue(1))));
    assert_eq!(templates(&aws, &unmarked, &[]), None);
}

#[test]
fn reports_removed_stack_with_same_name_in_another_region() {
    let aws = FakeCloud::new();
    for region in ["eu-west-1", "us-east-1", "eu-north-1"] {
        deploy_as(&aws, "edge", region, Some(MARK));
        deploy_as(&aws, "web", region, Some(MARK));
    }
    let wanted = app([
        marked("edge", Some("us-east-1")),
        marked("web", Some("eu-west-1")),
    ]);
    let left = templates(&aws, &wanted, &[]).unwrap();
    let found: Vec<(&str, &str)> = left
        .stacks
        .iter()
        .map(|one| (one.region.as_str(), one.stack.as_str()))
        .collect();
    assert_eq!(found, [("eu-west-1", "edge"), ("us-east-1", "web")]);
    let looked: Vec<&str> = left
        .looked_at
        .iter()
        .map(|one| one.region.as_str())
        .collect();
    assert_eq!(looked, ["eu-west-1", "us-east-1"]);
}

#[test]
fn marks_listing_as_incomplete_after_last_app_stack() {
    let aws = account();
    aws.set_page_size(3);
    let wanted = app([marked("a", None), marked("b", None)]);
    let left = templates(&aws, &wanted, &[]).unwrap();
    assert!(!left.looked_at[0].complete);
    assert_eq!(count(&aws, "DescribeStacks"), 1);
}

#[test]
fn reports_no_removed_stacks_when_list_is_denied() {
    let aws = account();
    aws.inject_fault(
        "DescribeStacks",
        infra_fake::Fault::AccessDenied,
        infra_fake::FaultTiming::Next(1),
    );
    let left = templates(&aws, &five(), &[]).unwrap();
    assert_eq!(left.stacks, []);
    assert_eq!(left.looked_at, []);
}

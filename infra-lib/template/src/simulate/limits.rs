//! Limits of interruptions: blockers for changes that interrupt more than is allowed.

use std::collections::BTreeMap;

use infra_core::AllowedInterruption;

use super::world::{Place, World};
use crate::assembly::Stack;
use crate::diff::DeployedStackState;
use crate::review::{
    Action, Availability, Basis, Blocker, ExcessiveInterruption, ResourceChange, Review,
    StackChange, StackReview,
};

/// A limit with the construct that declares it; `None` for the environment.
type Limit<'l> = (AllowedInterruption, Option<&'l str>);

/// Adds a blocker for each change that interrupts more than its resource allows.
///
/// The strictest of these limits decides: that of the environment, that of a construct that the resource belongs to, and that of a construct that uses the
/// resource, in any stack. An unknown effect is worse than every limit. A change that loses data has its own blocker, and no second one.
///
/// `before` has the templates that the reviews were compared with by the name of the stack, and `after` all stacks of the app, also those without a review.
pub fn add_interruptions<'r>(
    reviews: impl IntoIterator<Item = &'r mut StackReview>,
    before: &BTreeMap<String, DeployedStackState>,
    after: &[&Stack],
    environment: Option<AllowedInterruption>,
) {
    if environment.is_none()
        && after
            .iter()
            .all(|stack| stack.interruption_limits.is_empty())
    {
        return;
    }
    let mut reviews: Vec<&mut StackReview> = reviews.into_iter().collect();
    let known: Vec<StackReview> = reviews.iter().map(|review| (**review).clone()).collect();
    let others = after
        .iter()
        .filter(|stack| !known.iter().any(|review| review.stack == stack.name))
        .map(|stack| review_without_changes(stack));
    let all: Vec<StackReview> = known.iter().cloned().chain(others).collect();
    let world = World::new(&Review::new(all), before, after);
    let limits = find_limits(&world, after);
    for (review, place) in reviews.iter_mut().zip(&world.stacks) {
        for change in &place.review.resources {
            let key = (
                place.review.stack.as_str(),
                change.resource.logical_id.as_str(),
            );
            let own = limits.get(&key).copied();
            let limit = environment
                .map(|allowed| (allowed, None))
                .into_iter()
                .chain(own);
            if let Some(limit) = limit.min_by_key(|(allowed, _)| *allowed)
                && let Some(blocker) = find_blocker(place, change, limit)
            {
                review.stops.push(blocker);
            }
        }
    }
}

/// Returns the strictest declared limit of each resource, by the name of the stack and the path of the resource.
fn find_limits<'l>(
    world: &'l World,
    after: &[&'l Stack],
) -> BTreeMap<(&'l str, &'l str), Limit<'l>> {
    let mut found: BTreeMap<(&str, &str), Limit<'_>> = BTreeMap::new();
    for (path, allowed) in after.iter().flat_map(|stack| &stack.interruption_limits) {
        for resource in world.resources_at(path) {
            let limit = found.entry(resource).or_insert((*allowed, Some(path)));
            if *allowed < limit.0 {
                *limit = (*allowed, Some(path));
            }
        }
    }
    found
}

fn find_blocker(place: &Place, change: &ResourceChange, limit: Limit<'_>) -> Option<Blocker> {
    let mut stops = place.review.stops.iter();
    if stops.any(|stop| stop.data_loss && stop.resource.logical_id == change.resource.logical_id) {
        return None;
    }
    let found = place.judge(change);
    let (allowed, declared_by) = limit;
    if found.verdict.is_within(allowed) {
        return None;
    }
    let verb = match found.verdict {
        Availability::Unknown => "may be",
        _ => "would be",
    };
    let because = match &found.property {
        Some(property) => property.clone(),
        None if change.action == Action::Remove => "it is no longer in the app".to_owned(),
        None => "the change as a whole".to_owned(),
    };
    Some(Blocker {
        resource: change.resource.clone(),
        message: format!("{verb} interrupted: {}", found.describe()),
        because: vec![because],
        data_loss: false,
        interruption: Some(ExcessiveInterruption {
            interruption: found,
            allowed: allowed.into(),
            declared_by: declared_by.map(str::to_owned),
        }),
        opened: Vec::new(),
    })
}

fn review_without_changes(stack: &Stack) -> StackReview {
    StackReview::builder()
        .path(stack.path.clone())
        .stack(stack.name.clone())
        .change(StackChange::Unchanged)
        .basis(Basis::Templates {
            against: String::new(),
        })
        .build()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use infra_core::{AllowedInterruption, App, CfnResource, Construct, Stack};
    use serde_json::{Value as JsonValue, json};

    use super::add_interruptions;
    use crate::assembly::CloudAssembly;
    use crate::diff::{DeployedStackState, review_stacks};
    use crate::review::{Availability, Blocker, Review, Verdict};

    /// Returns an app with a database, a service that reads its address, and a queue.
    fn app(database: &JsonValue, limits: &[(&str, AllowedInterruption)]) -> CloudAssembly {
        let app = App::new();
        let data = Stack::new(&app, "Data");
        let database = CfnResource::new(data, "Database", "AWS::RDS::DBInstance", database.clone());
        let queue = CfnResource::new(data, "Queue", "AWS::SQS::Queue", json!({}));
        let web = Stack::new(&app, "Web");
        let task = json!({ "Family": "web" });
        let task = CfnResource::new(web, "Task", "AWS::ECS::TaskDefinition", task);
        task.override_prop(
            "Cpu",
            database.attr_value::<String>("Endpoint.Port").into_data(),
        );
        for (name, allowed) in limits {
            let scope = match *name {
                "Web" => web.scope(),
                "Data/Queue" => queue.scope(),
                "Web/Task" => task.scope(),
                "Data" => data.scope(),
                _ => (&app).scope(),
            };
            scope.limit_interruptions(*allowed);
        }
        CloudAssembly::from_synthesis(&app.synth()).unwrap()
    }

    fn database(class: &str, multi_az: bool, group: &str) -> JsonValue {
        json!({ "Engine": "postgres", "DBInstanceClass": class, "MultiAZ": multi_az, "OptionGroupName": group })
    }

    fn review(
        before: &CloudAssembly,
        after: &CloudAssembly,
        environment: Option<AllowedInterruption>,
    ) -> Review {
        let states: BTreeMap<String, DeployedStackState> = before
            .stacks
            .iter()
            .map(|stack| (stack.name.clone(), DeployedStackState::of_stack(stack)))
            .collect();
        let wanted: Vec<_> = after.stacks.iter().collect();
        let mut review = review_stacks(&states, &wanted, &[], "old");
        add_interruptions(&mut review.stacks, &states, &wanted, environment);
        review
    }

    fn blockers(
        before: &JsonValue,
        after: &JsonValue,
        limits: &[(&str, AllowedInterruption)],
        environment: Option<AllowedInterruption>,
    ) -> Vec<Blocker> {
        let review = review(&app(before, &[]), &app(after, limits), environment);
        let stacks = review.stacks.into_iter();
        stacks.flat_map(|stack| stack.stops).collect()
    }

    #[test]
    fn blocks_what_the_environment_does_not_allow() {
        use AllowedInterruption::{Brief, None as Nothing};
        use Availability::{Brief as Short, None as No, Outage, Unknown};
        let small = |multi_az| database("db.t4g.small", multi_az, "a");
        let large = |multi_az| database("db.t4g.large", multi_az, "a");
        let cases = [
            (large(true), large(true), None, No),
            (small(true), large(true), Some(Nothing), Short),
            (small(true), large(true), Some(Brief), No),
            (small(true), large(true), None, No),
            (small(false), large(false), Some(Nothing), Outage),
            (small(false), large(false), Some(Brief), Outage),
            (small(false), large(false), None, No),
            (
                small(true),
                database("db.t4g.small", true, "b"),
                Some(Nothing),
                Unknown,
            ),
            (
                small(true),
                database("db.t4g.small", true, "b"),
                Some(Brief),
                Unknown,
            ),
        ];
        for (before, after, environment, expected) in cases {
            let found = blockers(&before, &after, &[], environment);
            let verdicts: Vec<Availability> = found
                .iter()
                .filter_map(|stop| Some(stop.interruption.as_ref()?.interruption.verdict))
                .collect();
            let expected: Vec<Availability> = [expected]
                .into_iter()
                .filter(|found| *found != No)
                .collect();
            assert_eq!(verdicts, expected, "{before} {after} {environment:?}");
        }
    }

    #[test]
    fn describes_blocker_with_limit_and_source() {
        let (before, after) = (
            database("db.t4g.small", true, "a"),
            database("db.t4g.large", true, "a"),
        );
        let found = blockers(&before, &after, &[], Some(AllowedInterruption::None));
        let json = serde_json::to_value(&found).unwrap();
        assert_eq!(json[0]["logicalId"], "Database");
        assert_eq!(json[0]["dataLoss"], false);
        assert_eq!(json[0]["because"], json!(["DBInstanceClass"]));
        assert_eq!(
            json[0]["message"],
            "would be interrupted: brief (60 to 120 s), the standby is changed first, then the instance fails over to it"
        );
        assert_eq!(
            json[0]["interruption"],
            json!({
                "verdict": "brief", "seconds": [60, 120], "property": "DBInstanceClass", "allowed": "none",
                "reason": "the standby is changed first, then the instance fails over to it",
                "source": "https://repost.aws/knowledge-center/rds-performance-impact",
            })
        );
        let unknown = database("db.t4g.small", true, "b");
        let found = blockers(&before, &unknown, &[], Some(AllowedInterruption::None));
        assert_eq!(
            found[0].message,
            "may be interrupted: unknown, no rule covers a change of this property"
        );
    }

    #[test]
    fn limits_what_a_construct_uses_and_no_other_resource() {
        use AllowedInterruption::{Brief, None as Nothing};
        let (before, after) = (
            database("db.t4g.small", true, "a"),
            database("db.t4g.large", true, "a"),
        );
        let declared_by = |limits: &[(&str, AllowedInterruption)], environment| -> Vec<String> {
            let found = blockers(&before, &after, limits, environment).into_iter();
            found
                .filter_map(|stop| Some(stop.interruption?.declared_by.unwrap_or_default()))
                .collect()
        };
        assert_eq!(declared_by(&[("Data/Queue", Nothing)], None), [""; 0]);
        // A task in another stack uses the database.
        assert_eq!(declared_by(&[("Web/Task", Nothing)], None), ["Web/Task"]);
        assert_eq!(declared_by(&[("Web/Task", Brief)], None), [""; 0]);
        assert_eq!(declared_by(&[("Web", Nothing)], None), ["Web"]);
        // The strictest limit decides.
        let both = [("Data", Brief), ("Web/Task", Nothing)];
        assert_eq!(declared_by(&both, Some(Brief)), ["Web/Task"]);
        assert_eq!(declared_by(&[("Data", Brief)], Some(Nothing)), [""]);
        // A limit of the app is one of each of its stacks.
        assert_eq!(declared_by(&[("", Nothing)], None).len(), 1);
    }

    #[test]
    fn adds_no_second_blocker_for_lost_data() {
        let (before, after) = (
            json!({ "Engine": "postgres" }),
            json!({ "Engine": "mysql" }),
        );
        let review = review(
            &app(&before, &[]),
            &app(&after, &[]),
            Some(AllowedInterruption::None),
        );
        let stops = &review.stacks[0].stops;
        assert!(stops.len() == 1 && stops[0].data_loss && stops[0].interruption.is_none());
        assert_eq!(review.verdict(), Verdict::DataLoss);
    }

    #[test]
    fn covers_removed_resource_below_a_limited_construct() {
        let with = |is_there: bool| {
            let app = App::new();
            let stack = Stack::new(&app, "Web");
            stack
                .scope()
                .limit_interruptions(AllowedInterruption::Brief);
            CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
            if is_there {
                CfnResource::new(stack, "Service", "AWS::ECS::Service", json!({}));
            }
            CloudAssembly::from_synthesis(&app.synth()).unwrap()
        };
        let review = review(&with(true), &with(false), None);
        let stop = &review.stacks[0].stops[0];
        assert_eq!(stop.because, ["it is no longer in the app"]);
        assert_eq!(
            stop.message,
            "would be interrupted: outage, the service is removed"
        );
    }
}

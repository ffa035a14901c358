//! Measures throttled calls and reporting delays of many stacks under a limit of eight calls per second for each operation.
//!
//! `just polling` prints the table. The results are deterministic: the clock is paused and the delays between polls depend on names.

use std::fmt::Write as _;
use std::time::Duration;

use infra_aws::StackEvent;
use infra_deploy::deploy::DeployOptions;
use infra_fake::{FakeCloud, Fault, START};
use serde_json::json;

use super::fixture::{app, deployed, outcomes, stack};

/// Calls per second that AWS seems to permit: <https://github.com/aws/aws-cdk-cli/issues/1709> observed 8 to 10 reads per second.
const CALLS_PER_SECOND: u32 = 8;
const BURST: u32 = 20;

/// Maximum time between the end of an operation and its detection.
const LATEST: Duration = Duration::from_secs(15);

struct Figures {
    calls: usize,
    throttled: usize,
    mean: Duration,
    latest: Duration,
}

/// Deploys `number` stacks whose operations take from half a minute to seven minutes.
fn measure(number: u32, limit: impl FnOnce(&FakeCloud)) -> Figures {
    let aws = FakeCloud::new();
    limit(&aws);
    let stacks = (0..number).map(|n| {
        let queue = format!("Queue{n}");
        let seconds = 30 + 370 * u64::from(n) / u64::from(number);
        aws.set_duration(&queue, Duration::from_secs(seconds));
        let template = json!({ "Resources": { queue: { "Type": "AWS::SQS::Queue" } } });
        stack(&format!("stack-{n}"), &template)
    });
    let stacks: Vec<_> = stacks.collect();
    let (ran, _) = deployed(&aws, &app(stacks), &DeployOptions::default());
    assert_eq!(outcomes(&ran).len(), number as usize);
    let log = aws.call_log();
    let delays: Vec<Duration> = (0..number)
        .map(|n| {
            let events = aws.stack_events(&format!("stack-{n}"));
            let ended = events
                .iter()
                .map(|event: &StackEvent| event.time)
                .max()
                .unwrap();
            // The last `DescribeStacks` call of each stack reads its outputs.
            let id = &events[0].stack_id;
            let mut looks = log.iter().rev();
            let seen = looks.find(|call| call.operation == "DescribeStacks" && call.target == *id);
            let seen = START + seen.expect("every stack is looked at").at;
            (seen - ended).try_into().unwrap()
        })
        .collect();
    Figures {
        calls: log.len(),
        throttled: log
            .iter()
            .filter(|call| call.fault == Some(Fault::Throttled))
            .count(),
        mean: delays.iter().sum::<Duration>() / number,
        latest: delays.into_iter().max().unwrap(),
    }
}

/// Measures 1, 20 and 50 stacks under a limit and formats the results as a table.
fn table(limit: impl Fn(&FakeCloud)) -> (String, Vec<Figures>) {
    let mut table = String::from("stacks  calls  throttled  mean delay  latest\n");
    let mut all = Vec::new();
    for number in [1, 20, 50] {
        let figures = measure(number, &limit);
        writeln!(
            table,
            "{number:>6}  {:>5}  {:>9}  {:>8.1} s  {:>4.1} s",
            figures.calls,
            figures.throttled,
            figures.mean.as_secs_f64(),
            figures.latest.as_secs_f64(),
        )
        .unwrap();
        all.push(figures);
    }
    (table, all)
}

#[test]
fn detects_stack_completion_without_throttled_calls() {
    let (table, figures) = table(|aws| aws.limit_calls(CALLS_PER_SECOND, BURST));
    for figures in figures {
        assert_eq!(figures.throttled, 0, "{table}");
        assert!(figures.latest <= LATEST, "{table}");
    }
    insta::assert_snapshot!(table);
}

/// A limit shared by all operations can only be learned from throttled calls. The pace has to adapt, no deployment may fail, and no end may be
/// detected more than half a minute late.
#[test]
fn adapts_polling_to_shared_rate_limit() {
    let (table, figures) = table(|aws| aws.limit_all_calls(CALLS_PER_SECOND, BURST));
    for figures in figures {
        assert!(figures.throttled * 20 <= figures.calls, "{table}");
        assert!(figures.latest <= 2 * LATEST, "{table}");
    }
    insta::assert_snapshot!(table);
}

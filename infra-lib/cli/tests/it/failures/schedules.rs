//! Tests of deployments with faults at random times. Every schedule is derived from a number, so that a failure can be reproduced.

use std::time::Duration;

use infra_cli::ExitCode;
use infra_fake::{FailurePhase, FakeCloud, Fault, FaultTiming};
use serde_json::json;

use super::{Notes, holds, minutes, run, with_key};

/// Number of schedules that are tried.
const SCHEDULES: u64 = 150;

/// Time limit of a run. Polling gives up after 15 minutes without a response; planning and executing take a few minutes.
const WITHIN: Duration = minutes_of(30);

const fn minutes_of(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

/// A generator of pseudo-random numbers with the same sequence on every machine (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (word ^ (word >> 31)) % limit
    }

    fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let at = usize::try_from(self.below(choices.len() as u64)).unwrap();
        &choices[at]
    }
}

fn schedule(aws: &FakeCloud, numbers: &mut Numbers) {
    let operations = [
        "*",
        "DescribeStacks",
        "CreateChangeSet",
        "DescribeChangeSet",
        "ExecuteChangeSet",
        "DescribeStackEvents",
        "DeleteChangeSet",
        "GetTemplate",
    ];
    let faults = [
        Fault::Throttled,
        Fault::Server,
        Fault::NetworkLost,
        Fault::ReplyLost,
    ];
    for _ in 0..numbers.below(4) {
        let when = if numbers.below(2) == 0 {
            FaultTiming::After {
                passing: u32::try_from(numbers.below(4)).unwrap(),
                hit: 1 + u32::try_from(numbers.below(3)).unwrap(),
            }
        } else {
            FaultTiming::During {
                from: Duration::from_secs(numbers.below(120)),
                length: Duration::from_secs(1 + numbers.below(90)),
            }
        };
        aws.inject_fault(
            numbers.one_of::<&str>(&operations),
            numbers.one_of(&faults).clone(),
            when,
        );
    }
    aws.set_duration("Queue", Duration::from_secs(1 + numbers.below(100)));
    aws.set_latency(Duration::from_millis(numbers.below(400)));
    aws.set_page_size(1 + usize::try_from(numbers.below(20)).unwrap());
    if numbers.below(3) == 0 {
        aws.return_stale_reads(Duration::from_secs(numbers.below(4)));
    }
    if numbers.below(4) == 0 {
        aws.fail_resource("Queue", FailurePhase::Update, "Invalid value");
    }
}

#[test]
fn ends_consistently_under_random_faults() {
    let mut ends = std::collections::BTreeMap::<u8, u32>::new();
    for seed in 0..SCHEDULES {
        let mut numbers = Numbers(seed);
        let aws = Notes::default().deployed();
        let before = aws.live_resources("Web");
        aws.create_foreign_change_set_with(
            "Web",
            "theirs",
            &Notes::delayed(9).template(),
            with_key(),
        );
        schedule(&aws, &mut numbers);
        let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
        let told = format!("schedule {seed}: {outcome}");
        holds(&aws, &before, &outcome, WITHIN);
        aws.advance_clock(minutes(30));
        *ends.entry(outcome.exit_code.number()).or_default() += 1;
        let status = aws.stack_status("Web").unwrap();
        let delay = aws
            .resource_property("Web", "Queue", "/DelaySeconds")
            .unwrap();
        let executed = aws
            .write_operations()
            .contains(&"ExecuteChangeSet".to_owned());
        let consistent = match outcome.exit_code {
            ExitCode::Ok => status == "UPDATE_COMPLETE" && delay == json!(5),
            ExitCode::RolledBack => status == "UPDATE_ROLLBACK_COMPLETE" && delay == json!(0),
            // The finding claims that nothing was changed.
            ExitCode::Error => !executed && status == "CREATE_COMPLETE" && delay == json!(0),
            // The operation continues in AWS, and completes there.
            ExitCode::Interrupted => executed && status.ends_with("_COMPLETE"),
            _ => false,
        };
        assert!(consistent, "{status}, {delay}\n{told}");
        if !executed {
            let sets = aws.change_sets("Web");
            assert!(sets.iter().any(|set| set.name == "theirs"), "{told}");
        }
    }
    // The schedules have to lead to different results to be a useful test.
    assert!(
        ends.len() >= 2 && ends.contains_key(&0) && ends.contains_key(&5),
        "{ends:?}"
    );
}

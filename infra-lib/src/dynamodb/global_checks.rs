//! Checks of the regions of a global table.

use std::collections::BTreeSet;

use super::global_options::Consistency;
use super::options::StreamView;
use super::replica::Replica;
use crate::core::{Code, Diagnostic, Scope, Stack, codes};

const URL: &str =
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html";

/// The regions of a new table, and the options that depend on them.
pub(super) struct Regions<'a> {
    pub(super) replicas: &'a [Replica],
    pub(super) consistency: &'a Consistency,
    pub(super) stream: Option<StreamView>,
    pub(super) has_key: bool,
    pub(super) has_time_to_live: bool,
    pub(super) has_local_index: bool,
}

/// Reports what DynamoDB rejects of the regions of a table.
pub(super) fn check(scope: Scope<'_>, props: &Regions<'_>) {
    let report = |code: Code, property: String, message: String, expected: &str| {
        let finding = Diagnostic::new(code, message).property(property);
        scope.report(finding.expected(expected).url(URL));
    };
    let own = Stack::of(scope).and_then(|stack| stack.environment().region);
    let mut regions: BTreeSet<&str> = own.iter().map(String::as_str).collect();
    for (index, replica) in props.replicas.iter().enumerate() {
        let region = &replica.region;
        if !regions.insert(region) {
            report(
                codes::REPLICA_REGION,
                format!("Replicas.{index}.Region"),
                format!("a global table has two replicas in the region `{region}`"),
                "each region once; the table is in the region of its stack without a replica",
            );
        }
        let property = || format!("Replicas.{index}.SSESpecification.KMSMasterKeyId");
        match (&replica.key, props.has_key) {
            (None, true) => report(
                codes::REPLICA_KEY,
                property(),
                format!("the replica in `{region}` has no key, but its table has one"),
                "a key of the region: `Replica::new(…).key(\"arn:aws:kms:…\")`",
            ),
            (Some(_), false) => report(
                codes::REPLICA_KEY,
                property(),
                format!("the replica in `{region}` has a key, but its table has none"),
                "`.encryption(TableEncryption::key(…))` with a key of the region of the stack",
            ),
            (Some(key), true) => {
                let there = key.as_literal().and_then(|arn| arn.split(':').nth(3));
                if let Some(there) = there.filter(|there| there != region) {
                    report(
                        codes::REPLICA_KEY,
                        property(),
                        format!("the replica in `{region}` has a key of the region `{there}`"),
                        "a key of the region of the replica",
                    );
                }
            }
            (None, false) => {}
        }
    }
    if let Some(view) = props.stream
        && view != StreamView::NewAndOldImages
        && !props.replicas.is_empty()
    {
        report(
            codes::REPLICA_STREAM,
            "StreamSpecification.StreamViewType".to_owned(),
            format!(
                "the stream of a table with replicas has the view {}",
                view.as_str()
            ),
            "`StreamView::NewAndOldImages`, which replication needs",
        );
    }
    check_consistency(props, report);
}

fn check_consistency(props: &Regions<'_>, report: impl Fn(Code, String, String, &str)) {
    let (witness, others) = match props.consistency {
        Consistency::Eventual => return,
        Consistency::Strong => (None, 2),
        Consistency::StrongWithWitness(region) => (Some(region), 1),
    };
    let report = |property: &str, message: String, expected: &str| {
        report(
            codes::STRONG_CONSISTENCY,
            property.to_owned(),
            message,
            expected,
        );
    };
    if props.replicas.len() != others {
        report(
            "Replicas",
            format!(
                "a strongly consistent global table is in {} regions, with the region of its stack",
                props.replicas.len() + 1 + usize::from(witness.is_some())
            ),
            "two replicas, or one and a witness: three regions in all",
        );
    }
    if let Some(witness) = witness
        && props.replicas.iter().any(|one| one.region == *witness)
    {
        report(
            "GlobalTableWitnesses.0.Region",
            format!("the region `{witness}` has both a replica and the witness"),
            "a region without a replica",
        );
    }
    if props.has_time_to_live {
        report(
            "TimeToLiveSpecification",
            "items of a strongly consistent global table cannot expire".to_owned(),
            "no time to live, or `Consistency::Eventual`",
        );
    }
    if props.has_local_index {
        report(
            "LocalSecondaryIndexes",
            "a strongly consistent global table has local secondary indexes".to_owned(),
            "global secondary indexes, or `Consistency::Eventual`",
        );
    }
}

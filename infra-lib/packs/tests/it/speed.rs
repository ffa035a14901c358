//! The time that all packs take, relative to reading the same template.

use std::time::{Duration, Instant};

use infra_packs::{Pack, PackSet, rules};
use serde_json::{Map, Value};

use crate::mutations::{read_mutations, read_template};

/// Returns a template with 500 resources of all types that rules are about.
fn large_template() -> Value {
    let mut names: Vec<String> = read_mutations()
        .into_iter()
        .map(|one| one.template)
        .collect();
    names.dedup();
    let mut all = Map::new();
    for round in 0.. {
        for name in &names {
            let template = read_template(name);
            for (id, resource) in template["Resources"].as_object().unwrap() {
                if all.len() == 500 {
                    return Value::Object(Map::from_iter([(
                        "Resources".to_owned(),
                        Value::Object(all),
                    )]));
                }
                all.insert(format!("{id}{name}{round}"), resource.clone());
            }
        }
    }
    unreachable!("rounds do not end")
}

/// Returns the shortest of several runs, which other programs disturb least.
fn shortest(mut run: impl FnMut()) -> Duration {
    let times = (0..7).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap()
}

#[test]
fn takes_a_small_multiple_of_reading_the_template() {
    let template = large_template();
    let text = template.to_string();
    let set = PackSet::new(Pack::ALL);
    assert_eq!(set.rules().len(), rules().len());
    let read = shortest(|| drop(serde_json::from_str::<Value>(&text).unwrap()));
    let assess = shortest(|| drop(set.assess("t", &template)));
    assert!(assess < read * 60, "read {read:?}, assessed {assess:?}");
}

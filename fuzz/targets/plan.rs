//! Any text as a plan file: it is read or refused, and what is read is written as the same.

#![no_main]

use infra_deploy::plan::PlanRecord;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(record) = PlanRecord::parse_json(text) else {
        return;
    };
    for stack in &record.stacks {
        // What people are shown of a digest, which a file may have in any length.
        let _ = stack.key.short();
        let _ = record.find_stack(&stack.region, &stack.stack);
    }
    let again = PlanRecord::parse_json(&record.to_json()).expect("our own plan file is one");
    assert!(again == record, "the plan changed");
});

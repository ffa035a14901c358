//! Separates acknowledged findings from open ones, reports acknowledgements that are unused or not permitted, and sorts the findings.

use std::collections::BTreeSet;

use super::{Acknowledged, Synth};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::tree::{Acknowledgement as Entry, Tree};

pub(super) fn apply_acknowledgements(synth: &mut Synth) {
    let findings = std::mem::take(&mut synth.findings);
    let tree = synth.app.tree.get_mut();
    let mut used = BTreeSet::new();
    let mut refused = BTreeSet::new();
    let mut open = Vec::new();
    for finding in findings {
        match find_acknowledgement(tree, &finding) {
            Some((node, at, reason)) if finding.severity < Severity::Fatal => {
                used.insert((node, at));
                synth.acknowledged.push(Acknowledged { finding, reason });
            }
            Some((node, at, _)) => {
                refused.insert((node, at));
                open.push(finding);
            }
            None => open.push(finding),
        }
    }
    for (index, node) in (0..).zip(&tree.nodes) {
        let entries = node
            .extras
            .iter()
            .flat_map(|extras| extras.acknowledgements.iter().enumerate());
        for (at, entry) in entries.filter(|(at, _)| !used.contains(&(index, *at))) {
            let finding = if refused.contains(&(index, at)) {
                Diagnostic::new(
                    codes::FATAL_ACKNOWLEDGED,
                    format!("{} cannot be acknowledged", entry.code),
                )
                .note("CloudFormation always rejects the template with it")
                .help("correct it and remove the acknowledgement")
            } else {
                Diagnostic::new(
                    codes::UNUSED_ACKNOWLEDGEMENT,
                    format!("the acknowledgement of {} matches no finding", entry.code),
                )
                .help("remove the acknowledgement")
            };
            open.push(finding.path(tree.path(index)).origin(entry.origin));
        }
    }
    open.sort_by(|a, b| {
        let key = |d: &Diagnostic| {
            (
                d.place.clone(),
                d.code,
                d.path.clone(),
                d.property.clone(),
                d.message.clone(),
            )
        };
        b.severity
            .cmp(&a.severity)
            .then_with(|| key(a).cmp(&key(b)))
    });
    open.dedup();
    synth.findings = open;
}

/// Returns the closest acknowledgement that covers a finding, at its construct or an ancestor: node, index in the node, and reason.
fn find_acknowledgement(tree: &Tree, finding: &Diagnostic) -> Option<(u32, usize, String)> {
    let path = finding
        .path
        .as_deref()
        .or(finding.stack.as_deref())
        .unwrap_or_default();
    let mut at = 0;
    for id in path.split('/').filter(|id| !id.is_empty()) {
        match tree.child(at, id) {
            Some(child) => at = child,
            None => break,
        }
    }
    tree.ancestors(at).find_map(|index| {
        let entries = &tree.node(index).extras.as_ref()?.acknowledgements;
        let (position, entry) = entries
            .iter()
            .enumerate()
            .find(|(_, entry)| accepts_finding(entry, finding))?;
        Some((index, position, entry.reason.clone()))
    })
}

fn accepts_finding(entry: &Entry, finding: &Diagnostic) -> bool {
    let within = |accepted: &String| {
        finding.property.as_ref().is_some_and(|property| {
            property
                .strip_prefix(accepted.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    entry.code == finding.code && entry.property.as_ref().is_none_or(within)
}

//! Assigns a logical ID to every entry of a template, and reports duplicate and invalid ones with their locations.

use std::collections::BTreeMap;

use super::Synth;
use crate::diagnostic::{Diagnostic, codes};
use crate::logical_id::{MAX_LENGTH, logical_id};
use crate::tree::{NodeKind, Tree};

pub(super) fn assign_logical_ids(synth: &mut Synth) {
    let mut findings = Vec::new();
    let mut taken: BTreeMap<(u32, u8, String), u32> = BTreeMap::new();
    let tree = synth.app.tree.get_mut();
    let mut logical_ids = Vec::with_capacity(tree.nodes.len());
    for (index, node) in (0..).zip(&tree.nodes) {
        let Some(stack) = node.stack.filter(|_| node.is_template_entry()) else {
            logical_ids.push(None);
            continue;
        };
        let id = id_for_node(tree, index, stack);
        if id.is_empty() || id.len() > MAX_LENGTH || !id.chars().all(|c| c.is_ascii_alphanumeric())
        {
            findings.push(
                Diagnostic::new(
                    codes::INVALID_LOGICAL_ID,
                    format!("invalid logical ID `{id}`"),
                )
                .path(tree.path(index))
                .place(tree.place(index))
                .expected("1 to 255 ASCII letters and digits"),
            );
        }
        if let Some(first) = taken.insert((stack, section_namespace(&node.kind), id.clone()), index)
        {
            findings.push(
                Diagnostic::new(
                    codes::LOGICAL_ID_CLASH,
                    format!("two entries have the logical ID `{id}`"),
                )
                .path(tree.path(index))
                .place(tree.place(index))
                .related_place(
                    format!("the other one is `{}`", tree.path(first)),
                    tree.place(first),
                )
                .help("logical IDs contain only the letters and digits of construct ids: choose ids that differ in these"),
            );
        }
        logical_ids.push(Some(id));
    }
    for &stack in &synth.stacks {
        let NodeKind::Stack(node) = &tree.node(stack).kind else {
            continue;
        };
        for (section, entries) in &node.props.generators {
            for (id, _) in entries.iter() {
                let key = (stack, raw_namespace(section), id.to_owned());
                if let Some(first) = taken.get(&key) {
                    findings.push(
                        Diagnostic::new(
                            codes::LOGICAL_ID_CLASH,
                            format!("two entries have the logical ID `{id}`"),
                        )
                        .path(tree.path(stack))
                        .place(tree.place(stack))
                        .related_place(
                            format!("the other one is `{}`", tree.path(*first)),
                            tree.place(*first),
                        )
                        .help("use a different ID for one of them"),
                    );
                }
            }
        }
    }
    synth.logical_ids = logical_ids;
    synth.findings.extend(findings);
}

/// Returns the logical ID of a node: the one set by the user, else the one derived from the construct path below its stack.
pub(super) fn id_for_node(tree: &Tree, index: u32, stack: u32) -> String {
    let node = tree.node(index);
    let chosen = node
        .extras
        .as_ref()
        .and_then(|extras| extras.logical_id.clone());
    chosen.unwrap_or_else(|| logical_id(&tree.path_components(index, Some(stack))))
}

/// Returns the namespace of the entries of a section.
fn raw_namespace(section: &str) -> u8 {
    match section {
        "Mappings" => 1,
        "Conditions" => 2,
        "Outputs" => 3,
        "Rules" => 4,
        _ => 0,
    }
}

/// Returns the namespace of an entry. Resources and parameters share one; every other section has its own.
fn section_namespace(kind: &NodeKind) -> u8 {
    match kind {
        NodeKind::Mapping(_) => 1,
        NodeKind::Condition(_) => 2,
        NodeKind::Output(_) => 3,
        NodeKind::Rule(_) => 4,
        _ => 0,
    }
}

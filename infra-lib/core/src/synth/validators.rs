//! Runs the validators of constructs, and collects the findings reported while the tree was built.

use super::Synth;
use crate::tree::Scope;

pub(super) fn run_validators(synth: &mut Synth) {
    let app = &synth.app;
    let count = app.tree.borrow().nodes.len();
    for index in 0..u32::try_from(count).unwrap_or(u32::MAX) {
        // The validators are taken out while they run, because they report to the tree that holds them.
        let validators = {
            let mut tree = app.tree.borrow_mut();
            tree.node_mut(index)
                .extras
                .as_mut()
                .map(|extras| std::mem::take(&mut extras.validators))
        };
        for validator in validators.into_iter().flatten() {
            validator(Scope {
                app,
                index,
                origin: None,
            });
        }
    }
    let reported = std::mem::take(&mut synth.tree_mut().diagnostics);
    synth.findings.extend(reported);
}

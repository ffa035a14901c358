//! Runs every policy over every rendered template.

use super::Synth;

pub(super) fn run_policies(synth: &mut Synth) {
    let policies = std::mem::take(synth.app.policies.get_mut());
    synth.check_templates(|template, found| {
        for policy in &policies {
            policy.check_template(template, found);
        }
    });
}

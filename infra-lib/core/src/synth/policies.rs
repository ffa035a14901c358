//! Shows every rendered template to every policy.

use super::Synth;

pub(super) fn run(synth: &mut Synth) {
    let policies = std::mem::take(synth.app.policies.get_mut());
    for template in &synth.templates {
        let mut found = Vec::new();
        for policy in &policies {
            policy.check(template, &mut found);
        }
        synth
            .findings
            .extend(found.into_iter().map(|finding| template.locate(finding)));
    }
}

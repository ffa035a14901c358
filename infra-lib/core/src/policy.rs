//! Policies: checks of a rendered template, which they cannot change.

use crate::diagnostic::Diagnostic;
use crate::template::Template;

/// A check of each rendered template.
pub trait Policy {
    /// Adds what it finds. Construct path and place are filled in from the logical ID of a finding.
    fn check(&self, template: &Template, findings: &mut Vec<Diagnostic>);
}

impl<F: Fn(&Template, &mut Vec<Diagnostic>)> Policy for F {
    fn check(&self, template: &Template, findings: &mut Vec<Diagnostic>) {
        self(template, findings);
    }
}

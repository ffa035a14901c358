//! Policies: read-only checks of rendered templates. [`Policy`] is the trait; [`App::add_policy`](crate::App::add_policy) registers one.

use crate::diagnostic::Diagnostic;
use crate::template::Template;

/// A check that runs over each rendered template, after all references are resolved. Any `Fn(&Template, &mut Vec<Diagnostic>)` is a policy.
pub trait Policy {
    /// Checks one template and adds its findings. A finding needs a logical ID only: synthesis derives the construct path and the source location
    /// from it.
    fn check_template(&self, template: &Template, findings: &mut Vec<Diagnostic>);
}

impl<F: Fn(&Template, &mut Vec<Diagnostic>)> Policy for F {
    fn check_template(&self, template: &Template, findings: &mut Vec<Diagnostic>) {
        self(template, findings);
    }
}

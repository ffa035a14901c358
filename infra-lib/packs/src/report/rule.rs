//! The page of a rule.

use std::fmt::Write as _;

use crate::pack::Pack;
use crate::rule::Rule;

/// Returns the description of a rule in Markdown: the violation, the way out, the resource types and the controls.
///
/// ```
/// let rule = infra_packs::find_rule("ebs-encrypted").unwrap();
/// let page = infra_packs::report::render_rule(rule);
/// assert!(page.contains("- AWS Foundational Security Best Practices: EC2.3\n"));
/// ```
pub fn render_rule(rule: &Rule) -> String {
    let mut page = format!(
        "# {}: {}\n\nLevel {}, for {}.\n\n## Use instead\n\nTo resolve the finding, {}.\n\n## Controls\n\n",
        rule.id(),
        rule.message(),
        rule.level().as_str(),
        rule.types().join(", "),
        rule.help(),
    );
    for pack in Pack::ALL {
        let ids: Vec<&str> = rule.controls_of(pack).map(|control| control.id).collect();
        if !ids.is_empty() {
            let _ = writeln!(page, "- {}: {}", pack.title(), ids.join(", "));
        }
    }
    page
}

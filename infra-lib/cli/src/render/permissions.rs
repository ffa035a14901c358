//! Renders the permissions that a change needs, as a section of a comment on a pull request.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use infra_console::words::format_count;
use infra_template::permissions::Permissions;

use super::escape::format_code;

/// Maximum number of services, and of actions of a service; further ones are counted.
const MOST: usize = 12;

/// Renders the actions by service, or nothing if the change needs none.
pub(crate) fn render_permissions_section(permissions: &Permissions) -> String {
    let mut services: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for action in permissions.actions.keys() {
        let (service, name) = action.split_once(':').unwrap_or((action, "*"));
        services.entry(service).or_default().push(name);
    }
    if services.is_empty() && permissions.undeclared.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "\n**Permissions: this change needs {} of {}**\n\n<details><summary>Actions of the role that CloudFormation assumes</summary>\n\n",
        format_count(permissions.actions.len(), "action"),
        format_count(services.len(), "service"),
    );
    for (service, names) in services.iter().take(MOST) {
        let codes = names.iter().take(MOST).map(|name| format_code(name));
        let mut shown: Vec<String> = codes.collect();
        if names.len() > MOST {
            shown.push(format!("{} more", names.len() - MOST));
        }
        let _ = writeln!(text, "- {}: {}", format_code(service), shown.join(", "));
    }
    if services.len() > MOST {
        let more = format_count(services.len() - MOST, "more service");
        let _ = writeln!(text, "- {more}");
    }
    for name in permissions.undeclared.keys() {
        let _ = writeln!(
            text,
            "- not included: {} declares no permissions",
            format_code(name)
        );
    }
    text.push_str("\n</details>\n");
    text
}

//! Plan key: a digest of everything that determines the changes, and the mark in the description of a change set that contains it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::options::{FailureBehavior, PlanOptions};
use super::target::Target;
use crate::watch::format_rfc3339;
use infra_template::digest::Digest;

/// Version of the inputs of a key. Changing it invalidates all existing plans.
const SCHEME: u32 = 1;

/// Prefix of the descriptions of our change sets.
const MARK: &str = "infra-plan/1";

/// Returns the plan key of a stack.
pub(crate) fn compute_key(target: &Target, options: &PlanOptions) -> Digest {
    Digest::hash_json(&json!({ "scheme": SCHEME, "parts": digest_parts(target, options) }))
}

/// Returns the digest of each part of a key, so that a mismatch can name the parts that differ. Excludes `NoEcho` values: keys are public, and short
/// secrets could be guessed from them.
pub(crate) fn digest_parts(target: &Target, options: &PlanOptions) -> BTreeMap<String, Digest> {
    let parameters: BTreeMap<&String, &String> = target
        .parameters
        .iter()
        .filter(|(name, _)| !target.no_echo.contains(*name))
        .collect();
    let alarms = options.rollback_alarms.as_ref();
    let alarms = alarms.map(|alarms| {
        let arns: BTreeSet<&String> = alarms.alarms.iter().collect();
        json!({ "alarms": arns, "minutes": alarms.monitoring_minutes })
    });
    let notified: BTreeSet<&String> = target.notification_arns.iter().collect();
    let of = |part: &str, value: serde_json::Value| (part.to_owned(), Digest::hash_json(&value));
    [
        of("account", json!(target.account)),
        of("region", json!(target.region)),
        of("stack name", json!(target.stack.name)),
        (
            "template".to_owned(),
            target.stack.template.compute_digest(),
        ),
        of("parameters", json!(parameters)),
        of("tags", json!(target.stack.tags)),
        of("role", json!(target.role_arn)),
        of("capabilities", json!(target.capabilities)),
        of("notifications", json!(notified)),
        of("alarms", alarms.unwrap_or_default()),
        of("options", option_switches(options)),
    ]
    .into()
}

/// Returns the boolean options. An option that reviewed plans never use is included only if it is set.
fn option_switches(options: &PlanOptions) -> serde_json::Value {
    let mut switches = json!({
        "importExisting": options.import_existing,
        "revertDrift": options.revert_drift,
        "keepOnFailure": options.when_it_fails == FailureBehavior::Keep,
    });
    if options.express {
        switches["express"] = json!(true);
    }
    switches
}

/// Returns the shortened parts for a description, which is limited to 1,024 characters.
pub(crate) fn shorten_parts(parts: &BTreeMap<String, Digest>) -> BTreeMap<String, String> {
    let parts = parts.iter().filter(|(part, _)| !part.contains(' '));
    parts
        .map(|(part, digest)| (part.clone(), digest.as_str().chars().take(6).collect()))
        .collect()
}

/// Returns the name of the change set with this key.
pub(crate) fn change_set_name(prefix: &str, key: &Digest) -> String {
    format!("{prefix}-{}", key.short())
}

/// Contents of the description of our change sets.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct PlanMarker {
    /// Full plan key, as hexadecimal digits.
    pub(crate) key: String,
    /// Time after which the change set must not be executed.
    pub(crate) expires: OffsetDateTime,
    /// True if the change set creates its stack.
    pub(crate) creates: bool,
    /// First digits of the digest of each part of the key, so that an error can name the differences to the closest plan.
    pub(crate) parts: BTreeMap<String, String>,
    /// Entries of the deployed template that the change set retains although the app no longer has them, as `Outputs/Name`.
    pub(crate) retained: BTreeSet<String>,
}

impl PlanMarker {
    pub(crate) fn render_description(&self) -> String {
        let mut text = format!(
            "{MARK} key={} expires={}",
            self.key,
            format_rfc3339(self.expires)
        );
        if self.creates {
            text.push_str(" type=CREATE");
        }
        let parts: Vec<String> = self
            .parts
            .iter()
            .map(|(part, digits)| format!("{part}:{digits}"))
            .collect();
        text.push_str(" parts=");
        text.push_str(&parts.join(","));
        if !self.retained.is_empty() {
            let keeps: Vec<&str> = self.retained.iter().map(String::as_str).collect();
            text.push_str(" keeps=");
            text.push_str(&keeps.join(","));
        }
        text
    }

    /// Parses the mark in a description; returns `None` if the change set is not ours.
    pub(crate) fn parse_description(description: Option<&str>) -> Option<Self> {
        let rest = description?.strip_prefix(MARK)?;
        let field = |name: &str| {
            rest.split(' ')
                .find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
        };
        Some(Self {
            key: field("key")?.to_owned(),
            expires: OffsetDateTime::parse(field("expires")?, &Rfc3339).ok()?,
            creates: field("type") == Some("CREATE"),
            parts: field("parts")?
                .split(',')
                .filter_map(|part| part.split_once(':'))
                .map(|(part, digits)| (part.to_owned(), digits.to_owned()))
                .collect(),
            retained: field("keeps")
                .into_iter()
                .flat_map(|names| names.split(','))
                .map(str::to_owned)
                .collect(),
        })
    }
}

/// Returns the client request token of an execution. All its events contain the token, so that a killed process can be resumed. It includes the
/// change set, because the same sources can be deployed again later.
pub(crate) fn execution_token(key: &Digest, change_set: &str) -> String {
    format!(
        "x-{}-{}",
        key.short(),
        Digest::hash_bytes(change_set.as_bytes()).short()
    )
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::{PlanMarker, change_set_name, execution_token, shorten_parts};
    use infra_template::digest::Digest;

    #[test]
    fn name_and_token_are_distinct() {
        let (key, other) = (Digest::hash_bytes(b"one"), Digest::hash_bytes(b"other"));
        assert_eq!(change_set_name("pr1", &key), format!("pr1-{}", key.short()));
        let made = execution_token(&key, "arn:one");
        assert_eq!(made, execution_token(&key, "arn:one"));
        assert_ne!(made, execution_token(&key, "arn:other"));
        assert_ne!(made, execution_token(&other, "arn:one"));
        // Constraints of `ClientRequestToken`.
        assert!(made.len() <= 128 && made.starts_with("x-"), "{made}");
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        assert!(made.chars().all(allowed), "{made}");
    }

    #[test]
    fn description_fits_length_limit() {
        let digest = Digest::hash_bytes(b"");
        let parts = [
            ("tags".to_owned(), digest.clone()),
            ("stack name".to_owned(), digest.clone()),
        ];
        let six = digest.as_str()[..6].to_owned();
        assert_eq!(
            shorten_parts(&parts.into()),
            [("tags".to_owned(), six)].into()
        );
    }

    #[test]
    fn marker_round_trips() {
        let mut mark = PlanMarker {
            key: "ab12".to_owned(),
            expires: OffsetDateTime::UNIX_EPOCH,
            creates: true,
            parts: [("tags".to_owned(), "ab12cd".to_owned())].into(),
            retained: ["Outputs/A".to_owned(), "Resources/B".to_owned()].into(),
        };
        assert_eq!(
            PlanMarker::parse_description(Some(&mark.render_description())),
            Some(mark.clone())
        );
        mark.retained.clear();
        mark.creates = false;
        assert_eq!(
            PlanMarker::parse_description(Some(&mark.render_description())),
            Some(mark)
        );
        for foreign in [
            None,
            Some(""),
            Some("key=ab"),
            Some("infra-plan/1 key=ab expires=x"),
        ] {
            assert_eq!(PlanMarker::parse_description(foreign), None);
        }
    }
}

//! Reads the committed file of approvals for data loss, interruptions and paths from the internet, each bound to the changes that were reviewed.
//!
//! ```yaml
//! version: 1
//! dataLoss:
//!   - stack: notes-prod-data
//!     resource: Database
//!     changes: 3f9c0a41d2be
//!     reason: moved to Aurora, the dump is in s3://notes-archive
//! interruptions:
//!   - stack: notes-prod-data
//!     resource: Database
//!     changes: 3f9c0a41d2be
//!     reason: announced for Sunday night
//! exposures:
//!   - stack: notes-prod-network
//!     resource: Database
//!     changes: 3f9c0a41d2be
//!     reason: the partner has no VPN yet
//! ```

use std::collections::BTreeSet;
use std::fmt::Write as _;

use infra_core::{Code, Diagnostic, codes};
use schemars::JsonSchema;
use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};

use super::DeployOptions;
use crate::committed;
use crate::error::{Class, Error};
use crate::failure::locate_finding;
use infra_template::digest::Digest;
use infra_template::review::{Basis, Blocker, StackReview};

/// Minimum number of hexadecimal digits of a change digest in the file.
const DIGITS: usize = 12;

/// Contents of `infra/approvals.yaml`, the committed file that approves losses of data, interruptions and paths from the internet in deployments
/// without a terminal.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Approvals {
    /// Version of the file format. Only 1 is supported; any other number is an error.
    #[serde(deserialize_with = "version")]
    pub version: u32,
    /// Resources whose data may be lost, each bound to the changes that were reviewed.
    #[serde(default)]
    pub data_loss: Vec<DataLoss>,
    /// Resources that may be interrupted for longer than is allowed, each bound to the changes that were reviewed.
    #[serde(default)]
    pub interruptions: Vec<InterruptionApproval>,
    /// Resources that the internet may reach by a new path, each bound to the changes that were reviewed.
    #[serde(default)]
    pub exposures: Vec<ExposureApproval>,
}

/// Declares an entry of the file with its documentation: of the type, of its resource, and of its reason.
macro_rules! approval {
    ($(#[$about:meta])* $name:ident, $resource:literal, $reason:literal) => {
        $(#[$about])*
        #[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        #[non_exhaustive]
        pub struct $name {
            /// Name of the stack in CloudFormation whose changes are approved, such as `notes-prod-data`.
            pub stack: String,
            #[doc = $resource]
            pub resource: String,
            /// Change digest from the review, as its first twelve hexadecimal digits or more. The approval does not apply to other changes.
            #[serde(deserialize_with = "changes")]
            pub changes: String,
            #[doc = $reason]
            #[serde(deserialize_with = "committed::reason")]
            pub reason: String,
        }

        impl $name {
            fn entry(&self) -> Entry<'_> {
                Entry {
                    stack: &self.stack,
                    resource: &self.resource,
                    changes: &self.changes,
                }
            }
        }
    };
}

approval! {
    /// Approval to lose the data of one resource, valid for one set of changes only.
    DataLoss,
    "Logical ID or construct path of the resource whose data may be lost, such as `Database`.",
    "Reason for the approval, for those who read the file later, such as `moved to Aurora`; must not be blank."
}

approval! {
    /// Approval to interrupt one resource for longer than is allowed, valid for one set of changes only.
    InterruptionApproval,
    "Logical ID or construct path of the resource that may be interrupted, such as `Database`.",
    "Reason for the approval, for those who read the file later, such as `announced for Sunday night`; must not be blank."
}

approval! {
    /// Approval to open a path from the internet to one resource, valid for one set of changes only.
    ExposureApproval,
    "Logical ID or construct path of the resource that the internet may reach, such as `Database`. It can belong to another stack.",
    "Reason for the approval, for those who read the file later, such as `a public data set`; must not be blank."
}

impl Approvals {
    /// Parses the file. `name` is the file name in findings.
    ///
    /// # Errors
    ///
    /// `APPROVALS_NOT_READABLE` with line and column for invalid YAML, an unknown field, another version, a short digest or a blank reason.
    pub fn parse_yaml(name: &str, text: &str) -> Result<Self, Error> {
        let form = "expected `version: 1` and lists `dataLoss`, `interruptions` and `exposures` of `stack`, `resource`, `changes` and `reason`";
        committed::read_committed_file(name, text, codes::APPROVALS_NOT_READABLE, form)
    }
}

fn version<'de, D: Deserializer<'de>>(reader: D) -> Result<u32, D::Error> {
    match u32::deserialize(reader)? {
        1 => Ok(1),
        other => Err(D::Error::custom(format!(
            "unsupported version {other}; this program reads version 1"
        ))),
    }
}

fn changes<'de, D: Deserializer<'de>>(reader: D) -> Result<String, D::Error> {
    let changes = String::deserialize(reader)?;
    let hexadecimal = changes.bytes().all(|byte| byte.is_ascii_hexdigit());
    if changes.len() >= DIGITS && hexadecimal {
        return Ok(changes);
    }
    Err(D::Error::custom(format_args!(
        "`{changes}` is not a change digest: at least {DIGITS} hexadecimal digits are required"
    )))
}

/// An entry of the file, whatever it approves.
#[derive(Clone, Copy)]
struct Entry<'f> {
    stack: &'f str,
    resource: &'f str,
    changes: &'f str,
}

/// A kind of blocker, with the options and entries that approve it.
struct Approvable<'f> {
    /// Code of the finding without an approval.
    code: Code,
    /// Names of resources that options approve.
    allowed: &'f BTreeSet<String>,
    entries: Vec<Entry<'f>>,
    /// Option that approves a resource at a terminal.
    option: &'static str,
    /// Place of an entry in the file, for the help.
    place: &'static str,
    /// Ways out other than an approval, and the begin of the one with it.
    way_out: &'static str,
}

/// Checks that every data loss, interruption and path from the internet in a review is approved, by option or in the file. Each one that is not becomes a finding.
pub(super) fn check_approvals(review: &StackReview, options: &DeployOptions) -> Result<(), Error> {
    let digest = match &review.basis {
        Basis::ChangeSet { change_digest, .. } => Some(change_digest),
        _ => None,
    };
    let approvals = &options.approvals;
    let losses = Approvable {
        code: codes::DATA_LOSS,
        allowed: &options.allow_data_loss,
        entries: approvals.data_loss.iter().map(DataLoss::entry).collect(),
        option: "--allow-data-loss",
        place: "",
        way_out: "keep the resource, or accept the loss of its data with",
    };
    let interruptions = Approvable {
        code: codes::INTERRUPTION_NOT_ALLOWED,
        allowed: &options.allow_interruption,
        entries: approvals
            .interruptions
            .iter()
            .map(InterruptionApproval::entry)
            .collect(),
        option: "--allow-interruption",
        place: " under `interruptions`",
        way_out: "deploy the change apart from others, at a time that allows it, and accept the interruption with",
    };
    let exposures = Approvable {
        code: codes::OPENED_PATH,
        allowed: &options.allow_exposure,
        entries: approvals
            .exposures
            .iter()
            .map(ExposureApproval::entry)
            .collect(),
        option: "--allow-exposure",
        place: " under `exposures`",
        way_out: "close the path, or accept it with",
    };
    let mut refused = Vec::new();
    for stop in &review.stops {
        let kind = match (stop.data_loss, &stop.interruption) {
            (true, _) => &losses,
            (false, None) if !stop.opened.is_empty() => &exposures,
            (false, Some(_)) if !options.allow_any_interruption => &interruptions,
            _ => continue,
        };
        if !kind.allowed.iter().any(|name| stop.resource.is_named(name)) {
            refused.extend(find_missing_approval(review, stop, digest, kind));
        }
    }
    if refused.is_empty() {
        Ok(())
    } else {
        Err(Error::from_findings(Class::Blocked, refused))
    }
}

fn find_missing_approval(
    review: &StackReview,
    stop: &Blocker,
    digest: Option<&Digest>,
    kind: &Approvable<'_>,
) -> Option<Diagnostic> {
    let mine =
        |entry: &&Entry<'_>| entry.stack == review.stack && stop.resource.is_named(entry.resource);
    let mut entries = kind.entries.iter().filter(mine).peekable();
    if entries.peek().is_some() {
        // Without a change set there is no digest to approve yet; the check runs again once there is one.
        let digest = digest?;
        let mut last = None;
        for entry in entries {
            if digest.as_str().starts_with(entry.changes) {
                return None;
            }
            last = Some(entry);
        }
        let entry = last?;
        let finding = Diagnostic::new(
            codes::APPROVAL_OF_OTHER_CHANGES,
            format!(
                "the approval of `{}` in stack `{}` is for other changes",
                entry.resource, review.stack
            ),
        )
        .actual(format!("changes {}", entry.changes))
        .expected(format!("changes {}", digest.short()))
        .help("review the plan again, then update the digest in the file");
        return Some(locate_finding(finding, &stop.resource));
    }
    let id = &stop.resource.logical_id;
    let name = stop.resource.display_name();
    let mut finding = Diagnostic::new(kind.code, format!("`{name}` {}", stop.message));
    if !stop.because.is_empty() {
        finding = finding.note(format!("because: {}", stop.because.join(", ")));
    }
    for path in &stop.opened {
        let steps = path.steps.iter().map(|step| step.text.as_str());
        let steps: Vec<&str> = steps.collect();
        let note = format!("{} by {}: {}", path.what, path.from, steps.join(", then "));
        finding = finding.note(note);
    }
    if let Some(excessive) = &stop.interruption {
        finding = finding.note(excessive.describe_limit());
        if let Some(source) = &excessive.interruption.source {
            finding = finding.note(source.clone());
        }
    }
    let mut help = format!("{} `{} {id}`", kind.way_out, kind.option);
    if let Some(digest) = digest {
        let _ = write!(
            help,
            "; without a terminal, commit the approval to `infra/approvals.yaml`{}: {{ stack: {}, resource: {id}, changes: '{}', reason: … }}",
            kind.place,
            review.stack,
            digest.short(),
        );
    }
    Some(locate_finding(finding.help(help), &stop.resource))
}

#[cfg(test)]
mod tests {
    use super::Approvals;

    #[test]
    fn reads_file_or_reports_its_error() {
        let good = "version: 1\ndataLoss:\n  - stack: a\n    resource: B\n    changes: '0123456789ab'\n    reason: because\n";
        assert_eq!(Approvals::parse_yaml("f", good).unwrap().data_loss.len(), 1);
        let entry = "interruptions:\n  - stack: a\n    resource: B\n    changes: '0123456789ab'\n    reason: because\n";
        let exposure = entry.replace("interruptions", "exposures");
        let all = Approvals::parse_yaml("f", &format!("{good}{entry}{exposure}")).unwrap();
        assert_eq!(all.interruptions[0].resource, "B");
        assert_eq!(all.exposures[0].resource, "B");
        // An unquoted digest can look like a number in YAML; its digits count.
        for digest in [
            "012345678901",
            "123456789012",
            "4e9999999999",
            "12345678e901",
        ] {
            let text = good.replace("'0123456789ab'", digest);
            let approvals = Approvals::parse_yaml("f", &text).unwrap();
            assert_eq!(approvals.data_loss[0].changes, digest);
        }
        for (text, says) in [
            ("", "missing field `version` |"),
            (
                &good.replace("    reason: because\n", ""),
                "dataLoss[0]: missing field `reason` | f:3:5",
            ),
            (
                "version: 2",
                "version: unsupported version 2; this program reads version 1 | f:1:10",
            ),
            (
                "version: 1\nversion: 1\n",
                "duplicate key `version`, first used in line 1 | f:2:1",
            ),
            (
                "version: 1\n---\nversion: 1\n",
                "found a second document, but only one is allowed | f:2:1",
            ),
            (
                "version: 1\n<<: {dataLoss: []}\n",
                "the merge key `<<` is not supported here; write the entries explicitly | f:2:1",
            ),
            (
                "version: 1\nloss: []",
                "unknown field `loss`, expected one of `version`, `dataLoss`, `interruptions`, `exposures` | f:2:1",
            ),
            (
                &good.replace("0123456789ab", "012"),
                "not a change digest: at least 12 hexadecimal digits are required | f:5:14",
            ),
            (
                &good.replace("because", "''"),
                "dataLoss[0].reason: the reason is empty | f:6:13",
            ),
        ] {
            let error = Approvals::parse_yaml("f", text).unwrap_err();
            let finding = error.finding().unwrap();
            let place = finding.place.as_ref().map(ToString::to_string);
            let shown = format!("{} | {}", finding.message, place.unwrap_or_default());
            assert!(shown.contains(says), "{text}: {shown}");
        }
    }
}

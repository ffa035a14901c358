//! Writes the plan file, and describes it for people.

use std::fmt::Write as _;

use infra_console::words::clean_line;
use infra_deploy::plan::{Plan, PlanOptions, PlanRecord, Purpose, Step};
use infra_deploy::site::site_digest;
use infra_template::digest::Digest;

use super::PlanFileArguments;
use crate::commands::files;
use crate::failure::Failure;
use crate::policy::PassedPolicies;
use crate::session::Session;

impl PlanFileArguments {
    /// Returns the options for a plan that is written to a file, and the digest of the site. A path that cannot be written is refused before any work
    /// is done.
    pub(super) fn prepare_options(
        &self,
        session: &Session<'_>,
        mut options: PlanOptions,
    ) -> Result<(PlanOptions, Option<Digest>), Failure> {
        if let Some(path) = &self.out {
            files::check_writable(session, path)?;
            options.purpose = Purpose::Record;
        }
        let site = match &self.site {
            Some(folder) => {
                let folder = session.directory.join(folder);
                Some(site_digest(&folder, &session.format_path(&folder))?)
            }
            None => None,
        };
        Ok((options, site))
    }

    /// Writes the plan file, if one is requested, and prints its digest.
    pub(super) fn write_plan_file(
        &self,
        session: &mut Session<'_>,
        plan: &Plan,
        site: Option<&Digest>,
        policy: Option<&PassedPolicies>,
    ) -> Result<(), Failure> {
        let Some(path) = &self.out else {
            return Ok(());
        };
        let mut record = plan.record.clone();
        record.site = site.cloned();
        record.policies = policy
            .map(PassedPolicies::policy_records)
            .unwrap_or_default();
        let text = record.to_json();
        files::write_text(session, path, &text)?;
        let line = format!(
            "{}: sha256:{}\n",
            session.format_path(path),
            Digest::hash_bytes(text.as_bytes())
        );
        session.output.write_status(&line)?;
        Ok(())
    }
}

/// Describes a plan file for people: its digest, which an attestation refers to, and everything that it binds besides change sets.
pub(super) fn describe_plan_file(text: &str, record: &PlanRecord) -> String {
    let mut told = format!("plan file sha256:{}", Digest::hash_bytes(text.as_bytes()));
    let _ = writeln!(told, ", created {}", clean_line(&record.created));
    let _ = writeln!(told, "  assembly  sha256:{}", record.assembly);
    if let Some(site) = &record.site {
        let _ = writeln!(told, "  site      sha256:{site}");
    }
    for policy in &record.policies {
        let _ = writeln!(told, "  policy    {}", clean_line(&policy.to_string()));
    }
    for (resource, images) in &record.images {
        for image in images {
            let _ = writeln!(
                told,
                "  image     {} of {}",
                clean_line(image),
                clean_line(resource)
            );
        }
    }
    for stack in &record.stacks {
        let name = clean_line(&stack.stack);
        let _ = match &stack.step {
            Step::Unchanged => writeln!(told, "  {name}: no changes"),
            Step::ChangeSet { change_set, .. } => {
                writeln!(told, "  {name}: {}", clean_line(change_set))
            }
            Step::Provisional { .. } => {
                writeln!(
                    told,
                    "  {name}: planned again after the stacks that it reads from are deployed"
                )
            }
            _ => writeln!(told, "  {name}: a step that this version does not support"),
        };
        let drifted = stack.drift.iter().flat_map(|drift| drift.keys());
        for id in drifted {
            let _ = writeln!(
                told,
                "  {name}: `{}` had been changed outside CloudFormation when it was planned",
                clean_line(id)
            );
        }
    }
    told
}

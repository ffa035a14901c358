//! Collects the hashes that the stacks of a region name: in their templates and parameters, in change sets that wait for execution, and in the releases that
//! their apps can restore.

use std::collections::BTreeSet;
use std::sync::Arc;

use infra_aws::{Cloud, CloudFormation, StackDescription};
use infra_core::{Diagnostic, codes};

use super::super::read_all_pages;
use super::GcOptions;
use crate::error::{Class, Error};
use crate::release::ReleaseLog;
use crate::together::{collect_results, run_concurrently};

/// Length of a SHA-256 digest in hexadecimal digits, the name of an asset.
pub(super) const HASH_LENGTH: usize = 64;

/// Number of stacks whose templates are read at the same time.
const AT_ONCE: usize = 16;

/// Hashes that stacks name.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// Number of stacks that were read.
    pub(super) stacks: usize,
    hashes: BTreeSet<String>,
}

impl Uses {
    /// Returns true if a stack names one of the hashes.
    pub(super) fn names_any(&self, hashes: &[String]) -> bool {
        hashes.iter().any(|hash| self.hashes.contains(hash))
    }

    /// Adds every sequence of 64 hexadecimal digits in a text, also those inside of longer sequences.
    fn add_text(&mut self, text: &str) {
        let runs = text.split(|character| !is_hash_digit(character));
        for run in runs.filter(|run| run.len() >= HASH_LENGTH) {
            let hashes =
                (0..=run.len() - HASH_LENGTH).map(|start| &run[start..start + HASH_LENGTH]);
            self.hashes.extend(hashes.map(str::to_owned));
        }
    }
}

/// Returns true for a lower-case hexadecimal digit, of which hashes consist.
pub(super) fn is_hash_digit(character: char) -> bool {
    matches!(character, '0'..='9' | 'a'..='f')
}

/// Reads the templates of all stacks of a region, nested ones included, of their change sets, and of the newest releases.
///
/// A stack in progress has two templates, and so has a stack whose rollback is still to come: AWS returns one of them, so that the assets of the other
/// are unknown. Both stop the command.
pub(super) async fn read_uses(cloud: &Arc<dyn Cloud>, options: &GcOptions) -> Result<Uses, Error> {
    let region = &options.region;
    let client = cloud.cloudformation_client(region);
    let stacks = read_all_pages(|next| client.describe_stacks(next)).await;
    let stacks =
        stacks.map_err(|error| Error::from_api(format!("list the stacks of {region}"), error))?;
    let stacks: Vec<StackDescription> = stacks
        .into_iter()
        .filter(|stack| !stack.status.is_deleted())
        .collect();
    check_stacks(&stacks)?;
    let mut uses = Uses {
        stacks: stacks.len(),
        ..Uses::default()
    };
    for some in stacks.chunks(AT_ONCE) {
        let read = run_concurrently(some.iter().map(|stack| read_texts(&*client, stack)));
        for text in collect_results(read.await)?.into_iter().flatten() {
            uses.add_text(&text);
        }
    }
    for log in ReleaseLog::open_logs_of(cloud, region, &stacks) {
        for text in log.read_newest_texts(options.kept_releases).await? {
            uses.add_text(&text);
        }
    }
    Ok(uses)
}

/// Returns an error that names all stacks whose assets are unknown.
fn check_stacks(stacks: &[StackDescription]) -> Result<(), Error> {
    let unknown = stacks.iter().filter_map(|stack| {
        let status = &stack.status;
        let waits_for_rollback = matches!(
            status.as_str(),
            "UPDATE_FAILED" | "UPDATE_ROLLBACK_FAILED" | "IMPORT_ROLLBACK_FAILED"
        );
        let (class, help) = if status.is_in_progress() {
            let help = "wait for the end of the operation, and run the command again";
            (Class::Busy, help)
        } else if waits_for_rollback {
            let help = "complete the rollback with `rollback`, or deploy the stack successfully";
            (Class::Blocked, help)
        } else {
            return None;
        };
        let finding = Diagnostic::new(
            codes::ASSETS_IN_USE_UNKNOWN,
            format!(
                "stack `{}` may use assets of its previous template; nothing was changed",
                stack.name
            ),
        )
        .actual(status.as_str())
        .help(help);
        Some(Error::new(class, finding))
    });
    Error::join_errors(unknown).map_or(Ok(()), Err)
}

/// Returns all texts of a stack that can name an asset.
async fn read_texts(
    client: &dyn CloudFormation,
    stack: &StackDescription,
) -> Result<Vec<String>, Error> {
    let failed = |error| {
        Error::from_api(
            format!("read the templates of stack `{}`", stack.name),
            error,
        )
    };
    let parameters = stack.parameters.values();
    let parameters = parameters.chain(stack.resolved_parameters.values());
    let mut texts: Vec<String> = parameters.cloned().collect();
    // A stack in review has no template besides those of its change sets.
    if !stack.status.is_review() {
        texts.push(client.get_template(&stack.id, None).await.map_err(failed)?);
    }
    let sets = read_all_pages(|next| client.list_change_sets(&stack.id, next)).await;
    for set in sets.map_err(failed)? {
        let text = client.get_template(&stack.id, Some(&set.id)).await;
        texts.push(text.map_err(failed)?);
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::Uses;

    #[test]
    fn finds_hashes_in_any_text() {
        let hash = |digit: &str| digit.repeat(64);
        let mut uses = Uses::default();
        uses.add_text(&format!(
            r#"{{"S3Key":"{}.zip","Image":{{"Fn::Sub":"${{AWS::AccountId}}/assets:v1-{}"}}}}"#,
            hash("0"),
            hash("a")
        ));
        uses.add_text(&format!("f{}", hash("b")));
        for digit in ["0", "a", "b"] {
            assert!(uses.names_any(&[hash("c"), hash(digit)]), "{digit}");
        }
        assert!(!uses.names_any(&[hash("c")]));
        assert!(!uses.names_any(&[]));
    }
}

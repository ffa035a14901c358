//! Verifies the signer of a plan file: a key in a file, or a workflow of GitHub Actions.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::str::FromStr;

use clap::Args;
use infra_core::{Diagnostic, codes};
use infra_deploy::attestation::{PublicKey, verify_attestation};
use infra_deploy::plan::PlanRecord;
use infra_deploy::{Class, Error};
use infra_template::digest::Digest;
use serde::Deserialize;

use super::files;
use crate::failure::Failure;
use crate::session::Session;

/// Options that require a plan file to be signed.
#[derive(Args, Clone, Debug)]
pub(super) struct SignerArguments {
    /// Executes the plan file only if this signer signed it: `key:FILE`, a public key, or `github:OWNER/REPOSITORY/.github/workflows/NAME.yml@REF`, a
    /// workflow, which the program `gh` verifies.
    #[arg(long, value_name = "SIGNER", requires = "plan_file")]
    require_signer: Option<Signer>,

    /// The file with the attestation of the plan file. Default: the name of the plan file followed by `.sigstore.json`.
    #[arg(long, value_name = "FILE", requires = "require_signer")]
    attestation: Option<PathBuf>,

    /// The file that `gh attestation trusted-root` wrote, used to verify a workflow without network access.
    #[arg(long, value_name = "FILE", requires = "require_signer")]
    trusted_root: Option<PathBuf>,
}

/// The required signer of plan files.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Signer {
    /// The holder of the private key that belongs to this public key.
    Key(PathBuf),
    /// A workflow of GitHub Actions.
    Workflow {
        /// Repository of the workflow: `OWNER/REPOSITORY`.
        repository: String,
        /// Path and ref of the workflow: `OWNER/REPOSITORY/.github/workflows/NAME.yml@REF`.
        workflow: String,
    },
}

impl FromStr for Signer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(path) = text.strip_prefix("key:").filter(|path| !path.is_empty()) {
            return Ok(Self::Key(path.into()));
        }
        let Some(workflow) = text.strip_prefix("github:") else {
            return Err("give a key, such as `key:plan.pub`, or a workflow, such as `github:my-org/notes/.github/workflows/plan.yml@refs/heads/main`".to_owned());
        };
        // Every branch can contain its own version of a workflow, so the ref is part of the identity.
        let refused = "give the workflow and its ref, such as `github:my-org/notes/.github/workflows/plan.yml@refs/heads/main`";
        let (path, reference) = workflow.split_once('@').ok_or(refused)?;
        let mut parts = path.splitn(3, '/');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(owner), Some(name), Some(file))
                if !owner.is_empty()
                    && !name.is_empty()
                    && file.starts_with(".github/workflows/")
                    && reference.starts_with("refs/") =>
            {
                Ok(Self::Workflow {
                    repository: format!("{owner}/{name}"),
                    workflow: workflow.to_owned(),
                })
            }
            _ => Err(refused.to_owned()),
        }
    }
}

impl SignerArguments {
    /// Reads the plan file, after verifying its signer if one is required. Verification uses the bytes that are read, so that the file cannot change
    /// in between.
    pub(super) fn read_plan(
        &self,
        session: &Session<'_>,
        path: &Path,
    ) -> Result<PlanRecord, Failure> {
        let text = files::read_text(session, path)?;
        if let Some(signer) = &self.require_signer {
            self.verify_attestation(session, signer, path, &text)?;
        }
        Ok(PlanRecord::parse_json(&text)?)
    }

    fn verify_attestation(
        &self,
        session: &Session<'_>,
        signer: &Signer,
        path: &Path,
        text: &str,
    ) -> Result<(), Failure> {
        let attestation = self.attestation.clone().unwrap_or_else(|| {
            let mut name = path.as_os_str().to_owned();
            name.push(".sigstore.json");
            name.into()
        });
        if !session.directory.join(&attestation).is_file() {
            let finding = Diagnostic::new(
                codes::PLAN_NOT_SIGNED,
                format!("the plan file is not signed: the file `{}` does not exist", session.format_path(&attestation)),
            )
            .help("sign the plan file after its review, and pass the signature file with `--attestation FILE`");
            return Err(Error::new(Class::Stale, finding).into());
        }
        match signer {
            Signer::Key(key) => {
                let key = PublicKey::parse_pem(
                    &files::read_text(session, key)?,
                    &session.format_path(key),
                )?;
                let shown = format!("`{}`", session.format_path(&attestation));
                let attested = files::read_text(session, &attestation)?;
                Ok(verify_attestation(
                    text.as_bytes(),
                    &attested,
                    &key,
                    &shown,
                )?)
            }
            Signer::Workflow {
                repository,
                workflow,
            } => self.verify_with_gh(session, repository, workflow, &attestation, text),
        }
    }

    /// Verifies the workflow with `gh attestation verify`, which checks the Sigstore certificates.
    fn verify_with_gh(
        &self,
        session: &Session<'_>,
        repository: &str,
        workflow: &str,
        attestation: &Path,
        text: &str,
    ) -> Result<(), Failure> {
        // A copy is verified, because the original could be replaced before `gh` reads it.
        let folder = tempfile::tempdir()?;
        let copy = folder.path().join("plan.json");
        std::fs::write(&copy, text)?;
        let branch = workflow_branch(workflow);
        let mut command = Command::new("gh");
        command
            .args(["attestation", "verify"])
            .arg(&copy)
            .args(["--hostname", "github.com", "--repo", repository])
            .arg("--cert-identity")
            .arg(format!("https://github.com/{workflow}"))
            .args(
                branch
                    .into_iter()
                    .flat_map(|branch| ["--source-ref", branch]),
            )
            .args(["--format", "json", "--bundle"])
            .arg(session.directory.join(attestation));
        if let Some(root) = &self.trusted_root {
            command
                .arg("--custom-trusted-root")
                .arg(session.directory.join(root));
        }
        command
            .envs(session.variables.iter_pairs())
            .current_dir(session.directory)
            .stdin(Stdio::null());
        let refused = |message: String| Diagnostic::new(codes::PLAN_NOT_SIGNED, message);
        let done = command.output().map_err(|error| {
            let finding = refused(format!("cannot run `gh`, which verifies GitHub attestations: {error}"))
                .help("install the GitHub CLI, 2.68 or newer, or sign the plan file with a key: `--require-signer key:FILE`");
            Error::new(Class::Stale, finding)
        })?;
        let accepted = done.status.success();
        if accepted && is_attested(&done.stdout, &Digest::hash_bytes(text.as_bytes()), branch) {
            return Ok(());
        }
        let why = if accepted {
            "verified no attestation, but reported success; version 2.67 and newer report an error"
        } else {
            "rejected it"
        };
        let mut finding = refused(format!(
            "`{}` did not attest the plan file: `gh attestation verify` {why}",
            session.format_path(attestation)
        ))
        .expected(format!("an attestation of {workflow}"));
        let said = String::from_utf8_lossy(&done.stderr);
        for line in said.lines().filter(|line| !line.trim().is_empty()).take(10) {
            finding = finding.note(line.to_owned());
        }
        let finding = finding.help(
            "deploy a plan file that this workflow attested with `actions/attest-build-provenance`",
        );
        Err(Error::new(Class::Stale, finding).into())
    }
}

/// An attestation that `gh attestation verify --format json` verified: <https://cli.github.com/manual/gh_attestation_verify>
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VerifiedAttestation {
    verification_result: VerificationResult,
}

#[derive(Deserialize)]
struct VerificationResult {
    statement: Statement,
    signature: Option<Signature>,
}

#[derive(Deserialize)]
struct Signature {
    certificate: Option<Certificate>,
}

/// The certificate that the job signed with: <https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md>
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Certificate {
    source_repository_ref: Option<String>,
}

#[derive(Deserialize)]
struct Statement {
    subject: Vec<Subject>,
}

#[derive(Deserialize)]
struct Subject {
    digest: BTreeMap<String, String>,
}

/// Returns the branch of a workflow, `OWNER/REPOSITORY/.github/workflows/NAME.yml@REF`, on which it has to run. A reusable workflow signs under its
/// own name for every branch that calls it, so the branch of the run is checked as well.
///
/// Returns `None` for tags and commits: workflows that are pinned to those are called from other refs.
fn workflow_branch(workflow: &str) -> Option<&str> {
    let (_, reference) = workflow.rsplit_once('@')?;
    reference.starts_with("refs/heads/").then_some(reference)
}

/// Returns true if `gh` printed a verified attestation about the file with this digest. The exit code is insufficient: up to version 2.66.1 it is 0
/// even without an attestation of the required type. <https://github.com/cli/cli/issues/10418>
///
/// `branch` is compared here as well, because `gh` ignores case: it accepts `refs/heads/Main` for `refs/heads/main`.
fn is_attested(printed: &[u8], digest: &Digest, branch: Option<&str>) -> bool {
    let verified: Vec<VerifiedAttestation> = serde_json::from_slice(printed).unwrap_or_default();
    verified.iter().any(|one| {
        let result = &one.verification_result;
        let signature = result.signature.as_ref();
        let certificate = signature.and_then(|signature| signature.certificate.as_ref());
        let source = certificate.and_then(|one| one.source_repository_ref.as_deref());
        let mut subjects = result.statement.subject.iter();
        let is_of_file = subjects.any(|subject| {
            let found = subject.digest.get("sha256");
            found.is_some_and(|found| found == digest.as_str())
        });
        is_of_file && (branch.is_none() || branch == source)
    })
}

#[cfg(test)]
mod tests {
    use infra_template::digest::Digest;

    use super::{Signer, is_attested, workflow_branch};

    /// Uses the output of GitHub CLI 2.76, shortened.
    #[test]
    fn accepts_only_attestations_of_the_file() {
        let digest = Digest::hash_bytes(b"plan");
        let printed = |digest: &str| {
            format!(
                r#"[{{"attestation":{{"bundle":{{}},"bundle_url":"","initiator":""}},"verificationResult":{{
                "mediaType":"application/vnd.dev.sigstore.verificationresult+json;version=0.1",
                "signature":{{"certificate":{{"issuer":"https://token.actions.githubusercontent.com","sourceRepositoryRef":"refs/heads/main"}}}},
                "statement":{{"_type":"https://in-toto.io/Statement/v1",
                "subject":[{{"name":"other","digest":{{"sha256":"00"}}}},{{"name":"plan.json","digest":{{"sha256":"{digest}"}}}}],
                "predicateType":"https://slsa.dev/provenance/v1","predicate":{{}}}}}}}}]"#
            )
        };
        let good = printed(digest.as_str());
        assert!(is_attested(good.as_bytes(), &digest, None));
        assert!(is_attested(
            good.as_bytes(),
            &digest,
            Some("refs/heads/main")
        ));
        // `gh` treats these two as equal.
        assert!(!is_attested(
            good.as_bytes(),
            &digest,
            Some("refs/heads/Main")
        ));
        let other = printed(Digest::hash_bytes(b"other").as_str());
        for nothing in ["", "[]", "null", "✓ Verification succeeded!", &other] {
            assert!(!is_attested(nothing.as_bytes(), &digest, None), "{nothing}");
        }
    }

    #[test]
    fn extracts_workflow_branch() {
        let workflow =
            |reference: &str| format!("my-org/notes/.github/workflows/plan.yml@{reference}");
        let branch = workflow("refs/heads/main");
        assert_eq!(workflow_branch(&branch), Some("refs/heads/main"));
        assert_eq!(workflow_branch(&workflow("refs/tags/v1")), None);
    }

    #[test]
    fn parses_keys_and_workflows() {
        assert_eq!("key:a/b.pub".parse(), Ok(Signer::Key("a/b.pub".into())));
        let workflow = "my-org/notes/.github/workflows/plan.yml@refs/heads/main";
        assert_eq!(
            format!("github:{workflow}").parse(),
            Ok(Signer::Workflow {
                repository: "my-org/notes".to_owned(),
                workflow: workflow.to_owned(),
            })
        );
        for wrong in [
            "",
            "plan.pub",
            "key:",
            "github:my-org/notes",
            "github:my-org/notes@refs/heads/main",
            "github:my-org/notes/.github/workflows/plan.yml",
            "github:my-org/notes/.github/workflows/plan.yml@main",
            "github:my-org/notes/other/plan.yml@refs/heads/main",
            "github:/notes/.github/workflows/plan.yml@refs/heads/main",
            "github:my-org//.github/workflows/plan.yml@refs/heads/main",
        ] {
            assert!(wrong.parse::<Signer>().is_err(), "{wrong}");
        }
    }
}

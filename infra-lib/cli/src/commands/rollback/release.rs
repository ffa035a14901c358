//! Restores a release: deploys its templates through change sets as any deployment does, then publishes its site.

use std::fmt::Write as _;
use std::sync::Arc;

use infra_aws::Cloud;
use infra_core::{Diagnostic, codes};
use infra_deploy::deploy::DeployOptions;
use infra_deploy::plan::PlanOptions;
use infra_deploy::release::{About, Release, ReleaseLog, ReleaseSelector};
use infra_deploy::{Class, Error};
use infra_template::assembly::CloudAssembly;

use super::Arguments;
use crate::ExitCode;
use crate::commands::deploy::{
    ApprovalLevel, DeployRequest, Recording, adjust_deploy_error, run_deployment,
};
use crate::commands::publish_site::{Publication, restore_site};
use crate::failure::Failure;
use crate::session::Session;

pub(super) fn restore_release(
    session: &mut Session<'_>,
    options: &Arguments,
    which: ReleaseSelector,
) -> Result<ExitCode, Failure> {
    let wanted = session.load_assembly(options.assembly.as_deref())?;
    let about = options.origin.to_about(session);
    session.with_cloud(async |session, cloud| {
        let log = ReleaseLog::require_log(&cloud, &wanted).await?;
        let release = log.find_release(which).await?;
        let contracted = log.contract_steps_since(&release, &wanted).await?;
        let mut open = contracted.iter().map(|step| step.name.as_str());
        let accepted = |step: &str| options.despite_contraction.iter().any(|name| name == step);
        if let Some(step) = open.find(|step| !accepted(step)) {
            return Err(Error::new(Class::Blocked, contraction_finding(&release, step)).into());
        }
        let assembly = CloudAssembly::from_files(&log.read_assembly(&release).await?)?;
        let (chosen, left) = split_migration_stacks(&assembly, &options.stack)?;
        print_release(session, &release, &left)?;
        let mut deployed = None;
        if !chosen.is_empty() {
            let asked = DeployRequest {
                level: if options.yes {
                    ApprovalLevel::Never
                } else {
                    ApprovalLevel::Any
                },
                progress: options.progress,
                outputs_file: None,
                recording: Some(Recording {
                    about: about.clone(),
                    restores: Some(release.origin()),
                }),
            };
            let deploy = DeployOptions::builder()
                .plan(
                    PlanOptions::builder()
                        .stacks(chosen)
                        .maybe_role_arn(options.role_arn.clone())
                        .build(),
                )
                // A person decides for the release as a whole, often because the present one is worse.
                .allow_any_interruption(true)
                // It can bring back a rule that was closed since.
                .allow_exposure(options.allow_exposure.iter().cloned().collect())
                .build();
            let done = run_deployment(session, cloud.clone(), &assembly, deploy, asked).await?;
            deployed = Some(done);
        }
        let site =
            restore_release_site(session, options, &cloud, &log, &wanted, &release, about).await;
        match (site, deployed) {
            // The stacks match the release, the site does not.
            (Err(Failure::Operation(error)), Some(deployed)) => {
                Err(adjust_deploy_error(&deployed, error).into())
            }
            (site, _) => site,
        }
    })
}

/// Returns the stacks to deploy, and those that are skipped because they contain a migration.
fn split_migration_stacks(
    assembly: &CloudAssembly,
    names: &[String],
) -> Result<(Vec<String>, Vec<String>), Error> {
    let (migrations, others): (Vec<_>, Vec<_>) = assembly
        .select_stacks(names)?
        .into_iter()
        .partition(|stack| infra_template::migration::has_migration(stack));
    let path = |stack: &infra_template::assembly::Stack| stack.path.clone();
    Ok((
        others.into_iter().map(path).collect(),
        migrations.into_iter().map(path).collect(),
    ))
}

fn print_release(
    session: &mut Session<'_>,
    release: &Release,
    left: &[String],
) -> Result<(), Failure> {
    let mut text = format!(
        "rolling back to release {} of {}",
        release.release, release.time
    );
    if let Some(commit) = &release.about.commit {
        let _ = write!(text, ", commit {commit}");
    }
    if !left.is_empty() {
        let _ = write!(
            text,
            "; not rolled back, with the database: {}",
            left.join(", ")
        );
    }
    let text = infra_console::words::clean_line(&text);
    session.output.write_status(&format!("{text}\n"))?;
    Ok(())
}

/// Publishes the site of the release, even if the newest release has the same one: a publication that failed halfway is not recorded.
async fn restore_release_site(
    session: &mut Session<'_>,
    options: &Arguments,
    cloud: &Arc<dyn Cloud>,
    log: &ReleaseLog,
    wanted: &CloudAssembly,
    release: &Release,
    about: About,
) -> Result<ExitCode, Failure> {
    let Some(site) = &release.site else {
        return Ok(ExitCode::Ok);
    };
    let files = log.read_site(&site.version).await?;
    let publication = Publication {
        log: Some(log),
        progress: options.progress,
        dry_run: false,
        about,
        restores: Some(release.origin()),
    };
    restore_site(session, cloud, wanted, site, files, publication).await
}

fn contraction_finding(release: &Release, step: &str) -> Diagnostic {
    Diagnostic::new(
        codes::CONTRACTED_SINCE,
        format!(
            "release {} may need something that the migration step `{step}` has removed since",
            release.release
        ),
    )
    .note("nothing was changed; a rollback does not undo migration steps")
    .help(format!(
        "deploy a new version that works with the current schema; or, if release {} does not use what was removed, confirm with \
         `--despite-contraction {step}`",
        release.release
    ))
}

//! Implements `publish-site`: uploads a folder to the bucket of a site, in an order that never serves a page whose files are missing.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use infra_aws::Cloud;
use infra_core::{Diagnostic, codes};
use infra_deploy::plan::PlanRecord;
use infra_deploy::release::{About, Recorded, ReleaseLog, SiteFiles, SiteVersion, site_files};
use infra_deploy::site::{
    PublishUntil, Scope, SiteOptions, SitePlan, Stale, plan_site, publish_site, site_digest,
};
use infra_deploy::{Class, Error};
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;
use schemars::JsonSchema;
use serde::Serialize;

use super::chosen::StackArguments;
use super::releases::OriginArguments;
use super::signer::SignerArguments;
use crate::ExitCode;
use crate::child::TemporaryFolder;
use crate::failure::Failure;
use crate::progress::ProgressArguments;
use crate::progress::record::{self, Own, StackResult};
use crate::session::Session;
use infra_console::documents::to_json;
use infra_console::words::{clean_line, format_count, format_seconds};

#[derive(Args, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct Arguments {
    /// The folder with the built site.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    #[command(flatten)]
    chosen: StackArguments,

    /// The site, by construct path. Required if the stacks have several.
    #[arg(long, value_name = "CONSTRUCT")]
    site: Option<String>,

    /// Prints what would be uploaded, removed and invalidated, and changes nothing.
    #[arg(long)]
    dry_run: bool,

    /// Waits until every edge location of CloudFront serves the new version.
    #[arg(long)]
    wait: bool,

    /// Keeps files in the bucket that the folder does not contain: pages that are open in browsers may still load them.
    #[arg(long)]
    keep_stale: bool,

    /// Uploads every file, including unchanged ones, for example after another tool set their headers.
    #[arg(long)]
    all: bool,

    /// Publishes the folder only if this plan file was made with it (`plan --out --site`).
    #[arg(long = "plan", id = "plan_file", value_name = "FILE")]
    plan_file: Option<PathBuf>,

    #[command(flatten)]
    signer: SignerArguments,

    #[command(flatten)]
    origin: OriginArguments,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_publish_site(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let folder = session.directory.join(&options.folder);
    let mut about = options.origin.to_about(session);
    if let Some(path) = &options.plan_file {
        let record = options.signer.read_plan(session, path)?;
        check_site(&record, &folder, &session.format_path(&folder))?;
        about.plan = Some(Digest::hash_bytes(record.to_json().as_bytes()).to_string());
    }
    let assembly = session.load_assembly(options.chosen.assembly.as_deref())?;
    let wanted = SiteOptions::builder()
        .shown(session.format_path(&folder))
        .folder(folder)
        .stacks(options.chosen.stack.clone())
        .maybe_site(options.site.clone())
        .stale(if options.keep_stale {
            Stale::Kept
        } else {
            Stale::Removed
        })
        .scope(if options.all {
            Scope::All
        } else {
            Scope::Changed
        })
        .until(if options.wait {
            PublishUntil::Completed
        } else {
            PublishUntil::Accepted
        })
        .build();
    session.with_cloud(async |session, cloud| {
        let log = ReleaseLog::open_log(&cloud, &assembly).await?;
        let publication = Publication {
            log: log.as_ref(),
            progress: options.progress,
            dry_run: options.dry_run,
            about: about.clone(),
            restores: None,
        };
        publish_folder(session, &cloud, &assembly, wanted.clone(), publication).await
    })
}

/// Refuses a folder whose digest differs from that in the plan file.
fn check_site(record: &PlanRecord, folder: &Path, shown: &str) -> Result<(), Error> {
    let found = site_digest(folder, shown)?;
    if record.site.as_ref() == Some(&found) {
        return Ok(());
    }
    let finding = Diagnostic::new(
        codes::PLAN_MISMATCH,
        format!("the site in `{shown}` differs from the site of the plan file"),
    )
    .note(match &record.site {
        Some(planned) => format!("expected sha256:{planned}, found sha256:{found}"),
        None => "the plan file contains no site".to_owned(),
    })
    .help("publish the folder that was reviewed, or create the plan again with `plan --out FILE --site FOLDER`");
    Err(Error::new(Class::Stale, finding))
}

/// The context of a publication: the release log, and the record to write.
pub(super) struct Publication<'p> {
    pub(super) log: Option<&'p ReleaseLog>,
    pub(super) progress: ProgressArguments,
    pub(super) dry_run: bool,
    pub(super) about: About,
    /// Number of the release that is restored.
    pub(super) restores: Option<u64>,
}

/// Publishes the site of an earlier release again.
pub(super) async fn restore_site(
    session: &mut Session<'_>,
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    site: &SiteVersion,
    files: SiteFiles,
    publication: Publication<'_>,
) -> Result<ExitCode, Failure> {
    let folder = TemporaryFolder::new()?;
    files.write_to(folder.path())?;
    let wanted = SiteOptions::builder()
        .shown(format!("the site {}", site.version))
        .folder(folder.path().to_owned())
        .site(site.construct.clone())
        .stale(Stale::Removed)
        .scope(Scope::Changed)
        .until(PublishUntil::Completed)
        .build();
    publish_folder(session, cloud, assembly, wanted, publication).await
}

async fn publish_folder(
    session: &mut Session<'_>,
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    mut wanted: SiteOptions,
    publication: Publication<'_>,
) -> Result<ExitCode, Failure> {
    if let Some(log) = publication.log {
        wanted.versions_before = recent_keys(log).await?;
    }
    let plan = plan_site(cloud.clone(), assembly.clone(), wanted.clone()).await?;
    let files = site_files(&wanted.folder, &wanted.shown)?;
    if publication.dry_run {
        print_dry_run(session, publication.progress, &plan, &files.version)?;
        return Ok(ExitCode::Ok);
    }
    let json = publication.progress.json;
    if !json {
        session
            .output
            .write_status(&format_summary(&plan, &files.version))?;
    }
    // Kept before the site changes, so that every version that was served can be restored.
    if let Some(log) = publication.log {
        log.store_site(&files).await?;
    }
    let version = SiteVersion::new(files.version, plan.site.name.clone());
    let (outcome, plan) = if plan.is_empty() {
        if !json {
            session
                .output
                .write_status("the site matches the folder; nothing was changed\n")?;
        }
        ("noChanges", plan)
    } else {
        (
            "published",
            upload_files(session, cloud, plan, wanted, publication.progress).await?,
        )
    };
    let recorded = match publication.log {
        Some(log) => {
            let (about, restores) = (publication.about, publication.restores);
            log.record_site(version.clone(), about, restores).await?
        }
        None => None,
    };
    let release = recorded.as_ref().map(|recorded| recorded.release().release);
    if json {
        let result = build_result(&plan, outcome, &version.version, release);
        record::write_record(&mut session.output, cloud.current_time(), result)?;
    } else if let Some(Recorded::New(release)) = recorded {
        let line = format!(
            "site {} is part of release {}\n",
            version.version, release.release
        );
        session.output.write_status(&line)?;
    }
    Ok(ExitCode::Ok)
}

/// Returns the keys of the versions that were served last, since their pages may be open in browsers.
async fn recent_keys(log: &ReleaseLog) -> Result<BTreeSet<String>, Failure> {
    const VERSIONS: usize = 3;
    const RELEASES: usize = 10;
    let mut versions = Vec::new();
    for release in log.list_newest(RELEASES).await? {
        let version = release.site.map(|site| site.version);
        versions.extend(version.filter(|version| !versions.contains(version)));
    }
    let mut keys = BTreeSet::new();
    for version in versions.iter().take(VERSIONS) {
        keys.extend(log.site_keys(version).await?);
    }
    Ok(keys)
}

/// Carries the plan out, and prints the result for people.
async fn upload_files(
    session: &mut Session<'_>,
    cloud: &Arc<dyn Cloud>,
    plan: SitePlan,
    wanted: SiteOptions,
    progress: ProgressArguments,
) -> Result<SitePlan, Failure> {
    let interrupted = || {
        Diagnostic::new(
            codes::NOT_PUBLISHED,
            "interrupted: the new version was not or only partly published",
        )
        .note("no published page lacks files: pages are uploaded after the files that they use")
        .help("run the same command again: it resumes where it was interrupted")
    };
    let operation = publish_site(cloud.clone(), plan, wanted);
    let published = session
        .drive_abortable("publish-site", operation, progress, &**cloud, interrupted)
        .await?;
    let plan = published.plan;
    if progress.json {
        return Ok(plan);
    }
    let mut text = format!("{} is published", plan.site.name);
    if published.elapsed.as_secs() > 0 {
        let _ = write!(
            text,
            " after {}",
            format_seconds(published.elapsed.as_secs())
        );
    }
    let mut line = session.output.emphasize_text(&text);
    let _ = writeln!(line, ": {}", clean_line(&plan.site.url));
    if let Some(id) = published.invalidation.filter(|_| !published.everywhere) {
        let _ = writeln!(
            line,
            "CloudFront edge locations follow within minutes (invalidation {id})"
        );
    }
    session.output.write_status(&line)?;
    Ok(plan)
}

fn build_result(plan: &SitePlan, outcome: &str, version: &str, release: Option<u64>) -> Own {
    Own::Result {
        command: "publish-site".to_owned(),
        exit_code: ExitCode::Ok.number(),
        release,
        stacks: vec![StackResult {
            stack: plan.site.stack.clone(),
            outcome: outcome.to_owned(),
            outputs: [
                ("SiteVersion".to_owned(), version.to_owned()),
                ("Url".to_owned(), plan.site.url.clone()),
            ]
            .into(),
        }],
    }
}

/// Summarizes the plan in a few lines.
fn format_summary(plan: &SitePlan, version: &str) -> String {
    let mut text = format!(
        "{}: bucket {} ({}), distribution {}\n  version {version}\n",
        plan.site.name, plan.site.bucket, plan.site.region, plan.site.distribution
    );
    let bytes = plan.uploads.iter().map(|upload| upload.bytes).sum();
    let _ = writeln!(
        text,
        "  {} to upload ({}), {} unchanged, {} to remove",
        format_count(plan.uploads.len(), "file"),
        format_size(bytes),
        plan.unchanged.len(),
        plan.stale.len()
    );
    if plan.kept > 0 {
        let _ = writeln!(
            text,
            "  {} not in the folder will be kept",
            format_count(plan.kept, "file")
        );
    }
    if plan.resumed {
        text +=
            "  an earlier publication was interrupted: its outstanding paths are invalidated now\n";
    }
    let paths = plan.invalidation.paths.len();
    if paths > 0 {
        let _ = writeln!(
            text,
            "  {} to invalidate{}; 1,000 per month are free, then $0.005 each",
            format_count(paths, "path"),
            if plan.invalidation.paths == ["/*"] {
                format!(
                    " (`/*`, for {})",
                    format_count(plan.invalidation.files, "file")
                )
            } else {
                String::new()
            }
        );
    }
    for note in &plan.notes {
        let _ = writeln!(text, "  note: {}", clean_line(note));
    }
    text
}

/// The plan of a publication; nothing is changed.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "Publication: `publish-site --dry-run --json`")]
pub(super) struct Document<'p> {
    /// Version of this format.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Construct path of the site.
    site: &'p str,
    /// First digits of the digest over all files.
    site_version: &'p str,
    /// Name of the bucket that files are uploaded to.
    bucket: &'p str,
    /// ID of the CloudFront distribution that serves the site.
    distribution: &'p str,
    /// Files to upload, in this order.
    upload: Vec<PlannedUpload<'p>>,
    /// Number of files that are already in the bucket.
    unchanged: usize,
    /// Keys of objects to remove.
    remove: &'p [String],
    /// Paths to invalidate in CloudFront.
    invalidate: &'p [String],
    /// Notes on the plan.
    notes: &'p [String],
}

/// A file to upload.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct PlannedUpload<'p> {
    /// Key of the object in the bucket.
    key: &'p str,
    /// Size of the file in bytes.
    bytes: u64,
    /// Value of the header `Content-Type`.
    content_type: &'p str,
    /// Value of the header `Cache-Control`.
    cache_control: &'p str,
    /// True if the bucket contains another version of the file.
    replaces: bool,
}

impl<'p> Document<'p> {
    fn new(plan: &'p SitePlan, version: &'p str) -> Self {
        let upload = plan.uploads.iter().map(|upload| PlannedUpload {
            key: &upload.key,
            bytes: upload.bytes,
            content_type: upload.content_type,
            cache_control: upload.caching.header(),
            replaces: upload.replaces,
        });
        Self {
            version: 1,
            site: &plan.site.name,
            site_version: version,
            bucket: &plan.site.bucket,
            distribution: &plan.site.distribution,
            upload: upload.collect(),
            unchanged: plan.unchanged.len(),
            remove: &plan.stale,
            invalidate: &plan.invalidation.paths,
            notes: &plan.notes,
        }
    }
}

fn print_dry_run(
    session: &mut Session<'_>,
    progress: ProgressArguments,
    plan: &SitePlan,
    version: &str,
) -> Result<(), Failure> {
    if progress.json {
        let document = Document::new(plan, version);
        session.output.write_json(&to_json(&document))?;
        return Ok(());
    }
    let mut text = String::new();
    for upload in &plan.uploads {
        let verb = if upload.replaces { "replace" } else { "upload" };
        let _ = writeln!(
            text,
            "{verb:<10} {}  {}  {}",
            clean_line(&upload.key),
            format_size(upload.bytes),
            upload.caching.header()
        );
    }
    for key in &plan.stale {
        let _ = writeln!(text, "{:<10} {}", "remove", clean_line(key));
    }
    for path in &plan.invalidation.paths {
        let _ = writeln!(text, "{:<10} {path}", "invalidate");
    }
    session.output.write_data(&text)?;
    session
        .output
        .write_status(&format_summary(plan, version))?;
    session
        .output
        .write_status("nothing was changed (--dry-run)\n")?;
    Ok(())
}

/// Formats a size: `512 B`, `12.3 kB`, `4.5 MB`.
pub(super) fn format_size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

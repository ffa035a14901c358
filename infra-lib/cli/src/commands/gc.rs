//! Implements `gc`: removes assets that no stack uses from the bootstrap bucket and repository.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use infra_console::documents::to_json;
use infra_console::words::format_count;
use infra_core::{Diagnostic, codes};
use infra_deploy::operate::gc::{
    AssetKinds, BOOTSTRAP_STACK, GarbageSurvey, GcOptions, StoreSurvey, StoredAsset,
    collect_garbage, survey_garbage,
};
use infra_deploy::{Class, Error};
use schemars::JsonSchema;
use serde::Serialize;
use time::Duration;

use super::confirm::{ExpectedAnswer, Uncancellable};
use super::publish_site::format_size;
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{DriveContext, ProgressArguments};
use crate::session::Session;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The kind of assets to remove.
    #[arg(long, value_name = "KIND", default_value = "all")]
    r#type: Kind,

    /// Days between isolation and deletion: the assets that a stack still needs to go back to an earlier version. With 0, unused assets are not isolated.
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    rollback_buffer_days: u16,

    /// Age in days below which assets are kept, because the stack that they were published for may not exist yet.
    #[arg(long, value_name = "DAYS", default_value_t = 1)]
    created_buffer_days: u16,

    /// Number of the newest releases of each app whose assets are kept, so that `rollback --to` can restore them.
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    keep_releases: u16,

    /// Name of the stack with the bucket and the repository.
    #[arg(long, value_name = "NAME", default_value = BOOTSTRAP_STACK)]
    bootstrap_stack_name: String,

    /// Prints what would be deleted, isolated and restored, and changes nothing.
    #[arg(long)]
    dry_run: bool,

    /// Changes everything without asking for approval.
    #[arg(long, conflicts_with = "dry_run")]
    yes: bool,

    /// Prints JSON at the end: schemas/gc.schema.json.
    #[arg(long)]
    json: bool,
}

/// The kind of assets to remove.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Objects of the bucket, and images of the repository
    All,
    /// Objects of the bucket: files and archives
    S3,
    /// Images of the container repository
    Ecr,
}

pub(crate) fn run_gc(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    session.with_cloud(async |session, cloud| {
        let region = cloud.default_region().ok_or_else(missing_region)?;
        let wanted = GcOptions::builder()
            .region(region)
            .bootstrap_stack(options.bootstrap_stack_name.clone())
            .kinds(match options.r#type {
                Kind::All => AssetKinds::All,
                Kind::S3 => AssetKinds::Files,
                Kind::Ecr => AssetKinds::Images,
            })
            .rollback_buffer(Duration::days(options.rollback_buffer_days.into()))
            .created_buffer(Duration::days(options.created_buffer_days.into()))
            .kept_releases(options.keep_releases.into())
            .build();
        let driving = || DriveContext {
            arguments: ProgressArguments::default(),
            cloud: &*cloud,
            interruptible: &Uncancellable,
            questions: None,
        };
        let found = survey_garbage(cloud.clone(), wanted);
        let found = session.drive_operation(found, driving()).await?;
        let text = format_survey(&found);
        if options.dry_run || found.is_empty() {
            if options.json {
                let document = Document::new(&found, false);
                session.output.write_json(&to_json(&document))?;
                return Ok(ExitCode::Ok);
            }
            session.output.write_data(&text)?;
            let line = if found.is_empty() {
                "nothing to remove\n"
            } else {
                "nothing was changed (--dry-run)\n"
            };
            session.output.write_status(line)?;
            return Ok(ExitCode::Ok);
        }
        if options.json {
            session.output.write_status(&text)?;
        } else {
            session.output.write_data(&text)?;
        }
        if !options.yes {
            let question = format!("{}? [y/N] ", format_totals(&found, &VERBS));
            session
                .confirm_change(&question, ExpectedAnswer::Yes, "--yes")
                .await?;
        }
        let done = collect_garbage(cloud.clone(), found);
        let done = session.drive_operation(done, driving()).await?;
        if options.json {
            let document = Document::new(&done, true);
            session.output.write_json(&to_json(&document))?;
            return Ok(ExitCode::Ok);
        }
        let line = session
            .output
            .emphasize_text(&format_totals(&done, &PARTICIPLES));
        session.output.write_status(&format!("{line}\n"))?;
        Ok(ExitCode::Ok)
    })
}

fn missing_region() -> Failure {
    let finding = Diagnostic::new(
        codes::NO_REGION,
        "no region is set, and each region has a bootstrap stack of its own",
    )
    .help("pass `--region REGION`, or set AWS_REGION");
    Error::new(Class::Error, finding).into()
}

/// Words for the three changes.
struct Words {
    delete: &'static str,
    isolate: &'static str,
    restore: &'static str,
}

const VERBS: Words = Words {
    delete: "delete",
    isolate: "isolate",
    restore: "restore",
};

const PARTICIPLES: Words = Words {
    delete: "deleted",
    isolate: "isolated",
    restore: "restored",
};

fn format_survey(survey: &GarbageSurvey) -> String {
    let mut text = String::new();
    for store in survey.stores() {
        let StoreSurvey {
            name,
            used,
            recent,
            waiting,
            foreign,
            ..
        } = store;
        let _ = writeln!(
            text,
            "{name}: {used} in use, {recent} recent, {waiting} isolated, {foreign} other"
        );
        let changes = [
            (VERBS.delete, &store.delete),
            (VERBS.isolate, &store.isolate),
            (VERBS.restore, &store.restore),
        ];
        for (verb, assets) in changes {
            for asset in assets {
                let versions = format_count(asset.versions, "version");
                let size = format_size(asset.bytes);
                let _ = writeln!(text, "  {verb:<8} {}  {versions}, {size}", asset.name);
            }
        }
    }
    let _ = writeln!(
        text,
        "compared with the templates of {} in {}",
        format_count(survey.stacks, "stack"),
        survey.options.region
    );
    text
}

/// Formats the numbers of assets with a change, such as `delete 2 assets (3 versions, 4.5 MB), isolate 1 asset`.
fn format_totals(survey: &GarbageSurvey, words: &Words) -> String {
    let count = |assets: fn(&StoreSurvey) -> &Vec<StoredAsset>| {
        survey.stores().map(|store| assets(store).len()).sum()
    };
    let deleted = || survey.stores().flat_map(|store| &store.delete);
    let mut parts = Vec::new();
    if deleted().next().is_some() {
        let versions = deleted().map(|asset| asset.versions).sum();
        let bytes = deleted().map(|asset| asset.bytes).sum();
        parts.push(format!(
            "{} {} ({}, {})",
            words.delete,
            format_count(deleted().count(), "asset"),
            format_count(versions, "version"),
            format_size(bytes)
        ));
    }
    let isolated: usize = count(|store| &store.isolate);
    if isolated > 0 {
        parts.push(format!(
            "{} {}",
            words.isolate,
            format_count(isolated, "asset")
        ));
    }
    let restored: usize = count(|store| &store.restore);
    if restored > 0 {
        parts.push(format!(
            "{} {}",
            words.restore,
            format_count(restored, "asset")
        ));
    }
    if parts.is_empty() {
        return "every asset is in use again".to_owned();
    }
    parts.join(", ")
}

/// Assets of a bootstrap stack that no stack uses.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "Removed assets: `gc --json`")]
pub(super) struct Document {
    /// Region of the bootstrap stack.
    region: String,
    /// Name of the bootstrap stack.
    bootstrap_stack: String,
    /// Number of stacks whose templates and change sets were compared.
    stacks: usize,
    /// Result: true if the listed changes were made; false with `--dry-run`, or without changes.
    changed: bool,
    /// Sum of the sizes of the deleted assets in bytes.
    deleted_bytes: u64,
    /// Bucket for files and archives; absent with `--type ecr`.
    #[serde(skip_serializing_if = "Option::is_none")]
    bucket: Option<StoreEntry>,
    /// Repository for images; absent with `--type s3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<StoreEntry>,
}

/// The bucket or the repository.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct StoreEntry {
    /// Name of the bucket or repository.
    name: String,
    /// Number of assets in use.
    used: usize,
    /// Number of unused assets that are younger than `--created-buffer-days`.
    recent: usize,
    /// Number of isolated assets whose `--rollback-buffer-days` have not passed.
    isolated: usize,
    /// Number of objects or images that are not assets; they are never changed.
    other: usize,
    /// Assets to delete, or that were deleted.
    delete: Vec<AssetEntry>,
    /// Assets to isolate, or that were isolated.
    isolate: Vec<AssetEntry>,
    /// Isolated assets in use again, whose tag is to be removed or was removed.
    restore: Vec<AssetEntry>,
}

/// An object or image.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct AssetEntry {
    /// Key of the object, or first tag of the image.
    name: String,
    /// Number of versions of the object; 1 for an image.
    versions: usize,
    /// Size of all versions in bytes.
    bytes: u64,
}

impl Document {
    fn new(survey: &GarbageSurvey, changed: bool) -> Self {
        let deleted = survey.stores().flat_map(|store| &store.delete);
        Self {
            region: survey.options.region.clone(),
            bootstrap_stack: survey.options.bootstrap_stack.clone(),
            stacks: survey.stacks,
            changed,
            deleted_bytes: deleted.map(|asset| asset.bytes).sum(),
            bucket: survey.bucket.as_ref().map(StoreEntry::new),
            repository: survey.repository.as_ref().map(StoreEntry::new),
        }
    }
}

impl StoreEntry {
    fn new(store: &StoreSurvey) -> Self {
        let entries = |assets: &[StoredAsset]| {
            let entries = assets.iter().map(|asset| AssetEntry {
                name: asset.name.clone(),
                versions: asset.versions,
                bytes: asset.bytes,
            });
            entries.collect()
        };
        Self {
            name: store.name.clone(),
            used: store.used,
            recent: store.recent,
            isolated: store.waiting,
            other: store.foreign,
            delete: entries(&store.delete),
            isolate: entries(&store.isolate),
            restore: entries(&store.restore),
        }
    }
}

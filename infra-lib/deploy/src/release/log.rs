//! Reads and writes the bucket with the releases, which is found by the outputs of the app.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::{Diagnostic, codes};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{
    About, Release, ReleaseSelector, SiteVersion, choose_release, list_images, list_stacks,
    list_steps,
};
use crate::deployed;
use crate::error::{Class, Error};
use crate::outputs::without_hash;
use crate::watch::{format_rfc3339, region_of};
use infra_aws::{
    ApiError, Cloud, ObjectStore, PutObject, StackDescription, list_all_objects, retry_transient,
};
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;
use infra_template::migration;
use infra_template::review::Step;

/// Suffix of the output with the bucket name, between the construct's name and the hash.
const OUTPUT: &str = "ReleaseBucketName";

/// Key prefix of the release records.
const RECORDS: &str = "releases/";

/// Maximum number of existing releases that a finding lists.
const NAMED: usize = 5;

/// Release log of an app, stored in the S3 bucket of its `ReleaseLog` construct.
#[derive(Clone, Debug)]
pub struct ReleaseLog {
    cloud: Arc<dyn Cloud>,
    store: Arc<dyn ObjectStore>,
    bucket: String,
}

/// Result of recording a deployment or a published site.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Recorded {
    /// A new or updated record, which is the newest release from now on.
    New(Release),
    /// The newest release, which describes the deployed state already; nothing was written.
    Unchanged(Release),
}

impl Recorded {
    /// Returns the newest release: the recorded one, or the one that was found unchanged.
    pub fn release(&self) -> &Release {
        match self {
            Self::New(release) | Self::Unchanged(release) => release,
        }
    }
}

impl ReleaseLog {
    /// Opens the release log of the app. Returns `None` if no deployed stack has one.
    pub async fn open_log(
        cloud: &Arc<dyn Cloud>,
        assembly: &CloudAssembly,
    ) -> Result<Option<Self>, Error> {
        for stack in &assembly.stacks {
            let outputs = stack.template.section_entries("Outputs");
            let mut outputs = outputs.filter(|(name, _)| is_bucket(name));
            let Some((name, _)) = outputs.next() else {
                continue;
            };
            let region = region_of(&**cloud, stack)?;
            let client = cloud.cloudformation_client(&region);
            let found = client.describe_stack(&stack.name).await.map_err(|error| {
                Error::from_api(format!("describe stack `{}`", stack.name), error)
            })?;
            let published = found.into_iter().flat_map(|found| found.outputs);
            let bucket = published.into_iter().find(|output| output.name == name);
            return Ok(bucket.map(|bucket| Self {
                cloud: Arc::clone(cloud),
                store: cloud.s3_client(&region),
                bucket: bucket.value,
            }));
        }
        Ok(None)
    }

    /// Opens the release log like [`of`](Self::open_log), and returns an error if the app has no log.
    pub async fn require_log(
        cloud: &Arc<dyn Cloud>,
        assembly: &CloudAssembly,
    ) -> Result<Self, Error> {
        Self::open_log(cloud, assembly).await?.ok_or_else(|| {
            let finding =
                Diagnostic::new(codes::NO_RELEASE_LOG, "no deployed stack keeps releases").help(
                    "add an `s3::ReleaseLog` to a stack that is deployed first, and deploy it",
                );
            Error::new(Class::Error, finding)
        })
    }

    /// Opens the release logs of the apps that these stacks of a region belong to.
    pub(crate) fn open_logs_of(
        cloud: &Arc<dyn Cloud>,
        region: &str,
        stacks: &[StackDescription],
    ) -> Vec<Self> {
        let outputs = stacks.iter().flat_map(|stack| &stack.outputs);
        let buckets = outputs.filter(|output| is_bucket(&output.name));
        buckets
            .map(|output| Self {
                cloud: Arc::clone(cloud),
                store: cloud.s3_client(region),
                bucket: output.value.clone(),
            })
            .collect()
    }

    /// Returns all texts that can name an asset of the newest releases, at most `most` of them: files of their assemblies, and digests of images.
    pub(crate) async fn read_newest_texts(&self, most: usize) -> Result<Vec<String>, Error> {
        let mut texts = Vec::new();
        let mut files = BTreeSet::new();
        for release in self.list_newest(most).await? {
            texts.extend(release.images.into_values());
            files.extend(release.assembly.into_values());
        }
        for digest in &files {
            let content = self.read_file(digest).await?;
            texts.push(String::from_utf8_lossy(&content).into_owned());
        }
        Ok(texts)
    }

    /// Returns the newest releases, at most `most` of them, newest first.
    pub async fn list_newest(&self, most: usize) -> Result<Vec<Release>, Error> {
        let mut found = Vec::new();
        for key in self.list_keys().await?.iter().rev().take(most) {
            found.extend(self.read_json::<Release>(key).await?);
        }
        Ok(found)
    }

    /// Returns the keys of all records, oldest first.
    async fn list_keys(&self) -> Result<Vec<String>, Error> {
        let keys = list_all_objects(&*self.store, &self.bucket, RECORDS).await;
        let keys = keys.map_err(|error| self.api_error("list", RECORDS, error))?;
        Ok(keys.into_keys().collect())
    }

    /// Returns the selected release.
    ///
    /// # Errors
    ///
    /// `UNKNOWN_RELEASE` if the release does not exist.
    pub async fn find_release(&self, which: ReleaseSelector) -> Result<Release, Error> {
        if let ReleaseSelector::Number(number) = which
            && let Some(found) = self.read_json(&record_key(number)).await?
        {
            return Ok(found);
        }
        let mut newest: Vec<Release> = Vec::new();
        // Reads only as far back as necessary, because a log can have hundreds of releases.
        for key in self.list_keys().await?.iter().rev() {
            newest.extend(self.read_json::<Release>(key).await?);
            if let Some(found) = choose_release(&newest, which) {
                return Ok(found.clone());
            }
            if matches!(which, ReleaseSelector::Number(_)) && newest.len() == NAMED {
                break;
            }
        }
        Err({
            let known: Vec<String> = newest
                .iter()
                .take(NAMED)
                .map(|release| release.release.to_string())
                .collect();
            let finding = Diagnostic::new(
                codes::UNKNOWN_RELEASE,
                match which {
                    ReleaseSelector::Number(number) => format!("release {number} does not exist"),
                    ReleaseSelector::Latest => "there are no releases yet".to_owned(),
                    ReleaseSelector::Previous => "there is no release before the latest".to_owned(),
                },
            )
            .help("`releases` lists all releases");
            let finding = if known.is_empty() {
                finding
            } else {
                finding.note(format!("the newest are {}", known.join(", ")))
            };
            Error::new(Class::Error, finding)
        })
    }

    /// Records a deployment: the chosen stacks, by artifact ID, as deployed now, and the other stacks as in the previous release. `restores` is the
    /// number of the release that was restored.
    pub async fn record_deployment(
        &self,
        assembly: &CloudAssembly,
        chosen: &BTreeSet<String>,
        about: About,
        restores: Option<u64>,
    ) -> Result<Recorded, Error> {
        let before = self.list_newest(1).await?.pop();
        let whole = match &before {
            Some(before) => self.merge_stacks(before, assembly, chosen).await?,
            None => select_stacks(assembly, chosen),
        };
        let files = whole.render_files();
        let digests = files
            .iter()
            .map(|(name, text)| (name.clone(), Digest::hash_bytes(text.as_bytes())));
        let steps = list_steps(&whole);
        let release = Release {
            release: before.as_ref().map_or(0, |before| before.release) + 1,
            time: format_rfc3339(self.cloud.current_time()),
            about,
            images: list_images(&whole),
            migration: steps.last().map(|step| step.name.clone()),
            steps,
            site: before.as_ref().and_then(|before| before.site.clone()),
            restores,
            stacks: list_stacks(&whole),
            assembly: digests.collect(),
        };
        if let Some(before) = before
            && release.has_stacks_of(&before)
            && restores.is_none_or(|number| before.origin() == number)
        {
            return Ok(Recorded::Unchanged(before));
        }
        for text in files.values() {
            self.store_file(text.as_bytes()).await?;
        }
        Ok(Recorded::New(self.append_record(release).await?))
    }

    /// Records a published site: in the newest release if that has the same commit or restores the same release, otherwise in a new one. Returns
    /// `None` if the log is empty.
    pub async fn record_site(
        &self,
        site: SiteVersion,
        about: About,
        restores: Option<u64>,
    ) -> Result<Option<Recorded>, Error> {
        let Some(mut newest) = self.list_newest(1).await?.pop() else {
            return Ok(None);
        };
        if newest.site.as_ref() == Some(&site) {
            return Ok(Some(Recorded::Unchanged(newest)));
        }
        newest.site = Some(site);
        let same = about.commit.is_some() && newest.about.commit == about.commit;
        if same || restores.is_some() && newest.restores == restores {
            let key = record_key(newest.release);
            self.write_json(&key, &newest, Existing::Replaced).await?;
            return Ok(Some(Recorded::New(newest)));
        }
        newest.release += 1;
        newest.time = format_rfc3339(self.cloud.current_time());
        newest.about = about;
        newest.restores = None;
        Ok(Some(Recorded::New(self.append_record(newest).await?)))
    }

    /// Returns the files of a release's cloud assembly with their contents, by file name.
    pub async fn read_assembly(
        &self,
        release: &Release,
    ) -> Result<BTreeMap<String, String>, Error> {
        let mut files = BTreeMap::new();
        for (name, digest) in &release.assembly {
            let content = self.read_file(digest).await?;
            files.insert(name.clone(), String::from_utf8_lossy(&content).into_owned());
        }
        Ok(files)
    }

    /// Returns the database schema steps applied since a release that remove something which its code still needs.
    ///
    /// The deployed templates decide, not the newest release, because a deployment can fail after its migration has run.
    pub async fn contract_steps_since(
        &self,
        release: &Release,
        assembly: &CloudAssembly,
    ) -> Result<Vec<Step>, Error> {
        let known: BTreeSet<&str> = release
            .steps
            .iter()
            .map(|step| step.name.as_str())
            .collect();
        let mut contracted = Vec::new();
        for stack in &assembly.stacks {
            let declared = migration::find_stack_migrations(stack);
            let holders: BTreeSet<&str> = declared
                .iter()
                .filter_map(|one| Some(one.logical_id.rsplit_once('/')?.0))
                .collect();
            if declared.is_empty() {
                continue;
            }
            let Some(root) = deployed::read_stack(&self.cloud, stack).await? else {
                continue;
            };
            let mut steps = migration::find_migrations(&root.template);
            for holder in holders {
                let nested = deployed::read_nested(&self.cloud, &root, holder).await?;
                steps.extend(
                    nested
                        .iter()
                        .flat_map(|one| migration::find_migrations(&one.template)),
                );
            }
            let steps = steps.into_iter().flat_map(|migration| migration.steps);
            contracted.extend(
                steps.filter(|step| step.is_contracting() && !known.contains(step.name.as_str())),
            );
        }
        Ok(contracted)
    }

    /// Stores a file under its digest, unless it exists, and returns the digest.
    pub(super) async fn store_file(&self, content: &[u8]) -> Result<Digest, Error> {
        let digest = Digest::hash_bytes(content);
        let request = PutObject::builder()
            .bucket(self.bucket.clone())
            .key(file_key(&digest))
            .body(content.to_vec())
            .only_if_absent(true)
            .build();
        self.put_object(request).await?;
        Ok(digest)
    }

    /// Returns a stored file, and verifies its digest.
    pub(super) async fn read_file(&self, digest: &Digest) -> Result<Vec<u8>, Error> {
        let key = file_key(digest);
        let found = retry_transient(|| self.store.get_object(&self.bucket, &key)).await;
        let found = found.map_err(|error| self.api_error("read", &key, error))?;
        let content = found.ok_or_else(|| self.unreadable_error(&key, "it does not exist"))?;
        if Digest::hash_bytes(&content) == *digest {
            Ok(content)
        } else {
            Err(self.unreadable_error(&key, "its content has another digest"))
        }
    }

    /// Reads a JSON document; returns `None` if it does not exist.
    pub(super) async fn read_json<T: DeserializeOwned>(
        &self,
        key: &str,
    ) -> Result<Option<T>, Error> {
        let found = retry_transient(|| self.store.get_object(&self.bucket, key)).await;
        let found = found.map_err(|error| self.api_error("read", key, error))?;
        let Some(content) = found else {
            return Ok(None);
        };
        serde_json::from_slice(&content)
            .map(Some)
            .map_err(|error| self.unreadable_error(key, &error.to_string()))
    }

    /// Writes a JSON document, and returns true if it was written.
    pub(super) async fn write_json(
        &self,
        key: &str,
        value: &impl Serialize,
        existing: Existing,
    ) -> Result<bool, Error> {
        let request = PutObject::builder()
            .bucket(self.bucket.clone())
            .key(key)
            .body(serde_json::to_vec_pretty(value).unwrap_or_default())
            .content_type("application/json")
            .only_if_absent(existing == Existing::Kept)
            .build();
        self.put_object(request).await
    }

    /// Writes a record under the next free number, because deployments of different stacks can end at the same time.
    async fn append_record(&self, mut release: Release) -> Result<Release, Error> {
        while !self
            .write_json(&record_key(release.release), &release, Existing::Kept)
            .await?
        {
            release.release += 1;
        }
        Ok(release)
    }

    async fn merge_stacks(
        &self,
        before: &Release,
        assembly: &CloudAssembly,
        chosen: &BTreeSet<String>,
    ) -> Result<CloudAssembly, Error> {
        let mut whole = select_stacks(assembly, chosen);
        let all_chosen = assembly
            .stacks
            .iter()
            .all(|stack| chosen.contains(&stack.id));
        if all_chosen {
            return Ok(whole);
        }
        let earlier = CloudAssembly::from_files(&self.read_assembly(before).await?)?;
        let mut stacks = Vec::new();
        for stack in &assembly.stacks {
            let deployed = whole.stacks.iter().position(|found| found.id == stack.id);
            match deployed {
                Some(at) => stacks.push(whole.stacks.remove(at)),
                None => stacks.extend(earlier.find_stack(&stack.id).cloned()),
            }
        }
        Ok(CloudAssembly::new(stacks))
    }

    async fn put_object(&self, request: PutObject) -> Result<bool, Error> {
        let key = request.key.clone();
        let written = retry_transient(|| self.store.put_object(request.clone())).await;
        written.map_err(|error| self.api_error("write", &key, error))
    }

    fn api_error(&self, what: &str, key: &str, error: ApiError) -> Error {
        Error::from_api(
            format!("{what} `{key}` in the bucket `{}`", self.bucket),
            error,
        )
    }

    fn unreadable_error(&self, key: &str, why: &str) -> Error {
        let finding = Diagnostic::new(
            codes::UNKNOWN_RELEASE,
            format!("cannot use `{key}` in the bucket `{}`: {why}", self.bucket),
        )
        .help("the bucket keeps older versions of its objects: restore the previous version");
        Error::new(Class::Error, finding)
    }
}

/// Behavior for an existing object.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Existing {
    Kept,
    Replaced,
}

fn is_bucket(output: &str) -> bool {
    without_hash(output).is_some_and(|name| name.ends_with(OUTPUT))
}

/// Returns the key of a record. The number is padded to seven digits, so that keys sort in the order of numbers.
fn record_key(number: u64) -> String {
    format!("{RECORDS}{number:07}.json")
}

fn file_key(digest: &Digest) -> String {
    format!("files/{digest}")
}

fn select_stacks(assembly: &CloudAssembly, chosen: &BTreeSet<String>) -> CloudAssembly {
    let stacks = assembly.stacks.iter();
    CloudAssembly::new(
        stacks
            .filter(|stack| chosen.contains(&stack.id))
            .cloned()
            .collect(),
    )
}

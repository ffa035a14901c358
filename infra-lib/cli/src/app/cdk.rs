//! Reads CDK projects: `cdk.json`, and the environment variables that a CDK app reads.
//!
//! See <https://docs.aws.amazon.com/cdk/v2/guide/configure.html>.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use infra_console::{CONTEXT_FILE, Variables};
use infra_core::{Diagnostic, Place};
use serde_json::{Map, Value as JsonValue};

use super::{bad_file, find_above, owner};
use crate::child::TemporaryFolder;
use crate::context::ContextFile;

/// File name of the project file of the CDK.
pub(super) const FILE: &str = "cdk.json";

/// Environment variable with the account of the credentials, which CDK apps read; [`REGION`] holds the region.
pub(crate) const ACCOUNT: &str = "CDK_DEFAULT_ACCOUNT";
const REGION: &str = "CDK_DEFAULT_REGION";

/// Environment variable with the context of the app as JSON; [`OVERFLOW`] holds the path of a file with a context that is too long for it.
const CONTEXT: &str = "CDK_CONTEXT_JSON";
const OVERFLOW: &str = "CONTEXT_OVERFLOW_LOCATION_ENV";

/// Largest context, in bytes, that is passed in an environment variable. Linux limits a variable to 131,072 bytes with its name, Windows all
/// variables together to 32,767.
const MOST_IN_VARIABLE: usize = if cfg!(windows) { 16_000 } else { 100_000 };

/// Account and region of the credentials, as far as they are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct DefaultPlace {
    pub(crate) account: Option<String>,
    pub(crate) region: Option<String>,
}

/// An app of the CDK, in any of its languages, with the context that it is run with.
#[derive(Clone, Debug)]
pub(crate) struct CdkProject {
    /// Command line of the app, as a shell reads it.
    pub(super) command: String,
    /// Working folder of the command.
    pub(super) directory: PathBuf,
    /// Context that `cdk.json` sets; it takes precedence over looked-up values.
    pub(super) own_context: Map<String, JsonValue>,
    /// Answers to context lookups, from `cdk.context.json`.
    lookup_answers: ContextFile,
    /// False if `cdk.json` sets `"lookups": false`, which disables context lookups.
    pub(super) lookups_enabled: bool,
}

impl CdkProject {
    /// Reads the nearest `cdk.json` in a folder or above it. Returns `None` if no file is found, or if it has no key `app`.
    pub(super) fn find_project(
        directory: &Path,
        variables: &Variables,
    ) -> Result<Option<Self>, Box<Diagnostic>> {
        let Some(file) = find_above(directory, FILE) else {
            return Ok(None);
        };
        owner::check(&file, variables)?;
        let keys = read_keys(&file)?;
        let Some(command) = keys.get("app").and_then(JsonValue::as_str) else {
            return Ok(None);
        };
        let folder = file.parent().unwrap_or(directory);
        Self::new(command, folder, &keys).map(Some)
    }

    /// Creates the project of a command line given with `--app`, with the context of the folder's `cdk.json`, if it has one.
    pub(super) fn from_command(command: &str, directory: &Path) -> Result<Self, Box<Diagnostic>> {
        let file = directory.join(FILE);
        let keys = if file.is_file() {
            read_keys(&file)?
        } else {
            Map::new()
        };
        Self::new(command, directory, &keys)
    }

    fn new(
        command: &str,
        directory: &Path,
        keys: &Map<String, JsonValue>,
    ) -> Result<Self, Box<Diagnostic>> {
        let own = keys.get("context").and_then(JsonValue::as_object);
        Ok(Self {
            command: command.to_owned(),
            directory: directory.to_owned(),
            own_context: own.cloned().unwrap_or_default(),
            lookup_answers: ContextFile::read_file(directory.join(CONTEXT_FILE))?,
            lookups_enabled: keys.get("lookups") != Some(&JsonValue::Bool(false)),
        })
    }

    /// Returns the name of the project folder.
    pub(super) fn name(&self) -> Option<String> {
        let name = self.directory.file_name()?;
        Some(name.to_string_lossy().into_owned())
    }

    /// Returns the environment variables that pass the output folder, the context, and default account and region to the app. Defaults that are
    /// already set are inherited.
    pub(super) fn build_variables(
        &self,
        out: &Path,
        inherited: &Variables,
        place: &DefaultPlace,
    ) -> BTreeMap<&'static str, OsString> {
        // The `cdk` CLI has the same order: context written by people takes precedence over looked-up values.
        let mut context = self.own_context.clone();
        for (key, value) in &self.lookup_answers.values {
            let known = context.entry(key.as_str());
            known.or_insert_with(|| value.clone());
        }
        let context = JsonValue::Object(context).to_string();
        let mut variables = BTreeMap::from([
            ("CDK_OUTDIR", out.as_os_str().to_owned()),
            (CONTEXT, context.into()),
        ]);
        let region = ["AWS_REGION", "AWS_DEFAULT_REGION"]
            .into_iter()
            .find_map(|name| inherited.find_value(name));
        let known = |name: &str| inherited.find_value(name).is_some();
        let region = region.map(OsString::from);
        let region = region.or_else(|| place.region.clone().map(OsString::from));
        if let Some(region) = region.filter(|_| !known(REGION)) {
            variables.insert(REGION, region);
        }
        if let Some(account) = place.account.as_ref().filter(|_| !known(ACCOUNT)) {
            variables.insert(ACCOUNT, account.into());
        }
        variables
    }
}

/// Moves a context that is too long for a variable into a file, as the `cdk` CLI does. Keep the returned folder until the app has exited.
pub(super) fn move_long_context(
    variables: &mut BTreeMap<&'static str, OsString>,
) -> io::Result<Option<TemporaryFolder>> {
    let Some(context) = variables
        .get_mut(CONTEXT)
        .filter(|context| context.len() > MOST_IN_VARIABLE)
    else {
        return Ok(None);
    };
    let folder = TemporaryFolder::new()?;
    let file = folder.path().join("context-overflow.json");
    let context = std::mem::replace(context, "{}".into());
    std::fs::write(&file, context.as_encoded_bytes())?;
    variables.insert(OVERFLOW, file.into());
    Ok(Some(folder))
}

fn read_keys(file: &Path) -> Result<Map<String, JsonValue>, Box<Diagnostic>> {
    let text = std::fs::read_to_string(file).map_err(|error| Box::new(bad_file(file, &error)))?;
    serde_json::from_str(&text).map_err(|error| {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let shown = file.display().to_string();
        let place = Place::new(shown, number(error.line()), number(error.column()));
        Box::new(bad_file(file, &error).place(place))
    })
}

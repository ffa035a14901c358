//! Apps of the CDK: `cdk.json`, and the variables that such an app reads.
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

/// The name of the project file.
pub(super) const FILE: &str = "cdk.json";

/// The variables with the account and the region of the credentials, which apps of the CDK read.
pub(crate) const ACCOUNT: &str = "CDK_DEFAULT_ACCOUNT";
const REGION: &str = "CDK_DEFAULT_REGION";

/// The variable with the context of the app, and the one with the path of a file with more of it.
const CONTEXT: &str = "CDK_CONTEXT_JSON";
const OVERFLOW: &str = "CONTEXT_OVERFLOW_LOCATION_ENV";

/// Bytes of context that a variable can hold everywhere: on Linux 131,072 with its name, on Windows 32,767 for all variables together.
const MOST_IN_VARIABLE: usize = if cfg!(windows) { 16_000 } else { 100_000 };

/// The account and the region of the credentials, where they are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct DefaultPlace {
    pub(crate) account: Option<String>,
    pub(crate) region: Option<String>,
}

/// An app of the CDK.
#[derive(Clone, Debug)]
pub(crate) struct CdkProject {
    /// The command, as a shell reads it.
    pub(super) command: String,
    /// The folder that it runs in.
    pub(super) directory: PathBuf,
    /// The context that `cdk.json` sets.
    pub(super) own_context: Map<String, JsonValue>,
    /// Answers to context lookups, from `cdk.context.json`.
    looked_up: ContextFile,
    /// False when `cdk.json` says that nothing is looked up.
    pub(super) looks_up: bool,
}

impl CdkProject {
    /// Reads the nearest `cdk.json` of a folder or above it; one without `app` is none.
    pub(super) fn find(
        directory: &Path,
        variables: &Variables,
    ) -> Result<Option<Self>, Box<Diagnostic>> {
        let Some(file) = find_above(directory, FILE) else {
            return Ok(None);
        };
        owner::check(&file, variables)?;
        let keys = read(&file)?;
        let Some(command) = keys.get("app").and_then(JsonValue::as_str) else {
            return Ok(None);
        };
        let folder = file.parent().unwrap_or(directory);
        Self::new(command, folder, &keys).map(Some)
    }

    /// The app of a command line, with the context of the folder.
    pub(super) fn of_command(command: &str, directory: &Path) -> Result<Self, Box<Diagnostic>> {
        let file = directory.join(FILE);
        let keys = if file.is_file() {
            read(&file)?
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
            looked_up: ContextFile::read(directory.join(CONTEXT_FILE))?,
            looks_up: keys.get("lookups") != Some(&JsonValue::Bool(false)),
        })
    }

    /// The name of the folder.
    pub(super) fn name(&self) -> Option<String> {
        let name = self.directory.file_name()?;
        Some(name.to_string_lossy().into_owned())
    }

    /// The variables that tell the app where to write and what was looked up.
    pub(super) fn variables(
        &self,
        out: &Path,
        inherited: &Variables,
        place: &DefaultPlace,
    ) -> BTreeMap<&'static str, OsString> {
        // As in the `cdk` CLI, what people wrote comes before what was looked up.
        let mut context = self.own_context.clone();
        for (key, value) in &self.looked_up.values {
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
            .find_map(|name| inherited.value(name));
        let known = |name: &str| inherited.value(name).is_some();
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

/// Moves a context that is too long for a variable into a file, as the `cdk` CLI does. The folder has to stay until the app has ended.
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

fn read(file: &Path) -> Result<Map<String, JsonValue>, Box<Diagnostic>> {
    let text = std::fs::read_to_string(file).map_err(|error| Box::new(bad_file(file, &error)))?;
    serde_json::from_str(&text).map_err(|error| {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let shown = file.display().to_string();
        let place = Place::new(shown, number(error.line()), number(error.column()));
        Box::new(bad_file(file, &error).place(place))
    })
}

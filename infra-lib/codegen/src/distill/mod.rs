//! Conversion of the two upstream packages to the files of the model.
//!
//! [`run_distill`] reads both packages, applies the overrides, and writes the model, the documentation and the lists of Cargo
//! features.

mod base;
mod dates;
mod differences;
mod docs;
mod facts;
mod features;
mod handlers;
mod iam;
mod iam_services;
mod json;
mod limits;
mod marks;
mod overrides;
mod paths;
mod references;
mod rules;
mod serverless;
mod spec;
mod spec_types;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use infra_schema::model::ResourceType;
use infra_schema::{catalog, render};
use serde_json::Value;

/// Paths of the input and the output of [`run_distill`].
#[derive(Debug)]
pub struct Options {
    /// Folder `cfnlint/data` of the unpacked cfn-lint package, with the registry schemas.
    pub cfn_lint: PathBuf,
    /// Unpacked `db.json` of the CDK's service specification, with documentation and further facts.
    pub service_spec: PathBuf,
    /// Folder `data` of the unpacked IAM data package, with the resources and condition keys of actions.
    pub iam_data: PathBuf,
    /// Output folder with `schema/`, `cfn/` and a manifest; in the repository, the folder of the library.
    pub out: PathBuf,
    /// Folder with `overrides/`: `schema/` of the repository, also for another output folder.
    pub overrides: PathBuf,
}

/// Counts of the written model, and of parts that it could not express.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Number of services, each with a file of the model.
    pub services: usize,
    /// Number of resource types in all services.
    pub types: usize,
    /// Number of property types, including named enumerations.
    pub definitions: usize,
    /// Number of properties, of resource types and property types together.
    pub properties: usize,
    /// Number of properties with documentation in either source.
    pub documented: usize,
    /// Number of attributes that `Fn::GetAtt` can return.
    pub attributes: usize,
    /// Number of properties that refer to exactly one kind of resource, and get a typed reference.
    pub references: usize,
    /// Parts of the sources that the model omits, with the number of occurrences.
    pub notes: BTreeMap<&'static str, usize>,
}

/// Reason why [`run_distill`] or a part of it failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// A file or folder could not be read or written.
    File(PathBuf, std::io::Error),
    /// A file of the packages does not contain the expected JSON.
    Json(PathBuf, serde_json::Error),
    /// An override is malformed, or no longer has an effect: its place and the reason.
    Override(String, String),
    /// A text or type that the line format of the model cannot represent.
    Unwritable(String),
}

impl Failure {
    fn from_file_error(path: &Path, error: std::io::Error) -> Self {
        Self::File(path.to_owned(), error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, _) => write!(f, "cannot read or write {}", path.display()),
            Self::Json(path, _) => write!(f, "{} is not the JSON expected", path.display()),
            Self::Override(place, what) => write!(f, "{place}: {what}"),
            Self::Unwritable(what) => {
                write!(f, "{what} does not survive being written and read back")
            }
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(_, error) => Some(error),
            Self::Json(_, error) => Some(error),
            Self::Override(..) | Self::Unwritable(_) => None,
        }
    }
}

/// Reads the packages, applies the overrides, and writes the model, the documentation, the IAM actions with their resources, the permissions of handlers
/// and the lists of features. Fails before the model is written if a type does not read back unchanged.
pub fn run_distill(options: &Options) -> Result<Summary, Failure> {
    let mut summary = Summary::default();
    let sources = read_registry(&options.cfn_lint.join("schemas"))?;
    let db = read_json_file(&options.service_spec)?;
    let stateful = read_json_file(
        &options
            .cfn_lint
            .join("AdditionalSpecs/StatefulResources.json"),
    )?;
    let stateful: BTreeSet<String> = stateful["ResourceTypes"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.clone())
        .collect();
    let spec = spec::Spec::new(&db, sources.keys().cloned().collect());
    let corrections = overrides::read_overrides(&options.overrides.join("overrides"))?;

    let mut types = build_model(&sources, &spec, &stateful, &mut summary.notes);
    let own =
        references::IdentifierIndex::new(&types, overrides::collect_identities(&corrections)?);
    for ty in types.values_mut() {
        own.apply_to_type(ty);
    }
    overrides::apply_overrides(&corrections, &mut types)?;
    let dates = dates::read_dates(&options.overrides.join("SOURCES.toml"))?;
    let differences = differences::render_differences(&types, &spec, &dates);
    write_file(&options.out.join("schema/DIFFERENCES.md"), &differences)?;

    let mut services: BTreeMap<String, Vec<&ResourceType>> = BTreeMap::new();
    for ty in types.values() {
        services
            .entry(catalog::service_of(&ty.name))
            .or_default()
            .push(ty);
        count_type(ty, &mut summary);
    }
    summary.services = services.len();
    let policies = read_json_file(&options.cfn_lint.join("AdditionalSpecs/Policies.json"))?;
    let actions = iam::render_catalogue(&policies, &sources);
    write_file(&options.out.join("schema/src/iam_actions.rs"), &actions)?;
    let reference = iam_services::read_reference(&options.iam_data)?;
    let resources = iam_services::render_services(&policies, &reference);
    write_file(&options.out.join("schema/src/iam_services.rs"), &resources)?;
    let permissions = handlers::render_permissions(&sources);
    write_file(&options.out.join("schema/src/handlers.txt"), &permissions)?;
    let values = options.out.join("schema/values");
    let rendered = values::render_values(&options.cfn_lint)?;
    empty_folder(&values)?;
    for (service, text) in &rendered {
        write_file(&values.join(format!("{service}.txt")), text)?;
    }
    let expanded = serverless::read_types(&options.cfn_lint.join("schemas"), &mut summary.notes)?;
    let mut text =
        String::from("; Written by scripts/schema-update; FORMAT.md explains the lines.\n");
    for ty in &expanded {
        let lines = render::render_resource_type(ty);
        verify_round_trip(ty, &lines)?;
        text.push_str(&lines);
    }
    write_file(&options.out.join("schema/serverless.txt"), &text)?;
    write_outputs(options, &services, &sources, &spec, &dates, &mut summary)?;
    Ok(summary)
}

/// Converts registry schemas to resource types, without the service specification and the overrides; for tests of
/// distiller and generator.
pub fn convert_schemas(schemas: &[Value]) -> Vec<ResourceType> {
    let mut types = BTreeMap::new();
    for schema in schemas {
        let mut ty = base::convert_schema(schema, &mut BTreeMap::new());
        marks::set_marks(&mut ty);
        ty.attributes = marks::list_attributes(&ty);
        types.insert(ty.name.to_string(), ty);
    }
    let own = references::IdentifierIndex::new(&types, BTreeMap::new());
    for ty in types.values_mut() {
        own.apply_to_type(ty);
    }
    types.into_values().collect()
}

fn read_registry(folder: &Path) -> Result<BTreeMap<String, Value>, Failure> {
    let resources = folder.join("resources");
    let entries = std::fs::read_dir(&resources)
        .map_err(|error| Failure::from_file_error(&resources, error))?;
    let mut sources = BTreeMap::new();
    for entry in entries {
        let path = entry
            .map_err(|error| Failure::from_file_error(&resources, error))?
            .path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let schema = read_json_file(&path)?;
        let name = schema["typeName"].as_str().unwrap_or_default().to_owned();
        // Types of the serverless transform, which the registry does not have, are in a file of their own.
        if !name.starts_with("AWS::Serverless::") {
            sources.insert(name, schema);
        }
    }
    Ok(sources)
}

fn read_json_file(path: &Path) -> Result<Value, Failure> {
    let text =
        std::fs::read_to_string(path).map_err(|error| Failure::from_file_error(path, error))?;
    serde_json::from_str(&text).map_err(|error| Failure::Json(path.to_owned(), error))
}

fn build_model(
    sources: &BTreeMap<String, Value>,
    spec: &spec::Spec<'_>,
    stateful: &BTreeSet<String>,
    notes: &mut BTreeMap<&'static str, usize>,
) -> BTreeMap<String, ResourceType> {
    let mut types = BTreeMap::new();
    for (name, schema) in sources {
        let mut ty = base::convert_schema(schema, notes);
        marks::set_marks(&mut ty);
        ty.attributes = marks::list_attributes(&ty);
        spec::enrich_type(&mut ty, spec, stateful);
        ty.attributes.sort_by(|a, b| a.name.cmp(&b.name));
        types.insert(name.clone(), ty);
    }
    for name in spec.list_types() {
        if !types.contains_key(name)
            && let Some(mut ty) = spec_types::convert_type(name, spec)
        {
            spec::enrich_type(&mut ty, spec, stateful);
            types.insert(name.to_owned(), ty);
        }
    }
    types
}

fn count_type(ty: &ResourceType, summary: &mut Summary) {
    summary.types += 1;
    summary.definitions += ty.definitions.len();
    summary.attributes += ty.attributes.len();
    let nested = ty
        .definitions
        .iter()
        .flat_map(|definition| &definition.properties);
    for property in ty.properties.iter().chain(nested) {
        summary.properties += 1;
        let targets = &paths::innermost_shape(&property.shape).targets;
        summary.references += usize::from(targets.len() == 1);
    }
}

fn write_outputs(
    options: &Options,
    services: &BTreeMap<String, Vec<&ResourceType>>,
    sources: &BTreeMap<String, Value>,
    spec: &spec::Spec<'_>,
    dates: &dates::Dates,
    summary: &mut Summary,
) -> Result<(), Failure> {
    let model = options.out.join("schema/model");
    let docs = options.out.join("cfn/docs");
    // Files are written at the end only: this tool embeds the model that it writes, and must still compile if it
    // refuses to write.
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    let mut table = String::from(
        "//! The services and their files; written by `scripts/schema-update`, as `model/` is.\n\n\
         /// Name of each service with its file, sorted.\n\
         #[rustfmt::skip]\n\
         pub(crate) static SERVICES: &[(&str, &str)] = &[\n",
    );
    for (service, types) in services {
        let mut text =
            String::from("; Written by scripts/schema-update; FORMAT.md explains the lines.\n");
        for ty in types {
            let lines = render::render_resource_type(ty);
            verify_round_trip(ty, &lines)?;
            text.push_str(&lines);
        }
        files.push((model.join(format!("{service}.txt")), text));
        let text = docs::render_service(types, sources, spec);
        summary.documented += text.lines().filter(|line| line.starts_with("  ")).count();
        files.push((docs.join(format!("{service}.txt")), text));
        let _ = writeln!(
            table,
            "    (\"{service}\", include_str!(\"../model/{service}.txt\")),"
        );
    }
    let _ = writeln!(
        table,
        "];\n\n/// Date of the registry schemas that the model is made from, as year, month and day.\n\
         pub static SCHEMA_DATE: &str = {:?};",
        dates.registry
    );
    for folder in [&model, &docs] {
        empty_folder(folder)?;
    }
    for (path, text) in &files {
        write_file(path, text)?;
    }
    write_file(&options.out.join("schema/src/services.rs"), &table)?;
    features::write_features(&options.out, services)
}

/// Checks that the written lines read back as the same model.
fn verify_round_trip(ty: &ResourceType, lines: &str) -> Result<(), Failure> {
    let leaked: &'static str = Box::leak(lines.to_owned().into_boxed_str());
    match infra_schema::parse::parse_resource_type(leaked) {
        Ok(read) if render::render_resource_type(&read) == lines && read == *ty => Ok(()),
        _ => Err(Failure::Unwritable(ty.name.to_string())),
    }
}

fn empty_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::from_file_error(folder, error))?;
    let entries =
        std::fs::read_dir(folder).map_err(|error| Failure::from_file_error(folder, error))?;
    for entry in entries.flatten() {
        if entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "txt")
        {
            std::fs::remove_file(entry.path())
                .map_err(|error| Failure::from_file_error(&entry.path(), error))?;
        }
    }
    Ok(())
}

fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure::from_file_error(path, error))
}

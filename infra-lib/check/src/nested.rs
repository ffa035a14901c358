//! Follows nested stacks to the templates of the same folder: their parameters, their outputs, and the findings in them.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html>

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use infra_core::{Diagnostic, Severity, codes};

use crate::files::read_file;
use crate::finding::Findings;
use crate::model::{Child, Model, Resource};
use crate::tree::{Map, Value};
use crate::{Options, Report};

/// Maximum number of nested stacks that are followed from one template, in all levels together.
const MAX_STACKS: usize = 500;

/// Maximum number of templates inside each other.
const MAX_DEPTH: usize = 32;

/// A check of template files with the templates of their nested stacks.
///
/// A nested stack is followed if its `TemplateURL` (or `Location`, of SAM) is a relative path, or if the CDK has recorded one as the asset. Templates
/// outside the root folder are not read.
pub struct NestedCheck<'a> {
    root: PathBuf,
    to_name: &'a dyn Fn(&Path) -> String,
    options: &'a Options,
    reports: Vec<(PathBuf, Report)>,
    /// Templates that contain the current one, outermost first.
    open: Vec<PathBuf>,
    /// Templates that have been checked, with the values of their parameters.
    checked: BTreeSet<(PathBuf, BTreeMap<String, String>)>,
    followed: usize,
}

impl std::fmt::Debug for NestedCheck<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NestedCheck")
            .field("root", &self.root)
            .field("followed", &self.followed)
            .finish_non_exhaustive()
    }
}

impl<'a> NestedCheck<'a> {
    /// Creates a check. `root` is the folder that templates of nested stacks are inside of, and `to_name` returns the name of a file in findings.
    ///
    /// # Errors
    ///
    /// Returns the error of a folder that does not exist.
    pub fn new(
        root: &Path,
        to_name: &'a dyn Fn(&Path) -> String,
        options: &'a Options,
    ) -> io::Result<Self> {
        Ok(Self {
            root: root.canonicalize()?,
            to_name,
            options,
            reports: Vec::new(),
            open: Vec::new(),
            checked: BTreeSet::new(),
            followed: 0,
        })
    }

    /// Checks a template file and the templates of its nested stacks. Returns a report for each template with its path, the given one first.
    ///
    /// # Errors
    ///
    /// Returns the error of a file that cannot be read. The template of a nested stack that cannot be read is a finding.
    pub fn check_file(mut self, file: &Path) -> io::Result<Vec<(PathBuf, Report)>> {
        let bytes = read_file(file)?;
        // A pipe has no canonical path, and no nested templates beside it.
        let path = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        self.check(&path, &(self.to_name)(file), &bytes, self.options);
        self.reports.reverse();
        Ok(self.reports)
    }

    fn check(&mut self, path: &Path, name: &str, bytes: &[u8], options: &Options) {
        if !self
            .checked
            .insert((path.to_owned(), options.parameters.clone()))
        {
            return;
        }
        self.open.push(path.to_owned());
        let report = crate::check_bytes_with(name, bytes, options, &mut |model, findings| {
            self.follow_stacks(path, model, findings)
        });
        self.open.pop();
        self.reports.push((path.to_owned(), report));
    }

    /// Checks the templates of the nested stacks of a template, and returns them by the logical ID of the stack.
    fn follow_stacks(
        &mut self,
        path: &Path,
        model: &Model<'_>,
        findings: &mut Findings,
    ) -> BTreeMap<String, Child> {
        let mut found = BTreeMap::new();
        for resource in &model.resources {
            let Some((location, written)) = find_location(resource) else {
                continue;
            };
            self.followed += 1;
            if self.followed > MAX_STACKS || self.open.len() > MAX_DEPTH {
                break;
            }
            match self.follow(path, location, resource, model) {
                Ok(Some(child)) => {
                    found.insert(resource.name().to_owned(), child);
                }
                Ok(None) => {}
                Err(finding) => {
                    let finding = finding.logical_id(resource.name());
                    findings.add_diagnostic(finding, (written.span.start, written.span.end));
                }
            }
        }
        found
    }

    fn follow(
        &mut self,
        parent: &Path,
        location: &str,
        resource: &Resource<'_>,
        model: &Model<'_>,
    ) -> Result<Option<Child>, Diagnostic> {
        let wanted = parent.parent().unwrap_or(Path::new("")).join(location);
        let problem = |message: String| {
            Diagnostic::new(codes::NESTED_TEMPLATE, message)
                .help("the path is relative to the folder of this template")
        };
        let path = match wanted.canonicalize() {
            Ok(path) => path,
            Err(error) => {
                let message = format!("cannot read the nested template `{location}`: {error}");
                return Err(problem(message).severity(Severity::Warning));
            }
        };
        if !path.starts_with(&self.root) {
            return Ok(None);
        }
        if self.open.contains(&path) {
            let message = format!("the template `{location}` contains itself as a nested stack");
            return Err(Diagnostic::new(codes::NESTED_TEMPLATE, message).help(
                "CloudFormation would create stacks without end: remove one of the nested stacks",
            ));
        }
        if !path.is_file() {
            return Err(problem(format!("`{location}` is not a file")).severity(Severity::Warning));
        }
        let bytes = read_file(&path).map_err(|error| {
            let message = format!("cannot read the nested template `{location}`: {error}");
            problem(message).severity(Severity::Warning)
        })?;
        let name = (self.to_name)(&path);
        let options = self
            .options
            .clone()
            .with_parameters(passed_values(resource, model));
        self.check(&path, &name, &bytes, &options);
        Ok(read_child(name, &bytes))
    }
}

/// Returns the parameters and outputs of a template, or `None` if it cannot be read, which is a finding in its own report.
fn read_child(name: String, bytes: &[u8]) -> Option<Child> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut findings = Findings::default();
    let options = Options::default();
    let root = crate::read::read_template(text, &mut findings)?;
    let root = crate::expand::expand_loops(root, &options, &mut findings);
    Some(Child::of_template(name, &Model::new(&root, &options)))
}

/// Returns the local path of the template of a nested stack, with the value that contains it.
fn find_location<'t>(resource: &Resource<'t>) -> Option<(&'t str, &'t Value)> {
    let properties = resource.attribute("Properties")?.as_map()?;
    let written = match resource.type_name? {
        "AWS::CloudFormation::Stack" => properties.get("TemplateURL")?,
        "AWS::Serverless::Application" => properties.get("Location")?,
        _ => return None,
    };
    let location = written.as_text().or_else(|| {
        // The CDK uploads the template, and records its file in the folder of the template.
        let metadata = resource.attribute("Metadata")?.as_map()?;
        let of_template = metadata.get("aws:asset:property")?.as_text()? == "TemplateURL";
        let path = metadata.get("aws:asset:path")?.as_text();
        path.filter(|_| of_template)
    })?;
    let is_local = !location.is_empty()
        && !location.contains("://")
        && !location.contains(['$', '{', '\0'])
        && !Path::new(location).is_absolute();
    is_local.then_some((location, written))
}

/// Returns the values of parameters that are known before the deployment.
fn passed_values(resource: &Resource<'_>, model: &Model<'_>) -> BTreeMap<String, String> {
    let map = resource.stack_parameters().and_then(Value::as_map);
    let entries = map.map_or(&[][..], |map: &Map| &map.entries);
    let known = entries
        .iter()
        .filter_map(|entry| Some((entry.key.clone(), model.known_text(&entry.value)?)));
    known.collect()
}

//! Overrides: corrections of the sources with a reason, refused if they have no effect any more.

use std::collections::BTreeMap;
use std::path::Path;

use infra_schema::model::{ResourceType, Shape, Target, TargetAttribute, Text};
use infra_schema::{Kind, Property};

use super::Failure;
use super::paths;
use super::references::Identities;

/// A correction of the sources.
#[derive(Debug, Clone, Default)]
pub(super) struct Override {
    /// File and line, for messages.
    place: String,
    ty: String,
    path: String,
    action: String,
    reason: String,
    source: String,
}

/// Reads every file of the folder, in the order of their names.
pub(super) fn read_overrides(folder: &Path) -> Result<Vec<Override>, Failure> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .map_err(|error| Failure::from_file_error(folder, error))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file)
            .map_err(|error| Failure::from_file_error(&file, error))?;
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        all.extend(parse_overrides(&name, &text)?);
    }
    Ok(all)
}

/// Parses the subset of TOML that the files use: `[[override]]`, `key = "text"` and comments.
fn parse_overrides(file: &str, text: &str) -> Result<Vec<Override>, Failure> {
    let mut all: Vec<Override> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let place = format!("overrides/{file}:{}", number + 1);
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line == "[[override]]" {
            all.push(Override {
                place,
                ..Override::default()
            });
            continue;
        }
        let entry = line.split_once(" = ").and_then(|(key, value)| {
            let value = value.strip_prefix('"')?.strip_suffix('"')?;
            Some((key, value.to_owned()))
        });
        match (all.last_mut(), entry) {
            (Some(last), Some(("type", value))) => last.ty = value,
            (Some(last), Some(("path", value))) => last.path = value,
            (Some(last), Some(("action", value))) => last.action = value,
            (Some(last), Some(("reason", value))) => last.reason = value,
            (Some(last), Some(("source", value))) => last.source = value,
            _ => {
                return Err(Failure::Override(
                    place,
                    "expected `[[override]]` or `key = \"text\"`".to_owned(),
                ));
            }
        }
    }
    for one in &all {
        if [&one.ty, &one.action, &one.reason, &one.source]
            .iter()
            .any(|field| field.is_empty())
        {
            return Err(one.to_failure("type, action, reason and source are all needed"));
        }
        // `closed` applies to the type.
        if one.path.is_empty() != (one.action == "closed") {
            return Err(
                one.to_failure("every action but `closed` needs a path, and `closed` takes none")
            );
        }
    }
    Ok(all)
}

/// Returns the corrections of identities (`is arn`, `is AWS::X::Y.id`), which are applied before references are
/// normalized.
pub(super) fn collect_identities(all: &[Override]) -> Result<Identities, Failure> {
    let mut found = Identities::new();
    for one in all {
        if let Some(word) = one.action.strip_prefix("is ") {
            let (resource, kind) = word.split_once('.').unwrap_or((&one.ty, word));
            let kind = Kind::from_word(kind)
                .ok_or_else(|| one.to_failure("`is` takes arn, id or name"))?;
            let target = Target {
                resource: Text::from(resource.to_owned()),
                by: TargetAttribute::Kind(kind),
            };
            found.insert((one.ty.clone(), one.path.clone()), target);
        }
    }
    Ok(found)
}

/// Applies all corrections; one without effect is an error.
pub(super) fn apply_overrides(
    all: &[Override],
    types: &mut BTreeMap<String, ResourceType>,
) -> Result<(), Failure> {
    for one in all {
        let ty = types
            .get_mut(&one.ty)
            .ok_or_else(|| one.to_failure("the type no longer exists"))?;
        if one.action.starts_with("is ") {
            if ty.property(&one.path).is_none() && ty.attribute(&one.path).is_none() {
                return Err(one.to_failure("the property no longer exists"));
            }
            continue;
        }
        let before = ty.clone();
        one.change_type(ty)?;
        if *ty == before {
            return Err(one.to_failure("it changes nothing any more: remove it"));
        }
    }
    Ok(())
}

impl Override {
    fn to_failure(&self, why: &str) -> Failure {
        let what = format!("{} {} `{}`: {why}", self.ty, self.path, self.action);
        Failure::Override(self.place.clone(), what)
    }

    fn change_type(&self, ty: &mut ResourceType) -> Result<(), Failure> {
        let (verb, rest) = self.action.split_once(' ').unwrap_or((&self.action, ""));
        if verb == "closed" {
            ty.deprecated = true;
            return Ok(());
        }
        if verb == "ref" {
            ty.ref_returns.kind = Kind::from_word(rest);
            if ty.ref_returns.kind.is_none() && rest != "text" {
                return Err(self.to_failure("`ref` takes arn, id, name or text"));
            }
            ty.ref_returns.properties = vec![infra_schema::Path(Text::from(self.path.clone()))];
            return Ok(());
        }
        if let Some(name) = self.path.strip_prefix('.') {
            let attribute = ty
                .attributes
                .iter_mut()
                .find(|attribute| attribute.name == *name);
            let attribute =
                attribute.ok_or_else(|| self.to_failure("the attribute no longer exists"))?;
            return self.set_targets(verb, rest, &mut attribute.shape);
        }
        if verb == "read-only" && !self.path.starts_with('#') {
            self.find_property(ty)?.read_only = true;
            ty.read_only
                .push(infra_schema::Path(Text::from(self.path.clone())));
            ty.read_only
                .sort_by_key(|path| (path.is_top_level(), path.clone()));
            return Ok(());
        }
        let property = self.find_property(ty)?;
        match verb {
            "required" => property.required = true,
            "optional" => property.required = false,
            "any-value" => paths::innermost_mut(&mut property.shape).values.clear(),
            "any-text" => paths::innermost_mut(&mut property.shape).pattern = None,
            "allow" => {
                let values = &mut paths::innermost_mut(&mut property.shape).values;
                if !values.iter().any(|value| value == rest) {
                    values.push(Text::from(rest.to_owned()));
                }
            }
            _ => return self.set_targets(verb, rest, &mut property.shape),
        }
        Ok(())
    }

    fn set_targets(&self, verb: &str, rest: &str, shape: &mut Shape) -> Result<(), Failure> {
        if verb != "to" {
            return Err(self.to_failure("unknown action"));
        }
        let mut targets = Vec::new();
        for word in rest.split_whitespace().filter(|word| *word != "anything") {
            let (resource, kind) = word
                .split_once('.')
                .ok_or_else(|| self.to_failure("`to` takes Type.kind"))?;
            let by = Kind::from_word(kind).map_or_else(
                || TargetAttribute::Property(Text::from(kind.to_owned())),
                TargetAttribute::Kind,
            );
            targets.push(Target {
                resource: Text::from(resource.to_owned()),
                by,
            });
        }
        targets.sort();
        paths::innermost_mut(shape).targets = targets;
        Ok(())
    }

    /// Returns the property at `Name` or `#Definition/Name`.
    fn find_property<'t>(&self, ty: &'t mut ResourceType) -> Result<&'t mut Property, Failure> {
        let (properties, name) = match self.path.strip_prefix('#') {
            None => (Some(&mut ty.properties), self.path.as_str()),
            Some(path) => {
                let (owner, name) = path.split_once('/').unwrap_or((path, ""));
                let definition = ty
                    .definitions
                    .iter_mut()
                    .find(|definition| definition.name == owner);
                (
                    definition.map(|definition| &mut definition.properties),
                    name,
                )
            }
        };
        properties
            .and_then(|properties| properties.iter_mut().find(|property| property.name == name))
            .ok_or_else(|| self.to_failure("the property no longer exists"))
    }
}

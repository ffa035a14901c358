//! Resolves the functions of templates as far as the templates decide: [`Resolver`].

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value as JsonValue, json};

use super::names::{ARN, PREFIX, find_form};
use super::{NodeId, StackSource, Unit};
use crate::answer::Answer;
use crate::atoms::{ANYTHING, AtomKind, Atoms};
use crate::policy::equal_texts;

/// Depth of references after which a value is unknown: a circle.
const DEEPEST: usize = 64;

pub(super) struct Resolver {
    pub(super) stacks: Vec<StackSource>,
    pub(super) units: Vec<Unit>,
    /// Unit and logical ID of each node.
    pub(super) ids: Vec<(usize, String)>,
    by_id: BTreeMap<(usize, String), NodeId>,
    by_stack: BTreeMap<String, usize>,
    pub(super) atoms: Atoms,
    pub(super) texts: BTreeMap<String, NodeId>,
    pub(super) owners: BTreeMap<char, NodeId>,
    pub(super) references: BTreeMap<(NodeId, String), String>,
}

impl Resolver {
    pub(super) fn new(stacks: Vec<StackSource>, units: Vec<Unit>) -> Self {
        let mut ids = Vec::new();
        let mut by_id = BTreeMap::new();
        let mut by_stack = BTreeMap::new();
        for (index, unit) in units.iter().enumerate() {
            if unit.nested.is_empty() {
                by_stack.insert(stacks[unit.stack].name.clone(), index);
            }
            for resource in unit.template.resources() {
                let id = (index, resource.logical_id.to_owned());
                by_id.insert(id.clone(), NodeId(ids.len()));
                ids.push(id);
            }
        }
        Self {
            stacks,
            units,
            ids,
            by_id,
            by_stack,
            atoms: Atoms::default(),
            texts: BTreeMap::new(),
            owners: BTreeMap::new(),
            references: BTreeMap::new(),
        }
    }

    /// Gives nested stacks the values that their parents pass. Parents come before children.
    pub(super) fn pass_parameters(&mut self) {
        for index in 0..self.units.len() {
            let nested = self.units[index].nested.clone();
            if nested.is_empty() {
                continue;
            }
            let (above, id) = nested.rsplit_once('/').unwrap_or(("", &nested));
            let stack = self.units[index].stack;
            let parent = self
                .units
                .iter()
                .position(|unit| unit.stack == stack && unit.nested == above);
            let Some(parent) = parent else { continue };
            let template = Rc::clone(&self.units[parent].template);
            let passed = template
                .find_resource(id)
                .and_then(|resource| resource.properties()?.get("Parameters")?.as_object());
            for (name, value) in passed.into_iter().flatten() {
                let value = self.resolve(parent, value, 0);
                self.units[index].parameters.insert(name.clone(), value);
            }
        }
    }

    /// Records the ARN and `Ref` of every resource, so that texts are recognized that no reference produced.
    pub(super) fn add_every_reference(&mut self) {
        for index in 0..self.ids.len() {
            let (unit, id) = self.ids[index].clone();
            self.reference(unit, &id, "", 0);
            self.reference(unit, &id, ARN, 0);
        }
    }

    pub(super) fn region(&mut self, unit: usize) -> String {
        let stack = self.units[unit].stack;
        match &self.stacks[stack].region {
            Some(region) => region.clone(),
            None => self.atom("AWS::Region", AtomKind::Segment),
        }
    }

    pub(super) fn account(&mut self, unit: usize) -> String {
        let stack = self.units[unit].stack;
        match &self.stacks[stack].account {
            Some(account) => account.clone(),
            None => self.atom("AWS::AccountId", AtomKind::Segment),
        }
    }

    fn partition(&self, unit: usize) -> &'static str {
        let stack = self.units[unit].stack;
        let region = self.stacks[stack].region.as_deref().unwrap_or_default();
        match region.split('-').next() {
            Some("cn") => "aws-cn",
            Some("us") if region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        }
    }

    fn atom(&mut self, key: &str, kind: AtomKind) -> String {
        self.atoms.intern(key, kind, "").to_string()
    }

    /// Returns the value with its functions resolved. Sides of an `Fn::If` that the template does not decide stay.
    pub(super) fn resolve(&mut self, unit: usize, value: &JsonValue, depth: usize) -> JsonValue {
        if depth > DEEPEST {
            return JsonValue::String(ANYTHING.to_string());
        }
        match value {
            JsonValue::Array(items) => {
                let mut found = Vec::new();
                for item in items {
                    let item = self.resolve(unit, item, depth + 1);
                    if !item.is_null() {
                        found.push(item);
                    }
                }
                JsonValue::Array(found)
            }
            JsonValue::Object(map) => {
                if let Some((name, argument)) = single_function(map) {
                    return self.call(unit, name, argument, depth);
                }
                let mut found = Map::new();
                for (key, item) in map {
                    let item = self.resolve(unit, item, depth + 1);
                    if !item.is_null() {
                        found.insert(key.clone(), item);
                    }
                }
                JsonValue::Object(found)
            }
            other => other.clone(),
        }
    }

    fn call(&mut self, unit: usize, name: &str, argument: &JsonValue, depth: usize) -> JsonValue {
        let unknown = || JsonValue::String(ANYTHING.to_string());
        let parts = argument.as_array().map(Vec::as_slice).unwrap_or_default();
        match (name, argument) {
            ("Ref", JsonValue::String(id)) => self.resolve_ref(unit, id, depth),
            ("Fn::GetAtt", JsonValue::String(dotted)) => match dotted.split_once('.') {
                Some((id, attribute)) => self.resolve_attribute(unit, id, attribute, depth),
                None => unknown(),
            },
            ("Fn::GetAtt", _) => match parts {
                [JsonValue::String(id), JsonValue::String(attribute)] => {
                    self.resolve_attribute(unit, id, attribute, depth)
                }
                _ => unknown(),
            },
            ("Fn::Sub", JsonValue::String(text)) => {
                JsonValue::String(self.substitute(unit, text, None, depth))
            }
            ("Fn::Sub", _) => match parts {
                [JsonValue::String(text), JsonValue::Object(values)] => {
                    JsonValue::String(self.substitute(unit, text, Some(values), depth))
                }
                _ => unknown(),
            },
            ("Fn::Join", _) => match parts {
                [JsonValue::String(by), items] => self.join(unit, by, items, depth),
                _ => unknown(),
            },
            ("Fn::If", _) => match parts {
                [JsonValue::String(condition), yes, no] => {
                    match self.condition(unit, condition, depth + 1) {
                        Some(true) => self.resolve(unit, yes, depth + 1),
                        Some(false) => self.resolve(unit, no, depth + 1),
                        None => {
                            let yes = self.resolve(unit, yes, depth + 1);
                            let no = self.resolve(unit, no, depth + 1);
                            if yes == no {
                                yes
                            } else {
                                json!({ "Fn::If": [condition, yes, no] })
                            }
                        }
                    }
                }
                _ => unknown(),
            },
            ("Fn::Select", _) => match parts {
                [index, list] => self.select(unit, index, list, depth),
                _ => unknown(),
            },
            ("Fn::Split", _) => match parts {
                [JsonValue::String(by), text] => match self.resolve(unit, text, depth + 1) {
                    JsonValue::String(text) if !by.is_empty() && !is_open(&text, &self.atoms) => {
                        JsonValue::Array(text.split(by).map(|part| json!(part)).collect())
                    }
                    _ => unknown(),
                },
                _ => unknown(),
            },
            ("Fn::FindInMap", _) => self.find_in_map(unit, parts, depth).unwrap_or_else(unknown),
            ("Fn::ImportValue", name) => self.import(unit, name, depth).unwrap_or_else(unknown),
            ("Fn::GetStackOutput", call) => {
                self.stack_output(unit, call, depth).unwrap_or_else(unknown)
            }
            ("Fn::ToJsonString", value) => {
                JsonValue::String(self.resolve(unit, value, depth + 1).to_string())
            }
            _ => {
                let key = format!("{}:{name}:{argument}", self.units[unit].stack);
                JsonValue::String(self.atom(&key, AtomKind::Any))
            }
        }
    }

    fn resolve_ref(&mut self, unit: usize, id: &str, depth: usize) -> JsonValue {
        let text = match id {
            "AWS::NoValue" => return JsonValue::Null,
            "AWS::Region" => self.region(unit),
            "AWS::AccountId" => self.account(unit),
            "AWS::Partition" => self.partition(unit).to_owned(),
            "AWS::URLSuffix" => match self.partition(unit) {
                "aws-cn" => "amazonaws.com.cn".to_owned(),
                _ => "amazonaws.com".to_owned(),
            },
            "AWS::StackName" if self.units[unit].nested.is_empty() => {
                self.stacks[self.units[unit].stack].name.clone()
            }
            _ if self.by_id.contains_key(&(unit, id.to_owned())) => {
                self.reference(unit, id, "", depth)
            }
            _ => return self.parameter(unit, id),
        };
        JsonValue::String(text)
    }

    fn parameter(&mut self, unit: usize, name: &str) -> JsonValue {
        let kind = {
            let template = &self.units[unit].template;
            let parameter = template
                .section_entries("Parameters")
                .find(|(known, _)| *known == name);
            parameter
                .and_then(|(_, entry)| entry.get("Type")?.as_str().map(str::to_owned))
                .unwrap_or_default()
        };
        let is_list = kind == "CommaDelimitedList" || kind.contains("List<");
        match self.units[unit].parameters.get(name) {
            Some(JsonValue::String(text)) if is_list => {
                JsonValue::Array(text.split(',').map(|part| json!(part.trim())).collect())
            }
            Some(known) => known.clone(),
            None => {
                let stack = &self.stacks[self.units[unit].stack].name;
                let key = format!("{stack}/{}{name}", self.units[unit].nested);
                JsonValue::String(self.atom(&key, AtomKind::Any))
            }
        }
    }

    fn resolve_attribute(
        &mut self,
        unit: usize,
        id: &str,
        attribute: &str,
        depth: usize,
    ) -> JsonValue {
        if let Some(output) = attribute.strip_prefix("Outputs.") {
            let stack = self.units[unit].stack;
            let path = infra_template::nested::nested_path(&self.units[unit].nested, id);
            let nested = self
                .units
                .iter()
                .position(|unit| unit.stack == stack && unit.nested == path);
            if let Some(found) = nested.and_then(|nested| self.output(nested, output, depth)) {
                return found;
            }
        }
        JsonValue::String(self.reference(unit, id, attribute, depth))
    }

    fn output(&mut self, unit: usize, name: &str, depth: usize) -> Option<JsonValue> {
        let template = Rc::clone(&self.units[unit].template);
        let (_, output) = template
            .section_entries("Outputs")
            .find(|(known, _)| *known == name)?;
        Some(self.resolve(unit, output.get("Value")?, depth + 1))
    }

    fn stack_output(&mut self, unit: usize, call: &JsonValue, depth: usize) -> Option<JsonValue> {
        let stack = self.resolve(unit, call.get("StackName")?, depth + 1);
        let found = *self.by_stack.get(stack.as_str()?)?;
        let name = self.resolve(unit, call.get("OutputName")?, depth + 1);
        self.output(found, name.as_str()?, depth)
    }

    fn import(&mut self, unit: usize, name: &JsonValue, depth: usize) -> Option<JsonValue> {
        let wanted = self.resolve(unit, name, depth + 1);
        let wanted = wanted.as_str()?.to_owned();
        for index in 0..self.units.len() {
            let template = Rc::clone(&self.units[index].template);
            for (_, output) in template.section_entries("Outputs") {
                let Some(export) = output.get("Export").and_then(|export| export.get("Name"))
                else {
                    continue;
                };
                let export = self.resolve(index, export, depth + 1);
                if export.as_str() == Some(&wanted) {
                    return Some(self.resolve(index, output.get("Value")?, depth + 1));
                }
            }
        }
        let key = format!("import:{}", self.atoms.show(&wanted));
        Some(JsonValue::String(self.atom(&key, AtomKind::Any)))
    }

    fn substitute(
        &mut self,
        unit: usize,
        text: &str,
        values: Option<&Map<String, JsonValue>>,
        depth: usize,
    ) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(start) = rest.find("${") {
            out.push_str(&rest[..start]);
            let inside = &rest[start + 2..];
            let Some(end) = inside.find('}') else {
                out.push_str(&rest[start..]);
                return out;
            };
            let name = &inside[..end];
            rest = &inside[end + 1..];
            if let Some(literal) = name.strip_prefix('!') {
                out.push_str("${");
                out.push_str(literal);
                out.push('}');
                continue;
            }
            let value = match values.and_then(|values| values.get(name)) {
                Some(value) => self.resolve(unit, value, depth + 1),
                None => match name.split_once('.') {
                    Some((id, attribute)) => self.resolve_attribute(unit, id, attribute, depth + 1),
                    None => self.resolve_ref(unit, name, depth + 1),
                },
            };
            out.push_str(&super::scalar_text(&value).unwrap_or_else(|| ANYTHING.to_string()));
        }
        out.push_str(rest);
        out
    }

    fn join(&mut self, unit: usize, by: &str, items: &JsonValue, depth: usize) -> JsonValue {
        let items = self.resolve(unit, items, depth + 1);
        let Some(items) = items.as_array() else {
            return JsonValue::String(ANYTHING.to_string());
        };
        let texts = items
            .iter()
            .map(|item| super::scalar_text(item).unwrap_or_else(|| ANYTHING.to_string()));
        JsonValue::String(texts.collect::<Vec<_>>().join(by))
    }

    fn select(
        &mut self,
        unit: usize,
        index: &JsonValue,
        list: &JsonValue,
        depth: usize,
    ) -> JsonValue {
        let index = self.resolve(unit, index, depth + 1);
        let index = super::scalar_text(&index).and_then(|text| text.parse::<usize>().ok());
        let resolved = self.resolve(unit, list, depth + 1);
        if let (Some(index), Some(items)) = (index, resolved.as_array())
            && !items.iter().any(JsonValue::is_object)
            && let Some(found) = items.get(index)
        {
            return found.clone();
        }
        let key = format!(
            "{}:select:{}:{list}",
            self.units[unit].stack,
            index.unwrap_or_default()
        );
        JsonValue::String(self.atom(&key, AtomKind::Any))
    }

    fn find_in_map(&mut self, unit: usize, parts: &[JsonValue], depth: usize) -> Option<JsonValue> {
        let [map, first, second, ..] = parts else {
            return None;
        };
        let mut keys = Vec::new();
        for part in [map, first, second] {
            keys.push(self.resolve(unit, part, depth + 1).as_str()?.to_owned());
        }
        let template = Rc::clone(&self.units[unit].template);
        let (_, map) = template
            .section_entries("Mappings")
            .find(|(name, _)| *name == keys[0])?;
        Some(self.resolve(unit, map.get(&keys[1])?.get(&keys[2])?, depth + 1))
    }

    /// Returns the value of a condition, or `None` if the template does not decide it.
    pub(super) fn condition(&mut self, unit: usize, name: &str, depth: usize) -> Option<bool> {
        let template = Rc::clone(&self.units[unit].template);
        let (_, value) = template
            .section_entries("Conditions")
            .find(|(known, _)| *known == name)?;
        self.condition_value(unit, value, depth + 1)
    }

    fn condition_value(&mut self, unit: usize, value: &JsonValue, depth: usize) -> Option<bool> {
        if depth > DEEPEST {
            return None;
        }
        let (name, argument) = single_function(value.as_object()?)?;
        let parts = argument.as_array().map(Vec::as_slice).unwrap_or_default();
        match name {
            "Condition" => self.condition(unit, argument.as_str()?, depth + 1),
            "Fn::Not" => Some(!self.condition_value(unit, parts.first()?, depth + 1)?),
            "Fn::And" | "Fn::Or" => {
                let decisive = name == "Fn::Or";
                let mut unknown = false;
                for part in parts {
                    match self.condition_value(unit, part, depth + 1) {
                        Some(value) if value == decisive => return Some(decisive),
                        Some(_) => {}
                        None => unknown = true,
                    }
                }
                (!unknown).then_some(!decisive)
            }
            "Fn::Equals" => {
                let one = self.resolve(unit, parts.first()?, depth + 1);
                let other = self.resolve(unit, parts.get(1)?, depth + 1);
                let (one, other) = (super::scalar_text(&one)?, super::scalar_text(&other)?);
                match equal_texts(&one, &other, &self.atoms) {
                    Answer::Yes => Some(true),
                    Answer::No => Some(false),
                    Answer::Possible => None,
                }
            }
            _ => None,
        }
    }

    /// Returns the text of `Ref`, for an empty attribute, or of `Fn::GetAtt`.
    fn reference(&mut self, unit: usize, id: &str, attribute: &str, depth: usize) -> String {
        let Some(node) = self.by_id.get(&(unit, id.to_owned())).copied() else {
            let stack = &self.stacks[self.units[unit].stack].name;
            let key = format!("{stack}/{id}.{attribute}");
            return self.atom(&key, AtomKind::Any);
        };
        let key = (node, attribute.to_owned());
        if let Some(known) = self.references.get(&key) {
            return known.clone();
        }
        if depth > DEEPEST {
            return ANYTHING.to_string();
        }
        let template = Rc::clone(&self.units[unit].template);
        let resource = template.find_resource(id);
        let type_name = resource.map_or("", |resource| resource.type_name);
        let form = find_form(type_name);
        let pattern = form.and_then(|form| match attribute {
            "" => Some(form.reference),
            ARN => Some(form.arn),
            other => form
                .others
                .iter()
                .find(|(name, _)| *name == other)
                .map(|(_, pattern)| *pattern),
        });
        let path = infra_template::nested::nested_path(&self.units[unit].nested, id);
        let stack = self.stacks[self.units[unit].stack].name.clone();
        let text = if let (Some(form), Some(pattern)) = (form, pattern) {
            let named = resource
                .and_then(infra_template::TemplateResource::properties)
                .and_then(|all| all.get(form.name))
                .map(|value| self.resolve(unit, value, depth + 1));
            let name = match named.as_ref().and_then(super::scalar_text) {
                Some(name) if type_name == "AWS::SSM::Parameter" => {
                    name.trim_start_matches('/').to_owned()
                }
                Some(name) => name,
                None => self.generated_name(node, type_name, &stack, &path, form.stack_prefix),
            };
            let iam_path = resource
                .and_then(|resource| resource.properties()?.get("Path")?.as_str())
                .unwrap_or("/")
                .to_owned();
            let (region, account) = (self.region(unit), self.account(unit));
            let mut text = pattern
                .replace("{name}", &name)
                .replace("{path}", &iam_path)
                .replace("{region}", &region)
                .replace("{account}", &account)
                .replace("{partition}", self.partition(unit));
            if text.contains("{suffix}") {
                let suffix = self.own_atom(node, &format!("{stack}/{path}#"), AtomKind::Segment);
                text = text.replace("{suffix}", &suffix);
            }
            if text.contains("{id}") {
                let own = self.own_atom(
                    node,
                    &format!("{stack}/{path}.{attribute}"),
                    AtomKind::Segment,
                );
                text = text.replace("{id}", &own);
            }
            text
        } else {
            let kind = if attribute.is_empty() || attribute.ends_with("Id") {
                AtomKind::Name(format!("{type_name}.{attribute}"))
            } else {
                AtomKind::Any
            };
            self.own_atom(node, &format!("{stack}/{path}.{attribute}"), kind)
        };
        self.texts.entry(text.clone()).or_insert(node);
        self.references.insert(key, text.clone());
        text
    }

    fn own_atom(&mut self, node: NodeId, key: &str, kind: AtomKind) -> String {
        let atom = self.atoms.intern(key, kind, "");
        self.owners.insert(atom, node);
        atom.to_string()
    }

    fn generated_name(
        &mut self,
        node: NodeId,
        type_name: &str,
        stack: &str,
        path: &str,
        prefixed: bool,
    ) -> String {
        let mut prefix: String = format!("{stack}-").chars().take(PREFIX).collect();
        if type_name == "AWS::S3::Bucket" {
            prefix = prefix.to_lowercase();
        }
        let prefix = if prefixed { prefix.as_str() } else { "" };
        let key = format!("{stack}/{path}");
        let atom = self
            .atoms
            .intern(&key, AtomKind::Name(type_name.to_owned()), prefix);
        self.owners.insert(atom, node);
        atom.to_string()
    }
}

/// Returns the function and its argument, if the map is a call of a function.
fn single_function(map: &Map<String, JsonValue>) -> Option<(&str, &JsonValue)> {
    let (name, argument) = map.iter().next().filter(|_| map.len() == 1)?;
    let is_function =
        name == "Ref" || name == "Condition" && argument.is_string() || name.starts_with("Fn::");
    is_function.then_some((name.as_str(), argument))
}

/// Returns true if a part of the text can contain separators.
fn is_open(text: &str, atoms: &Atoms) -> bool {
    text.chars()
        .any(|c| atoms.find(c).is_some_and(|atom| atom.kind == AtomKind::Any))
}

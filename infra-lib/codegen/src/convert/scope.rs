//! What the program being written knows: the names of its variables, what each is, and what was used.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as JsonValue};

use super::types::Bindings;
use crate::names;

/// Names that a variable would hide, or that mean something else.
const TAKEN: [&str; 38] = [
    "app",
    "base64",
    "cidr",
    "concat",
    "equals",
    "find_in_map",
    "fn_and",
    "fn_if",
    "fn_not",
    "fn_or",
    "from_text",
    "get_azs",
    "import_value",
    "join",
    "json",
    "kind",
    "length",
    "main",
    "none",
    "option",
    "no_value",
    "ok",
    "err",
    "props",
    "pseudo",
    "raw",
    "scope",
    "select",
    "select_at",
    "some",
    "split",
    "stack",
    "str",
    "sub",
    "to_json_string",
    "transform",
    "u8",
    "value",
];

/// An entry of the template that others refer to by a variable.
#[derive(Clone, Debug)]
pub(super) struct Entry<'s> {
    pub(super) variable: String,
    pub(super) what: What<'s>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum What<'s> {
    Parameter,
    /// With bindings, or a plain resource.
    Resource(Option<Bindings<'s>>),
}

/// What the source uses, to import it.
#[derive(Clone, Debug, Default)]
pub(super) struct Used {
    pub(super) core: BTreeSet<&'static str>,
    pub(super) intrinsics: BTreeSet<&'static str>,
    pub(super) services: BTreeSet<String>,
    /// Modules of property types: service and name.
    pub(super) modules: BTreeSet<(String, String)>,
    pub(super) variables: BTreeSet<String>,
    pub(super) json: bool,
    pub(super) raw: bool,
    pub(super) from_text: bool,
}

#[derive(Debug)]
pub(super) struct Scope<'s> {
    /// Resources and parameters, which share their names.
    pub(super) entries: BTreeMap<&'s str, Entry<'s>>,
    pub(super) conditions: BTreeMap<&'s str, String>,
    pub(super) mappings: BTreeMap<&'s str, String>,
    /// Comments of the template, by place.
    pub(super) comments: &'s BTreeMap<String, String>,
    pub(super) used: RefCell<Used>,
}

impl<'s> Scope<'s> {
    /// Names everything that the template declares, in the template's order.
    pub(super) fn of(
        document: &'s Map<String, JsonValue>,
        comments: &'s BTreeMap<String, String>,
    ) -> Self {
        let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
        let mut scope = Scope {
            entries: BTreeMap::new(),
            conditions: BTreeMap::new(),
            mappings: BTreeMap::new(),
            comments,
            used: RefCell::default(),
        };
        let alone = alone(document);
        for (id, resource) in section(document, "Resources") {
            let type_name = resource["Type"].as_str().unwrap_or_default();
            let bindings = Bindings::of(type_name).map(|bindings| Bindings {
                alone: alone.contains(type_name),
                ..bindings
            });
            let what = What::Resource(bindings);
            let variable = free(&mut taken, id, "resource");
            scope.entries.insert(id, Entry { variable, what });
        }
        for (id, _) in section(document, "Parameters") {
            let variable = free(&mut taken, id, "parameter");
            let what = What::Parameter;
            scope.entries.insert(id, Entry { variable, what });
        }
        for (id, _) in section(document, "Conditions") {
            scope
                .conditions
                .insert(id, free(&mut taken, id, "condition"));
        }
        for (id, _) in section(document, "Mappings") {
            scope.mappings.insert(id, free(&mut taken, id, "mapping"));
        }
        scope
    }

    /// The path of something of `infra_core`, which is then imported.
    pub(super) fn core(&self, name: &'static str) -> &'static str {
        self.used.borrow_mut().core.insert(name);
        name
    }

    /// The same of an intrinsic function.
    pub(super) fn intrinsic(&self, name: &'static str) -> &'static str {
        self.used.borrow_mut().intrinsics.insert(name);
        name
    }

    pub(super) fn service(&self, bindings: Bindings<'_>) {
        self.used.borrow_mut().services.insert(bindings.service());
    }

    /// The comment above an entry of the template.
    pub(super) fn comment(&self, section: &str, id: &str) -> Option<&'s String> {
        self.comments.get(&format!("{section}.{id}"))
    }

    /// Property types of the resource are used.
    pub(super) fn module(&self, bindings: Bindings<'_>) {
        if bindings.alone {
            let module = (bindings.service(), bindings.module_name());
            self.used.borrow_mut().modules.insert(module);
        }
        self.service(bindings);
    }

    pub(super) fn variable(&self, name: &str) -> String {
        self.used.borrow_mut().variables.insert(name.to_owned());
        name.to_owned()
    }

    pub(super) fn is_used(&self, variable: &str) -> bool {
        self.used.borrow().variables.contains(variable)
    }
}

/// The resource types whose modules have names of their own, which no other module, service or import has.
fn alone(document: &Map<String, JsonValue>) -> BTreeSet<&str> {
    let mut types: BTreeMap<&str, Bindings<'_>> = BTreeMap::new();
    for (_, resource) in section(document, "Resources") {
        let type_name = resource["Type"].as_str().unwrap_or_default();
        types.extend(Bindings::of(type_name).map(|bindings| (type_name, bindings)));
    }
    let mut holders: BTreeMap<String, usize> = BTreeMap::new();
    let services: BTreeSet<String> = types.values().map(|bindings| bindings.service()).collect();
    let modules = types.values().map(|bindings| bindings.module_name());
    for name in modules
        .chain(services)
        .chain(["pseudo".to_owned(), "std".to_owned()])
    {
        *holders.entry(name).or_default() += 1;
    }
    let alone = types
        .into_iter()
        .filter(|(_, bindings)| holders.get(&bindings.module_name()) == Some(&1));
    alone.map(|(type_name, _)| type_name).collect()
}

/// The entries of a section.
pub(super) fn section<'s>(
    document: &'s Map<String, JsonValue>,
    name: &str,
) -> impl Iterator<Item = (&'s str, &'s JsonValue)> + use<'s> {
    let section = document.get(name).and_then(JsonValue::as_object);
    section
        .into_iter()
        .flatten()
        .map(|(id, entry)| (id.as_str(), entry))
}

/// A variable name for that logical ID; with what it is, then a number, where the plain one is taken.
fn free(taken: &mut BTreeSet<String>, id: &str, what: &str) -> String {
    let plain = names::snake(id);
    let plain = if plain.is_empty() || plain.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{what}_{}", names::bare_snake(id))
    } else {
        plain
    };
    let mut name = plain.clone();
    let mut number = 1;
    while !taken.insert(name.clone()) {
        name = match number {
            1 => format!("{}_{what}", plain.trim_end_matches('_')),
            number => format!("{}_{what}_{number}", plain.trim_end_matches('_')),
        };
        number += 1;
    }
    name
}

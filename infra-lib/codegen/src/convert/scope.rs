//! State of the generated program: its variables, their kinds, and the names it uses.

use infra_schema::rust_names;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as JsonValue};

use super::constructs::Plan;
use super::kept::Kept;
use super::types::Bindings;

/// Names that a variable would shadow, or that have another meaning.
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

/// An entry of the template that others refer to through a variable.
#[derive(Clone, Debug)]
pub(super) struct Entry<'s> {
    pub(super) variable: String,
    pub(super) kind: EntryKind<'s>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum EntryKind<'s> {
    Parameter,
    /// A resource, with its bindings if it has any.
    Resource(Option<Bindings<'s>>),
}

/// Names that the source uses and must import.
#[derive(Clone, Debug, Default)]
pub(super) struct Used {
    pub(super) core: BTreeSet<&'static str>,
    pub(super) intrinsics: BTreeSet<&'static str>,
    /// Services whose bindings the source uses.
    pub(super) services: BTreeSet<String>,
    /// Those of which it names the module.
    pub(super) named_services: BTreeSet<String>,
    /// Modules of property types: service and name.
    pub(super) modules: BTreeSet<(String, String)>,
    /// Constructs and types for their setters: module and name.
    pub(super) items: BTreeSet<(&'static str, &'static str)>,
    pub(super) variables: BTreeSet<String>,
    pub(super) json: bool,
    pub(super) raw: bool,
    pub(super) from_text: bool,
}

/// Section of an entry whose variable must be bound before it is used.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum EntrySet {
    Conditions,
    Resources,
}

#[derive(Debug)]
pub(super) struct Scope<'s> {
    /// Resources and parameters, which share one namespace.
    pub(super) entries: BTreeMap<&'s str, Entry<'s>>,
    pub(super) conditions: BTreeMap<&'s str, String>,
    pub(super) mappings: BTreeMap<&'s str, String>,
    /// Resources that become constructs.
    pub(super) plan: Plan<'s>,
    /// Entries that the program has as data.
    pub(super) kept: Kept<'s>,
    /// `true` if macros process the template: resources can then have further attributes.
    pub(super) has_macros: bool,
    /// Resources and conditions whose variables are bound already: in a cycle, one entry comes before another that it uses.
    pub(super) defined: RefCell<BTreeSet<(EntrySet, &'s str)>>,
    /// Comments of the template, by path.
    pub(super) comments: &'s BTreeMap<String, String>,
    pub(super) used: RefCell<Used>,
}

impl<'s> Scope<'s> {
    /// Creates the scope with a variable for every entry, in the order of the template.
    pub(super) fn from_document(
        document: &'s Map<String, JsonValue>,
        comments: &'s BTreeMap<String, String>,
        constructs: bool,
    ) -> Self {
        let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
        let mut scope = Scope {
            entries: BTreeMap::new(),
            conditions: BTreeMap::new(),
            mappings: BTreeMap::new(),
            plan: Plan::default(),
            kept: Kept::of_document(document),
            has_macros: document.contains_key("Transform")
                || document.contains_key("Fn::Transform"),
            defined: RefCell::default(),
            comments,
            used: RefCell::default(),
        };
        if constructs {
            scope.plan = Plan::of_document(document, &scope.kept);
        }
        let alone = types_with_unique_module(document);
        for (id, resource) in section_entries(document, "Resources") {
            if scope.kept.contains("Resources", id) {
                continue;
            }
            let type_name = resource["Type"].as_str().unwrap_or_default();
            let bindings = Bindings::for_type(type_name).map(|bindings| Bindings {
                has_unique_module: alone.contains(type_name),
                ..bindings
            });
            let what = EntryKind::Resource(bindings);
            let name = scope.plan.construct_id(id).unwrap_or(id);
            let variable = unique_variable(&mut taken, name, "resource");
            scope.entries.insert(
                id,
                Entry {
                    variable,
                    kind: what,
                },
            );
        }
        for (id, _) in section_entries(document, "Parameters") {
            if scope.kept.contains("Parameters", id) {
                continue;
            }
            let variable = unique_variable(&mut taken, id, "parameter");
            let what = EntryKind::Parameter;
            scope.entries.insert(
                id,
                Entry {
                    variable,
                    kind: what,
                },
            );
        }
        for (id, _) in section_entries(document, "Conditions") {
            if scope.kept.contains("Conditions", id) {
                continue;
            }
            scope
                .conditions
                .insert(id, unique_variable(&mut taken, id, "condition"));
        }
        for (id, _) in section_entries(document, "Mappings") {
            if scope.kept.contains("Mappings", id) {
                continue;
            }
            scope
                .mappings
                .insert(id, unique_variable(&mut taken, id, "mapping"));
        }
        scope
    }

    /// Returns the path of an item of `infra_core`, and adds it to the imports.
    pub(super) fn use_core(&self, name: &'static str) -> &'static str {
        self.used.borrow_mut().core.insert(name);
        name
    }

    /// Returns the path of an intrinsic function, and adds it to the imports.
    pub(super) fn use_intrinsic(&self, name: &'static str) -> &'static str {
        self.used.borrow_mut().intrinsics.insert(name);
        name
    }

    pub(super) fn use_service(&self, bindings: Bindings<'_>) {
        let mut used = self.used.borrow_mut();
        used.services.insert(bindings.service_name());
        used.named_services.insert(bindings.service_name());
    }

    /// Returns the name of an item of a service, and adds it to the imports.
    pub(super) fn use_item(&self, service: &'static str, name: &'static str) -> String {
        self.used.borrow_mut().items.insert((service, name));
        item_name(service, name)
    }

    /// Returns the comment above an entry of the template.
    pub(super) fn find_comment(&self, section: &str, id: &str) -> Option<&'s String> {
        self.comments.get(&format!("{section}.{id}"))
    }

    /// Adds the module of a resource's property types to the imports.
    pub(super) fn use_module(&self, bindings: Bindings<'_>) {
        if bindings.has_unique_module {
            let module = (bindings.service_name(), bindings.module_name());
            let mut used = self.used.borrow_mut();
            used.modules.insert(module);
            used.services.insert(bindings.service_name());
        } else {
            self.use_service(bindings);
        }
    }

    pub(super) fn use_variable(&self, name: &str) -> String {
        self.used.borrow_mut().variables.insert(name.to_owned());
        name.to_owned()
    }

    /// Declares that statements behind this one can use the variable of an entry.
    pub(super) fn define(&self, set: EntrySet, id: &'s str) {
        self.defined.borrow_mut().insert((set, id));
    }

    fn is_defined(&self, set: EntrySet, id: &str) -> bool {
        self.defined.borrow().contains(&(set, id))
    }

    /// Returns the entry of a resource or parameter whose variable can be used here.
    pub(super) fn find_entry(&self, id: &str) -> Option<&Entry<'s>> {
        let entry = self.entries.get(id)?;
        let is_usable = match entry.kind {
            EntryKind::Parameter => true,
            EntryKind::Resource(_) => self.is_defined(EntrySet::Resources, id),
        };
        is_usable.then_some(entry)
    }

    /// Returns the variable of a condition that can be used here.
    pub(super) fn find_condition(&self, name: &str) -> Option<String> {
        let variable = self.conditions.get(name)?;
        self.is_defined(EntrySet::Conditions, name)
            .then(|| self.use_variable(variable))
    }

    pub(super) fn is_used(&self, variable: &str) -> bool {
        self.used.borrow().variables.contains(variable)
    }
}

/// Returns the name under which a program imports an item of a service.
pub(super) fn item_name(service: &str, name: &str) -> String {
    // Several services have an item of this name, or `infra_lib` itself.
    if !["Alias", "Function", "Permission", "Rule"].contains(&name)
        || service == "lambda" && name == "Function"
    {
        return name.to_owned();
    }
    let (first, rest) = service.split_at(1);
    format!("{}{rest}{name}", first.to_uppercase())
}

/// Returns the resource types whose module names are unique among modules, services and imports.
fn types_with_unique_module(document: &Map<String, JsonValue>) -> BTreeSet<&str> {
    let mut types: BTreeMap<&str, Bindings<'_>> = BTreeMap::new();
    for (_, resource) in section_entries(document, "Resources") {
        let type_name = resource["Type"].as_str().unwrap_or_default();
        types.extend(Bindings::for_type(type_name).map(|bindings| (type_name, bindings)));
    }
    let mut holders: BTreeMap<String, usize> = BTreeMap::new();
    let services: BTreeSet<String> = types
        .values()
        .map(|bindings| bindings.service_name())
        .collect();
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

/// Returns the entries of a section.
pub(super) fn section_entries<'s>(
    document: &'s Map<String, JsonValue>,
    name: &str,
) -> impl Iterator<Item = (&'s str, &'s JsonValue)> + use<'s> {
    let section = document.get(name).and_then(JsonValue::as_object);
    section
        .into_iter()
        .flatten()
        .map(|(id, entry)| (id.as_str(), entry))
}

/// Returns a free variable name for a logical ID: the plain name, then with its kind, then with a number.
fn unique_variable(taken: &mut BTreeSet<String>, id: &str, what: &str) -> String {
    let plain = rust_names::to_snake_case(id);
    let plain = if plain.is_empty() || plain.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{what}_{}", rust_names::to_bare_snake_case(id))
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

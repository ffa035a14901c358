//! Walks the properties of a resource and its schema in parallel.

use std::collections::BTreeMap;

use infra_schema::nearest::find_nearest;
use infra_schema::{Definition, Property, ResourceType, Rule, Shape, Type};

use super::view::{Entries, Form, Returned, View, find_entry};
use super::{Finding, ResourceTypes};
use super::{references, rules, scalar};
use crate::diagnostic::{Code, Diagnostic, Severity, codes};

/// Codes that are about the key of a value.
const ABOUT_KEYS: [Code; 5] = [
    codes::UNKNOWN_PROPERTY,
    codes::READ_ONLY_PROPERTY,
    codes::DEPRECATED_PROPERTY,
    codes::MISSING_PROPERTY,
    codes::PROPERTY_COMBINATION,
];

/// Validation of one resource: its schema, and the findings so far.
pub(super) struct Walk<'a, 't, V> {
    pub(super) types: ResourceTypes<'a, 't>,
    pub(super) schema: &'static ResourceType,
    /// Type as written, which is not the name of the schema for `Custom::Name`.
    pub(super) type_name: &'a str,
    pub(super) found: &'a mut Vec<Finding<V>>,
}

/// The properties that an object can have, and the object itself if it is not the properties of the resource.
pub(super) struct Object<'a, V> {
    /// Sorted by name.
    pub(super) known: &'a [Property],
    pub(super) rules: &'a [Rule],
    pub(super) owner: &'a str,
    /// `true` if other properties are accepted as well.
    pub(super) open: bool,
    pub(super) value: Option<V>,
}

/// Presence of a property in a template.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Presence {
    Absent,
    Present,
    /// Decided at deployment, by `Fn::If` with `AWS::NoValue` in one branch.
    Deferred,
}

impl Presence {
    pub(super) fn of_value<'t, V: View<'t>>(value: Option<V>) -> Self {
        match value.map(View::form) {
            None | Some(Form::NoValue) => Self::Absent,
            Some(Form::If(then, otherwise)) => {
                match (Self::of_value(Some(then)), Self::of_value(Some(otherwise))) {
                    (a, b) if a == b => a,
                    _ => Self::Deferred,
                }
            }
            Some(_) => Self::Present,
        }
    }
}

impl<'t, V: View<'t>> Walk<'_, 't, V> {
    pub(super) fn check_properties(&mut self, properties: &Entries<'t, V>) {
        let schema = self.schema;
        let object = Object {
            known: &schema.properties,
            rules: &schema.rules,
            owner: self.type_name,
            open: schema.open,
            value: None,
        };
        self.check_object(properties, &object, "");
    }

    /// Adds a finding about a value, or about the resource as a whole if there is none.
    pub(super) fn add_finding(
        &mut self,
        code: Code,
        value: Option<V>,
        at: &str,
        message: String,
    ) -> &mut Diagnostic {
        let at_end = self.found.len();
        self.found.push(Finding {
            diagnostic: Diagnostic::new(code, message).property(at),
            value,
            about_key: ABOUT_KEYS.contains(&code),
        });
        &mut self.found[at_end].diagnostic
    }

    /// Adds a finding about the key of a value.
    pub(super) fn add_key_finding(
        &mut self,
        code: Code,
        value: V,
        at: &str,
        message: String,
    ) -> &mut Diagnostic {
        let at_end = self.found.len();
        self.found.push(Finding {
            diagnostic: Diagnostic::new(code, message).property(at),
            value: Some(value),
            about_key: true,
        });
        &mut self.found[at_end].diagnostic
    }

    fn check_object(&mut self, map: &Entries<'t, V>, object: &Object<'_, V>, at: &str) {
        let Object { known, owner, .. } = *object;
        // A macro adds entries, which are unknown here.
        let open = object.open || find_entry(map, "Fn::Transform").is_some();
        for (name, value) in map {
            let below = join_path(at, name);
            let property = known.binary_search_by(|property| (*property.name).cmp(name));
            match property {
                Ok(found) => self.check_property(&known[found], *value, &below, owner),
                Err(_) if open => {}
                Err(_) => self.report_unknown_property(name, *value, known, owner, &below),
            }
        }
        if open && !object.open {
            return;
        }
        for property in known
            .iter()
            .filter(|property| property.required && !property.read_only)
        {
            let given = find_entry(map, &property.name);
            let presence = Presence::of_value(given);
            if presence == Presence::Deferred && V::SOLVES_CONDITIONS {
                let (name, below) = (&property.name, join_path(at, &property.name));
                let message = format!("`{owner}` requires `{name}`, which a condition removes");
                self.add_finding(codes::MISSING_PROPERTY, given, &below, message)
                    .help = Some("give both branches of `Fn::If` a value".to_owned());
            }
            if presence == Presence::Absent {
                let (name, below) = (&property.name, join_path(at, &property.name));
                let message = format!("`{owner}` requires `{name}`");
                let settable = known.iter().filter(|p| p.required && !p.read_only);
                let required: Vec<&str> = settable.map(|p| &*p.name).collect();
                let finding =
                    self.add_finding(codes::MISSING_PROPERTY, object.value, &below, message);
                finding.expected = Some(required.join(", "));
            }
        }
        rules::check_rules(self, map, object, at);
    }

    fn report_unknown_property(
        &mut self,
        name: &str,
        value: V,
        known: &[Property],
        owner: &str,
        at: &str,
    ) {
        let names: Vec<&str> = known
            .iter()
            .filter(|p| !p.read_only)
            .map(|p| &*p.name)
            .collect();
        let close = find_nearest(name, names.iter().copied());
        let finding = self.add_finding(
            codes::UNKNOWN_PROPERTY,
            Some(value),
            at,
            format!(
                "`{owner}` has no property `{name}` in the schemas of {}",
                infra_schema::SCHEMA_DATE
            ),
        );
        finding.actual = Some(name.to_owned());
        match close {
            // A name that resembles a known one is a typing error, not a property that is newer than the schemas.
            Some(close) => {
                finding.severity = Severity::Error;
                finding.help = Some(format!("did you mean `{close}`?"));
            }
            None => finding.expected = Some(format_one_of(&names)),
        }
    }

    fn check_property(&mut self, property: &Property, value: V, at: &str, owner: &str) {
        if property.read_only {
            let message = format!(
                "`{}` of `{owner}` is set by AWS and cannot be set here",
                property.name
            );
            self.add_finding(codes::READ_ONLY_PROPERTY, Some(value), at, message)
                .help = Some("remove it; other resources can read it with `Fn::GetAtt`".to_owned());
            return;
        }
        if property.deprecated {
            let message = format!("`{}` of `{owner}` is deprecated", property.name);
            self.add_finding(codes::DEPRECATED_PROPERTY, Some(value), at, message);
        }
        self.check_value(value, &property.shape, at);
    }

    pub(super) fn check_value(&mut self, value: V, shape: &Shape, at: &str) {
        match value.form() {
            Form::Null => {
                let message = "CloudFormation rejects `null`".to_owned();
                self.add_finding(codes::NULL_VALUE, Some(value), at, message)
                    .help = Some(V::NO_VALUE_HELP.to_owned());
            }
            Form::If(then, otherwise) => {
                self.check_value(then, shape, at);
                self.check_value(otherwise, shape, at);
            }
            Form::Ref(name, returned) => {
                self.check_returned(value, returned, shape, at);
                references::check_reference(self, value, name, None, shape, at);
            }
            Form::GetAtt(name, attribute, returned) => {
                self.check_returned(value, returned, shape, at);
                references::check_reference(self, value, name, Some(attribute), shape, at);
            }
            Form::Function(returned) => self.check_returned(value, returned, shape, at),
            Form::NoValue => {}
            form => self.check_literal(value, form, shape, at),
        }
    }

    /// Compares the type that a function returns with that of the property.
    fn check_returned(&mut self, value: V, returned: Returned, shape: &Shape, at: &str) {
        let expected = match (&shape.ty, returned) {
            (Type::List(_), Returned::Text) => "a list",
            (Type::String | Type::Integer | Type::Number | Type::Boolean, Returned::List) => {
                scalar::expected_type(&shape.ty)
            }
            _ => return,
        };
        let found = match returned {
            Returned::List => "a function that returns a list",
            _ => "a function that returns text",
        };
        let message = format!("expected {expected}, found {found}");
        let finding = self.add_finding(codes::WRONG_TYPE, Some(value), at, message);
        finding.expected = Some(expected.to_owned());
    }

    fn check_literal(&mut self, value: V, form: Form<'t, V>, shape: &Shape, at: &str) {
        match (&shape.ty, form) {
            (Type::Json, _) => {}
            (Type::Union(options), _) => self.check_union(value, options, at),
            (Type::Definition(name), form) => {
                if let Some(definition) = self.schema.definition(name) {
                    self.check_definition(value, form, definition, at);
                }
            }
            (Type::List(item), Form::List(items)) => {
                for (index, entry) in items.iter().enumerate() {
                    self.check_value(*entry, item, &join_path(at, &index.to_string()));
                }
                self.check_item_count(value, &items, shape, at);
                if shape.unique {
                    self.check_unique_items(&items, at);
                }
            }
            (Type::Map(item), Form::Map(map)) => {
                for (name, entry) in &map {
                    // The macro adds entries, which are unknown here.
                    if *name != "Fn::Transform" {
                        self.check_value(*entry, item, &join_path(at, name));
                    }
                }
            }
            (Type::List(_), _) => self.report_wrong_type(value, "a list", at),
            (Type::Map(_), _) => self.report_wrong_type(value, "a map", at),
            (Type::String | Type::Integer | Type::Number | Type::Boolean, form) => {
                scalar::check_scalar(self, value, &form, shape, at);
            }
        }
    }

    fn check_definition(
        &mut self,
        value: V,
        form: Form<'t, V>,
        definition: &'static Definition,
        at: &str,
    ) {
        match (&definition.alias, form) {
            (Some(shape), _) => self.check_value(value, shape, at),
            (None, Form::Map(map)) => {
                let owner = format!("{}.{}", self.schema.name, definition.name);
                let object = Object {
                    known: &definition.properties,
                    rules: &definition.rules,
                    owner: &owner,
                    open: false,
                    value: Some(value),
                };
                self.check_object(&map, &object, at);
            }
            // Several services accept a structure as JSON text.
            (None, Form::Text(text)) if text.trim_start().starts_with('{') => {}
            (None, _) => self.report_wrong_type(value, "a map", at),
        }
    }

    /// Validates a value against alternatives, one of which must fit. If none does, the findings of the closest one are reported.
    fn check_union(&mut self, value: V, options: &[Shape], at: &str) {
        let form = value.form();
        if let Form::Map(map) = &form
            && self.check_variants(value, map, options, at)
        {
            return;
        }
        let mut closest: Option<Vec<Finding<V>>> = None;
        let of_form = || options.iter().filter(|option| accepts_form(option, &form));
        let chosen = of_form().chain(options.iter().filter(|_| of_form().next().is_none()));
        for option in chosen {
            let mut found = Vec::new();
            Walk {
                types: self.types,
                type_name: self.type_name,
                schema: self.schema,
                found: &mut found,
            }
            .check_value(value, option, at);
            if found.is_empty() {
                return;
            }
            if closest.as_ref().is_none_or(|best| found.len() < best.len()) {
                closest = Some(found);
            }
        }
        self.found.extend(closest.into_iter().flatten());
    }

    /// Validates an object against the objects among the alternatives, if a property such as `Type` has a value of its own in each of them. Returns
    /// `false` if there is no such property.
    fn check_variants(
        &mut self,
        value: V,
        map: &Entries<'t, V>,
        options: &[Shape],
        at: &str,
    ) -> bool {
        let schema = self.schema;
        let definition = |option: &Shape| match &option.ty {
            Type::Definition(name) => schema.definition(name),
            _ => None,
        };
        let variants: Vec<&Definition> = options.iter().filter_map(definition).collect();
        let Some(tag) = find_tag(&variants) else {
            return false;
        };
        let at_tag = join_path(at, tag);
        let Some(given) = find_entry(map, tag) else {
            let message = format!("the object requires `{tag}`");
            let finding = self.add_finding(codes::MISSING_PROPERTY, Some(value), &at_tag, message);
            finding.expected = Some(tag.to_owned());
            return true;
        };
        let mut shape = Shape::from_type(Type::String);
        let values = variants
            .iter()
            .filter_map(|variant| tag_value(variant, tag));
        shape.values = values.map(|value| value.to_owned().into()).collect();
        let Form::Text(text) = given.form() else {
            // The value of a function is unknown, and so is the variant.
            self.check_value(given, &shape, &at_tag);
            return true;
        };
        let mut chosen = variants.iter();
        if let Some(variant) = chosen.find(|variant| tag_value(variant, tag) == Some(text)) {
            self.check_definition(value, value.form(), variant, at);
        } else {
            self.check_value(given, &shape, &at_tag);
            // A schema that lists the variants is complete.
            if let Some(last) = self.found.last_mut() {
                last.diagnostic.severity = Severity::Error;
            }
        }
        true
    }

    /// Checks the number of items. Items that a condition removes count only as possible ones.
    fn check_item_count(&mut self, value: V, items: &[V], shape: &Shape, at: &str) {
        let count_presence = |wanted: Presence| {
            let found = items
                .iter()
                .filter(|item| Presence::of_value(Some(**item)) == wanted);
            found.count()
        };
        let certain = count_presence(Presence::Present);
        let possible = certain + count_presence(Presence::Deferred);
        let too_few = shape.items.min.is_some_and(|min| (possible as u64) < min);
        let too_many = shape.items.max.is_some_and(|max| (certain as u64) > max);
        if too_few || too_many {
            let count = if too_few { possible } else { certain };
            let message = format!("the list has {count} items");
            let finding = self.add_finding(codes::OUT_OF_RANGE, Some(value), at, message);
            finding.actual = Some(count.to_string());
            finding.expected = Some(format_bounds(shape.items.min, shape.items.max, "items"));
        }
    }

    fn check_unique_items(&mut self, items: &[V], at: &str) {
        let mut first_at: BTreeMap<String, usize> = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            let first = *first_at.entry(item.to_json().to_string()).or_insert(index);
            if first < index {
                let message = format!("the item repeats item {first}, but items must be unique");
                self.add_finding(
                    codes::DUPLICATE_ITEMS,
                    Some(*item),
                    &join_path(at, &index.to_string()),
                    message,
                );
            }
        }
    }

    pub(super) fn report_wrong_type(&mut self, value: V, expected: &str, at: &str) {
        let message = format!(
            "expected {expected}, found {}",
            describe_type(&value.form())
        );
        let finding = self.add_finding(codes::WRONG_TYPE, Some(value), at, message);
        finding.actual = Some(value.to_json().to_string()).filter(|shown| shown.len() <= 80);
        finding.expected = Some(expected.to_owned());
    }
}

/// Returns `true` if values of a form can have the type of a shape.
fn accepts_form<'t, V: View<'t>>(shape: &Shape, form: &Form<'t, V>) -> bool {
    match form {
        Form::Map(_) => matches!(shape.ty, Type::Definition(_) | Type::Map(_) | Type::Json),
        Form::List(_) => matches!(shape.ty, Type::List(_) | Type::Json),
        _ => !matches!(shape.ty, Type::Definition(_) | Type::Map(_) | Type::List(_)),
    }
}

/// Returns the property that has one allowed value in each of several objects.
fn find_tag(variants: &[&'static Definition]) -> Option<&'static str> {
    let (first, others) = variants.split_first()?;
    if others.is_empty() {
        return None;
    }
    let mut names = first.properties.iter().map(|property| &*property.name);
    names.find(|name| {
        variants
            .iter()
            .all(|variant| tag_value(variant, name).is_some())
    })
}

/// Returns the only allowed value of a property.
fn tag_value(variant: &'static Definition, name: &str) -> Option<&'static str> {
    match variant.property(name)?.shape.values.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

pub(super) fn join_path(at: &str, below: &str) -> String {
    if at.is_empty() {
        below.to_owned()
    } else {
        format!("{at}.{below}")
    }
}

/// Returns the allowed values as text, shortened after the first twelve.
pub(super) fn format_one_of(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!("one of: {shown}, … ({more} more)"),
        _ => format!("one of: {shown}"),
    }
}

pub(super) fn format_bounds<N: std::fmt::Display>(
    min: Option<N>,
    max: Option<N>,
    unit: &str,
) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max} {unit}"),
        (Some(min), None) => format!("at least {min} {unit}"),
        (None, Some(max)) => format!("at most {max} {unit}"),
        (None, None) => format!("any number of {unit}"),
    }
}

fn describe_type<V>(form: &Form<'_, V>) -> &'static str {
    match form {
        Form::Null => "null",
        Form::Bool(_) => "a boolean",
        Form::Number(_) => "a number",
        Form::Text(_) => "text",
        Form::List(_) => "a list",
        Form::Map(_) => "a map",
        _ => "an intrinsic function",
    }
}

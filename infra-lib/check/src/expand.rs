//! Expands the loops of the language extensions (`Fn::ForEach`) into the entries that they make.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html>
//!
//! A loop whose collection is decided at deployment stays in place: its entries are unknown.

use std::collections::BTreeMap;

use infra_core::codes;

use crate::Options;
use crate::finding::Findings;
use crate::function::FOR_EACH;
use crate::transforms::Transforms;
use crate::tree::{Call, Entry, Kind, Map, Value};

/// Maximum number of entries that the loops of a template make. CloudFormation accepts 500 resources; nested loops could make far more.
const MAX_ENTRIES: usize = 5_000;

/// Expands every loop with a known collection. Without the transform, loops stay in place and are reported.
pub(crate) fn expand_loops(root: Value, options: &Options, findings: &mut Findings) -> Value {
    let transforms = root
        .as_map()
        .map(Transforms::of_template)
        .unwrap_or_default();
    if !transforms.language_extensions && !transforms.macros {
        report_loops(&root, findings);
        return root;
    }
    let lists = known_lists(&root, options);
    let mut expansion = Expansion {
        lists,
        made: 0,
        findings,
        // A macro can give loops another form.
        is_strict: !transforms.macros,
    };
    expansion.expand(root)
}

/// Returns the values of the parameters that are lists, as far as the options give them or the template has a default.
fn known_lists(root: &Value, options: &Options) -> BTreeMap<String, Items> {
    let parameters = root.as_map().and_then(|map| map.get("Parameters"));
    let entries = parameters
        .and_then(Value::as_map)
        .map(|map| map.entries.as_slice());
    let mut found = BTreeMap::new();
    for entry in entries.unwrap_or_default() {
        let given = options.parameters.get(&entry.key).cloned();
        let certain = given.is_some();
        let default = || entry.value.as_map()?.get("Default")?.scalar_text();
        if let Some(text) = given.or_else(default) {
            let items = text.split(',').map(|item| item.trim().to_owned());
            let texts = items.filter(|item| !item.is_empty()).collect();
            found.insert(entry.key.clone(), Items { texts, certain });
        }
    }
    found
}

/// Reports loops in a template without the transform that expands them.
fn report_loops(value: &Value, findings: &mut Findings) {
    match &value.kind {
        Kind::List(items) => items.iter().for_each(|item| report_loops(item, findings)),
        Kind::Call(call) => report_loops(&call.argument, findings),
        Kind::Map(map) => {
            for entry in &map.entries {
                if entry.key.starts_with(FOR_EACH) {
                    let message = format!(
                        "`{}` requires the transform `AWS::LanguageExtensions`",
                        entry.key
                    );
                    findings
                        .add(codes::FUNCTION_NOT_ALLOWED, entry.key_span, message)
                        .help("add `Transform: AWS::LanguageExtensions`");
                } else {
                    report_loops(&entry.value, findings);
                }
            }
        }
        _ => {}
    }
}

/// Reports a loop that is not a list of an identifier, a collection and a map.
fn report_form(entry: &Entry, findings: &mut Findings) {
    let (name, body) = (&entry.key, &entry.value);
    let mut report = |value: &Value, message: String| {
        findings.add(codes::INVALID_FUNCTION, value.span, message);
    };
    let Some(items) = body.as_list() else {
        let found = body.describe();
        report(
            body,
            format!("`{name}` takes an identifier, a collection and a map, found {found}"),
        );
        return;
    };
    let [identifier, collection, output] = items else {
        let found = items.len();
        report(body, format!("`{name}` takes 3 arguments, found {found}"));
        return;
    };
    let parts = [
        (
            identifier,
            "identifier",
            "text",
            identifier.as_text().is_some(),
        ),
        (
            collection,
            "collection",
            "a list",
            matches!(collection.kind, Kind::List(_) | Kind::Call(_)),
        ),
        (
            output,
            "third argument",
            "a map",
            matches!(output.kind, Kind::Map(_) | Kind::Call(_)),
        ),
    ];
    for (value, part, wanted, is_valid) in parts {
        if !is_valid {
            let found = value.describe();
            report(
                value,
                format!("the {part} of `{name}` is {wanted}, found {found}"),
            );
        }
    }
}

struct Expansion<'f> {
    lists: BTreeMap<String, Items>,
    made: usize,
    findings: &'f mut Findings,
    /// `true` if the form of loops is checked.
    is_strict: bool,
}

/// The items of a collection.
#[derive(Clone)]
struct Items {
    texts: Vec<String>,
    /// `false` for the default of a parameter: the deployment can have other items.
    certain: bool,
}

impl Expansion<'_> {
    fn expand(&mut self, value: Value) -> Value {
        let span = value.span;
        let kind = match value.kind {
            Kind::List(items) => {
                Kind::List(items.into_iter().map(|item| self.expand(item)).collect())
            }
            Kind::Call(call) => Kind::Call(Box::new(Call {
                name: call.name,
                argument: self.expand(call.argument),
            })),
            Kind::Map(map) => Kind::Map(Map {
                entries: self.expand_entries(map.entries),
            }),
            other => other,
        };
        Value { kind, span }
    }

    fn expand_entries(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let mut expanded = Vec::with_capacity(entries.len());
        for entry in entries {
            if entry.key.starts_with(FOR_EACH) && self.is_strict {
                report_form(&entry, self.findings);
            }
            if entry.key.starts_with(FOR_EACH)
                && let Some((made, certain)) = self.expand_loop(&entry.value)
            {
                expanded.extend(made);
                if !certain {
                    expanded.push(entry);
                }
                continue;
            }
            expanded.push(Entry {
                value: self.expand(entry.value),
                ..entry
            });
        }
        expanded
    }

    /// Returns the entries that a loop makes, and `true` if it certainly makes no others. Returns `None` if its collection is unknown or its form is
    /// wrong.
    fn expand_loop(&mut self, body: &Value) -> Option<(Vec<Entry>, bool)> {
        let [identifier, collection, output] = body.as_list()? else {
            return None;
        };
        let (identifier, output) = (identifier.as_text()?, output.as_map()?);
        let Items { texts, certain } = self.collection_items(collection)?;
        self.made = self.made.checked_add(texts.len() * output.entries.len())?;
        if self.made > MAX_ENTRIES {
            return None;
        }
        let mut made = Vec::new();
        for item in texts {
            let replaced = output.entries.iter().map(|entry| Entry {
                key: replace_text(&entry.key, identifier, &item),
                key_span: entry.key_span,
                value: replace_identifier(&entry.value, identifier, &item),
            });
            let replaced: Vec<Entry> = replaced.collect();
            made.extend(self.expand_entries(replaced));
        }
        Some((made, certain))
    }

    fn collection_items(&self, collection: &Value) -> Option<Items> {
        if let Some(name) = collection.as_ref_name() {
            return self.lists.get(name).cloned();
        }
        let texts: Option<_> = collection
            .as_list()?
            .iter()
            .map(Value::scalar_text)
            .collect();
        Some(Items {
            texts: texts?,
            certain: true,
        })
    }
}

/// Replaces `${Identifier}` and `&{Identifier}`; the second form is for names that allow letters and digits only.
fn replace_text(text: &str, identifier: &str, item: &str) -> String {
    let letters: String = item.chars().filter(char::is_ascii_alphanumeric).collect();
    text.replace(&format!("${{{identifier}}}"), item)
        .replace(&format!("&{{{identifier}}}"), &letters)
}

fn replace_identifier(value: &Value, identifier: &str, item: &str) -> Value {
    let replaced = |value: &Value| replace_identifier(value, identifier, item);
    let kind = match &value.kind {
        Kind::Text(text) => Kind::Text(replace_text(text, identifier, item)),
        Kind::List(items) => Kind::List(items.iter().map(replaced).collect()),
        Kind::Map(map) => Kind::Map(Map {
            entries: map
                .entries
                .iter()
                .map(|entry| Entry {
                    key: replace_text(&entry.key, identifier, item),
                    key_span: entry.key_span,
                    value: replaced(&entry.value),
                })
                .collect(),
        }),
        Kind::Call(_) if value.as_ref_name() == Some(identifier) => Kind::Text(item.to_owned()),
        Kind::Call(call) => Kind::Call(Box::new(Call {
            name: call.name.clone(),
            argument: replaced(&call.argument),
        })),
        other => other.clone(),
    };
    Value {
        kind,
        span: value.span,
    }
}

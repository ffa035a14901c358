//! Lists the sections of a template with their entries, for the outline of the editor.

use gen_lsp_types::{DocumentSymbol, SymbolKind};
use infra_yaml::{Entry, Value};

use super::text::Lines;

/// Returns the sections, with the entries of those that declare names.
pub(super) fn list_symbols(root: &infra_yaml::Node, lines: Lines<'_>) -> Vec<DocumentSymbol> {
    let Value::Map(sections) = &root.value else {
        return Vec::new();
    };
    let listed = sections.entries().iter().map(|section| {
        let entries = match &section.value.value {
            Value::Map(map) if section.key != "Metadata" => map.entries(),
            _ => &[],
        };
        let children = entries.iter().map(|entry| {
            let declared = entry.value.get("Type");
            let detail = declared.and_then(|declared| declared.scalar_text());
            let kind = match section.key.as_str() {
                "Resources" => SymbolKind::Class,
                "Parameters" => SymbolKind::Variable,
                _ => SymbolKind::Constant,
            };
            to_symbol(entry, kind, detail, Vec::new(), lines)
        });
        to_symbol(
            section,
            SymbolKind::Namespace,
            None,
            children.collect(),
            lines,
        )
    });
    listed.collect()
}

fn to_symbol(
    entry: &Entry,
    kind: SymbolKind,
    detail: Option<&str>,
    children: Vec<DocumentSymbol>,
    lines: Lines<'_>,
) -> DocumentSymbol {
    let end = entry.value.span.end.max(entry.key_span.end);
    #[expect(deprecated, reason = "the field of the protocol that `tags` replaces")]
    DocumentSymbol {
        name: entry.key.clone(),
        detail: detail.map(str::to_owned),
        kind,
        tags: None,
        deprecated: None,
        range: lines.to_range(entry.key_span.start, end),
        selection_range: lines.span_to_range(entry.key_span),
        children: Some(children),
    }
}

//! The resources of the template against each other: the checks of [`infra_core::validation::check_resources`].

use infra_core::validation::{Finding, ResourceView, TemplateFinding, check_resources};

use super::properties::place;
use crate::finding::Findings;
use crate::function::TRANSFORM;
use crate::model::{Model, Resource, Scenario};
use crate::tree::Map;
use crate::view::view_entries;

pub(super) fn check_across<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    static NOTHING: Map = Map {
        entries: Vec::new(),
    };
    if model.transforms.macros {
        return;
    }
    let (resources, views): (Vec<&Resource<'t>>, Vec<_>) = model
        .resources
        .iter()
        .filter_map(|resource| {
            let attributes = resource.attributes?;
            let map = match resource.attribute("Properties") {
                Some(properties) => properties.as_map()?,
                None => &NOTHING,
            };
            if attributes.find_entry(TRANSFORM).is_some() || map.find_entry(TRANSFORM).is_some() {
                return None;
            }
            let properties = view_entries(model, map);
            let view = ResourceView::new(resource.name(), resource.type_name?, properties);
            Some((resource, view))
        })
        .unzip();
    let is_possible = |all: &[usize], holding: &[(&str, bool)]| {
        let conditions = all.iter().filter_map(|at| resources[*at].condition);
        let own = conditions.map(|condition| (condition, true));
        let scenario: Scenario<'_> = own.chain(holding.iter().copied()).collect();
        model.conditions.can_hold(&scenario)
    };
    for found in check_resources(&views, &is_possible) {
        let TemplateFinding {
            resource,
            finding,
            related,
            ..
        } = found;
        let Finding {
            diagnostic,
            value,
            about_key,
            ..
        } = finding;
        let owner = resources[resource];
        let span = place(value, about_key, owner.entry.key_span);
        let draft = findings.add_diagnostic(diagnostic.logical_id(owner.name()), span);
        if let Some((role, other)) = related {
            draft.related(role, other.value.span);
        }
    }
}

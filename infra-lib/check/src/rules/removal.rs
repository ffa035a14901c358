//! Required properties that a condition removes, if there is a case in which it does.

use infra_core::codes;
use infra_core::validation::Finding;

use crate::function::IF;
use crate::model::{Model, Resource, Scenario};
use crate::tree::{Kind, Value, condition_name};
use crate::view::Spot;

/// Returns `false` for a finding about a property that a condition removes, if the conditions of the template prove that this never happens.
pub(super) fn is_possible<'t>(
    model: &'t Model<'t>,
    resource: &Resource<'t>,
    found: &Finding<Spot<'t>>,
) -> bool {
    let is_removal = found.diagnostic.code == codes::MISSING_PROPERTY;
    let Some(spot) = found.value.filter(|_| is_removal) else {
        return true;
    };
    if spot.value.argument_of(IF).is_none() {
        return true;
    }
    let mut scenario: Scenario<'t> = resource.condition.iter().map(|own| (*own, true)).collect();
    let properties = resource.attribute("Properties");
    properties.is_some_and(|properties| {
        find_conditions(properties, spot.value, &mut scenario)
            && can_be_removed(model, spot.value, &mut scenario)
    })
}

/// Adds the conditions that hold at a value below another. Returns `false`, and adds nothing, if it is not there.
fn find_conditions<'t>(below: &'t Value, wanted: &Value, scenario: &mut Scenario<'t>) -> bool {
    if std::ptr::eq(below, wanted) {
        return true;
    }
    match &below.kind {
        Kind::List(items) => items
            .iter()
            .any(|item| find_conditions(item, wanted, scenario)),
        Kind::Map(map) => map
            .entries
            .iter()
            .any(|entry| find_conditions(&entry.value, wanted, scenario)),
        Kind::Call(call) => match (call.name.as_str(), call.argument.as_list()) {
            (IF, Some([condition, then, otherwise])) => {
                let branches = [(then, true), (otherwise, false)];
                branches.into_iter().any(|(branch, holds)| {
                    let before = scenario.len();
                    scenario.extend(condition_name(condition).map(|name| (name, holds)));
                    let is_here = find_conditions(branch, wanted, scenario);
                    if !is_here {
                        scenario.truncate(before);
                    }
                    is_here
                })
            }
            _ => find_conditions(&call.argument, wanted, scenario),
        },
        _ => false,
    }
}

/// Returns `true` if a branch with `AWS::NoValue` can be taken. Conditions that are not defined are another finding.
fn can_be_removed<'t>(model: &'t Model<'t>, value: &'t Value, scenario: &mut Scenario<'t>) -> bool {
    if value.as_ref_name() == Some("AWS::NoValue") {
        return model.conditions.can_hold(scenario);
    }
    let Some([condition, then, otherwise]) = value.argument_of(IF).and_then(Value::as_list) else {
        return false;
    };
    let defined = |name: &&str| model.condition_entries.contains(name);
    let Some(name) = condition_name(condition).filter(defined) else {
        return false;
    };
    [(then, true), (otherwise, false)]
        .into_iter()
        .any(|(branch, holds)| {
            scenario.push((name, holds));
            let found = can_be_removed(model, branch, scenario);
            scenario.pop();
            found
        })
}

//! Checks that every reference by name has a target in the template, and that every attribute exists.

use infra_schema::nearest::find_nearest;

use super::Synth;
use crate::diagnostic::{Diagnostic, codes};
use crate::template::Template;
use crate::validation::attribute_finding;
use crate::value::Pseudo;

pub(super) fn check_references(synth: &mut Synth) {
    synth.check_templates(check_template);
}

fn check_template(template: &Template, found: &mut Vec<Diagnostic>) {
    let names: Vec<&str> = template.referable_names().collect();
    for resource in &template.resources {
        let mut seen: Vec<(String, Option<String>)> = Vec::new();
        resource.for_each_reference(&mut |name, attribute| {
            let entry = (name.to_owned(), attribute.map(str::to_owned));
            if !seen.contains(&entry) {
                seen.push(entry);
            }
        });
        for (name, attribute) in seen {
            if let Some(finding) = check_reference(template, &names, &name, attribute.as_deref()) {
                found.push(finding.logical_id(&resource.logical_id));
            }
        }
        for name in &resource.depends_on {
            if template.resource(name).is_none()
                && !template.can_exist(name)
                && !template.raw_names("Resources").any(|raw| raw == name)
            {
                found.push(undefined_finding(&names, name).logical_id(&resource.logical_id));
            }
        }
    }
    for (id, fields) in &template.outputs {
        crate::template::for_each_reference_in_map(fields, &mut |name, attribute| {
            if let Some(finding) = check_reference(template, &names, name, attribute) {
                found.push(finding.note(format!("in output `{id}`")));
            }
        });
    }
}

fn check_reference(
    template: &Template,
    names: &[&str],
    name: &str,
    attribute: Option<&str>,
) -> Option<Diagnostic> {
    if Pseudo::from_name(name).is_some() {
        return None;
    }
    let Some(target) = template.resource(name) else {
        if template.raw_names("Resources").any(|raw| raw == name) {
            return None;
        }
        let is_parameter = template.parameters.iter().any(|(id, _)| id == name)
            || template.raw_names("Parameters").any(|raw| raw == name);
        let is_missing = (!is_parameter || attribute.is_some()) && !template.can_exist(name);
        return is_missing.then(|| undefined_finding(names, name));
    };
    attribute_finding(&target.type_name, attribute?)
}

fn undefined_finding(names: &[&str], name: &str) -> Diagnostic {
    let finding = Diagnostic::new(
        codes::UNDEFINED_REFERENCE,
        format!("this template has no resource or parameter `{name}`"),
    );
    match find_nearest(name, names.iter().copied()) {
        Some(close) => finding.help(format!("did you mean `{close}`?")),
        None => finding.help("use the logical ID of a resource or parameter of the same template"),
    }
}

//! Retains a removed output for one more deployment while a deployed stack still reads it.
//!
//! CloudFormation refuses to remove an imported export, so that neither the exporting nor the importing stack could be deployed first. Retaining the
//! output once allows both orders.

use std::collections::BTreeSet;

use serde_json::{Map, Value as JsonValue};

use super::change_set::Sent;
use super::preflight::StackState;
use super::target::Target;
use crate::calls::Calls;
use crate::error::Error;
use infra_aws::ApiErrorKind;
use infra_core::template::{Reference, references};
use infra_template::Template;

/// Sections that can contain the target of a reference.
const SECTIONS: [&str; 3] = ["Resources", "Parameters", "Conditions"];

/// Returns the template to send with the retained entries, and notices for the user about them.
pub(crate) async fn retain_exports(
    calls: &Calls,
    target: &Target,
    standing: &StackState,
    others: &[(&Target, &StackState)],
) -> Result<(Sent, Vec<String>), Error> {
    let wanted = &target.stack.template;
    let mut sent = Sent {
        template: wanted.clone(),
        retained: BTreeSet::new(),
    };
    let mut notices = Vec::new();
    let StackState::Deployed { stack, template } = standing else {
        return Ok((sent, notices));
    };
    let mut document = wanted.document().clone();
    for (output, entry) in template.section_entries("Outputs") {
        if !is_dropped(wanted, output, entry) {
            continue;
        }
        let exported = stack.outputs.iter().find(|known| known.name == output);
        let export = exported.and_then(|known| known.export_name.as_deref());
        let mut readers = match export {
            Some(export) => list_importers(calls, target, export).await?,
            None => BTreeSet::new(),
        };
        readers.extend(find_weak_readers(target, output, others));
        if readers.is_empty() {
            continue;
        }
        retain_entry(
            &mut document,
            template,
            &mut sent.retained,
            "Outputs",
            output,
        );
        let listed: Vec<String> = readers.iter().map(|name| format!("`{name}`")).collect();
        notices.push(format!(
            "output `{output}` of stack `{}` is kept in this deployment, because {} still {} it; the next deployment removes it",
            target.stack.name,
            listed.join(", "),
            if readers.len() == 1 { "reads" } else { "read" },
        ));
    }
    if let Ok(template) = Template::from_json(JsonValue::Object(document)) {
        sent.template = template;
    }
    Ok((sent, notices))
}

/// Returns true if the output or its export is removed.
fn is_dropped(wanted: &Template, output: &str, entry: &JsonValue) -> bool {
    let export = entry.get("Export");
    let mut exports = wanted
        .section_entries("Outputs")
        .map(|(_, entry)| entry.get("Export"));
    let exported_still = export.is_some() && exports.any(|other| other == export);
    let found = wanted
        .section_entries("Outputs")
        .find(|(name, _)| *name == output);
    match found {
        None => !exported_still,
        Some((_, new)) => export.is_some() && new.get("Export").is_none() && !exported_still,
    }
}

/// Returns the names of the stacks that import an export, inside and outside the app.
async fn list_importers(
    calls: &Calls,
    target: &Target,
    export: &str,
) -> Result<BTreeSet<String>, Error> {
    let found = calls
        .read_all_pages(|next| target.client.list_imports(export, next))
        .await;
    match found {
        Ok(found) => Ok(found.into_iter().collect()),
        // CloudFormation reports an export without imports as an error: `Export 'X' is not imported by any stack.`
        Err(error)
            if error.kind == ApiErrorKind::NotFound || error.kind == ApiErrorKind::Invalid =>
        {
            Ok(BTreeSet::new())
        }
        Err(error) => Err(Error::from_api(
            format!("list the stacks that import `{export}`"),
            error,
        )),
    }
}

/// Returns the stacks of this app whose deployed templates read the output with `Fn::GetStackOutput`. CloudFormation keeps no list of them, and a
/// rollback of such a stack would read the output again.
fn find_weak_readers(
    target: &Target,
    output: &str,
    others: &[(&Target, &StackState)],
) -> BTreeSet<String> {
    let reads = |standing: &StackState| {
        let StackState::Deployed { template, .. } = standing else {
            return false;
        };
        let document = JsonValue::Object(template.document().clone());
        references(&document).iter().any(|reference| {
            matches!(reference, Reference::StackOutput { stack, output: name }
                if *stack == target.stack.name && name == output)
        })
    };
    others
        .iter()
        .filter(|(other, standing)| other.stack.id != target.stack.id && reads(standing))
        .map(|(other, _)| other.stack.name.clone())
        .collect()
}

/// Copies an entry of the deployed template, with everything that it refers to and that the new template lacks.
fn retain_entry(
    document: &mut Map<String, JsonValue>,
    deployed: &Template,
    keeps: &mut BTreeSet<String>,
    section: &str,
    name: &str,
) {
    let Some((_, entry)) = deployed
        .section_entries(section)
        .find(|(known, _)| *known == name)
    else {
        return;
    };
    let target = document
        .entry(section)
        .or_insert_with(|| JsonValue::Object(Map::new()));
    if let Some(target) = target.as_object_mut() {
        target.insert(name.to_owned(), entry.clone());
    }
    keeps.insert(format!("{section}/{name}"));
    let mut needed: BTreeSet<String> = BTreeSet::new();
    for reference in references(entry) {
        match reference {
            Reference::Local { logical_id, .. } => needed.insert(logical_id),
            Reference::Condition { name } => needed.insert(name),
            Reference::StackOutput { .. } | Reference::Import { .. } => false,
        };
    }
    // The `Condition` of an output or resource, which `references` takes for a property if it has siblings.
    needed.extend(
        entry
            .get("Condition")
            .and_then(JsonValue::as_str)
            .map(str::to_owned),
    );
    match entry.get("DependsOn") {
        Some(JsonValue::String(id)) => {
            needed.insert(id.clone());
        }
        Some(JsonValue::Array(ids)) => {
            needed.extend(ids.iter().filter_map(JsonValue::as_str).map(str::to_owned));
        }
        _ => {}
    }
    for id in needed {
        for section in SECTIONS {
            let there = document
                .get(section)
                .and_then(|section| section.get(&id))
                .is_some();
            let was = deployed
                .section_entries(section)
                .any(|(known, _)| known == id);
            if was && !there {
                retain_entry(document, deployed, keeps, section, &id);
            }
        }
    }
}

/// Returns a template without the retained entries, as the app wants it.
pub(crate) fn without_retained(template: &Template, keeps: &BTreeSet<String>) -> Template {
    let mut document = template.document().clone();
    for kept in keeps {
        let Some((section, name)) = kept.split_once('/') else {
            continue;
        };
        let Some(entries) = document.get_mut(section).and_then(JsonValue::as_object_mut) else {
            continue;
        };
        entries.remove(name);
        if entries.is_empty() {
            document.remove(section);
        }
    }
    Template::from_json(JsonValue::Object(document)).unwrap_or_else(|_| Template::empty())
}

/// Returns true if all retained entries equal the deployed ones, so that nothing new is disguised as retained.
pub(crate) fn is_deployed(
    template: &Template,
    keeps: &BTreeSet<String>,
    deployed: &Template,
) -> bool {
    let entry = |template: &Template, kept: &str| {
        let (section, name) = kept.split_once('/')?;
        let mut entries = template.section_entries(section);
        entries
            .find(|(known, _)| *known == name)
            .map(|(_, entry)| entry.clone())
    };
    keeps.iter().all(|kept| {
        let here = entry(template, kept);
        here.is_some() && here == entry(deployed, kept)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value as JsonValue, json};

    use super::{is_deployed, is_dropped, retain_entry, without_retained};
    use infra_template::Template;

    fn build_template(document: JsonValue) -> Template {
        Template::from_json(document).unwrap()
    }

    #[test]
    fn retained_output_includes_its_references() {
        let deployed = build_template(json!({
            "Resources": {
                "Topic": { "Type": "AWS::SNS::Topic", "DependsOn": "Key" },
                "Key": { "Type": "AWS::KMS::Key" },
                "Queue": { "Type": "AWS::SQS::Queue" },
            },
            "Outputs": { "Arn": { "Value": { "Ref": "Topic" }, "Export": { "Name": "x" } } },
        }));
        let wanted =
            build_template(json!({ "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } } }));
        let mut document = wanted.document().clone();
        let mut keeps = BTreeSet::new();
        retain_entry(&mut document, &deployed, &mut keeps, "Outputs", "Arn");
        let sent = build_template(JsonValue::Object(document));
        let expected = ["Outputs/Arn", "Resources/Key", "Resources/Topic"];
        assert!(keeps.iter().map(String::as_str).eq(expected));
        assert_eq!(
            without_retained(&sent, &keeps).compute_digest(),
            wanted.compute_digest()
        );
        assert!(is_deployed(&sent, &keeps, &deployed));
        assert!(!is_deployed(&sent, &keeps, &wanted));
    }

    #[test]
    fn keeps_export_moved_to_another_output() {
        let entry = json!({ "Value": "1", "Export": { "Name": "x" } });
        let renamed = build_template(json!({ "Outputs": { "B": entry } }));
        assert!(!is_dropped(&renamed, "A", &entry));
        let unexported = build_template(json!({ "Outputs": { "A": { "Value": "1" } } }));
        assert!(is_dropped(&unexported, "A", &entry));
        assert!(!is_dropped(&unexported, "A", &json!({ "Value": "1" })));
    }
}

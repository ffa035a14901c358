//! The answer of `reach` as text.

use std::fmt::Write as _;

use infra_reach::Answer;

use super::document::{
    AnswerEntry, Document, ExposureEntry, QuestionEntry, StepEntry, StoreEntry, WayEntry,
};
use crate::render::strip_column;

/// Formats the document; `why` adds the steps of open ways, `why_not` the step that stops each other one.
pub(super) fn format_document(document: &Document, why: bool, why_not: bool) -> String {
    let mut text = String::new();
    if let Some(question) = &document.question {
        add_question(&mut text, question, why, why_not);
    }
    if let Some(exposures) = &document.exposures {
        add_exposures(&mut text, exposures, why);
    }
    if let Some(stores) = &document.stores {
        add_stores(&mut text, stores);
    }
    for part in &document.unknown {
        let _ = writeln!(text, "not known: {part}");
    }
    text
}

fn word(answer: AnswerEntry) -> &'static str {
    Answer::from(answer).as_word()
}

fn add_question(text: &mut String, question: &QuestionEntry, why: bool, why_not: bool) {
    let action = question
        .action
        .as_ref()
        .map_or_else(String::new, |action| format!(", {action}"));
    let _ = writeln!(
        text,
        "{} → {}{action}: {}",
        question.from,
        question.to,
        word(question.answer)
    );
    let alone = question.ways.len() == 1;
    for way in &question.ways {
        if !alone {
            let _ = writeln!(text, "  {:8}  {}", word(way.answer), way.what);
        }
        let stops = way.answer == AnswerEntry::No;
        let indent = if alone { "  " } else { "            " };
        if stops && why_not {
            let last = way.steps.iter().find(|step| step.answer == AnswerEntry::No);
            add_steps(text, last, indent);
        } else if !stops && why {
            add_steps(text, &way.steps, indent);
        }
    }
}

fn add_steps<'s>(text: &mut String, steps: impl IntoIterator<Item = &'s StepEntry>, indent: &str) {
    for step in steps {
        let mark = match step.answer {
            AnswerEntry::Yes => "",
            AnswerEntry::Possible => "possibly: ",
            AnswerEntry::No => "stopped: ",
        };
        let _ = writeln!(text, "{indent}{mark}{}", step.text);
        if let Some(place) = format_place(step) {
            let _ = writeln!(text, "{indent}  {place}");
        }
    }
}

/// Returns the resource, property and line of a step.
fn format_place(step: &StepEntry) -> Option<String> {
    let resource = step.resource.as_ref()?;
    let mut place = resource.display_name().to_owned();
    if let Some(property) = &step.property {
        let _ = write!(place, ", {property}");
    }
    if let Some(source) = &resource.source {
        let _ = write!(place, ", {}", strip_column(source));
    }
    Some(place)
}

fn add_exposures(text: &mut String, exposures: &[ExposureEntry], why: bool) {
    if exposures.is_empty() {
        text.push_str("nothing is reachable from outside\n");
    }
    for ExposureEntry {
        from,
        condition,
        resource,
        way: WayEntry {
            what,
            answer,
            steps,
        },
    } in exposures
    {
        let _ = writeln!(
            text,
            "{:8}  {from} → {}: {what}",
            word(*answer),
            resource.display_name()
        );
        if let Some(condition) = condition {
            let _ = writeln!(text, "          if {condition}");
        }
        if why {
            add_steps(text, steps, "          ");
        }
    }
}

fn add_stores(text: &mut String, stores: &[StoreEntry]) {
    if stores.is_empty() {
        text.push_str("the app has no data store that anything reaches\n");
    }
    for store in stores {
        let _ = writeln!(text, "{}", store.resource.display_name());
        for reader in &store.readers {
            let name = reader
                .resource
                .as_ref()
                .map_or(super::INTERNET, |resource| resource.display_name());
            let of = |wanted: AnswerEntry| -> Vec<&str> {
                let ways = reader.ways.iter().filter(|way| way.answer == wanted);
                ways.map(|way| way.what.as_str()).collect()
            };
            for answer in [AnswerEntry::Yes, AnswerEntry::Possible] {
                let uses = of(answer);
                if !uses.is_empty() {
                    let _ = writeln!(text, "  {:8}  {name}: {}", word(answer), uses.join(", "));
                }
            }
        }
    }
}

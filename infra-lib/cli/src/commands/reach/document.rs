//! The answer of `reach` as data, for JSON and for text.

use infra_reach::{Answer, DataAccess, Exposure, NodeId, Outside, Proof, Reach, Source, Step};
use infra_template::ResourceName;
use schemars::JsonSchema;
use serde::Serialize;

/// A question about one source and one resource.
pub(super) struct Question {
    pub(super) from: String,
    pub(super) source: Source,
    pub(super) action: Option<String>,
    pub(super) to: String,
    pub(super) target: NodeId,
}

/// Answers of `reach`: to a question, or lists of reachable resources.
#[derive(Debug, Default, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "Reachability: `reach --json`")]
pub(in crate::commands) struct Document {
    /// The question and its answer. Absent with `--from-internet` and `--to-data`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) question: Option<QuestionEntry>,
    /// Ways from outside to resources. Absent without `--from-internet`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) exposures: Option<Vec<ExposureEntry>>,
    /// Data stores and who reaches them. Absent without `--to-data`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stores: Option<Vec<StoreEntry>>,
    /// Parts of the templates that are not known, as clauses for display. Nothing is known about the resources in them.
    pub(super) unknown: Vec<String>,
}

/// A question and its answer.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct QuestionEntry {
    /// Source of the question, as given: `internet`, or the name of a resource.
    pub(super) from: String,
    /// Action of the question. Absent for a question about every way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) action: Option<String>,
    /// Resource of the question, as given.
    pub(super) to: String,
    /// Answer over all ways, which is the most certain one.
    pub(super) answer: AnswerEntry,
    /// Ways to the resource: the connection, and the actions on its data.
    pub(super) ways: Vec<WayEntry>,
}

/// An answer in three values.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum AnswerEntry {
    /// Not reachable.
    No,
    /// Reachable for some of the values that the templates leave open.
    Possible,
    /// Reachable.
    Yes,
}

/// A way to a resource, whether it is open or not.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WayEntry {
    /// Use of the way: `connect`, or an action such as `s3:GetObject`.
    pub(super) what: String,
    /// Answer for the way.
    pub(super) answer: AnswerEntry,
    /// Steps in the direction of the request. For the answer `no`, the last one stops it.
    pub(super) steps: Vec<StepEntry>,
}

/// A step of a way.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StepEntry {
    /// Answer of the step alone.
    pub(super) answer: AnswerEntry,
    /// Description in one line.
    pub(super) text: String,
    /// Resource that decides. Absent for a step that no resource of the app decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) resource: Option<ResourceName>,
    /// Path of the property that decides. Absent for a resource as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) property: Option<String>,
}

/// A way from outside to a resource.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExposureEntry {
    /// Source: `internet`, or the account, role or identity provider that a policy names.
    pub(super) from: String,
    /// Condition of the statement that names the source, as JSON. Absent for a statement without one, and for the internet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<String>,
    /// Resource that is reached.
    pub(super) resource: ResourceName,
    /// The way itself.
    #[serde(flatten)]
    pub(super) way: WayEntry,
}

/// A data store and who reaches it.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoreEntry {
    /// The data store.
    pub(super) resource: ResourceName,
    /// Sources that reach it, certainly or possibly.
    pub(super) readers: Vec<ReaderEntry>,
}

/// A source that reaches a data store.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReaderEntry {
    /// The resource. Absent for the internet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) resource: Option<ResourceName>,
    /// Uses of the store, each with its answer.
    pub(super) ways: Vec<UseEntry>,
}

/// A use of a data store.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UseEntry {
    /// `connect`, or an action such as `s3:GetObject`.
    pub(super) what: String,
    /// Answer for it.
    pub(super) answer: AnswerEntry,
}

impl From<Answer> for AnswerEntry {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::No => Self::No,
            Answer::Possible => Self::Possible,
            Answer::Yes => Self::Yes,
        }
    }
}

impl From<AnswerEntry> for Answer {
    fn from(answer: AnswerEntry) -> Self {
        match answer {
            AnswerEntry::No => Self::No,
            AnswerEntry::Possible => Self::Possible,
            AnswerEntry::Yes => Self::Yes,
        }
    }
}

impl WayEntry {
    fn new(what: &str, proof: &Proof) -> Self {
        let step = |step: &Step| StepEntry {
            answer: step.answer.into(),
            text: step.text.clone(),
            resource: step.place.as_ref().map(|place| place.resource.clone()),
            property: step.place.as_ref().and_then(|place| place.property.clone()),
        };
        Self {
            what: what.to_owned(),
            answer: proof.answer.into(),
            steps: proof.steps.iter().map(step).collect(),
        }
    }
}

impl Document {
    pub(super) fn of_question(reach: &Reach<'_>, question: &Question) -> Self {
        let ways: Vec<WayEntry> = if let Some(action) = &question.action {
            let proof = reach.may(question.source, action, question.target);
            vec![WayEntry::new(action, &proof)]
        } else {
            let reached = reach.reaches(question.source, question.target);
            let connection = reached
                .connection
                .iter()
                .map(|proof| WayEntry::new("connect", proof));
            let actions = reached.actions.iter();
            connection
                .chain(actions.map(|one| WayEntry::new(&one.action, &one.proof)))
                .collect()
        };
        let answer = ways.iter().map(|way| way.answer).max();
        Self {
            question: Some(QuestionEntry {
                from: question.from.clone(),
                action: question.action.clone(),
                to: question.to.clone(),
                answer: answer.unwrap_or(AnswerEntry::No),
                ways,
            }),
            ..Self::empty(reach)
        }
    }

    pub(super) fn of_exposures(reach: &Reach<'_>) -> Self {
        let entry = |exposure: &Exposure| {
            let (from, condition) = match &exposure.from {
                Outside::Principal { name, condition } => (name.clone(), Some(condition.clone())),
                _ => (super::INTERNET.to_owned(), None),
            };
            ExposureEntry {
                from,
                condition: condition.filter(|text| !text.is_empty()),
                resource: exposure.to.clone(),
                way: WayEntry::new(&exposure.what, &exposure.proof),
            }
        };
        Self {
            exposures: Some(reach.exposures().iter().map(entry).collect()),
            ..Self::empty(reach)
        }
    }

    pub(super) fn of_stores(reach: &Reach<'_>) -> Self {
        let mut stores: Vec<StoreEntry> = Vec::new();
        for DataAccess {
            store, from, what, ..
        } in reach.data_access()
        {
            if stores.last().is_none_or(|last| last.resource != store) {
                stores.push(StoreEntry {
                    resource: store,
                    readers: Vec::new(),
                });
            }
            let ways = what.into_iter().map(|(what, answer)| UseEntry {
                what,
                answer: answer.into(),
            });
            let reader = ReaderEntry {
                resource: from,
                ways: ways.collect(),
            };
            if let Some(last) = stores.last_mut() {
                last.readers.push(reader);
            }
        }
        Self {
            stores: Some(stores),
            ..Self::empty(reach)
        }
    }

    fn empty(reach: &Reach<'_>) -> Self {
        Self {
            unknown: reach.world().unknown_parts().to_vec(),
            ..Self::default()
        }
    }

    /// Returns the most certain of all answers.
    pub(super) fn most_certain(&self) -> Answer {
        let question = self.question.iter().map(|one| one.answer);
        let exposures = self.exposures.iter().flatten().map(|one| one.way.answer);
        let stores = self.stores.iter().flatten();
        let uses = stores.flat_map(|store| store.readers.iter().flat_map(|reader| &reader.ways));
        let all = question.chain(exposures).chain(uses.map(|one| one.answer));
        all.max().unwrap_or(AnswerEntry::No).into()
    }
}

//! Rounds in which an app is run and its context lookups are answered: which are asked, and when nothing comes of it.

use std::collections::BTreeSet;

use infra_core::{Diagnostic, MissingContext, codes};

/// Rounds of one command. An answer can lead to a new question, and that to another; nobody nests them so deep.
const ROUNDS: usize = 16;

/// The lookups that were answered in earlier rounds.
#[derive(Debug, Default)]
pub(crate) struct Rounds {
    answered: BTreeSet<String>,
    count: usize,
}

impl Rounds {
    /// The lookups of a round that are new.
    ///
    /// # Errors
    ///
    /// When the app asks for nothing but what it was told, or was run too often.
    pub(crate) fn begin(
        &mut self,
        lookups: &[MissingContext],
        file: &str,
    ) -> Result<Vec<MissingContext>, Diagnostic> {
        let new = lookups.iter();
        let new = new.filter(|lookup| !self.answered.contains(&lookup.key));
        let new: Vec<MissingContext> = new.cloned().collect();
        let key = lookups.first().map_or("", |lookup| &lookup.key);
        if new.is_empty() {
            return Err(Diagnostic::new(
                codes::LOOKUPS_WITHOUT_END,
                format!("the app asks again for `{key}`, which was answered"),
            )
            .note(format!("the answer is in `{file}`"))
            .help("the app has to use the context that it is run with: CDK_CONTEXT_JSON for an app of the CDK, which `new App({ context })` must not replace"));
        }
        self.count += 1;
        if self.count > ROUNDS {
            return Err(Diagnostic::new(
                codes::LOOKUPS_WITHOUT_END,
                format!("the app was run {ROUNDS} times, and each time asked for something new"),
            )
            .note(format!("the last: `{key}`"))
            .help("make the questions of the app from values that are the same in every run"));
        }
        let keys = new.iter().map(|lookup| lookup.key.clone());
        self.answered.extend(keys);
        Ok(new)
    }
}

#[cfg(test)]
mod tests {
    use infra_core::{MissingContext, codes};

    use super::{ROUNDS, Rounds};

    fn lookup(key: &str) -> MissingContext {
        MissingContext::new(key, "ssm", serde_json::Map::new())
    }

    #[test]
    fn new_questions_are_progress_and_old_ones_are_not() {
        let mut rounds = Rounds::default();
        let mut begin = |keys: &[&str]| {
            let lookups: Vec<_> = keys.iter().map(|key| lookup(key)).collect();
            let begun = rounds.begin(&lookups, "cdk.context.json");
            begun.map(|new| new.into_iter().map(|one| one.key).collect::<Vec<_>>())
        };
        assert_eq!(begin(&["a", "b"]).unwrap(), ["a", "b"]);
        assert_eq!(begin(&["b", "c"]).unwrap(), ["c"]);
        let end = begin(&["c"]).unwrap_err();
        assert_eq!(end.code, codes::LOOKUPS_WITHOUT_END);
        assert_eq!(end.message, "the app asks again for `c`, which was answered");
    }

    #[test]
    fn questions_that_never_end_are_not_asked_for_ever() {
        let mut rounds = Rounds::default();
        for round in 0..ROUNDS {
            rounds.begin(&[lookup(&round.to_string())], "f").unwrap();
        }
        rounds.begin(&[lookup("more")], "f").unwrap_err();
    }
}

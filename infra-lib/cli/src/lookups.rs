//! Limits the rounds in which an app is run and its context lookups are answered. [`Rounds`] decides which lookups are new and when repeating is
//! pointless.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::{Diagnostic, MissingContext, codes};
use infra_deploy::{Class, Error};

/// Maximum number of rounds in one command. An answer can lead to a new lookup; deeper nesting than this is treated as an endless loop.
const ROUNDS: usize = 16;

/// The lookups of earlier rounds and their results.
#[derive(Debug, Default)]
pub(crate) struct LookupRounds {
    requested: BTreeSet<String>,
    /// Errors of unanswered lookups, by key.
    failed: BTreeMap<String, Error>,
    /// Keys of the lookups in the current round.
    current: BTreeSet<String>,
    count: usize,
}

impl LookupRounds {
    /// Begins a round and returns the lookups that are new.
    ///
    /// # Errors
    ///
    /// Returns an error if the app still requests an unanswered lookup, if it requests only lookups that were answered, or if it was run more than
    /// [`ROUNDS`] times.
    pub(crate) fn begin_round(
        &mut self,
        lookups: &[MissingContext],
        file: &str,
    ) -> Result<Vec<MissingContext>, Error> {
        let new = lookups.iter();
        let new = new.filter(|lookup| !self.requested.contains(&lookup.key));
        let new: Vec<MissingContext> = new.cloned().collect();
        if new.is_empty() {
            let failed = lookups.iter();
            let failed = failed.filter_map(|lookup| self.failed.remove(&lookup.key));
            return Err(
                Error::join_errors(failed).unwrap_or_else(|| repeated_lookup_error(lookups, file))
            );
        }
        self.current = lookups.iter().map(|lookup| lookup.key.clone()).collect();
        self.count += 1;
        if self.count > ROUNDS {
            return Err(endless_lookups_error(&new));
        }
        let keys = new.iter().map(|lookup| lookup.key.clone());
        self.requested.extend(keys);
        Ok(new)
    }

    /// Ends a round with the number of answers and the lookups that failed. If there was an answer, the failures are kept for later: the app may no
    /// longer need those lookups, because a placeholder can lead to a lookup that has no answer.
    ///
    /// # Errors
    ///
    /// Returns an error if no lookup was answered, since the app would request the same ones again.
    pub(crate) fn end_round(
        &mut self,
        answers: usize,
        failed: Vec<(String, Error)>,
    ) -> Result<(), Error> {
        if answers == 0 {
            let earlier = std::mem::take(&mut self.failed).into_iter();
            let earlier = earlier.filter(|(key, _)| self.current.contains(key));
            let errors = earlier.chain(failed).map(|(_, error)| error);
            return Error::join_errors(errors).map_or(Ok(()), Err);
        }
        self.failed.extend(failed);
        Ok(())
    }
}

fn first_key(lookups: &[MissingContext]) -> &str {
    lookups.first().map_or("", |lookup| &lookup.key)
}

fn repeated_lookup_error(lookups: &[MissingContext], file: &str) -> Error {
    let key = first_key(lookups);
    let finding = Diagnostic::new(
        codes::LOOKUPS_WITHOUT_END,
        format!("the app repeats the context lookup `{key}`, which was answered"),
    )
    .note(format!("the answer is in `{file}`"))
    .help("the app must use the context that it receives: CDK_CONTEXT_JSON for an app of the CDK, which `new App({ context })` must not replace");
    Error::new(Class::Error, finding)
}

fn endless_lookups_error(lookups: &[MissingContext]) -> Error {
    let finding = Diagnostic::new(
        codes::LOOKUPS_WITHOUT_END,
        format!("the app was run {ROUNDS} times, each time with new context lookups"),
    )
    .note(format!("the last: `{}`", first_key(lookups)))
    .help("build the lookups of the app from values that are the same in every run");
    Error::new(Class::Error, finding)
}

#[cfg(test)]
mod tests {
    use infra_core::{Diagnostic, MissingContext, codes};
    use infra_deploy::{Class, Error};

    use super::{LookupRounds, ROUNDS};

    fn lookups_for_keys(keys: &[&str]) -> Vec<MissingContext> {
        let keys = keys.iter();
        keys.map(|key| MissingContext::new(*key, "ssm", serde_json::Map::new()))
            .collect()
    }

    fn begin(rounds: &mut LookupRounds, keys: &[&str]) -> Result<Vec<String>, String> {
        let begun = rounds.begin_round(&lookups_for_keys(keys), "cdk.context.json");
        begun
            .map(|new| new.into_iter().map(|one| one.key).collect())
            .map_err(|error| error.to_string())
    }

    fn failed_lookup(key: &str) -> (String, Error) {
        let finding = Diagnostic::new(codes::LOOKUP_FAILED, format!("no {key}"));
        (key.to_owned(), Error::new(Class::Error, finding))
    }

    #[test]
    fn accepts_new_lookups_and_rejects_answered_ones() {
        let mut rounds = LookupRounds::default();
        assert_eq!(begin(&mut rounds, &["a", "b"]).unwrap(), ["a", "b"]);
        rounds.end_round(2, Vec::new()).unwrap();
        assert_eq!(begin(&mut rounds, &["b", "c"]).unwrap(), ["c"]);
        rounds.end_round(1, Vec::new()).unwrap();
        assert_eq!(
            begin(&mut rounds, &["c"]).unwrap_err(),
            "the app repeats the context lookup `c`, which was answered"
        );
    }

    #[test]
    fn drops_failed_placeholder_lookup_when_not_requested_again() {
        let mut rounds = LookupRounds::default();
        begin(&mut rounds, &["vpc", "group of placeholder"]).unwrap();
        rounds
            .end_round(1, vec![failed_lookup("group of placeholder")])
            .unwrap();
        assert_eq!(begin(&mut rounds, &["group of vpc"]).unwrap().len(), 1);
        let mut rounds = LookupRounds::default();
        begin(&mut rounds, &["a", "b"]).unwrap();
        rounds.end_round(1, vec![failed_lookup("b")]).unwrap();
        assert_eq!(begin(&mut rounds, &["b"]).unwrap_err(), "no b");
    }

    #[test]
    fn stops_after_round_without_answers() {
        let mut rounds = LookupRounds::default();
        begin(&mut rounds, &["a"]).unwrap();
        let error = rounds.end_round(0, vec![failed_lookup("a")]).unwrap_err();
        assert_eq!(error.to_string(), "no a");
    }

    #[test]
    fn reports_all_unanswered_lookups() {
        let mut rounds = LookupRounds::default();
        begin(&mut rounds, &["a", "b", "gone"]).unwrap();
        let failures = vec![failed_lookup("b"), failed_lookup("gone")];
        rounds.end_round(1, failures).unwrap();
        assert_eq!(begin(&mut rounds, &["b", "c"]).unwrap(), ["c"]);
        let error = rounds.end_round(0, vec![failed_lookup("c")]).unwrap_err();
        let named: Vec<&str> = error
            .findings
            .iter()
            .map(|finding| finding.message.as_str())
            .collect();
        assert_eq!(named, ["no b", "no c"]);
    }

    #[test]
    fn limits_number_of_lookup_rounds() {
        let mut rounds = LookupRounds::default();
        for round in 0..ROUNDS {
            begin(&mut rounds, &[&round.to_string()]).unwrap();
        }
        begin(&mut rounds, &["more"]).unwrap_err();
    }
}

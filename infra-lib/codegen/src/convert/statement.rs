//! Statements of the generated program, and their construct IDs.

use std::collections::BTreeSet;

use super::code::{Code, comment_text};

/// A statement: an expression, bound to a variable if it is used later, and the calls that follow.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) comment: Option<String>,
    pub(super) variable: Option<String>,
    pub(super) code: Code,
    pub(super) follow: Vec<Code>,
}

impl Statement {
    pub(super) fn with_binding(variable: &str, code: Code) -> Self {
        Self {
            comment: None,
            variable: Some(variable.to_owned()),
            code,
            follow: Vec::new(),
        }
    }

    pub(super) fn without_binding(code: Code) -> Self {
        Self {
            comment: None,
            variable: None,
            code,
            follow: Vec::new(),
        }
    }

    /// Puts the comment of the template above the statement's own.
    pub(super) fn with_comment(mut self, comment: Option<&String>) -> Self {
        let own = self.comment.take();
        let lines: Vec<String> = comment.cloned().into_iter().chain(own).collect();
        self.comment = (!lines.is_empty()).then(|| lines.join("\n"));
        self
    }

    /// Appends the statement, indented by one level.
    pub(super) fn write_to(&self, out: &mut String, is_used: impl Fn(&str) -> bool) {
        for line in self.comment.iter().flat_map(|comment| comment.lines()) {
            out.push_str(format!("    // {}", comment_text(line)).trim_end());
            out.push('\n');
        }
        let bound = self.variable.as_deref().filter(|name| is_used(name));
        let start = bound.map_or_else(|| "    ".to_owned(), |name| format!("    let {name} = "));
        out.push_str(&start);
        self.code.write_to(out, 4, start.chars().count());
        out.push_str(";\n");
        for code in &self.follow {
            out.push_str("    ");
            code.write_to(out, 4, 4);
            out.push_str(";\n");
        }
    }
}

/// Construct IDs of the stack. Sections of a template have separate namespaces, constructs share one.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeSet<String>);

impl Ids {
    /// Returns a construct ID for a logical ID, and `true` if the logical ID must be overridden.
    pub(super) fn claim_id(&mut self, id: &str, what: &str) -> (String, bool) {
        // `Default` does not appear in logical IDs.
        if id != "Default" && self.0.insert(id.to_owned()) {
            return (id.to_owned(), false);
        }
        let mut number = 1;
        loop {
            let candidate = if number == 1 {
                format!("{id}{what}")
            } else {
                format!("{id}{what}{number}")
            };
            if self.0.insert(candidate.clone()) {
                return (candidate, true);
            }
            number += 1;
        }
    }

    /// Reserves an ID for a later entry.
    pub(super) fn reserve_id(&mut self, id: &str) {
        self.0.insert(id.to_owned());
    }
}

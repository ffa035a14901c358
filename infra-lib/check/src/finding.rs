//! Findings with their ranges in the text of a template: [`Finding`] and [`Report`].

use std::collections::BTreeSet;
use std::sync::Arc;

use infra_core::{Code, Diagnostic, Place, Severity};
use infra_packs::Assessed;
use infra_yaml::{Position, Span};

use crate::fix::{Fix, apply_fixes, find_fix};

/// A finding with its range in the text.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// The finding. Its place is the start of the range.
    pub diagnostic: Diagnostic,
    start: Position,
    end: Position,
    /// The file, which all findings of a report share.
    file: Arc<SourceFile>,
    related: Vec<(String, Position)>,
    fix: Option<Fix>,
}

/// A file that was checked.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct SourceFile {
    /// Path of the file as given.
    pub name: String,
    /// Content of the file.
    pub text: String,
}

impl Finding {
    /// Returns the position of the first character.
    pub fn start(&self) -> Position {
        self.start
    }

    /// Returns the position after the last character.
    pub fn end(&self) -> Position {
        self.end
    }

    /// Returns the file that contains the finding.
    pub fn file(&self) -> &SourceFile {
        &self.file
    }

    /// Returns further positions of the same file, each with its role in the finding.
    pub fn related(&self) -> &[(String, Position)] {
        &self.related
    }

    /// Returns the correction, if the finding suggests one.
    pub fn fix(&self) -> Option<&Fix> {
        self.fix.as_ref()
    }

    /// Returns `true` for errors, and `false` for warnings.
    pub fn is_error(&self) -> bool {
        self.diagnostic.severity != Severity::Warning
    }
}

/// The findings of one or several files: errors first, each in the order of the text.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// The findings, errors first.
    pub findings: Vec<Finding>,
    /// Number of files that were checked.
    pub files: usize,
    /// Results of the rules of policy packs, for each resource that they are about. Empty without packs.
    pub assessed: Vec<Assessed>,
}

impl Report {
    /// Returns the number of errors.
    pub fn errors(&self) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.is_error())
            .count()
    }

    /// Returns the number of warnings.
    pub fn warnings(&self) -> usize {
        self.findings.len() - self.errors()
    }

    /// Returns the text of a file with the certain corrections of its findings, and their number. The file is named as in the findings.
    ///
    /// ```
    /// use infra_check::{Options, check_text};
    ///
    /// let text = "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {delaySeconds: 5}}}";
    /// let report = check_text("queue.yaml", text, &Options::default());
    /// let (corrected, number) = report.apply_fixes("queue.yaml", text);
    /// assert!(corrected.contains("DelaySeconds: 5"));
    /// assert_eq!(number, 1);
    /// ```
    pub fn apply_fixes(&self, name: &str, text: &str) -> (String, usize) {
        let findings = self.findings.iter();
        let of_file = findings.filter(|finding| finding.file.name == name);
        apply_fixes(of_file.filter_map(Finding::fix), text)
    }

    fn sort(&mut self) {
        self.findings.sort_by(|a, b| {
            let errors_first = b.is_error().cmp(&a.is_error());
            errors_first
                .then_with(|| a.file.name.cmp(&b.file.name))
                .then_with(|| a.start.cmp(&b.start))
                .then_with(|| a.diagnostic.message.cmp(&b.diagnostic.message))
        });
    }
}

impl FromIterator<Self> for Report {
    /// Combines the reports of several files. A finding that several reports have is kept once: the template of nested stacks is checked for each
    /// combination of parameters.
    fn from_iter<I: IntoIterator<Item = Self>>(reports: I) -> Self {
        let mut all = Self::default();
        for report in reports {
            all.findings.extend(report.findings);
            all.files += report.files;
            all.assessed.extend(report.assessed);
        }
        all.sort();
        // The template of nested stacks is checked for each combination of parameters: of equal results, the first is kept.
        let mut seen = BTreeSet::new();
        all.assessed.retain(|one| {
            let key = (one.template.clone(), one.logical_id.clone(), one.rule.id());
            seen.insert(key)
        });
        all.findings.dedup_by(|a, b| {
            a.start == b.start
                && a.file.name == b.file.name
                && a.diagnostic.code == b.diagnostic.code
                && a.diagnostic.message == b.diagnostic.message
        });
        all
    }
}

/// A finding before its file is known.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) span: (Position, Position),
    pub(crate) related: Vec<(String, Position)>,
}

impl Draft {
    pub(crate) fn update(&mut self, change: impl FnOnce(Diagnostic) -> Diagnostic) -> &mut Self {
        // `Diagnostic` is changed by value.
        let placeholder = Diagnostic::new(self.diagnostic.code, String::new());
        let current = std::mem::replace(&mut self.diagnostic, placeholder);
        self.diagnostic = change(current);
        self
    }

    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.update(|diagnostic| diagnostic.help(help))
    }

    /// Suggests the most similar of the known names, or lists them if none is similar.
    pub(crate) fn suggest<'a>(
        &mut self,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> &mut Self {
        const LISTED: usize = 12;
        // More names than a template can have: comparing each with each other takes too long.
        const COMPARED: usize = 1_500;
        let known: Vec<&str> = known.into_iter().collect();
        let close = match known.len() {
            0..=COMPARED => infra_core::find_nearest(name, known.iter().copied()),
            _ => None,
        };
        match close {
            Some(close) => self.help(format!("did you mean `{close}`?")),
            None if known.is_empty() || known.len() > LISTED => self,
            None => {
                let listed = format!("one of: {}", known.join(", "));
                self.update(|diagnostic| diagnostic.expected(listed))
            }
        }
    }

    pub(crate) fn related(&mut self, message: impl Into<String>, span: Span) -> &mut Self {
        self.related.push((message.into(), span.start));
        self
    }
}

/// The findings of the template that is being checked.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) drafts: Vec<Draft>,
}

impl Findings {
    pub(crate) fn add(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Draft {
        self.add_diagnostic(Diagnostic::new(code, message), (span.start, span.end))
    }

    pub(crate) fn add_diagnostic(
        &mut self,
        diagnostic: Diagnostic,
        span: (Position, Position),
    ) -> &mut Draft {
        let at = self.drafts.len();
        self.drafts.push(Draft {
            diagnostic,
            span,
            related: Vec::new(),
        });
        &mut self.drafts[at]
    }

    pub(crate) fn into_report(self, name: &str, text: &str) -> Report {
        let file = Arc::new(SourceFile {
            name: name.to_owned(),
            text: text.to_owned(),
        });
        let place = |at: Position| Place::new(name, at.line, at.column);
        let mut findings: Vec<Finding> = Vec::new();
        let mut seen: BTreeSet<(Position, &str, String)> = BTreeSet::new();
        for draft in self.drafts {
            let (start, end) = draft.span;
            let found = &draft.diagnostic;
            // An alias, or an iteration of a loop, repeats the text of a finding.
            if !seen.insert((start, found.code.as_str(), found.message.clone())) {
                continue;
            }
            let fix = find_fix(&draft.diagnostic, text, start, end);
            findings.push(Finding {
                fix,
                diagnostic: draft.diagnostic.place(place(start)),
                start,
                end,
                file: Arc::clone(&file),
                related: draft.related,
            });
        }
        let mut report = Report {
            findings,
            files: 1,
            assessed: Vec::new(),
        };
        report.sort();
        report
    }
}

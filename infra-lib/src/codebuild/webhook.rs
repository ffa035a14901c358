//! Filters of webhooks.

use crate::core::{Data, Map};

/// Event of a repository that starts a build.
///
/// See [webhook events](https://docs.aws.amazon.com/codebuild/latest/userguide/github-webhook.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum WebhookEvent {
    /// Commits were pushed.
    Push,
    /// A pull request was opened.
    PullRequestCreated,
    /// Commits were pushed to a pull request.
    PullRequestUpdated,
    /// A pull request was closed without being merged.
    PullRequestClosed,
    /// A pull request was merged.
    PullRequestMerged,
    /// A pull request was opened again; not with Bitbucket.
    PullRequestReopened,
    /// A release was published; GitHub only.
    Released,
    /// A prerelease was published; GitHub only.
    Prereleased,
    /// A job of GitHub Actions waits for this project as its runner; GitHub only.
    WorkflowJobQueued,
}

impl WebhookEvent {
    const fn name(self) -> &'static str {
        match self {
            Self::Push => "PUSH",
            Self::PullRequestCreated => "PULL_REQUEST_CREATED",
            Self::PullRequestUpdated => "PULL_REQUEST_UPDATED",
            Self::PullRequestClosed => "PULL_REQUEST_CLOSED",
            Self::PullRequestMerged => "PULL_REQUEST_MERGED",
            Self::PullRequestReopened => "PULL_REQUEST_REOPENED",
            Self::Released => "RELEASED",
            Self::Prereleased => "PRERELEASED",
            Self::WorkflowJobQueued => "WORKFLOW_JOB_QUEUED",
        }
    }
}

/// Events of a repository and what they must match, all of it, to start a build. A source with several filters needs one of them.
///
/// Patterns are regular expressions.
///
/// ```
/// use infra_lib::codebuild::{BuildSource, WebhookEvent, WebhookFilter};
///
/// let source = BuildSource::github("example", "site")
///     .webhook(WebhookFilter::events([WebhookEvent::Push]).branch("main"))
///     .webhook(
///         WebhookFilter::events([WebhookEvent::PullRequestCreated, WebhookEvent::PullRequestUpdated])
///             .base_branch("main")
///             .file_path("^src/"),
///     );
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WebhookFilter {
    events: Vec<WebhookEvent>,
    patterns: Vec<(&'static str, String, bool)>,
}

macro_rules! patterns {
    ($($(#[doc = $doc:literal])+ $name:ident, $other:literal $not:ident = $kind:literal, $shown:literal;)+) => {
        impl WebhookFilter {
            $(
                $(#[doc = $doc])+
                pub fn $name(self, pattern: impl AsRef<str>) -> Self {
                    self.add($kind, $shown, pattern.as_ref(), false)
                }

                #[doc = $other]
                pub fn $not(self, pattern: impl AsRef<str>) -> Self {
                    self.add($kind, $shown, pattern.as_ref(), true)
                }
            )+
        }
    };
}

patterns! {
    /// Requires a branch by its name.
    branch, "Excludes a branch by its name." not_branch = "HEAD_REF", "^refs/heads/{}$";
    /// Requires a tag by its name.
    tag, "Excludes a tag by its name." not_tag = "HEAD_REF", "^refs/tags/{}$";
    /// Requires that a pattern matches the reference, such as `^refs/heads/release-`.
    head_ref, "Excludes references that a pattern matches." not_head_ref = "HEAD_REF", "{}";
    /// Requires a branch into which a pull request is to be merged, by its name; not with pushes.
    base_branch, "Excludes pull requests into a branch; not with pushes." not_base_branch = "BASE_REF", "^refs/heads/{}$";
    /// Requires that a pattern matches the path of a changed file.
    file_path, "Excludes changes of files whose path a pattern matches." not_file_path = "FILE_PATH", "{}";
    /// Requires that a pattern matches the message of the last commit.
    commit_message, "Excludes commits whose message a pattern matches." not_commit_message = "COMMIT_MESSAGE", "{}";
    /// Requires that a pattern matches the account ID of the author: that of GitHub, GitLab or Bitbucket.
    actor_account, "Excludes authors whose account ID a pattern matches." not_actor_account = "ACTOR_ACCOUNT_ID", "{}";
}

impl WebhookFilter {
    /// Creates a filter of events.
    pub fn events(events: impl IntoIterator<Item = WebhookEvent>) -> Self {
        Self {
            events: events.into_iter().collect(),
            patterns: Vec::new(),
        }
    }

    fn add(mut self, kind: &'static str, shown: &str, pattern: &str, excluded: bool) -> Self {
        self.patterns
            .push((kind, shown.replace("{}", pattern), excluded));
        self
    }

    /// Returns what CodeBuild rejects about the filter, with the way out.
    pub(super) fn mistake(&self) -> Option<(&'static str, &'static str)> {
        let has_base = self.patterns.iter().any(|(kind, _, _)| *kind == "BASE_REF");
        if self.events.is_empty() {
            Some(("a filter without events", "at least one event"))
        } else if has_base && self.events.contains(&WebhookEvent::Push) {
            Some((
                "a base branch in a filter of pushes",
                "`.branch(…)`, or events of pull requests only",
            ))
        } else {
            None
        }
    }

    /// Returns the group of filters for the template.
    pub(super) fn group(&self) -> Data {
        let events: Vec<&str> = self.events.iter().map(|event| event.name()).collect();
        let mut filters = vec![Data::map([
            ("Type", Data::from("EVENT")),
            ("Pattern", Data::from(events.join(", "))),
        ])];
        for (kind, pattern, excluded) in &self.patterns {
            let mut filter = Map::new();
            filter.insert("Type", *kind);
            filter.insert("Pattern", pattern.clone());
            if *excluded {
                filter.insert("ExcludeMatchedPattern", true);
            }
            filters.push(Data::Map(filter));
        }
        Data::list(filters)
    }
}

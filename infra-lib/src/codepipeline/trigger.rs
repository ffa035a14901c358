//! Triggers and variables of pipelines.

use infra_cfn::codepipeline::pipeline::{
    GitBranchFilterCriteria, GitConfiguration, GitFilePathFilterCriteria, GitPullRequestFilter,
    GitPushFilter, GitTagFilterCriteria, PipelineTriggerDeclaration,
    PipelineTriggerDeclarationProviderType, VariableDeclaration,
};

use crate::construct::With;

/// Names or patterns that are included and excluded.
type Patterns = (Vec<String>, Vec<String>);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Event {
    Push,
    PullRequest,
}

/// Events of a repository that start a pipeline, in place of every push to the branch of the source action.
///
/// Patterns are globs, such as `release/*`; a `!` before one excludes what it matches.
///
/// See [triggers](https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html).
///
/// ```
/// use infra_lib::codepipeline::GitTrigger;
///
/// let pushes = GitTrigger::push("Code").branches(["main"]).file_paths(["service/**", "!**/*.md"]);
/// let reviews = GitTrigger::pull_request("Code").branches(["main"]);
/// ```
#[derive(Clone, Debug)]
pub struct GitTrigger {
    pub(super) action: String,
    event: Event,
    branches: Patterns,
    tags: Patterns,
    paths: Patterns,
}

impl GitTrigger {
    fn new(action: String, event: Event) -> Self {
        Self {
            action,
            event,
            branches: Patterns::default(),
            tags: Patterns::default(),
            paths: Patterns::default(),
        }
    }

    /// Creates a trigger for pushes to the repository of a source action, by the name of the action, which reads a connection
    /// (`INF4091`).
    pub fn push(source_action: impl Into<String>) -> Self {
        Self::new(source_action.into(), Event::Push)
    }

    /// Creates a trigger for pull requests that are opened or get commits, or closed.
    pub fn pull_request(source_action: impl Into<String>) -> Self {
        Self::new(source_action.into(), Event::PullRequest)
    }

    /// Requires branches: those to which commits are pushed, or into which a pull request is to be merged. Default: all.
    pub fn branches(mut self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        add(&mut self.branches, patterns);
        self
    }

    /// Requires tags that are pushed, in place of branches. Default: none.
    pub fn tags(mut self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        add(&mut self.tags, patterns);
        self
    }

    /// Requires changes of files; not with tags. Default: all.
    pub fn file_paths(mut self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        add(&mut self.paths, patterns);
        self
    }

    /// Returns what CodePipeline rejects about the trigger.
    pub(super) fn mistake(&self) -> Option<&'static str> {
        let is_given = |patterns: &Patterns| *patterns != Patterns::default();
        if is_given(&self.tags) && self.event == Event::PullRequest {
            Some("tags of a pull request")
        } else if is_given(&self.tags) && (is_given(&self.branches) || is_given(&self.paths)) {
            Some("tags together with branches or files")
        } else if !is_given(&self.branches) && !is_given(&self.tags) && !is_given(&self.paths) {
            Some("no branches, tags or files")
        } else {
            None
        }
    }

    pub(super) fn declaration(&self) -> PipelineTriggerDeclaration {
        macro_rules! criteria {
            ($type:ident, $patterns:expr) => {{
                let (includes, excludes) = $patterns.clone();
                (!includes.is_empty() || !excludes.is_empty()).then(|| {
                    $type::new()
                        .with((!includes.is_empty()).then_some(includes), $type::includes)
                        .with((!excludes.is_empty()).then_some(excludes), $type::excludes)
                })
            }};
        }
        let branches = criteria!(GitBranchFilterCriteria, self.branches);
        let paths = criteria!(GitFilePathFilterCriteria, self.paths);
        let configuration = GitConfiguration::new(&*self.action);
        let configuration = match self.event {
            Event::Push => {
                let filter = GitPushFilter::new()
                    .with(branches, GitPushFilter::branches)
                    .with(paths, GitPushFilter::file_paths)
                    .with(
                        criteria!(GitTagFilterCriteria, self.tags),
                        GitPushFilter::tags,
                    );
                configuration.push(vec![filter])
            }
            Event::PullRequest => {
                let filter = GitPullRequestFilter::new()
                    .events(vec!["OPEN".to_owned(), "UPDATED".to_owned()])
                    .with(branches, GitPullRequestFilter::branches)
                    .with(paths, GitPullRequestFilter::file_paths);
                configuration.pull_request(vec![filter])
            }
        };
        PipelineTriggerDeclaration::new(
            PipelineTriggerDeclarationProviderType::CODE_STAR_SOURCE_CONNECTION,
        )
        .git_configuration(configuration)
    }
}

fn add(patterns: &mut Patterns, added: impl IntoIterator<Item = impl Into<String>>) {
    for pattern in added {
        let pattern: String = pattern.into();
        match pattern.strip_prefix('!') {
            Some(excluded) => patterns.1.push(excluded.to_owned()),
            None => patterns.0.push(pattern),
        }
    }
}

/// A variable that an execution of a pipeline can set: `#{variables.NAME}`.
#[derive(Clone, Debug)]
pub struct PipelineVariable {
    pub(super) name: String,
    default: Option<String>,
    description: Option<String>,
}

impl PipelineVariable {
    /// Creates a variable that each execution has to set, from its name: letters, digits, `@`, `_` and `-`, 128 at most
    /// (`INF4091`).
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            default: None,
            description: None,
        }
    }

    /// Sets the value for executions that set none. It is in the template, and not for secrets.
    pub fn default_value(mut self, value: impl Into<String>) -> Self {
        self.default = Some(value.into());
        self
    }

    /// Sets the description. Default: none.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    pub(super) fn declaration(&self) -> VariableDeclaration {
        VariableDeclaration::new(&*self.name)
            .with(self.default.as_deref(), VariableDeclaration::default_value)
            .with(
                self.description.as_deref(),
                VariableDeclaration::description,
            )
    }
}

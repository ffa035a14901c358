//! Files of the pipeline for GitHub Actions.

use crate::files::Texts;

/// Workflows and their documentation, by path in a project.
pub(crate) const TEMPLATES: Texts = &[
    (
        ".github/workflows/close.yml",
        include_str!("templates/github/close.yml"),
    ),
    (
        ".github/workflows/deploy.yml",
        include_str!("templates/github/deploy.yml"),
    ),
    (
        ".github/workflows/drift.yml",
        include_str!("templates/github/drift.yml"),
    ),
    (
        ".github/workflows/environment.yml",
        include_str!("templates/github/environment.yml"),
    ),
    (
        ".github/workflows/plan.yml",
        include_str!("templates/github/plan.yml"),
    ),
    (
        ".github/workflows/queue.yml",
        include_str!("templates/github/queue.yml"),
    ),
    (
        ".github/workflows/rollback.yml",
        include_str!("templates/github/rollback.yml"),
    ),
    (
        ".github/workflows/trusted.yml",
        include_str!("templates/github/trusted.yml"),
    ),
    (
        ".github/zizmor.yml",
        include_str!("templates/github/zizmor.yml"),
    ),
    (
        "docs/delivery.md",
        include_str!("templates/github/delivery.md"),
    ),
];

/// Additional workflows of a pipeline with previews.
pub(crate) const PREVIEW_TEMPLATES: Texts = &[
    (
        ".github/workflows/preview.yml",
        include_str!("templates/github/preview.yml"),
    ),
    (
        ".github/workflows/preview-trusted.yml",
        include_str!("templates/github/preview-trusted.yml"),
    ),
    (
        ".github/workflows/previews.yml",
        include_str!("templates/github/previews.yml"),
    ),
];

/// Expands to the paths below `scripts` and the contents of these files.
macro_rules! scripts {
    ($($file:literal)*) => {
        &[$(($file, include_str!(concat!("scripts/", $file)))),*]
    };
}

/// Scripts that the workflows call, with the modules that they import.
pub(crate) const SCRIPTS: Texts = scripts!(
    "delivery/artifact" "delivery/build" "delivery/chain" "delivery/checks" "delivery/chosen" "delivery/drift" "delivery/operate" "delivery/plan" "delivery/queue"
    "delivery/release" "delivery/replan" "delivery/subject" "delivery/with-role" "lib/chain.py" "lib/checks.py" "lib/delivery.py" "lib/github.py" "lib/releases.py"
    "lib/tooling.py" "lib/turns.py"
);

/// Additional scripts of a pipeline with previews.
pub(crate) const PREVIEW_SCRIPTS: Texts = scripts!("delivery/preview" "lib/previews.py");

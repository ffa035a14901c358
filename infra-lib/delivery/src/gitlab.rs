//! Files of the pipeline for GitLab CI.

use crate::files::Texts;

/// Pipeline definition and its documentation, by path in a project.
pub(crate) const TEMPLATES: Texts = &[
    (
        ".gitlab-ci.yml",
        include_str!("templates/gitlab/gitlab-ci.yml"),
    ),
    (
        "docs/delivery.md",
        include_str!("templates/gitlab/delivery.md"),
    ),
];

/// Scripts that the jobs of the pipeline call.
pub(crate) const SCRIPTS: Texts = &[("delivery/sign", include_str!("scripts/delivery/sign"))];

//! The pipeline of GitLab CI.

use crate::files::Texts;

/// The pipeline and its description, by the path in a project.
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

/// Scripts that the jobs call.
pub(crate) const SCRIPTS: Texts = &[("delivery/sign", include_str!("scripts/delivery/sign"))];

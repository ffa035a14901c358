//! Images from Dockerfiles for functions and tasks, which run on one processor.

use crate::core::assembly::DockerImage;
use crate::core::{Diagnostic, Scope, codes};

/// Processor in the names of Docker platforms.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Processor {
    /// `linux/arm64`.
    Arm64,
    /// `linux/amd64`.
    Amd64,
}

impl Processor {
    const fn platform(self) -> &'static str {
        match self {
            Self::Arm64 => "linux/arm64",
            Self::Amd64 => "linux/amd64",
        }
    }

    /// Returns `true` if a platform, such as `linux/arm64/v8`, is of this processor, or not known.
    fn runs(self, platform: &str) -> bool {
        let named = platform.split('/').find_map(|part| match part {
            "arm64" | "aarch64" => Some(Self::Arm64),
            "amd64" | "x86_64" | "x86-64" | "386" | "i386" => Some(Self::Amd64),
            _ => None,
        });
        named.is_none_or(|named| named == self)
    }
}

/// Sets the platform of an image to that of the processor, and reports an image for another one (`INF4959`).
pub(crate) fn build_for(
    scope: Scope<'_>,
    image: DockerImage,
    processor: Processor,
    property: &'static str,
) -> DockerImage {
    let Some(platform) = image.build_platform() else {
        return image.platform(processor.platform());
    };
    if !platform.split(',').any(|one| processor.runs(one.trim())) {
        let expected = processor.platform();
        scope.report(
            Diagnostic::new(
                codes::IMAGE_PLATFORM,
                format!("the image is built for `{platform}` and runs on `{expected}`"),
            )
            .property(property)
            .actual(platform)
            .expected(expected)
            .help("leave `.platform(…)` out, or set the architecture of the function or the task definition to that of the image")
            .url("https://docs.docker.com/build/building/multi-platform/"),
        );
    }
    image
}

//! Images in which builds run.

use std::borrow::Cow;

use crate::ecr::{AsRepository, RepositoryRef};
use crate::secretsmanager::{IntoSecretField, SecretField};
use crate::{IntoValue, Value, sub, value};

/// Operating system and processor of a build environment.
///
/// See [compute modes and types](https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum EnvironmentType {
    /// Linux on processors of type `x86_64`.
    Linux,
    /// Linux on processors of type ARM.
    LinuxArm,
    /// Linux with graphics processors.
    LinuxGpu,
    /// Windows Server 2019.
    WindowsServer2019,
    /// Windows Server 2022.
    WindowsServer2022,
}

impl EnvironmentType {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Linux => "LINUX_CONTAINER",
            Self::LinuxArm => "ARM_CONTAINER",
            Self::LinuxGpu => "LINUX_GPU_CONTAINER",
            Self::WindowsServer2019 => "WINDOWS_SERVER_2019_CONTAINER",
            Self::WindowsServer2022 => "WINDOWS_SERVER_2022_CONTAINER",
        }
    }

    pub(super) const fn is_linux(self) -> bool {
        matches!(self, Self::Linux | Self::LinuxArm | Self::LinuxGpu)
    }
}

#[derive(Clone, Debug)]
pub(super) enum ImageOrigin<'app> {
    CodeBuild(Cow<'static, str>),
    Registry(Value<String>, Option<SecretField>),
    Repository(RepositoryRef<'app>, String),
}

/// Image in which a build runs.
///
/// See [images of CodeBuild](https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html).
#[derive(Clone, Debug)]
pub struct BuildImage<'app> {
    pub(super) environment: EnvironmentType,
    pub(super) origin: ImageOrigin<'app>,
}

macro_rules! images {
    ($($name:ident = $environment:ident, $text:literal;)+) => {
        impl BuildImage<'_> {
            $(
                #[doc = concat!("`", $text, "`.")]
                pub const $name: Self = Self {
                    environment: EnvironmentType::$environment,
                    origin: ImageOrigin::CodeBuild(Cow::Borrowed($text)),
                };
            )+
        }
    };
}

images! {
    UBUNTU_7_0 = Linux, "aws/codebuild/standard:7.0";
    AMAZON_LINUX_2023 = Linux, "aws/codebuild/amazonlinux-x86_64-standard:5.0";
    AMAZON_LINUX_2023_ARM = LinuxArm, "aws/codebuild/amazonlinux-aarch64-standard:3.0";
    WINDOWS_SERVER_2022 = WindowsServer2022, "aws/codebuild/windows-base:2022-1.0";
}

impl<'app> BuildImage<'app> {
    /// Creates another image of CodeBuild, such as `aws/codebuild/standard:8.0`.
    pub fn code_build(environment: EnvironmentType, image: impl Into<String>) -> Self {
        Self {
            environment,
            origin: ImageOrigin::CodeBuild(Cow::Owned(image.into())),
        }
    }

    /// Creates an image of a registry that everybody may read, such as `public.ecr.aws/docker/library/rust:1.90`.
    pub fn registry(environment: EnvironmentType, image: impl IntoValue<String>) -> Self {
        Self {
            environment,
            origin: ImageOrigin::Registry(image.into_value(), None),
        }
    }

    /// Creates an image of a registry that asks for credentials: a secret whose whole text is JSON with `username` and
    /// `password`.
    pub fn private_registry(
        environment: EnvironmentType,
        image: impl IntoValue<String>,
        credentials: impl IntoSecretField,
    ) -> Self {
        Self {
            environment,
            origin: ImageOrigin::Registry(
                image.into_value(),
                Some(credentials.into_secret_field()),
            ),
        }
    }

    /// Creates an image of a repository by its tag; the role may pull from the repository.
    pub fn repository(
        environment: EnvironmentType,
        repository: impl AsRepository<'app>,
        tag: impl Into<String>,
    ) -> Self {
        Self {
            environment,
            origin: ImageOrigin::Repository(repository.as_repository(), tag.into()),
        }
    }

    /// Returns the reference to the image.
    pub(super) fn reference(&self) -> Value<String> {
        match &self.origin {
            ImageOrigin::CodeBuild(name) => value(&**name),
            ImageOrigin::Registry(name, _) => name.clone(),
            ImageOrigin::Repository(repository, tag) => sub![repository.uri(), ":", tag],
        }
    }
}

//! Instance types and their processors.

use std::borrow::Cow;
use std::fmt;

/// Processor architecture of an instance type or a machine image.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Architecture {
    /// 64-bit Arm, such as AWS Graviton.
    Arm64,
    /// 64-bit x86.
    X86_64,
}

impl Architecture {
    /// Returns the name in EC2: `arm64` or `x86_64`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
            Self::X86_64 => "x86_64",
        }
    }
}

impl fmt::Display for Architecture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Instance type of an EC2 instance: its processors, memory and network.
///
/// The constants are current general types; use [`other`](Self::other) for the rest. See [Amazon EC2 instance
/// types](https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct InstanceType(Cow<'static, str>);

macro_rules! types {
    ($($name:ident = $text:literal, $what:literal;)*) => {
        impl InstanceType {
            $(#[doc = concat!("`", $text, "`: ", $what, ".")] pub const $name: Self = Self(Cow::Borrowed($text));)*
        }
    };
}

types! {
    T4G_NANO = "t4g.nano", "2 burstable Arm vCPU, 0.5 GiB";
    T4G_MICRO = "t4g.micro", "2 burstable Arm vCPU, 1 GiB";
    T4G_SMALL = "t4g.small", "2 burstable Arm vCPU, 2 GiB";
    T4G_MEDIUM = "t4g.medium", "2 burstable Arm vCPU, 4 GiB";
    T4G_LARGE = "t4g.large", "2 burstable Arm vCPU, 8 GiB";
    T3_MICRO = "t3.micro", "2 burstable x86 vCPU, 1 GiB";
    T3_SMALL = "t3.small", "2 burstable x86 vCPU, 2 GiB";
    T3_MEDIUM = "t3.medium", "2 burstable x86 vCPU, 4 GiB";
    T3_LARGE = "t3.large", "2 burstable x86 vCPU, 8 GiB";
    M7G_LARGE = "m7g.large", "2 Arm vCPU, 8 GiB";
    M7G_XLARGE = "m7g.xlarge", "4 Arm vCPU, 16 GiB";
    C7G_LARGE = "c7g.large", "2 Arm vCPU, 4 GiB";
    C7G_XLARGE = "c7g.xlarge", "4 Arm vCPU, 8 GiB";
    R7G_LARGE = "r7g.large", "2 Arm vCPU, 16 GiB";
    R7G_XLARGE = "r7g.xlarge", "4 Arm vCPU, 32 GiB";
    M7I_LARGE = "m7i.large", "2 x86 vCPU, 8 GiB";
    M7I_XLARGE = "m7i.xlarge", "4 x86 vCPU, 16 GiB";
    C7I_LARGE = "c7i.large", "2 x86 vCPU, 4 GiB";
    C7I_XLARGE = "c7i.xlarge", "4 x86 vCPU, 8 GiB";
    R7I_LARGE = "r7i.large", "2 x86 vCPU, 16 GiB";
    R7I_XLARGE = "r7i.xlarge", "4 x86 vCPU, 32 GiB";
}

impl InstanceType {
    /// Returns another type in EC2's notation, such as `m8g.24xlarge`.
    pub fn other(name: impl Into<Cow<'static, str>>) -> Self {
        Self(name.into())
    }

    /// Returns the type in EC2's notation.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the architecture of the processors, which the [name of the
    /// type](https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html) contains: a `g` after the
    /// generation stands for AWS Graviton. Mac instances with Apple silicon and those with Grace processors are Arm as well.
    pub fn architecture(&self) -> Architecture {
        let family = self.0.split('.').next().unwrap_or_default();
        let rest = family.trim_start_matches(|c: char| !c.is_ascii_digit());
        let options = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let (processor, accelerator) = options.split_once('-').unwrap_or((options, ""));
        let apple_silicon = family.starts_with("mac2") || family.starts_with("mac-m");
        let graviton = family == "a1" || processor.contains('g');
        if graviton || apple_silicon || accelerator.starts_with("gb") {
            Architecture::Arm64
        } else {
            Architecture::X86_64
        }
    }
}

//! Processors of Lambda.

/// Processor of a function.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Architecture {
    /// AWS Graviton, 64-bit Arm. It costs 20 % less per second than x86-64.
    Arm64,
    /// 64-bit x86.
    X86_64,
}

impl Architecture {
    /// Returns the name in CloudFormation: `arm64` or `x86_64`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
            Self::X86_64 => "x86_64",
        }
    }
}

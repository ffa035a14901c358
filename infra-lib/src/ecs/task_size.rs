//! Sizes of Fargate tasks: the supported pairs of CPU and memory.

use std::error::Error;
use std::fmt;

use crate::core::Size;

/// Memory in MiB for each number of CPU units: smallest, largest, step.
///
/// Source: [Fargate tasks](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html).
/// 256 units are an exception: 512, 1024 and 2048 MiB, without 1536.
const TABLE: [(u32, u32, u32, u32, &str); 7] = [
    (
        256,
        512,
        2_048,
        512,
        "a task of 256 cpu has 512, 1024 or 2048 MiB",
    ),
    (
        512,
        1_024,
        4_096,
        1_024,
        "a task of 512 cpu has 1024, 2048, 3072 or 4096 MiB",
    ),
    (
        1_024,
        2_048,
        8_192,
        1_024,
        "a task of 1024 cpu has 2048 to 8192 MiB in steps of 1024",
    ),
    (
        2_048,
        4_096,
        16_384,
        1_024,
        "a task of 2048 cpu has 4096 to 16384 MiB in steps of 1024",
    ),
    (
        4_096,
        8_192,
        30_720,
        1_024,
        "a task of 4096 cpu has 8192 to 30720 MiB in steps of 1024",
    ),
    (
        8_192,
        16_384,
        61_440,
        4_096,
        "a task of 8192 cpu has 16384 to 61440 MiB in steps of 4096",
    ),
    (
        16_384,
        32_768,
        122_880,
        8_192,
        "a task of 16384 cpu has 32768 to 122880 MiB in steps of 8192",
    ),
];

const NO_SUCH_CPU: &str =
    "Fargate tasks have 256, 512, 1024, 2048, 4096, 8192 or 16384 cpu units (1024 are one vCPU)";

/// CPU and memory of a Fargate task, one of the pairs that Fargate supports.
///
/// [`task_size!`](crate::task_size) checks literals at compile time; [`TaskSize::try_new`] checks numbers from a
/// configuration. CloudFormation accepts any two numbers and fails when it registers the task definition.
///
/// ```
/// use infra_lib::ecs::TaskSize;
/// use infra_lib::task_size;
///
/// let small = task_size!(256 cpu, 512 MiB);
/// assert_eq!(TaskSize::try_new(256, 512), Ok(small));
/// ```
///
/// ```compile_fail
/// # use infra_lib::task_size;
/// let impossible = task_size!(256 cpu, 8192 MiB);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct TaskSize {
    cpu: u32,
    memory_mib: u32,
}

/// Creates a [task size](crate::ecs::TaskSize) from literals that the compiler checks.
///
/// ```
/// use infra_lib::task_size;
///
/// let api = task_size!(512 cpu, 1024 MiB);
/// let worker = task_size!(4096 cpu, 16 GiB);
/// ```
#[macro_export]
macro_rules! task_size {
    ($cpu:literal cpu, $memory:literal MiB) => {{
        const SIZE: $crate::ecs::TaskSize = $crate::ecs::TaskSize::checked($cpu, $memory);
        SIZE
    }};
    ($cpu:literal cpu, $memory:literal GiB) => {{
        const SIZE: $crate::ecs::TaskSize = $crate::ecs::TaskSize::checked($cpu, $memory * 1024);
        SIZE
    }};
    ($($other:tt)*) => {
        compile_error!("a task size is written `task_size!(512 cpu, 1024 MiB)` or `task_size!(4096 cpu, 16 GiB)`")
    };
}

impl TaskSize {
    /// Creates a size from CPU units (1024 are one vCPU) and memory in MiB.
    ///
    /// # Errors
    ///
    /// Returns an error if Fargate does not support the pair; its text lists the memory sizes for the CPU.
    pub const fn try_new(cpu: u32, memory_mib: u32) -> Result<Self, TaskSizeError> {
        let mut at = 0;
        while at < TABLE.len() {
            let (units, least, most, step, allowed) = TABLE[at];
            if units == cpu {
                let listed =
                    memory_mib >= least && memory_mib <= most && memory_mib.is_multiple_of(step);
                if listed && !(cpu == 256 && memory_mib == 1_536) {
                    return Ok(Self { cpu, memory_mib });
                }
                return Err(TaskSizeError {
                    cpu,
                    memory_mib,
                    allowed,
                });
            }
            at += 1;
        }
        Err(TaskSizeError {
            cpu,
            memory_mib,
            allowed: NO_SUCH_CPU,
        })
    }

    /// Implementation of [`task_size!`](crate::task_size); its panic is the compiler's message.
    #[doc(hidden)]
    pub const fn checked(cpu: u32, memory_mib: u32) -> Self {
        match Self::try_new(cpu, memory_mib) {
            Ok(size) => size,
            Err(error) => panic!("{}", error.allowed),
        }
    }

    /// Returns the CPU units; 1024 are one vCPU.
    pub const fn cpu(self) -> u32 {
        self.cpu
    }

    /// Returns the memory of the task.
    pub const fn memory(self) -> Size {
        Size::mib(self.memory_mib as u64)
    }
}

impl fmt::Display for TaskSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cpu, {} MiB", self.cpu, self.memory_mib)
    }
}

/// Error for a pair of CPU and memory that Fargate does not support.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct TaskSizeError {
    cpu: u32,
    memory_mib: u32,
    allowed: &'static str,
}

impl fmt::Display for TaskSizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no Fargate task has {} cpu with {} MiB: {}",
            self.cpu, self.memory_mib, self.allowed
        )
    }
}

impl Error for TaskSizeError {}

#[cfg(test)]
mod tests {
    use super::TaskSize;

    #[test]
    fn accepts_only_supported_sizes() {
        let sizes = |cpu| {
            (0..=131_072)
                .step_by(256)
                .filter(|mib| TaskSize::try_new(cpu, *mib).is_ok())
                .collect::<Vec<u32>>()
        };
        assert_eq!(sizes(256), [512, 1_024, 2_048]);
        assert_eq!(sizes(512), [1_024, 2_048, 3_072, 4_096]);
        let counts = [1_024, 2_048, 4_096, 8_192, 16_384, 300].map(|cpu| sizes(cpu).len());
        assert_eq!(counts, [7, 13, 23, 12, 12, 0]);
    }

    #[test]
    fn error_lists_supported_sizes() {
        let error = |cpu, mib| TaskSize::try_new(cpu, mib).map_err(|e| e.to_string());
        assert_eq!(
            error(256, 8_192),
            Err("no Fargate task has 256 cpu with 8192 MiB: a task of 256 cpu has 512, 1024 or 2048 MiB".to_owned())
        );
        assert_eq!(
            error(300, 512),
            Err("no Fargate task has 300 cpu with 512 MiB: Fargate tasks have 256, 512, 1024, 2048, 4096, 8192 or 16384 \
                 cpu units (1024 are one vCPU)"
                .to_owned())
        );
    }
}

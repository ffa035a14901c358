//! Reads the resource usage of this process, for the standard process metrics of Prometheus
//! (<https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics>).

use std::fs;

/// The resource usage of this process, read from `/proc`. Not available on systems without `/proc`, or in a sandbox that hides it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ProcessState {
    pub(crate) resident_bytes: f64,
    pub(crate) cpu_seconds: f64,
    pub(crate) open_files: f64,
    pub(crate) threads: f64,
}

/// Clock ticks per second in `/proc`, a constant of the kernel's interface (`man 5 proc_pid_stat`; `USER_HZ` is 100 on all supported platforms).
const TICKS_PER_SECOND: f64 = 100.0;

impl ProcessState {
    /// Returns the current usage, or `None` if `/proc` cannot be read.
    pub(crate) fn read_current() -> Option<Self> {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let open_files = fs::read_dir("/proc/self/fd").ok()?.count();
        Self::parse_status(&stat, &status, open_files)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "Prometheus has no other numbers, and 2^53 files are never open"
    )]
    fn parse_status(stat: &str, status: &str, open_files: usize) -> Option<Self> {
        // The second field is the name in parentheses, which may contain any character.
        let (_, fields) = stat.rsplit_once(')')?;
        let field = |number: usize| {
            fields
                .split_whitespace()
                .nth(number - 3)?
                .parse::<f64>()
                .ok()
        };
        let resident_kib: f64 = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?
            .trim()
            .strip_suffix("kB")?
            .trim()
            .parse()
            .ok()?;
        Some(Self {
            resident_bytes: resident_kib * 1024.0,
            cpu_seconds: (field(14)? + field(15)?) / TICKS_PER_SECOND,
            open_files: open_files as f64,
            threads: field(20)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_expected_fields() {
        let stat = "42 (a) b) S 1 2 3 4 5 6 7 8 9 10 150 50 13 14 15 16 7 18 19 20";
        let status = "Name:\tnotes\nVmRSS:\t    2048 kB\nThreads:\t7\n";
        assert_eq!(
            ProcessState::parse_status(stat, status, 12),
            Some(ProcessState {
                resident_bytes: 2_097_152.0,
                cpu_seconds: 2.0,
                open_files: 12.0,
                threads: 7.0,
            })
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn reads_state_of_this_process() {
        let state = ProcessState::read_current().unwrap();
        assert!(state.resident_bytes > 1e6 && state.open_files >= 3.0 && state.threads >= 2.0);
    }
}

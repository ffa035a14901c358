//! Reads the version of a program that may be the tool, with limits on time and size.

use std::fmt;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Maximum time for a program to print its version. A tool on a slow disk needs less than one second.
pub(super) const LIMIT: Duration = Duration::from_secs(10);

/// Maximum length in bytes of a line with a version.
const LONGEST: u64 = 256;

/// The reason why a version is unknown.
#[derive(Debug)]
pub(super) enum VersionError {
    /// The program could not be started or read.
    NotStarted(io::Error),
    /// The program printed no line in this time, and was killed.
    TimedOut(Duration),
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(error) => write!(f, "{error}"),
            Self::TimedOut(limit) => write!(
                f,
                "it printed no version within {} s of `--version`",
                limit.as_secs()
            ),
        }
    }
}

/// Returns the first line that a program prints, and then kills the program.
pub(super) fn read_line(program: &mut Command, limit: Duration) -> Result<String, VersionError> {
    let mut child = program
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(VersionError::NotStarted)?;
    let (sender, receiver) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        // If a child of the program keeps the stream open, this thread outlives the call; nothing waits for it.
        thread::spawn(move || {
            let mut line = Vec::new();
            let read = BufReader::new(stdout.take(LONGEST)).read_until(b'\n', &mut line);
            let _ = sender.send(read.map(|_| line));
        });
    }
    let answer = receiver.recv_timeout(limit);
    // Killing a program that has exited fails, which is ignored.
    let _ = child.kill();
    let _ = child.wait();
    match answer {
        Ok(Ok(line)) => Ok(String::from_utf8_lossy(&line).trim().to_owned()),
        Ok(Err(error)) => Err(VersionError::NotStarted(error)),
        Err(_) => Err(VersionError::TimedOut(limit)),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::Command;
    use std::time::{Duration, Instant};

    use super::read_line;

    fn run_script(script: &str, limit: Duration) -> Result<String, String> {
        let mut program = Command::new("sh");
        program.args(["-c", script]);
        read_line(&mut program, limit).map_err(|unknown| unknown.to_string())
    }

    const LONG: Duration = Duration::from_mins(1);

    #[test]
    fn reads_first_line_of_output() {
        assert_eq!(
            run_script("echo 'infra 0.1.0'; echo more", LONG).as_deref(),
            Ok("infra 0.1.0")
        );
        assert_eq!(run_script("exit 3", LONG).as_deref(), Ok(""));
        assert_eq!(
            run_script("yes | tr -d '\\n'", LONG).map(|line| line.len()),
            Ok(256)
        );
    }

    #[test]
    fn stops_waiting_for_hanging_program() {
        let started = Instant::now();
        assert_eq!(
            run_script("echo 'infra 0.1.0'; sleep 60", LONG).as_deref(),
            Ok("infra 0.1.0")
        );
        // The child of the shell keeps the stream open.
        let refused = run_script("sleep 60 & wait", Duration::from_secs(1));
        assert_eq!(
            refused.unwrap_err(),
            "it printed no version within 1 s of `--version`"
        );
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn reports_missing_program() {
        let refused = read_line(&mut Command::new("/no/such/infra"), LONG);
        assert!(refused.unwrap_err().to_string().contains("No such file"));
    }
}

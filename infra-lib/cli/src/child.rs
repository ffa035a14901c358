//! Runs child processes and creates temporary folders, both of which end with this process.
//!
//! A signal that ends this process is passed on to the child that it waits for, and temporary folders are removed. Signals are process-wide, so this
//! module is the only one with global state.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

/// Global state: the running child, the temporary folders, and the way in which signals are handled.
static STATE: Mutex<State> = Mutex::new(State {
    child: None,
    is_interrupted: false,
    is_handled: false,
    folders: Vec::new(),
});

#[derive(Debug)]
struct State {
    child: Option<Running>,
    /// True once a signal has ended a child.
    is_interrupted: bool,
    /// True once a command handles signals itself.
    is_handled: bool,
    /// Temporary folders to remove if a signal ends the process.
    folders: Vec<PathBuf>,
}

/// A child process that this process waits for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Running {
    id: u32,
    /// True if the child leads a process group, whose members all receive the signals.
    leads_group: bool,
}

fn lock_state() -> MutexGuard<'static, State> {
    // A panic elsewhere cannot leave this value half-written.
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a command until it exits; a signal to this process ends it. Streams that the command pipes are read into the result.
///
/// At a terminal the child stays in the process group of this process: Ctrl-C reaches it directly, and it can ask for a password. Elsewhere it leads
/// a process group, so that a signal reaches all of its descendants.
pub(crate) fn run_child(command: &mut Command) -> io::Result<Output> {
    let child = spawn_child(command)?;
    let output = child.wait_with_output();
    let mut state = lock_state();
    if let Some(child) = state.child.take()
        && state.is_interrupted
    {
        // Background processes of a shell ignore Ctrl-C.
        end_group(child);
    }
    output
}

/// Runs a command as [`run`] does, without standard input and with both output streams captured.
pub(crate) fn capture_output(command: &mut Command) -> io::Result<Output> {
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped());
    run_child(command.stderr(Stdio::piped()))
}

fn spawn_child(command: &mut Command) -> io::Result<Child> {
    let leads_group = !io::stdin().is_terminal();
    #[cfg(unix)]
    if leads_group {
        use std::os::unix::process::CommandExt as _;
        command.process_group(0);
    }
    // Holding the lock delays signals until the child is registered.
    let mut state = lock_state();
    let child = command.spawn()?;
    state.child = Some(Running {
        id: child.id(),
        leads_group,
    });
    Ok(child)
}

/// Returns true if a signal ended a child of this process; the command must not continue.
pub(crate) fn is_interrupted() -> bool {
    lock_state().is_interrupted
}

/// Makes the command responsible for signals that arrive while no child runs.
pub(crate) fn handle_signals() {
    lock_state().is_handled = true;
}

/// A temporary folder that is removed when it is dropped, and when a signal ends this process.
#[derive(Debug)]
pub(crate) struct TemporaryFolder(TempDir);

impl TemporaryFolder {
    /// Creates a folder in the temporary folder of the system.
    pub(crate) fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("infra-").tempdir()?;
        Ok(Self::from_temp_dir(folder))
    }

    /// Creates a folder within `parent`, which is created if it does not exist.
    pub(crate) fn new_in(parent: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(parent)?;
        let folder = tempfile::Builder::new().prefix("run-").tempdir_in(parent)?;
        Ok(Self::from_temp_dir(folder))
    }

    fn from_temp_dir(folder: TempDir) -> Self {
        lock_state().folders.push(folder.path().to_owned());
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let path = self.0.path();
        lock_state().folders.retain(|folder| folder != path);
    }
}

#[cfg(unix)]
pub(crate) use signals::watch;

#[cfg(unix)]
use signals::end_group;

/// Does nothing: process groups exist on Unix only.
#[cfg(not(unix))]
fn end_group(_: Running) {}

/// Does nothing: on other systems children share a console with this process, and Ctrl-C ends all of them.
#[cfg(not(unix))]
pub(crate) fn watch() {}

#[cfg(unix)]
mod signals {
    //! Handles signals that would end this process.

    use std::thread;
    use std::time::Duration;

    use nix::sys::signal::{Signal, kill, killpg};
    use nix::unistd::Pid;
    use tokio::signal::unix::{SignalKind, signal};

    use super::{Running, lock_state};
    use crate::ExitCode;

    /// Time that a child has to exit after a signal before it is killed.
    const GRACE: Duration = Duration::from_secs(5);

    /// Starts a thread that handles signals for the life of this process. If it cannot be started, a signal ends the process at once.
    pub(crate) fn watch() {
        let watching = thread::Builder::new().name("signals".to_owned());
        let _ = watching.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_io()
                .build();
            if let Ok(runtime) = runtime {
                let _ = runtime.block_on(listen_for_signals());
            }
        });
    }

    async fn listen_for_signals() -> std::io::Result<()> {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let mut hangup = signal(SignalKind::hangup())?;
        loop {
            let received = tokio::select! {
                Some(()) = interrupt.recv() => Signal::SIGINT,
                Some(()) = terminate.recv() => Signal::SIGTERM,
                Some(()) = hangup.recv() => Signal::SIGHUP,
                else => return Ok(()),
            };
            handle_signal(received);
        }
    }

    /// Passes a signal on to the child, leaves it to the command, or ends the process. A second signal kills the child.
    #[expect(
        clippy::exit,
        reason = "the main thread may be waiting for AWS or for a person"
    )]
    fn handle_signal(received: Signal) {
        let mut state = lock_state();
        if let Some(child) = state.child {
            let again = std::mem::replace(&mut state.is_interrupted, true);
            send_signal(child, if again { Signal::SIGKILL } else { received });
            drop(state);
            if !again {
                thread::spawn(move || kill_after_grace(child));
            }
            return;
        }
        if state.is_handled {
            return;
        }
        for folder in state.folders.drain(..) {
            // A folder that cannot be removed is left; the process exits regardless.
            let _ = std::fs::remove_dir_all(folder);
        }
        std::process::exit(ExitCode::Interrupted.number().into());
    }

    /// Kills a child that is still running after the grace period.
    fn kill_after_grace(child: Running) {
        thread::sleep(GRACE);
        if lock_state().child == Some(child) {
            send_signal(child, Signal::SIGKILL);
        }
    }

    /// Ends the remaining members of the process group of a child that has exited.
    pub(super) fn end_group(child: Running) {
        if child.leads_group {
            send_signal(child, Signal::SIGTERM);
        }
    }

    fn send_signal(child: Running, signal: Signal) {
        let Ok(id) = i32::try_from(child.id) else {
            return;
        };
        // A signal to a process that has exited fails, which is ignored.
        let _ = if child.leads_group {
            killpg(Pid::from_raw(id), signal)
        } else {
            kill(Pid::from_raw(id), signal)
        };
    }
}

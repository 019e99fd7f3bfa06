//! Starting programs, with their output seen as it comes.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Failure;

/// The folder of the root `Cargo.toml`.
pub fn root() -> PathBuf {
    // This crate stands one folder below the root, where it was compiled.
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

/// The cargo that runs this program, so that a chosen toolchain stays chosen.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    // Cargo hands its child the location of xtask itself; a nested cargo has no use for it.
    for variable in ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH"] {
        command.env_remove(variable);
    }
    command
}

/// Runs a program to its end; anything but success is a failure that names it.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let name = describe(command);
    let status = command.status().map_err(|error| format!("cannot start `{name}`: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` ended with {status}").into()) }
}

/// Runs a program, passes each line of its output on at once and gives it to `see`.
pub fn run_seen(command: &mut Command, mut see: impl FnMut(&str)) -> Result<(), Failure> {
    let name = describe(command);
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start `{name}`: {error}"))?;
    let output = child.stdout.take().ok_or("the program has no output to read")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        see(&line);
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` ended with {status}").into()) }
}

/// What a program prints, when it succeeds.
pub fn output(command: &mut Command) -> Result<String, Failure> {
    let name = describe(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot start `{name}`: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{name}` ended with {}", output.status).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Whether a program can be started and says that all is well.
pub fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn describe(command: &Command) -> String {
    let mut words: Vec<OsString> = vec![command.get_program().to_owned()];
    words.extend(command.get_args().map(ToOwned::to_owned));
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    words.join(" ")
}

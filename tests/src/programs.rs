//! The programs that the tests call.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The folder of the root `Cargo.toml`.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate stands below the root")
}

/// The `trc` binary: what `cargo xtask test` has built and named in `TRC_BIN`, otherwise
/// built here.
pub fn trc() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| match std::env::var_os("TRC_BIN") {
        Some(path) => path.into(),
        None => {
            // The whole workspace is selected so that cargo unifies features as it did
            // for these tests; another selection could compile typst a second time.
            let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
            run(Command::new(cargo).current_dir(root()).args([
                "build",
                "--workspace",
                "--bin",
                "trc",
            ]));
            target_folder().join("debug/trc")
        }
    })
}

/// Python with the packages of `tests/pdf/requirements.txt`.
pub fn python() -> PathBuf {
    let python = match std::env::var_os("TERTIAL_PYTHON") {
        Some(path) => path.into(),
        None => target_folder().join("python/bin/python"),
    };
    assert!(python.exists(), "{} is missing: run `cargo xtask prepare` once", python.display());
    python
}

/// Runs a program and returns what it printed; anything but success fails the test.
pub fn run(command: &mut Command) -> Output {
    let output =
        command.output().unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?} ended with {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Cargo's target folder: a test binary runs in `<target>/<profile>/deps`.
fn target_folder() -> PathBuf {
    let binary = std::env::current_exe().expect("a test knows its own path");
    binary
        .ancestors()
        .nth(3)
        .expect("a test binary stands three folders below the target folder")
        .to_owned()
}

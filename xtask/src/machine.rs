//! What the tests need beside a Rust toolchain: programs of Debian's packages and a
//! Python environment. Installed when missing, never upgraded.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;
use crate::metadata::Metadata;
use crate::run;

/// A package of Debian and how to see that what it brings is already there.
struct Wanted {
    package: &'static str,
    probe: (&'static str, &'static [&'static str]),
}

const WANTED: &[Wanted] = &[
    Wanted { package: "poppler-utils", probe: ("pdfinfo", &["-v"]) },
    Wanted { package: "qpdf", probe: ("qpdf", &["--version"]) },
    // Without ensurepip an environment has no pip; Debian packs it separately.
    Wanted { package: "python3-venv", probe: ("python3", &["-c", "import venv, ensurepip"]) },
    Wanted { package: "neovim", probe: ("nvim", &["--version"]) },
    Wanted { package: "emacs-nox", probe: ("emacs", &["--version"]) },
    // Part of Emacs since 29; before that a package, which a batch does not activate.
    Wanted {
        package: "elpa-eglot",
        probe: ("emacs", &["--batch", "--funcall", "package-activate-all", "--load", "eglot"]),
    },
];

/// Where the tests find what was installed.
pub struct Prepared {
    pub python: PathBuf,
}

/// Installs what is missing.
pub fn prepare() -> Result<Prepared, Failure> {
    install_packages()?;
    let target = Metadata::read()?.target_directory;
    let python = python_environment(&target.join("python"))?;
    Ok(Prepared { python })
}

fn install_packages() -> Result<(), Failure> {
    let missing: Vec<&str> = WANTED
        .iter()
        .filter(|wanted| !run::succeeds(wanted.probe.0, wanted.probe.1))
        .map(|wanted| wanted.package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !run::succeeds("apt-get", &["--version"]) {
        return Err(format!(
            "the tests call programs that are not installed here. On Debian they come with: apt-get install {list}. \
             This machine has no apt-get: install the same programs with its own package manager and run again"
        )
        .into());
    }
    println!("Installing {list}");
    apt(&["update", "--quiet"], &list)?;
    let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    arguments.extend(&missing);
    apt(&arguments, &list)?;
    for wanted in WANTED {
        if !run::succeeds(wanted.probe.0, wanted.probe.1) {
            return Err(format!(
                "{} is installed, yet `{}` does not run",
                wanted.package, wanted.probe.0
            )
            .into());
        }
    }
    Ok(())
}

/// Runs apt-get as root, or through sudo when it asks for no password.
fn apt(arguments: &[&str], list: &str) -> Result<(), Failure> {
    let root = run::output(Command::new("id").arg("-u"))?.trim() == "0";
    let mut command = if root {
        Command::new("apt-get")
    } else if run::succeeds("sudo", &["-n", "true"]) {
        let mut command = Command::new("sudo");
        command.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    } else {
        return Err(format!("packages are missing and only root can install them. Run once: sudo apt-get install {list}").into());
    };
    run::run(command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

/// A Python environment with exactly what `tests/pdf/requirements.txt` names.
fn python_environment(folder: &Path) -> Result<PathBuf, Failure> {
    let requirements = run::root().join("tests/pdf/requirements.txt");
    let wanted = std::fs::read_to_string(&requirements)?;
    let python = folder.join("bin/python");
    // The stamp is written last: an environment that was interrupted is made again.
    let stamp = folder.join("installed.txt");
    if python.exists() && std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted)
    {
        return Ok(python);
    }
    println!("Making a Python environment in {}", folder.display());
    run::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
    run::run(
        Command::new(&python)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--requirement",
            ])
            .arg(&requirements),
    )?;
    std::fs::write(&stamp, wanted)?;
    Ok(python)
}

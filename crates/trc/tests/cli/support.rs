//! A folder, and the binary run in it.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A folder that is gone when the test is.
pub struct Folder {
    folder: TempDir,
}

/// What a run left.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Folder {
    /// Nothing in it.
    pub fn empty() -> Folder {
        let folder = tempfile::Builder::new().prefix("trc-test-").tempdir().unwrap();
        Folder { folder }
    }

    /// A workspace without documents.
    pub fn workspace() -> Folder {
        let folder = Folder::empty();
        folder.write("trc.toml", "tr = 1\n");
        folder
    }

    /// What `trc new` writes: a workspace with one report, a draft, in which nothing is
    /// wrong.
    pub fn example() -> Folder {
        let folder = Folder::empty();
        folder.run(["new", "."]).succeeds();
        folder
    }

    /// The example with its report ready to be built.
    pub fn finished_example() -> Folder {
        let folder = Folder::example();
        folder.replace("t1-2026.tr", "fas: utkast", "fas: granskning");
        folder
    }

    /// The example with two reports ready to be built.
    pub fn two_reports() -> Folder {
        let folder = Folder::finished_example();
        let report = folder.read("t1-2026.tr");
        let report = report.replace("rapport T1", "rapport T2").replace("2026-05-20", "2026-09-20");
        folder.write("t2-2026.tr", &report);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Replaces what stands exactly once in a file.
    pub fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "{from} in {name}");
        self.write(name, text.replace(from, to));
    }

    /// Every file, by name, with its content.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        fn walk(root: &Path, folder: &Path, out: &mut Vec<(String, Vec<u8>)>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(root, &path, out);
                } else {
                    let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                    out.push((name.replace('\\', "/"), fs::read(&path).unwrap()));
                }
            }
        }
        let mut out = Vec::new();
        walk(self.folder.path(), self.folder.path(), &mut out);
        out.sort();
        out
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trc"));
        command
            .current_dir(self.folder.path())
            .env_remove("NO_COLOR")
            .env("TERM", "xterm-256color")
            .stdin(Stdio::null());
        command
    }

    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        Run::of(self.command().args(arguments))
    }

    /// Runs with a text on standard input.
    pub fn run_with_input<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
        input: &[u8],
    ) -> Run {
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Run::from(child.wait_with_output().unwrap())
    }
}

impl Run {
    pub fn of(command: &mut Command) -> Run {
        Run::from(command.output().unwrap())
    }

    #[track_caller]
    pub fn exits(self, code: i32) -> Run {
        assert_eq!(self.code, code, "{self:?}");
        assert!(!self.stderr.contains("panicked"), "{self:?}");
        self
    }

    #[track_caller]
    pub fn succeeds(self) -> Run {
        self.exits(0)
    }

    /// The invocation failed, and the message says so in these words and what to do.
    #[track_caller]
    pub fn fails_with(self, words: &[&str]) -> Run {
        let run = self.exits(2);
        assert!(run.stderr.starts_with("Fel: "), "{run:?}");
        assert!(run.stderr.contains("\nGör så här: "), "{run:?}");
        for words in words {
            assert!(run.stderr.contains(words), "{words:?} is not in {run:?}");
        }
        run
    }
}

impl From<std::process::Output> for Run {
    fn from(output: std::process::Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

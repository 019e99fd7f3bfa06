//! The settings that `editors/README.md` gives work in the editors themselves: they
//! show a diagnostic where it belongs, and lay a file out as `trc fmt` does.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use tests::example::{self, NORRA_INNERSTADEN};
use tests::programs;
use trc_syntax::{DECLARING_WORDS, OPENING_WORDS};

const FILE: &str = "t1-2025/mål-1.2.tr";
const RULE: &str = "target-missed-without-analysis";

#[test]
fn neovim_shows_diagnostics_and_formats() {
    let case = Case::new();
    // `vim.lsp.config` is of 0.11; the page gives both, newest first.
    let version = version("nvim", "cargo xtask prepare");
    let newest = minor(&version) >= 11;
    let settings = case.write("init.lua", &settings("lua", if newest { 0 } else { 1 }));
    let script = programs::root().join("tests/editors/neovim.lua");
    let mut command = case.command("nvim");
    command
        .args(["--headless", "-n", "-i", "NONE", "-u"])
        .arg(settings)
        .arg(case.file())
        .arg("-c")
        .arg(format!("luafile {}", script.display()));
    programs::run(&mut command);
    case.assert_done();
}

#[test]
fn emacs_shows_diagnostics_and_formats() {
    let case = Case::new();
    version("emacs", "cargo xtask prepare");
    let settings = case.write("init.el", &settings("elisp", 0));
    let mut command = case.command("emacs");
    command
        // A session with a screen activates the installed packages; a batch is asked to.
        .args(["--batch", "--funcall", "package-activate-all", "--load"])
        .arg(settings)
        .arg("--load")
        .arg(programs::root().join("tests/editors/emacs.el"));
    programs::run(&mut command);
    case.assert_done();
}

/// The colours know the words that the grammar knows.
#[test]
fn neovim_colours_every_keyword() {
    let path = programs::root().join("editors/neovim/syntax/tertial.vim");
    let text = fs::read_to_string(path).unwrap();
    let line = text.lines().find(|line| line.starts_with("syntax match tertialKeyword ")).unwrap();
    let list = line.split_once("%(").unwrap().1.split_once(')').unwrap().0;
    let mut listed: Vec<&str> = list.split('|').collect();
    let mut known = OPENING_WORDS.iter().chain(&DECLARING_WORDS).copied().collect::<Vec<_>>();
    listed.sort_unstable();
    known.sort_unstable();
    assert_eq!(listed, known);
}

/// A copy of the example where an analysis is missing and a file is badly laid out.
struct Case {
    folder: TempDir,
    expected_line: usize,
    expected_text: String,
}

impl Case {
    fn new() -> Case {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("workspace");
        fs::create_dir_all(&workspace).unwrap();
        fs::create_dir_all(folder.path().join("home")).unwrap();
        example::copy(&NORRA_INNERSTADEN.path(), &workspace);
        let file = workspace.join(FILE);
        let (text, expected_line) = spoil(&fs::read_to_string(&file).unwrap());
        fs::write(&file, &text).unwrap();
        let mut fmt = Command::new(programs::trc());
        let output = fmt.args(["fmt", "--stdin"]).stdin(fs::File::open(&file).unwrap());
        let expected_text = String::from_utf8(programs::run(output).stdout).unwrap();
        assert_ne!(text, expected_text, "there is something to lay out");
        Case { folder, expected_line, expected_text }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("workspace").join(FILE)
    }

    fn found(&self) -> PathBuf {
        self.folder.path().join("found.txt")
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// An editor that finds `trc` on its path and no settings of the person who runs
    /// the tests.
    fn command(&self, program: &str) -> Command {
        let home = self.folder.path().join("home");
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path().join("workspace"))
            .env("PATH", path_with(programs::trc().parent().unwrap()))
            .env("HOME", &home)
            .env("LC_ALL", "C.UTF-8")
            .env("FILE", self.file())
            .env("FOUND", self.found())
            .stdin(Stdio::null());
        for variable in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
            command.env(variable, &home);
        }
        command
    }

    fn assert_done(&self) {
        let found = fs::read_to_string(self.found()).unwrap();
        assert_eq!(found.trim_end(), format!("{} {RULE}", self.expected_line));
        assert_eq!(fs::read_to_string(self.file()).unwrap(), self.expected_text);
    }
}

/// Takes the analysis of an indicator that misses its target away, and the layout of
/// the lines before it. Returns the number of the indicator's line too.
fn spoil(text: &str) -> (String, usize) {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let start =
        lines.iter().position(|line| line.contains("indikator barn_per_anställd {")).unwrap();
    let analysis =
        start + lines.iter().skip(start).position(|line| line.contains("analys:")).unwrap();
    lines.remove(analysis);
    for line in lines.iter_mut().skip(start).take(analysis - start) {
        *line = format!("        {}", line.trim_start().replacen(": ", ":    ", 1));
    }
    (lines.join("\n") + "\n", start + 1)
}

/// A block of the page, by its language and its place among those.
fn settings(language: &str, place: usize) -> String {
    let page = fs::read_to_string(programs::root().join("editors/README.md")).unwrap();
    let fence = format!("```{language}\n");
    let block = page.split(&fence).nth(place + 1).unwrap_or_else(|| panic!("no {language} block"));
    block.split_once("\n```").unwrap().0.to_owned() + "\n"
}

/// What an editor says of itself; a missing one fails the test.
fn version(program: &str, remedy: &str) -> String {
    let output = Command::new(program).arg("--version").output();
    let output = output.unwrap_or_else(|_| panic!("{program} is missing: run `{remedy}` once"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The 11 of `NVIM v0.11.2`; a first number above 0 is newer than any.
fn minor(version: &str) -> u32 {
    let number = version.split_once(" v").unwrap().1;
    let mut parts = number.split(['.', '\n', '-']).map(|part| part.parse().unwrap_or(0));
    match (parts.next(), parts.next()) {
        (Some(0), Some(minor)) => minor,
        _ => u32::MAX,
    }
}

fn path_with(folder: &Path) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).unwrap()
}

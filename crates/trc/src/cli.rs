//! The command line: what can be asked for, in clap's terms.
//!
//! The doc comments below are the English help. The Swedish help, which is what
//! people see unless they ask for English, is in [`crate::help`].

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use trc_base::Language;
use trc_model::Phase;
use trc_model::mark::MarkLevel;

use crate::worker;

/// Checks and builds follow-up reports written in .tr
#[derive(Debug, Parser)]
#[command(
    name = "trc",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,

    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Debug, Args)]
pub struct Global {
    /// How findings are shown: full, concise or json; check and build also have jsonl,
    /// sarif, github, gitlab and junit
    #[arg(
        long,
        global = true,
        display_order = 101,
        value_enum,
        value_name = "FORMAT",
        default_value = "full",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Format,

    /// The language of messages: sv or en
    #[arg(
        long,
        global = true,
        display_order = 102,
        value_enum,
        value_name = "LANGUAGE",
        default_value = "sv",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub lang: Lang,

    /// Colours: auto, always or never; NO_COLOR is respected
    #[arg(
        long,
        global = true,
        display_order = 103,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: Color,

    /// Check as if every report were in this phase: utkast, granskning or slutlig
    #[arg(
        long,
        global = true,
        display_order = 104,
        value_enum,
        value_name = "PHASE",
        hide_possible_values = true
    )]
    pub phase: Option<PhaseWord>,

    /// Let findings of this kind fail the run too: warnings
    #[arg(
        long,
        global = true,
        display_order = 105,
        value_enum,
        value_name = "KIND",
        hide_possible_values = true
    )]
    pub deny: Option<Deny>,

    /// Show this help
    #[arg(long, short, global = true, display_order = 106, action = ArgAction::Help)]
    help: Option<bool>,

    /// Show the version
    #[arg(long, short = 'V', display_order = 107, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a workspace, a folder or one file of it
    Check(Check),
    /// Build reports as PDF
    Build(Build),
    /// Give files their canonical layout
    Fmt(Fmt),
    /// Vouch for a report, a goal or a section as it is printed now
    Attest(Attest),
    /// Explain a rule
    Explain(Explain),
    /// List the rules
    Rules,
    /// Show the types that hold: report types, table types, scales and periods
    Types(Types),
    /// Begin a new workspace
    New(New),
    /// Turn spreadsheets of indicators, activities and goals into .tr
    Import(Import),
    /// Run the language server on standard input and output
    Lsp {
        /// Editors add this; standard input and output is the only way there is.
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// Lay out one report; started by build and by the preview.
    #[command(hide = true, name = worker::SUBCOMMAND)]
    TypstWorker {
        /// The most memory to use, in bytes
        memory: u64,
    },
}

#[derive(Debug, Args)]
pub struct Check {
    /// A folder or a file; without it, the workspace around the current folder
    pub path: Option<PathBuf>,

    /// Show how often each rule found something instead of what it found
    #[arg(long)]
    pub statistics: bool,

    /// Mend what can be mended without changing what the report says
    #[arg(long)]
    pub fix: bool,

    /// With --fix: mend what is most likely meant, too
    #[arg(long, requires = "fix")]
    pub unsafe_fixes: bool,

    /// With --fix: write nothing; show what would change
    #[arg(long, requires = "fix", conflicts_with_all = ["write_baseline", "prune_baseline", "statistics"])]
    pub diff: bool,

    /// Make what is found now known, and leave it unsaid from now on
    #[arg(long, conflicts_with_all = ["prune_baseline", "statistics"])]
    pub write_baseline: bool,

    /// Take what is not found any more out of the baseline
    #[arg(long, conflicts_with = "statistics")]
    pub prune_baseline: bool,
}

#[derive(Debug, Args)]
pub struct Build {
    /// A folder of the workspace; without it, the one around the current folder
    pub path: Option<PathBuf>,

    /// The report to build, such as "T1 2025 norra_innerstaden"; without it, every
    /// report in phase granskning or slutlig
    #[arg(long, value_name = "REPORT")]
    pub report: Option<String>,

    /// Where the PDF goes; without it, ut/REPORT.pdf in the workspace
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Build in spite of errors, with every page marked as a draft
    #[arg(long, conflicts_with = "phase")]
    pub draft: bool,
}

#[derive(Debug, Args)]
pub struct Fmt {
    /// Files and folders; without any, the workspace around the current folder
    #[arg(conflicts_with = "stdin")]
    pub paths: Vec<PathBuf>,

    /// Write nothing; list the files that would change
    #[arg(long)]
    pub check: bool,

    /// Read a file from standard input and write it to standard output
    #[arg(long)]
    pub stdin: bool,
}

#[derive(Debug, Args)]
pub struct Attest {
    /// The report, such as "T1 2025 norra_innerstaden"
    pub report: String,

    /// Who vouches for it: a role or a name
    #[arg(long = "as", value_name = "WHO")]
    pub who: String,

    /// How far it goes: klar, granskad or attesterad
    #[arg(
        long,
        value_enum,
        value_name = "LEVEL",
        default_value = "attesterad",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub level: MarkWord,

    /// Vouch for this goal only, without the goals below it
    #[arg(long, value_name = "GOAL", conflicts_with = "section")]
    pub goal: Option<String>,

    /// Vouch for this section only
    #[arg(long, value_name = "SECTION")]
    pub section: Option<String>,

    /// The day, such as 2026-05-20; without it, today
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// How far a mark goes, by the word that stands in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MarkWord {
    Klar,
    Granskad,
    Attesterad,
}

impl From<MarkWord> for MarkLevel {
    fn from(word: MarkWord) -> MarkLevel {
        match word {
            MarkWord::Klar => MarkLevel::Ready,
            MarkWord::Granskad => MarkLevel::Reviewed,
            MarkWord::Attesterad => MarkLevel::Attested,
        }
    }
}

#[derive(Debug, Args)]
pub struct Explain {
    /// The rule's name, as it stands in square brackets after a finding
    pub rule: OsString,
}

#[derive(Debug, Args)]
pub struct Types {
    /// Show this one as it finally holds; without it, all are listed
    pub name: Option<String>,

    /// The year; without it, that of the latest report
    #[arg(long, value_name = "YEAR")]
    pub year: Option<u16>,

    /// The unit that they hold for; without it, the uppermost
    #[arg(long, value_name = "UNIT")]
    pub owner: Option<String>,
}

#[derive(Debug, Args)]
pub struct New {
    /// The folder; it must be empty or not exist
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub struct Import {
    /// Exports as .csv or .xlsx: indicators, activities, goals, tables
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// The report that they belong to, such as "T1 2025 norra_innerstaden"
    #[arg(long, value_name = "REPORT")]
    pub report: String,

    /// The unit whose council sets the budget, such as stockholm
    #[arg(long, value_name = "UNIT")]
    pub parent: Option<String>,

    /// What the rows are, if the heads do not tell: indicators, activities, goals or
    /// table
    #[arg(long, value_enum, value_name = "KIND", hide_possible_values = true)]
    pub kind: Option<Rows>,

    /// The sheet of the workbooks to read
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,

    /// What a column is: "Head=field", or "Head=-" to leave it out
    #[arg(long, value_name = "HEAD=FIELD")]
    pub map: Vec<String>,

    /// Read only rows with this value in this column
    #[arg(long, value_name = "HEAD=VALUE")]
    pub only: Vec<String>,

    /// The folder to write into; without it, the current one
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,

    /// Write nothing; show the files instead
    #[arg(long)]
    pub dry_run: bool,

    /// Replace files that are there already
    #[arg(long)]
    pub force: bool,
}

/// What the rows of a spreadsheet are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Rows {
    Indicators,
    Activities,
    Goals,
    Table,
}

impl From<Rows> for trc_import::Kind {
    fn from(rows: Rows) -> trc_import::Kind {
        match rows {
            Rows::Indicators => trc_import::Kind::Indicators,
            Rows::Activities => trc_import::Kind::Activities,
            Rows::Goals => trc_import::Kind::Goals,
            Rows::Table => trc_import::Kind::Table,
        }
    }
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the source, for people.
    Full,
    /// One line each, for people and for search.
    Concise,
    /// For programs; the schema is docs/diagnostics.schema.json.
    Json,
    /// The same, one object on each line.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML.
    Junit,
}

impl Format {
    /// True for the formats that know nothing but findings.
    pub fn is_for_findings(self) -> bool {
        !matches!(self, Format::Full | Format::Concise | Format::Json)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    Sv,
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Sv => Language::Sv,
            Lang::En => Language::En,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// A phase by the word that stands in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PhaseWord {
    Utkast,
    Granskning,
    Slutlig,
}

impl From<PhaseWord> for Phase {
    fn from(word: PhaseWord) -> Phase {
        match word {
            PhaseWord::Utkast => Phase::Draft,
            PhaseWord::Granskning => Phase::Review,
            PhaseWord::Slutlig => Phase::Final,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    Warnings,
}

/// The language asked for, read before the arguments are: help and complaints about
/// the arguments themselves must be in it.
pub fn language(arguments: &[OsString]) -> Language {
    let mut arguments = arguments.iter().skip(1).map(|argument| argument.to_string_lossy());
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('=').map(|value| value.to_owned().into()),
            None => continue,
        };
        if value.as_deref() == Some("en") {
            return Language::En;
        }
    }
    Language::Sv
}

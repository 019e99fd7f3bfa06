//! Help and complaints about the arguments, in the reader's language.
//!
//! clap speaks English only. The English help is the doc comments of [`crate::cli`];
//! the Swedish stands here beside its English neighbour's path, and a test demands that
//! none is missing.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory as _, Error};
use trc_base::{Language, Text, text};

use crate::cli::{Arguments, Color};
use crate::commands::{CLEAN, FAILED};
use crate::failure::Failure;
use crate::terminal::Stream;

/// The Swedish help: of commands by name, of arguments by command and name; those of the
/// command "trc" are understood by all.
const SWEDISH: &[(&str, &str)] = &[
    ("trc", "Kontrollerar och bygger uppföljningsrapporter skrivna i .tr"),
    (
        "trc format",
        "Hur resultatet visas: full, concise eller json; check och build har också jsonl, \
         sarif, github, gitlab och junit",
    ),
    ("trc lang", "Meddelandenas språk: sv eller en"),
    ("trc color", "Färger: auto, always eller never; NO_COLOR respekteras"),
    ("trc phase", "Kontrollera som om varje rapport hade fasen: utkast, granskning eller slutlig"),
    ("trc deny", "Låt även detta ge felkod: warnings"),
    ("trc help", "Visa den här hjälpen"),
    ("trc version", "Visa versionen"),
    ("check", "Kontrollera en arbetsyta, en mapp eller en fil i den"),
    ("check path", "En mapp eller en fil; utan den, arbetsytan kring den mapp du står i"),
    ("check statistics", "Visa hur ofta varje regel hittade något i stället för vad den hittade"),
    ("check fix", "Rätta det som går att rätta utan att rapporten säger något annat"),
    ("check unsafe_fixes", "Med --fix: rätta också det som troligen är menat"),
    ("check diff", "Med --fix: skriv ingenting; visa vad som skulle ändras"),
    ("check write_baseline", "Gör det som nu hittas känt, så att det inte sägs igen"),
    ("check prune_baseline", "Ta bort det ur listan över kända som inte hittas längre"),
    ("build", "Bygg rapporter som PDF"),
    ("build path", "En mapp i arbetsytan; utan den, arbetsytan kring den mapp du står i"),
    (
        "build report",
        "Rapporten som ska byggas, till exempel \"T1 2025 norra_innerstaden\"; utan den, \
         varje rapport i fasen granskning eller slutlig",
    ),
    ("build output", "Var PDF:en hamnar; utan den, ut/<rapport>.pdf i arbetsytan"),
    ("build draft", "Bygg trots fel, med varje sida märkt som utkast"),
    ("fmt", "Ge filer deras kanoniska utseende"),
    ("fmt paths", "Filer och mappar; utan dem, arbetsytan kring den mapp du står i"),
    ("fmt check", "Skriv ingenting; lista de filer som skulle ändras"),
    ("fmt stdin", "Läs en fil från standard in och skriv den till standard ut"),
    ("attest", "Stå för en rapport, ett mål eller ett avsnitt som det nu skrivs ut"),
    ("attest report", "Rapporten, till exempel \"T1 2025 norra_innerstaden\""),
    ("attest who", "Vem som står för innehållet: en roll eller ett namn"),
    ("attest level", "Hur långt det gäller: klar, granskad eller attesterad"),
    ("attest goal", "Stå bara för det här målet, utan målen under det"),
    ("attest section", "Stå bara för det här avsnittet"),
    ("attest date", "Dagen, till exempel 2026-05-20; utan den, i dag"),
    ("explain", "Förklara en regel"),
    ("explain rule", "Regelns namn, som det står inom hakparentes efter en anmärkning"),
    ("rules", "Lista reglerna"),
    ("types", "Visa mallarna som gäller: rapporttyper, tabelltyper, skalor och perioder"),
    ("types name", "Visa den här, som den till slut gäller; utan den listas alla"),
    ("types year", "Året; utan det, den senaste rapportens"),
    ("types owner", "Enheten de gäller för; utan den, den översta"),
    ("new", "Börja en ny arbetsyta"),
    ("new folder", "Mappen; den ska vara tom eller inte finnas"),
    ("import", "Gör .tr av kalkylblad med indikatorer, aktiviteter och mål"),
    ("import files", "Exporter som .csv eller .xlsx: indikatorer, aktiviteter, mål, tabeller"),
    ("import report", "Rapporten de hör till, till exempel \"T1 2025 norra_innerstaden\""),
    ("import parent", "Enheten vars fullmäktige beslutar budgeten, till exempel stockholm"),
    (
        "import kind",
        "Vad raderna är, om rubrikerna inte säger det: indicators, activities, goals eller table",
    ),
    ("import sheet", "Bladet som ska läsas i arbetsböckerna"),
    ("import map", "Vad en kolumn är: \"Rubrik=fält\", eller \"Rubrik=-\" för att utesluta den"),
    ("import only", "Läs bara rader med det värdet i den kolumnen"),
    ("import output", "Mappen att skriva i; utan den, mappen du står i"),
    ("import dry_run", "Skriv ingenting; visa filerna i stället"),
    ("import force", "Skriv över filer som redan finns"),
    ("lsp", "Kör språkservern på standard in och ut"),
];

/// The Swedish usage lines, which clap would build with English words in them.
const SWEDISH_USAGE: &[(&str, &str)] = &[
    ("trc", "trc [FLAGGOR] KOMMANDO"),
    ("check", "trc check [FLAGGOR] [PATH]"),
    ("build", "trc build [FLAGGOR] [PATH]"),
    ("fmt", "trc fmt [FLAGGOR] [PATHS]..."),
    ("attest", "trc attest [FLAGGOR] --as <WHO> REPORT"),
    ("explain", "trc explain [FLAGGOR] RULE"),
    ("rules", "trc rules [FLAGGOR]"),
    ("types", "trc types [FLAGGOR] [NAME]"),
    ("new", "trc new [FLAGGOR] DIR"),
    ("import", "trc import [FLAGGOR] --report <REPORT> <FILE>..."),
    ("lsp", "trc lsp [FLAGGOR]"),
];

/// The command line, with help in the given language.
pub fn command(language: Language) -> Command {
    match language {
        Language::En => Arguments::command(),
        Language::Sv => swedish(Arguments::command()),
    }
}

fn swedish(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let mut command = command
        .help_template("{about-with-newline}\nAnvändning: {usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("Kommandon")
        .mut_args(|arg| swedish_argument(&name, arg))
        .mut_subcommands(swedish);
    if let Some(about) = find(SWEDISH, &name) {
        command = command.about(about);
    }
    match find(SWEDISH_USAGE, &name) {
        Some(usage) => command.override_usage(usage),
        None => command,
    }
}

fn swedish_argument(command: &str, arg: Arg) -> Arg {
    let heading = if arg.is_positional() { "Argument" } else { "Flaggor" };
    let help = find(SWEDISH, &format!("{command} {}", arg.get_id()));
    let arg = arg.help_heading(heading);
    match help {
        Some(help) => arg.help(help),
        None => arg,
    }
}

fn find(list: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    list.iter().find(|(name, _)| *name == key).map(|(_, text)| *text)
}

/// Shows what clap has to say instead of arguments: help, the version, or a complaint.
pub fn answer(error: &Error, language: Language) -> ExitCode {
    match error.kind() {
        // A reader that has closed its end has what it wanted.
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match error.print() {
            Err(io) if io.kind() != std::io::ErrorKind::BrokenPipe => {
                print(&io.into(), language);
                FAILED.into()
            }
            _ => CLEAN.into(),
        },
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            FAILED.into()
        }
        _ => {
            print(&complaint(error), language);
            FAILED.into()
        }
    }
}

fn print(failure: &Failure, language: Language) {
    let paint = Stream::stderr(Color::Auto).paint;
    failure.print(&mut std::io::stderr().lock(), language, paint);
}

/// What is wrong with the arguments.
fn complaint(error: &Error) -> Failure {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = bare(&context(ContextKind::InvalidArg));
    let (message, suggestion) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand);
            let message = text!(
                sv: "Kommandot {name} finns inte.",
                en: "There is no command {name}.",
            );
            (message, context(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::UnknownArgument => {
            let message = text!(
                sv: "{argument} är inget som kommandot känner till.",
                en: "{argument} is nothing that the command knows.",
            );
            (message, context(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue);
            let message = if value.is_empty() {
                text!(sv: "{argument} saknar värde.", en: "{argument} lacks a value.")
            } else {
                text!(
                    sv: "{argument} kan inte vara {value}.",
                    en: "{argument} cannot be {value}.",
                )
            };
            let suggestion = match context(ContextKind::SuggestedValue) {
                suggestion if suggestion.is_empty() => context(ContextKind::ValidValue),
                suggestion => suggestion,
            };
            (message, suggestion)
        }
        ErrorKind::MissingRequiredArgument => {
            (text!(sv: "{argument} saknas.", en: "{argument} is missing."), String::new())
        }
        ErrorKind::MissingSubcommand => {
            (text!(sv: "Kommandot saknas.", en: "The command is missing."), String::new())
        }
        ErrorKind::ArgumentConflict => {
            let other = bare(&context(ContextKind::PriorArg));
            let message = if argument == other {
                text!(
                    sv: "{argument} kan bara anges en gång.",
                    en: "{argument} can be given only once.",
                )
            } else {
                text!(
                    sv: "{argument} går inte ihop med {other}.",
                    en: "{argument} cannot be combined with {other}.",
                )
            };
            (message, String::new())
        }
        ErrorKind::InvalidUtf8 => {
            let message = text!(
                sv: "Ett av orden har tecken som inte är Unicode.",
                en: "One of the words has characters that are not Unicode.",
            );
            (message, String::new())
        }
        _ => {
            let rest = error.render().to_string();
            let rest = rest.trim_start_matches("error: ").lines().next().unwrap_or_default();
            (Text::new(rest, rest), String::new())
        }
    };
    let help = if suggestion.is_empty() {
        text!(
            sv: "Kör trc --help för att se vad som går att skriva.",
            en: "Run trc --help to see what can be written.",
        )
    } else {
        text!(sv: "Menade du {suggestion}?", en: "Did you mean {suggestion}?")
    };
    Failure::new(message, help)
}

/// An argument as it is written: `--format` for clap's `--format <FORMAT>`.
fn bare(argument: &str) -> String {
    let name = argument.split_whitespace().next().unwrap_or_default();
    name.trim_matches(['<', '>', '[', ']', '.']).to_owned()
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(word) => word.clone(),
        ContextValue::Strings(words) => words.join(", "),
        ContextValue::StyledStrs(words) => {
            words.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        ContextValue::StyledStr(word) => word.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(command: &Command) -> Vec<String> {
        let name = command.get_name();
        let arguments = command
            .get_arguments()
            .filter(|argument| !argument.is_hide_set())
            .map(|argument| format!("{name} {}", argument.get_id()));
        let below = command.get_subcommands().filter(|command| !command.is_hide_set());
        std::iter::once(name.to_owned()).chain(arguments).chain(below.flat_map(keys)).collect()
    }

    #[test]
    fn everything_has_help_in_swedish_and_nothing_else_has() {
        let mut expected = keys(&Arguments::command());
        let mut found: Vec<String> = SWEDISH.iter().map(|(key, _)| (*key).to_owned()).collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected);
        let commands: Vec<String> = expected.into_iter().filter(|key| !key.contains(' ')).collect();
        let mut usages: Vec<&str> = SWEDISH_USAGE.iter().map(|(key, _)| *key).collect();
        usages.sort_unstable();
        assert_eq!(usages, commands);
    }

    /// The reference of the command line names every command and every flag.
    #[test]
    fn the_reference_is_complete() {
        let reference = include_str!("../../../docs/commands.md");
        let mut open = vec![Arguments::command()];
        while let Some(command) = open.pop() {
            for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
                let id = argument.get_id().as_str();
                if let Some(name) =
                    argument.get_long().filter(|_| !["help", "version"].contains(&id))
                {
                    assert!(reference.contains(&format!("`--{name}")), "--{name}");
                }
            }
            for below in command.get_subcommands().filter(|command| !command.is_hide_set()) {
                let name = below.get_name();
                assert!(reference.contains(&format!("| `trc {name}")), "{name}");
                open.push(below.clone());
            }
        }
    }

    #[test]
    fn clap_accepts_both() {
        command(Language::Sv).debug_assert();
        command(Language::En).debug_assert();
    }

    #[test]
    fn help_in_swedish() {
        let mut command = command(Language::Sv).term_width(90);
        insta::assert_snapshot!(command.render_help());
        let build = command.find_subcommand_mut("build").unwrap();
        insta::assert_snapshot!(build.render_help());
    }

    #[test]
    fn complaints() {
        let say = |arguments: &[&str]| {
            let error = command(Language::Sv).try_get_matches_from(arguments).unwrap_err();
            let failure = complaint(&error);
            format!("{} {}", failure.message.sv, failure.help.sv)
        };
        let all: Vec<String> = [
            &["trc", "chekc"][..],
            &["trc", "check", "--frmat", "json"],
            &["trc", "check", "--format", "jsn"],
            &["trc", "check", "--format"],
            &["trc", "check", "a", "b"],
            &["trc", "explain"],
            &["trc", "build", "--draft", "--phase", "slutlig"],
            &["trc", "fmt", "--stdin", "a.tr"],
            &["trc", "build", "-o", "a", "-o", "b"],
        ]
        .into_iter()
        .map(|arguments| format!("{}: {}", arguments.join(" "), say(arguments)))
        .collect();
        insta::assert_snapshot!(all.join("\n"));
    }
}

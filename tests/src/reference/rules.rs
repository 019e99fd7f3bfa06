//! What `trc check` looks for.

use std::fmt::Write as _;

use trc_base::Severity;
use trc_rules::Level;
use trc_workspace::problem::kind::KINDS;

pub(super) fn page() -> String {
    let mut out = "\
# Regler

Namnet står inom hakparentes i varje meddelande. `trc explain` följt av namnet visar hela sidan:
varför regeln finns, exempel som är rätt och fel, och hur du gör.

| nivå | betyder |
| --- | --- |
| fel | stämmer inte; ingen PDF byggs |
| varning | är nog fel |
| saknas | varning tills rapporten är slutlig, sedan fel |
| upplysning | kan vara värt att veta |

## I rapporten

| regel | nivå | vad den vill |
| --- | --- | --- |
"
    .to_owned();
    for rule in trc_rules::rules() {
        let level = match rule.level {
            Level::Error => "fel",
            Level::Warning => "varning",
            Level::Info => "upplysning",
            Level::Completeness => "saknas",
        };
        let file = rule.id.replace('-', "_");
        row(&mut out, rule.id, &format!("trc_rules/src/rules/{file}.md"), level, rule.title_sv);
    }
    out.push_str(
        "\n## I arbetsytans filer\n\n| regel | nivå | vad den vill |\n| --- | --- | --- |\n",
    );
    for kind in KINDS {
        let level = match kind.severity {
            Severity::Error => "fel",
            Severity::Warning => "varning",
            Severity::Info => "upplysning",
        };
        let file = kind.id.replace('-', "_");
        row(
            &mut out,
            kind.id,
            &format!("trc_workspace/src/problem/{file}.md"),
            level,
            kind.title_sv,
        );
    }
    out
}

fn row(out: &mut String, id: &str, page: &str, level: &str, title: &str) {
    let title = super::cell(title);
    writeln!(out, "| [`{id}`](../../crates/{page}) | {level} | {title} |")
        .expect("a string takes all");
}

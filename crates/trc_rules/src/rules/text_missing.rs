//! `[KOMPLETTERAS: …]`: a gap that the writer marked.

use trc_base::text;
use trc_model::prose;

use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "text-missing",
    level: Level::Completeness,
    title_sv: "Inget står kvar att komplettera",
    title_en: "Nothing is left to be completed",
    since: "0.1.0",
    page: include_str!("text_missing.md"),
    run: Run::Declaration(declaration),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    for index in 0..cx.declaration.texts(cx.db).len() {
        let text = prose::prose(cx.db, cx.declaration, index);
        for (missing, range) in text.missing() {
            let anchor = prose::anchor(cx.db, cx.declaration, index).within(range);
            let message = if missing.is_empty() {
                text!(
                    sv: "Texten är inte färdig: här ska något kompletteras.",
                    en: "The text is not finished: something is to be added here.",
                )
            } else {
                text!(
                    sv: "Texten är inte färdig. Det här saknas: {missing}",
                    en: "The text is not finished. This is missing: {missing}",
                )
            };
            cx.findings.add(
                anchor,
                message,
                text!(
                    sv: "Skriv det som saknas och ta bort hakparentesen.",
                    en: "Write what is missing and remove the brackets.",
                ),
            );
        }
    }
}

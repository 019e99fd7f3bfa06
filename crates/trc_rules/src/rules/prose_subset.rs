//! Things in prose that are text here though Markdown would read more into them.

use trc_model::prose;

use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "prose-subset",
    level: Level::Info,
    title_sv: "Löptexten använder bara de tecken som språket har",
    title_en: "Prose uses only the marks that the language has",
    since: "0.1.0",
    page: include_str!("prose_subset.md"),
    run: Run::Declaration(declaration),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    for index in 0..cx.declaration.texts(cx.db).len() {
        for hint in &prose::prose(cx.db, cx.declaration, index).hints {
            let anchor = prose::anchor(cx.db, cx.declaration, index).within(hint.range);
            cx.findings.add(anchor, hint.message.clone(), hint.help.clone());
        }
    }
}
